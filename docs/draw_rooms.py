"""Draws the rooms of src/search and what each imports: `python docs/draw_rooms.py`.

The rows are the layers of pyproject.toml, the arrows the imports that grimp finds. An import that
a path of other arrows already implies is not drawn. Lines to one room flow together on their way.
The drawing depends on nothing but these two, and a test compares it with docs/rooms.svg.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import grimp

__all__ = ["drawing", "essential", "layers", "room_imports"]

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "search"

Imports = Mapping[str, frozenset[str]]

ROW, BOX, MARGIN = 56, 28, 20
"""Pixels: from row to row, the height of a box, and around everything."""
LETTER, PADDING, GAP, LINE_GAP = 8, 24, 26, 16
"""Pixels: a letter, both sides of a name together, between boxes, between lines."""
SWEEPS = 40

STYLE = """
svg { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.ground { fill: #ffffff; }
.band { fill: #f4f6f9; }
.room, .module { fill: #e3ecf7; stroke: #154273; stroke-width: 1.2; }
.module { fill: #ffffff; stroke-dasharray: 4 3; }
.name { fill: #1b1f24; text-anchor: middle; }
.note { fill: #4a5560; }
.arrow { fill: none; stroke: #51708f; stroke-width: 1.3; }
.head { fill: #51708f; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #11151a; }
  .band { fill: #181e25; }
  .room, .module { fill: #1f3450; stroke: #9cc3f0; }
  .module { fill: #11151a; }
  .name { fill: #e8eaed; }
  .note { fill: #aeb6bf; }
  .arrow { stroke: #7f9cbd; }
  .head { fill: #7f9cbd; }
}
"""


@dataclass(slots=True)
class Node:
    """A room in its row, or the place where lines to a room cross a row."""

    room: str
    target: str
    """For a crossing, the room that its lines lead to; empty for a room."""
    row: int
    x: float = 0.0
    above: list[Node] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)

    @property
    def width(self) -> float:
        return 0.0 if self.target else float(max(9, len(self.room)) * LETTER + PADDING)


def layers() -> list[list[str]]:
    """Return the rooms by layer, from the top down, as pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    rows = next(each["layers"] for each in contracts if each["type"] == "layers")
    return [[name.strip() for name in row.split("|")] for row in rows]


def room_imports() -> dict[str, frozenset[str]]:
    """Return the rooms that each room imports. The package's own `__init__` is no room."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            if "." in module and "." in imported:
                here, there = module.split(".")[1], imported.split(".")[1]
                found.setdefault(here, set()).update({there} - {here})
    return {room: frozenset(found[room]) for room in sorted(found)}


def essential(imports: Imports) -> dict[str, list[str]]:
    """Return the imports without those that a longer path implies (the transitive reduction)."""
    return {
        room: sorted(
            each
            for each in direct
            if not any(each in _reached(other, imports) for other in direct - {each})
        )
        for room, direct in imports.items()
    }


def _reached(room: str, imports: Imports) -> set[str]:
    found: set[str] = set()
    waiting = [room]
    while waiting:
        new = imports.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += sorted(new)
    return found


def _rows(arrows: Mapping[str, Sequence[str]]) -> list[list[Node]]:
    """Place rooms and crossings in their rows, linked to those above and below."""
    rows = [[Node(room, "", row) for room in rooms] for row, rooms in enumerate(layers())]
    known = {(node.room, ""): node for row in rows for node in row}
    crossings: dict[tuple[int, str], Node] = {}
    for source, targets in arrows.items():
        for target in targets:
            at, end = known[source, ""], known[target, ""]
            for row in range(at.row + 1, end.row):
                fresh = (row, target) not in crossings
                crossing = crossings.setdefault((row, target), Node("", target, row))
                if fresh:
                    rows[row].append(crossing)
                _link(at, crossing)
                at = crossing
            _link(at, end)
    return rows


def _link(upper: Node, lower: Node) -> None:
    if not any(each is lower for each in upper.below):
        upper.below.append(lower)
        lower.above.append(upper)


def _order(rows: Sequence[list[Node]]) -> None:
    """Sort each row by where its neighbours are, down and up in turn; keep what crosses least."""
    best = [list(row) for row in rows]
    for sweep in range(SWEEPS):
        for row in rows:
            for x, node in enumerate(row):
                node.x = x - len(row) / 2
        down = sweep % 2 == 0
        for row in rows if down else rows[::-1]:
            wanted = {id(node): _mean(node, node.above if down else node.below) for node in row}
            row.sort(key=lambda node: (wanted[id(node)], node.room, node.target))
            for x, node in enumerate(row):
                node.x = x - len(row) / 2
        if _crossings(rows) < _crossings(best):
            best = [list(row) for row in rows]
    for row, kept in zip(rows, best, strict=True):
        row[:] = kept


def _mean(node: Node, near: Sequence[Node]) -> float:
    return sum(each.x for each in near) / len(near) if near else node.x


def _crossings(rows: Sequence[Sequence[Node]]) -> int:
    """Return how many pairs of lines between two rows cross."""
    place = {id(node): x for row in rows for x, node in enumerate(row)}
    lines = [
        [(place[id(node)], place[id(lower)]) for node in row for lower in node.below]
        for row in rows
    ]
    return sum(
        (a - c) * (b - d) < 0
        for between in lines
        for (a, b), (c, d) in itertools.combinations(between, 2)
    )


def _place(rows: Sequence[list[Node]]) -> None:
    """Give each node an x near its neighbours', as far as those beside it leave room."""
    for sweep in range(SWEEPS * 5):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            for node, x in zip(row, _spread(row), strict=True):
                node.x = x
    left = min(node.x - node.width / 2 for row in rows for node in row)
    for row in rows:
        for node in row:
            node.x = round(node.x - left + 2 * MARGIN)


def _pull(node: Node, other: Node) -> float:
    """Return how straight the line between two nodes should be: a long one above all."""
    return 16.0 if node.target and other.target else 3.0 if node.target or other.target else 1.0


def _spread(row: Sequence[Node]) -> list[float]:
    """Return places as near to the neighbours' as the widths allow (isotonic regression)."""
    offset, blocks = 0.0, list[tuple[float, float, int]]()
    offsets = []
    for before, node in zip([None, *row], row, strict=False):
        if before:
            gap = LINE_GAP if before.target and node.target else GAP
            offset += before.width / 2 + gap + node.width / 2
        offsets.append(offset)
        pulls = [(_pull(node, each), each.x) for each in (*node.above, *node.below)]
        weight = sum(pull for pull, _ in pulls)
        blocks.append((sum(pull * x for pull, x in pulls) / weight - offset, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (x1, w1, n1), (x2, w2, n2) = blocks.pop(), blocks.pop()
            blocks.append(((x1 * w1 + x2 * w2) / (w1 + w2), w1 + w2, n1 + n2))
    starts = [x for x, _, number in blocks for _ in range(number)]
    return [start + place for start, place in zip(starts, offsets, strict=True)]


def _port(node: Node, others: Sequence[Node], other: Node) -> float:
    """Return where on its edge a room's line to another node begins or ends."""
    if node.target:
        return node.x
    order = sorted(others, key=lambda each: (each.x, each.room, each.target))
    place = next(i for i, each in enumerate(order) if each is other)
    step = min(18.0, (node.width - 20) / max(1, len(order)))
    return node.x + (place - (len(order) - 1) / 2) * step


def _lines(rows: Sequence[Sequence[Node]]) -> Iterable[str]:
    for row in rows:
        for node in row:
            y = MARGIN + node.row * ROW + BOX
            for lower in node.below:
                x1, x2 = _port(node, node.below, lower), _port(lower, lower.above, node)
                end = y + ROW - BOX
                middle = (y + end) / 2
                head = "" if lower.target else ' marker-end="url(#head)"'
                stop = end if lower.target else end - 5
                yield (
                    f'<path class="arrow" d="M{x1:.0f} {y}C{x1:.0f} {middle:.0f} '
                    f'{x2:.0f} {middle:.0f} {x2:.0f} {stop}"{head}/>'
                )
            if node.target:
                yield f'<path class="arrow" d="M{node.x:.0f} {y - BOX}V{y}"/>'


def _boxes(rows: Sequence[Sequence[Node]]) -> Iterable[str]:
    for row in rows:
        for node in row:
            if node.target:
                continue
            folder = (ROOT / "src" / PACKAGE / node.room).is_dir()
            x, y = node.x - node.width / 2, MARGIN + node.row * ROW
            yield (
                f'<rect class="{"room" if folder else "module"}" x="{x:.0f}" y="{y}" '
                f'width="{node.width:.0f}" height="{BOX}" rx="6"/>'
                f'<text class="name" x="{node.x:.0f}" y="{y + 18}">{node.room}</text>'
            )


def drawing() -> str:
    """Return the drawing as SVG."""
    rows = _rows(essential(room_imports()))
    _order(rows)
    _place(rows)
    width = round(max(node.x + node.width / 2 for row in rows for node in row)) + 2 * MARGIN
    notes = (
        "An arrow is an import; dashed is a single module.",
        "Lines to the same room flow together.",
        "Imports that a path of arrows implies are not drawn.",
    )
    bottom = MARGIN + len(rows) * ROW
    height = bottom + len(notes) * 20 + MARGIN // 2
    bands = (
        f'<rect class="band" x="{MARGIN}" y="{MARGIN - 7 + row * ROW}" '
        f'width="{width - 2 * MARGIN}" height="{BOX + 14}" rx="6"/>'
        for row in range(len(rows))
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img">',
            "<title>The rooms of Kamerwijzer and what each imports</title>",
            f"<style>{STYLE}</style>",
            '<defs><marker id="head" markerWidth="8" markerHeight="8" refX="3" refY="4" '
            'orient="auto" markerUnits="userSpaceOnUse">'
            '<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
            f'<rect class="ground" width="{width}" height="{height}"/>',
            *bands,
            *_lines(rows),
            *_boxes(rows),
            *(
                f'<text class="note" x="{MARGIN}" y="{bottom + 12 + 20 * i}">{note}</text>'
                for i, note in enumerate(notes)
            ),
            "</svg>\n",
        ]
    )


def main() -> None:
    """Write docs/rooms.svg."""
    (ROOT / "docs" / "rooms.svg").write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main()
