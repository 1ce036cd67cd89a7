"""Paragraphs as word processors know them (.docx, .odt), before they become blocks."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TITLE", "Cell", "Paragraph", "TextRun"]

TITLE = -1
"""The outline level of a paragraph that is the document's title."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of characters that look the same, or the place of a note's mark."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    note: tuple[str, str] | None = None
    """The note whose mark stands here: its kind ("footnote", "endnote") and its id."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands in a table: the numbers of the table, the row and the cell."""

    table: int
    row: int
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its characters, and what the format says of it. It may be empty."""

    pieces: tuple[TextRun, ...] = ()
    outline: int = 0
    """1 to 9 for a heading, `TITLE`, or 0."""
    listed: bool = False
    """Whether it opens an item of a list."""
    number: str = ""
    """How the item's number is written, as "%1)", where it is a number."""
    cell: Cell | None = None
    boxes: tuple[Paragraph, ...] = ()
    """What stands in the text boxes that hang on it."""

    @property
    def text(self) -> str:
        """Its characters, line ends within it too."""
        return "".join(piece.text for piece in self.pieces)
