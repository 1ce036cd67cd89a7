"""What the rules that recognise a document look at: its lines as they stand in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from search.records import Document, Kind, Metadata

__all__ = ["Evidence", "gather", "one_line"]

_MARKUP = re.compile(r"^[#>\s*_]+|[*_\s]+$")
_TAG = re.compile(r"<[^<>]{0,300}>|\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_PAGE_END = "\f"
_HEAD_PAGES = 4
_HEAD_LINES = 160
_FRONT_LINES = 60
_CLOSING_LINES = 80
_LONGEST_LINE = 600


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document with its lines; they have no markup and no white space around them."""

    document: Document
    name: str
    """The file's name, without folder."""
    front: tuple[str, ...]
    """The lines of the first page with words."""
    head: tuple[str, ...]
    """The lines of the first few pages."""
    lines: tuple[str, ...]
    """All lines."""

    @property
    def metadata(self) -> Metadata:
        """What is known already: from the format, and the head of a Kamerstuk."""
        return self.document.metadata

    @property
    def closing(self) -> tuple[str, ...]:
        """The last lines."""
        return self.lines[-_CLOSING_LINES:]

    @property
    def ending(self) -> str:
        """The file name ending, in small letters."""
        return self.name.rpartition(".")[2].lower()

    def first_blocks(self, count: int) -> list[str]:
        """Return the texts of the first blocks, each on one line."""
        text = self.document.text
        return [one_line(text[b.start : b.end]) for b in self.document.blocks[:count]]

    def blocks_of(self, *kinds: Kind) -> list[str]:
        """Return the texts of all blocks of some kinds, each on one line."""
        text = self.document.text
        return [one_line(text[b.start : b.end]) for b in self.document.blocks if b.kind in kinds]


def gather(document: Document, source: str, name: str) -> Evidence:
    """Return the evidence for a document; `source` holds the words of its file in order."""
    is_markdown = name.lower().endswith((".md", ".markdown"))
    pages = [_lines(page, is_markdown) for page in source.split(_PAGE_END)]
    filled = [page for page in pages if page]
    front = filled[0][:_FRONT_LINES] if filled else []
    head = [line for page in filled[:_HEAD_PAGES] for line in page][:_HEAD_LINES]
    every = tuple(line for page in filled for line in page)
    return Evidence(document, name, tuple(front), tuple(head), every)


def _lines(page: str, is_markdown: bool) -> list[str]:
    found: Sequence[str] = page.split("\n")
    if is_markdown:
        found = [_MARKUP.sub("", _TAG.sub(r"\1", line)) for line in found]
    return [each for line in found if (each := one_line(line[:_LONGEST_LINE]))]


def one_line(text: str) -> str:
    """Return a text in composed characters with single spaces and no soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())
