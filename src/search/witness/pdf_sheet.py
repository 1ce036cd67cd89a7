"""The lines of one page by where they stand: what is under, over and beside a line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from search.witness.pdf_lines import Line

__all__ = ["ROW", "Sheet", "overlaps"]

ROW = 0.35
"""Times the font size: baselines nearer than this are one row."""


class Sheet:
    """The lines of a page that are turned the same way; lines are meant by their number."""

    def __init__(self, lines: Sequence[Line], numbers: Sequence[int]) -> None:
        """Take the lines with these numbers."""
        self._lines = lines
        self.order = sorted(numbers, key=lambda i: (-lines[i].base, lines[i].left))
        self._down = [-lines[i].base for i in self.order]
        """How far down the page each line of the order is."""

    def under(self, i: int) -> Iterator[int]:
        """Yield the lines under a line, whatever side they are on, the nearest first."""
        line = self._lines[i]
        at = bisect_right(self._down, -line.base + ROW * line.size)
        return iter(self.order[at:])

    def over(self, i: int) -> Iterator[int]:
        """Yield the lines over a part of a line, the nearest first."""
        line = self._lines[i]
        at = bisect_left(self._down, -line.base)
        for place in range(at - 1, -1, -1):
            if overlaps(line.left, line.right, self._lines[self.order[place]]):
                yield self.order[place]

    def next_row(self, i: int, left: float) -> list[int]:
        """Return the lines of the nearest row under a line, of which a part is under it.

        The line is taken to begin at `left`.
        """
        line, row = self._lines[i], list[int]()
        for j in self.under(i):
            other = self._lines[j]
            if row and other.base < self._lines[row[0]].base - ROW * other.size:
                break
            if overlaps(left, line.right, other):
                row.append(j)
        return sorted(row, key=lambda j: self._lines[j].left)

    def row(self, i: int) -> list[int]:
        """Return the lines on the row of a line, from left to right; it is one of them."""
        line = self._lines[i]
        reach = ROW * line.size
        first = bisect_right(self._down, -line.base - reach)
        last = bisect_left(self._down, -line.base + reach)
        row = [i]
        for j in self.order[first:last]:
            other = self._lines[j]
            right = other.left >= line.right - 0.5 * line.size
            if j != i and (right or other.right <= line.left + 0.5 * line.size):
                row.append(j)
        return sorted(row, key=lambda j: self._lines[j].left)


def overlaps(left: float, right: float, other: Line) -> bool:
    """Return whether two lines overlap by a good part of the shorter one."""
    both = min(right, other.right) - max(left, other.left)
    return both > 0.3 * min(right - left, other.right - other.left)
