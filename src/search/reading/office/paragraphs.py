"""Paragraphs as word processors know them (.docx, .odt), before they become blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from search.reading.raised_digits import lowered_digits, raised_digits

__all__ = [
    "MAX_COLUMNS",
    "TITLE",
    "Cell",
    "CharacterFormat",
    "Paragraph",
    "TextRun",
    "cell_of",
    "with_raised_digits",
]

TITLE = -1
"""The outline level of a paragraph that is the document's title."""
MAX_COLUMNS = 256
"""Of a table; cells further to the right share the last one."""


class CharacterFormat(NamedTuple):
    """What a style or a run says of its characters; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    height: int | None = None
    """1 for raised, -1 for lowered."""
    font: str | None = None

    def over(self, below: CharacterFormat) -> CharacterFormat:
        """Return this format, with what it does not say taken from the one below."""
        if self == _SILENT:
            return below
        return CharacterFormat(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.height if self.height is None else self.height,
            below.font if self.font is None else self.font,
        )

    @property
    def is_seen(self) -> bool:
        """Whether the characters are shown, and not struck through."""
        return not self.hidden and not self.struck

    def run(self, text: str) -> TextRun:
        """Return characters in this format."""
        return TextRun(text, bool(self.bold), bool(self.italic), self.height or 0)


_SILENT = CharacterFormat()


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters with the same formatting, or the mark of a note."""

    text: str
    bold: bool = False
    italic: bool = False
    height: int = 0
    """1 for raised, -1 for lowered."""
    note: tuple[str, str] | None = None
    """The note that is referred to: its kind ("footnote", "endnote") and its id."""
    automatic: bool = False
    """Whether it is the number of a list item or heading, which the file does not hold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell of a paragraph: the numbers of the table, the row and the cell in the document."""

    table: int
    row: int
    number: int
    column: int = 0
    """The column of the table in which the cell begins."""


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
    list_level: tuple[str, int] | None = None
    """The id of its list and the level in it, from 0, where the reader counts afterwards."""
    is_contents: bool = False
    """Whether it is an entry or the title of a table of contents."""
    is_block_quote: bool = False
    """Whether its style says so."""
    is_indented: bool = False
    """Whether all its lines are set in from the left, and it is no item of a list."""

    @property
    def text(self) -> str:
        """Its characters, line breaks included."""
        return "".join(run.text for run in self.runs)

    def numbered(self, number: str) -> Paragraph:
        """Return the paragraph with its automatic number before its text.

        A number alone is no text, unless it has a word ("Artikel 3").
        """
        has_word = sum(map(str.isalpha, number)) > 2
        if not number or not (has_word or self.text.strip()):
            return self
        return replace(self, runs=(TextRun(f"{number}\t", automatic=True), *self.runs))


def cell_of(
    around: tuple[Any, Any, Any] | None, column: int, numbers: dict[Any, int]
) -> Cell | None:
    """Return the cell with the elements of its table, its row and itself.

    `numbers` holds those that were seen. The elements themselves are the keys: lxml reuses the
    identity of those it drops.
    """
    if around is None:
        return None
    table, row, cell = (numbers.setdefault(each, len(numbers)) for each in around)
    return Cell(table, row, cell, min(column, MAX_COLUMNS - 1))


def with_raised_digits(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Yield runs with raised and lowered numbers as such; a number may consist of several runs."""
    for height, group in groupby(runs, key=lambda run: run.height):
        members = list(group)
        whole = "".join(run.text for run in members)
        written = raised_digits(whole) if height > 0 else lowered_digits(whole) if height else whole
        at = 0
        for run in members:
            text = written[at : at + len(run.text)]
            at += len(run.text)
            yield run if text == run.text else replace(run, text=text)
