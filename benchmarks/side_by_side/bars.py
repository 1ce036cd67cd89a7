"""Charts of bars in SVG, light and legible on white and on black."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Bars", "bar_charts"]

_STYLE = """<style>
text { font: 12px system-ui, sans-serif; fill: #1f2937 }
.title { font-weight: 600; font-size: 13px }
.name { text-anchor: end }
rect { fill: #94a3b8 }
.own { fill: #0b6bcb }
@media (prefers-color-scheme: dark) {
text { fill: #e5e7eb } rect { fill: #64748b } .own { fill: #4c9aec } }
</style>"""
_COLUMNS = 2
_WIDTH, _LEFT, _LONGEST = 350, 90, 190
"""Of one chart: all of it, the names, and the longest bar."""
_TOP, _ROW, _THICK, _GAP = 30, 20, 14, 18


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: what it shows, how a value is written, and a value for each name."""

    title: str
    form: str
    values: Mapping[str, float]


def bar_charts(about: str, charts: Sequence[Bars], own: str) -> str:
    """Return charts in two columns; `about` is the alternative text, `own` is highlighted."""
    drawn: list[str] = []
    top = 0
    for start in range(0, len(charts), _COLUMNS):
        row = charts[start : start + _COLUMNS]
        for column, chart in enumerate(row):
            drawn += _drawn(chart, column * _WIDTH, top, own)
        top += _TOP + _ROW * max(len(chart.values) for chart in row) + _GAP
    size = f"{_COLUMNS * _WIDTH} {top}"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" '
            f'aria-label="{escape(about, quote=True)}">',
            _STYLE,
            *drawn,
            "</svg>",
            "",
        )
    )


def _drawn(chart: Bars, left: int, top: int, own: str) -> Iterator[str]:
    yield f'<text class="title" x="{left + 8}" y="{top + 18}">{escape(chart.title)}</text>'
    most = max(chart.values.values(), default=0.0) or 1.0
    for number, (name, value) in enumerate(chart.values.items()):
        y = top + _TOP + number * _ROW
        length = _LONGEST * value / most
        kind = ' class="own"' if name == own else ""
        base = y + _THICK - 3
        yield f'<text class="name" x="{left + _LEFT}" y="{base}">{escape(name)}</text>'
        yield (
            f'<rect{kind} x="{left + _LEFT + 6}" y="{y}" width="{length:.1f}" '
            f'height="{_THICK}" rx="2"/>'
        )
        yield (
            f'<text x="{left + _LEFT + 12 + length:.0f}" y="{base}">'
            f"{chart.form.format(value)}</text>"
        )
