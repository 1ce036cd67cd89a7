"""What the tests of the case files look at in a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.records import Document, Kind, Label

__all__ = [
    "RUNNING",
    "author_kind",
    "flat",
    "is_whole",
    "label_of",
    "lines",
    "people",
    "remarks",
    "rows",
    "running",
]

RUNNING = (Kind.PARAGRAPH, Kind.LIST_ITEM)


def flat(text: str) -> str:
    """Put a text on one line with single spaces."""
    return " ".join(text.split())


def lines(document: Document, *kinds: Kind) -> list[str]:
    """Give the blocks of some kinds, each on one line."""
    return [flat(document.text[b.start : b.end]) for b in document.blocks if b.kind in kinds]


def running(document: Document) -> str:
    """Give the running text, paragraphs and list items, on one line."""
    return " ".join(lines(document, *RUNNING))


def is_whole(document: Document, sentence: str) -> bool:
    """Tell whether a sentence stands within one paragraph or list item."""
    return any(sentence in line for line in lines(document, *RUNNING))


def rows(document: Document) -> list[list[str]]:
    """Give the rows of the tables: cells are parted by tabs, an empty one is an empty text."""
    return [
        [cell.strip() for cell in line.split("\t")]
        for block in document.blocks
        if block.kind is Kind.TABLE
        for line in document.text[block.start : block.end].split("\n")
    ]


def label_of(labelled: Sequence[tuple[str, Label]], words: str) -> Label:
    """Give the label of the one sentence that has these words."""
    found = [label for sentence, label in labelled if words in sentence]
    assert len(found) == 1, f"{len(found)} labelled sentences have {words!r}"
    return found[0]


def people(document: Document) -> list[tuple[str, str]]:
    """Give the name and the role of each person that a document is of."""
    metadata: Any = document.metadata
    return [(each.name, each.role) for each in metadata.people]


def author_kind(document: Document) -> str:
    """Give whose document it is: kabinet, kamer, partij …"""
    read: Any = document
    return str(read.author_kind)


def remarks(document: Document) -> tuple[str, ...]:
    """Give what a user should know of how a document was read."""
    read: Any = document
    return tuple(read.remarks)
