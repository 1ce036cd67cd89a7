"""Find the tables whose cells are ruled, and read text that wraps within a cell as one.

Where a table has lines drawn between its rows and columns, these say what a cell is. Elsewhere
each line of print is a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from search.reading.pdf.lines import Cell, LineFragment, PageText
from search.reading.pdf.rules import Rule

__all__ = ["Part", "mark_cells", "parts_of"]

_SAME_PLACE = 2.0
"""Points between two pieces of one line."""
_LEAST_COVERED = 0.5
"""Least share of a table's width that a line between two rows covers."""
_LEAST_WRAPPED = 0.6
"""Least share of the line ends within a row's cells at which the next word would not have fit."""
_PROSE = 3
"""Line ends of a cell that shows by itself that the row is no stack of rows without lines."""
_PADDING = 9.0
"""Points that a cell may leave free at both sides together."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The room between two level lines, and the upright lines through it."""

    top: float
    bottom: float
    sides: tuple[float, ...]

    def column(self, fragment: LineFragment) -> int:
        """Return the cell that a fragment begins in, -1 where it is beside the table."""
        for number, (left, right) in enumerate(pairwise(self.sides)):
            if left - _SAME_PLACE <= fragment.left < right:
                return number
        return -1

    def holds(self, fragment: LineFragment) -> bool:
        """Return whether a fragment is within one cell: narrow ones may be read as one."""
        return fragment.right <= self.sides[self.column(fragment) + 1] + _SAME_PLACE


@dataclass(frozen=True, slots=True)
class Part:
    """Fragments of a page that are above one another: a ruled table, or what is between two."""

    fragments: list[LineFragment]
    is_table: bool = False


def mark_cells(page: PageText) -> list[LineFragment]:
    """Return the fragments of a page; those of a ruled table whose text wraps know their cell."""
    fragments = [fragment for fragment in page.fragments if not fragment.rotation]
    if not page.rules:
        return fragments
    marked = {fragment.start: fragment for fragment in fragments}
    for number, rows in enumerate(_tables(page.rules)):
        for fragment in _in_cells(page, number, rows, fragments):
            marked[fragment.start] = fragment
    return list(marked.values())


def parts_of(fragments: Iterable[LineFragment]) -> list[Part]:
    """Split fragments in tables and what is above and below each, from the top of the page."""
    every = list(fragments)
    rest = [fragment for fragment in every if fragment.cell is None]
    in_tables = sorted((f for f in every if f.cell), key=lambda f: f.cell or Cell(0, 0, 0))
    tables = [list(each) for _, each in groupby(in_tables, key=lambda f: f.cell and f.cell.table)]
    parts: list[Part] = []
    for table in sorted(tables, key=lambda each: each[0].baseline):
        top = min(fragment.baseline for fragment in table)
        parts.append(Part([f for f in rest if f.baseline < top]))
        rest = [f for f in rest if f.baseline >= top]
        table.sort(key=lambda f: (f.cell or Cell(0, 0, 0), f.baseline, f.left))
        parts.append(Part(table, is_table=True))
    parts.append(Part(rest))
    return [part for part in parts if part.fragments]


def _tables(rules: Sequence[Rule]) -> Iterator[list[_Row]]:
    """Yield the rows of each table: rooms right below one another with upright lines."""
    upright = [rule for rule in rules if not rule.is_level]
    table: list[_Row] = []
    for top, bottom in pairwise(_levels(rules, upright)):
        middle = (top + bottom) / 2
        sides = _merged(r.left for r in _beside(upright, middle))
        if len(sides) > 1:
            table.append(_Row(top, bottom, tuple(sides)))
        elif table:
            yield table
            table = []
    if table:
        yield table


def _levels(rules: Sequence[Rule], upright: Sequence[Rule]) -> list[float]:
    """Return the heights of the lines between rows: over at least half of the table's width."""
    found: list[float] = []
    level = sorted((rule for rule in rules if rule.is_level), key=lambda rule: rule.top)
    for height in _merged(rule.top for rule in level):
        own = [r for r in level if abs(r.top - height) <= 2 * _SAME_PLACE]
        beside = [r.left for r in _beside(upright, height)]
        if beside and _covered(own) >= _LEAST_COVERED * (max(beside) - min(beside)):
            found.append(height)
    return found


def _beside(upright: Sequence[Rule], height: float) -> list[Rule]:
    return [r for r in upright if r.top - _SAME_PLACE <= height <= r.bottom + _SAME_PLACE]


def _covered(rules: Sequence[Rule]) -> float:
    """Return how many points of the width of a page lines at one height cover together."""
    covered, until = 0.0, float("-inf")
    for rule in sorted(rules):
        covered += max(0.0, rule.right - max(rule.left, until))
        until = max(until, rule.right)
    return covered


def _merged(places: Iterable[float]) -> list[float]:
    """Return places in order, those that are close to the one before left out."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME_PLACE:
            found.append(place)
    return found


def _in_cells(
    page: PageText, number: int, rows: Sequence[_Row], fragments: Sequence[LineFragment]
) -> list[LineFragment]:
    """Return the fragments of a table with their cells; none if no text wraps or some is beside."""
    inside = [f for f in fragments if rows[0].top < f.baseline <= rows[-1].bottom]
    found: list[LineFragment] = []
    wraps, count = False, 0
    for row in rows:
        held = [f for f in inside if row.top < f.baseline <= row.bottom]
        cells = [(row.column(f), f) for f in held]
        if any(column < 0 for column, _ in cells):
            return []
        lines = [cells]
        if all(map(row.holds, held)) and _wraps(page, row, cells):
            wraps = wraps or len({column for column, _ in cells}) > 1
        else:
            lines = _lines(cells)
        for line in lines:
            found += [replace(f, cell=Cell(number, count, column)) for column, f in line]
            count += 1
    return found if wraps and len(found) == len(inside) else []


def _lines(cells: Sequence[tuple[int, LineFragment]]) -> list[list[tuple[int, LineFragment]]]:
    """Split the cells of a row by the lines of print that they are on."""
    lines: list[list[tuple[int, LineFragment]]] = []
    for cell in sorted(cells, key=lambda each: each[1].baseline):
        if lines and cell[1].baseline - lines[-1][0][1].baseline <= 0.4 * cell[1].size:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return lines


def _wraps(page: PageText, row: _Row, cells: Sequence[tuple[int, LineFragment]]) -> bool:
    """Return whether the lines in the cells of a row end where the next word doesn't fit."""
    every: list[bool] = []
    for column, (left, right) in enumerate(pairwise(row.sides)):
        ends: list[bool] = []
        own = sorted((f for at, f in cells if at == column), key=lambda f: (f.baseline, f.left))
        for before, after in pairwise(own):
            if after.baseline - before.baseline <= 0.4 * after.size:
                # Several pieces on one line: a table within a cell.
                return False
            text, following = (page.text[f.start : f.end] for f in (before, after))
            word = len(following.split(" ", 1)[0]) * (after.right - after.left) / len(following)
            room = right - left - _PADDING - (before.right - before.left)
            says = any(map(str.isalpha, text)) and any(map(str.isalpha, following))
            ends.append(says and room < word + 0.25 * after.size)
        if len(ends) >= max(_PROSE, len(_lines(cells)) / 2) and _mostly(ends):
            return True
        every += ends
    return _mostly(every)


def _mostly(wrapped: Sequence[bool]) -> bool:
    return bool(wrapped) and sum(wrapped) >= _LEAST_WRAPPED * len(wrapped)
