"""Put the cells of a table's rows in their columns, also where some are empty or merged."""

from __future__ import annotations

from collections.abc import Sequence

from search.reading.pdf.lines import LineFragment

__all__ = ["table_rows"]

_Side = list[float]
"""Where a column begins and ends."""


def table_rows(
    rows: Sequence[Sequence[LineFragment]],
) -> list[list[list[LineFragment]]]:
    """Return the rows with a list of fragments for each column of the table, empty or not.

    The row with most cells shows the columns; other rows widen them, or add some. A cell over
    several columns is in the first of them.
    """
    columns: list[_Side] = []
    for row in sorted(rows, key=_cells, reverse=True):
        for fragment in row:
            beside = _columns_of(fragment, columns)
            if not beside:
                columns.append([fragment.left, fragment.right])
                columns.sort()
            elif len(beside) == 1:
                column = columns[beside[0]]
                column[:] = [min(column[0], fragment.left), max(column[1], fragment.right)]
    return [_in_columns(row, columns) for row in rows]


def _cells(row: Sequence[LineFragment]) -> int:
    """Return how many cells a row has; text that wraps in a ruled one is several fragments."""
    return len({f.cell or f.start for f in row})


def _columns_of(fragment: LineFragment, columns: Sequence[_Side]) -> list[int]:
    """Return the columns that a cell is in; one that is close to it where it is in none."""
    inside = [i for i, (a, b) in enumerate(columns) if fragment.left < b and a < fragment.right]
    if inside:
        return inside
    reach = 0.8 * fragment.size
    near = [(max(a - fragment.right, fragment.left - b), i) for i, (a, b) in enumerate(columns)]
    return [i for distance, i in near if distance == min(near)[0] and distance < reach][:1]


def _in_columns(row: Sequence[LineFragment], columns: Sequence[_Side]) -> list[list[LineFragment]]:
    cells: list[list[LineFragment]] = [[] for _ in columns]
    for fragment in row:
        # A column is not filled again after a later one, since a quote follows the file.
        filled = max((i for i, cell in enumerate(cells) if cell), default=0)
        at = next(iter(_columns_of(fragment, columns)), filled)
        cells[max(at, filled)].append(fragment)
    return cells
