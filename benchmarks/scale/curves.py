"""Growth curves as SVG: both axes logarithmic, so that a power is a straight line."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

__all__ = ["exponent", "growth_chart"]

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 170, 40, 44
_COLOURS = ("#0b6bcb", "#c2410c", "#0f766e", "#7e22ce", "#a16207", "#be185d", "#475569")
_LABEL_GAP = 14
_STYLE = """<style>
text { font: 12px system-ui, sans-serif; fill: #1f2937 }
.title { font-weight: 600; font-size: 14px }
.grid { stroke: #d1d5db; stroke-width: 1 }
.wanted { stroke: #6b7280; stroke-dasharray: 5 4; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) { text { fill: #e5e7eb } .grid { stroke: #4b5563 } }
</style>"""


def exponent(points: Points) -> float:
    """Fit y = a xᵇ by least squares of the logarithms, and give b; nan for fewer than 2 points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return math.nan
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def growth_chart(
    title: str, series: Mapping[str, Points], unit: str, wanted: Mapping[str, float] | None = None
) -> str:
    """Draw lines by passages; each has its name at its end. `wanted` draws dashed levels."""
    levels = dict(wanted or {})
    values = [y for points in series.values() for _, y in points if y > 0] + list(levels.values())
    scale = _Scale([x for points in series.values() for x, _ in points], values)
    drawn = [*_grid(scale, unit)]
    labels = []
    for name, level in levels.items():
        y = scale.y(level)
        drawn.append(
            f'<line class="wanted" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        labels.append((y, name, "#6b7280"))
    for (name, points), colour in zip(series.items(), _cycled(len(series)), strict=True):
        placed = [(scale.x(x), scale.y(y)) for x, y in points if y > 0]
        if not placed:
            continue
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        drawn.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{line}"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        labels.append((placed[-1][1], name, colour))
    drawn += _names(labels)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'role="img" aria-label="{escape(title, quote=True)}">',
            _STYLE,
            f'<text class="title" x="{_LEFT}" y="22">{escape(title)}</text>',
            *drawn,
            "</svg>",
            "",
        ]
    )


class _Scale:
    """Places values between the powers of ten around them."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.x_powers = _powers(xs)
        self.y_powers = _powers(ys)

    def x(self, value: float) -> float:
        return _LEFT + _share(value, self.x_powers) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - _share(value, self.y_powers) * (_HEIGHT - _TOP - _BOTTOM)


def _powers(values: Sequence[float]) -> range:
    first = math.floor(math.log10(min(values)))
    return range(first, max(first + 1, math.ceil(math.log10(max(values)))) + 1)


def _share(value: float, powers: range) -> float:
    return (math.log10(value) - powers[0]) / (powers[-1] - powers[0])


def _grid(scale: _Scale, unit: str) -> list[str]:
    lines = []
    for power in scale.y_powers:
        y = scale.y(10.0**power)
        lines.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        lines.append(
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{_number(power)} {escape(unit)}</text>"
        )
    for power in scale.x_powers:
        x = scale.x(10.0**power)
        lines.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
        )
        lines.append(
            f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">'
            f"{_number(power)}</text>"
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">passages</text>')
    return lines


def _number(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


def _names(labels: Sequence[tuple[float, str, str]]) -> list[str]:
    """Write each name after its line, without overlaps."""
    written, least = [], -math.inf
    for y, name, colour in sorted(labels):
        y = max(y, least)
        least = y + _LABEL_GAP
        written.append(
            f'<text x="{_WIDTH - _RIGHT + 8}" y="{y + 4:.1f}" '
            f'style="fill:{colour}">{escape(name)}</text>'
        )
    return written


def _cycled(number: int) -> list[str]:
    return [_COLOURS[i % len(_COLOURS)] for i in range(number)]
