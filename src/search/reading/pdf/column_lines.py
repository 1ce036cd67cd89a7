"""What a page is made of once it is laid out: columns of lines, and text in the margins."""

from __future__ import annotations

from dataclasses import dataclass

from search.reading.pdf.lines import LineFragment

__all__ = ["Column", "ColumnLine", "PageLayout"]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """The fragments on one line of a column, from left to right."""

    fragments: tuple[LineFragment, ...]
    text: str
    is_justified: bool = False
    """Whether its wide gaps are the spaces of a line that was stretched to fill the column."""

    @property
    def left(self) -> float:
        return min(fragment.left for fragment in self.fragments)

    @property
    def right(self) -> float:
        return max(fragment.right for fragment in self.fragments)

    @property
    def baseline(self) -> float:
        return self._longest.baseline

    @property
    def size(self) -> float:
        return self._longest.size

    @property
    def table(self) -> int:
        """The ruled table that it is a row of, -1 if it is in none."""
        cell = self.fragments[0].cell
        return cell.table if cell else -1

    @property
    def bold(self) -> bool:
        return all(fragment.bold for fragment in self.fragments)

    @property
    def italic(self) -> bool:
        return all(fragment.italic for fragment in self.fragments)

    @property
    def _longest(self) -> LineFragment:
        return max(self.fragments, key=lambda fragment: fragment.end - fragment.start)


@dataclass(frozen=True, slots=True)
class Column:
    """Lines from top to bottom, of a column or of text in the margin."""

    lines: tuple[ColumnLine, ...]
    left: float
    right: float
    """Where a full line ends."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page in reading order."""

    columns: tuple[Column, ...]
    margin_texts: tuple[Column, ...] = ()
    running_heads: tuple[LineFragment, ...] = ()
    """The fragments of running heads and feet, page numbers among them."""
    scanned: bool = False
