"""Paragraphs as word processors know them (.docx, .odt), before they become blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["TITLE", "Cell", "Paragraph", "TextRun", "cell_of", "first_set"]

TITLE = -1
"""The outline level of a paragraph that is the document's title."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters with the same formatting, or the mark of a note."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    note: tuple[str, str] | None = None
    """The note that is referred to: its kind ("footnote", "endnote") and its id."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell of a paragraph: the numbers of the table, the row and the cell in the document."""

    table: int
    row: int
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, which may be empty, with its properties."""

    runs: tuple[TextRun, ...] = ()
    outline_level: int = 0
    """1 to 9 for a heading, `TITLE`, or 0."""
    is_list_item: bool = False
    """Whether it is the first paragraph of a list item."""
    number_format: str = ""
    """Of a numbered list item, as "%1)"."""
    cell: Cell | None = None
    boxes: tuple[Paragraph, ...] = ()
    """The paragraphs of the text boxes that are anchored in it."""

    @property
    def text(self) -> str:
        """Its characters, line breaks included."""
        return "".join(run.text for run in self.runs)


def cell_of(element: Any, names: tuple[str, str, str], numbers: dict[Any, int]) -> Cell | None:
    """Return the cell of the innermost table around an XML element.

    `names` are the elements of a table, a row and a cell; `numbers` holds those that were seen.
    """
    around = [next(element.iterancestors(f"{{*}}{name}"), None) for name in names]
    if any(each is None for each in around):
        return None
    # The elements themselves are the keys: lxml reuses the identity of those it drops.
    return Cell(*(numbers.setdefault(each, len(numbers)) for each in around))


def first_set(values: Iterable[bool | None], default: bool = False) -> bool:
    """Return the first value that is not None."""
    return next((each for each in values if each is not None), default)
