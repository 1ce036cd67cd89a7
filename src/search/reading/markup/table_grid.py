"""Rows of a table as lines of text in which merged and empty cells keep the columns in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.reading.markup.xml_text import Element, local_name
from search.reading.sourced_text import SourcedText, join

__all__ = ["CalsRows", "GridCell", "TableGrid", "span_of"]

_MOST_COLUMNS = 200
_MOST_ROWS = 10_000
_NOTHING = SourcedText()


class GridCell(NamedTuple):
    """A cell with the numbers of columns and rows that it takes.

    `column` is where it begins, counted from 0; -1 is the first column that is free.
    """

    text: SourcedText
    columns: int = 1
    rows: int = 1
    column: int = -1


def span_of(written: str | None) -> int:
    """Return a number of columns or rows as a file writes it; 1 where that is no number."""
    text = (written or "").strip()
    return min(max(int(text), 1), _MOST_ROWS) if text.isdecimal() and len(text) < 7 else 1


class TableGrid:
    """The columns of a table, row by row, with the cells that reach down from rows above."""

    def __init__(self, width: int = _MOST_COLUMNS) -> None:
        """Begin a table in which no merged cell goes further than `width` columns."""
        self._width = min(width, _MOST_COLUMNS)
        self._taken: dict[int, int] = {}
        """How many more rows each column is taken by a cell above."""

    def line(self, cells: Iterable[GridCell]) -> SourcedText:
        """Return a row as a line: its cells separated by tabs, merged ones written once.

        The columns that a merged cell takes further are empty, in this row and in those below.
        """
        above = set(self._taken)
        texts: dict[int, SourcedText] = {}
        started: dict[int, int] = {}
        at = 0
        for cell in cells:
            at = max(at, cell.column)
            while at in above:
                at += 1
            texts[at] = cell.text
            after = max(at + 1, min(at + cell.columns, self._width))
            if cell.rows > 1:
                started.update(dict.fromkeys(range(at, after), cell.rows - 1))
            for column in range(at, after):
                texts.setdefault(column, _NOTHING)
            at = after
        self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}
        self._taken.update(started)
        width = max((*texts, *above), default=-1) + 1
        return join([texts.get(column, _NOTHING) for column in range(width)], "\t")


class CalsRows:
    """The rows of one part of a CALS table, whose cells name the columns that they are in.

    See https://docs.oasis-open.org/tablemodel/cals/v1.0/cals-v1.0.html.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        """Begin a part of a table; `columns` has the number of each column by name, from 0."""
        self._columns = columns
        self._grid = TableGrid()

    def within(self, part: Element) -> CalsRows:
        """Return the rows of a part of this table, which may have columns of its own."""
        names = [each for each in part if local_name(each) == "colspec"]
        own = {
            each.get("colname", ""): span_of(each.get("colnum") or str(number)) - 1
            for number, each in enumerate(names, 1)
        }
        return CalsRows(own or self._columns)

    def cell(self, entry: Element, text: SourcedText) -> GridCell:
        """Return the cell of an entry."""
        first = self._number(entry.get("namest") or entry.get("colname"))
        last = self._number(entry.get("nameend"))
        columns = last - first + 1 if first >= 0 and last > first else 1
        below = entry.get("morerows")
        rows = span_of(below) + 1 if below and below.strip("0 ") else 1
        return GridCell(text, columns, rows, first)

    def line(self, cells: Iterable[GridCell]) -> SourcedText:
        """Return a row as a line."""
        return self._grid.line(cells)

    def _number(self, name: str | None) -> int:
        """Return the number of a column by its name, from 0; else -1."""
        if name is None:
            return -1
        if name in self._columns:
            return self._columns[name]
        found = re.fullmatch(r"(?:c|col)(\d{1,3})", name)
        return int(found[1]) - 1 if found else -1
