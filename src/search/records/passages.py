"""The passages of a document, which are searched and shown, with their labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.records.documents import Kind, Metadata, Span
from search.records.labels import Holder, Label, Stance

__all__ = [
    "Entry",
    "Passage",
    "Sentence",
    "Theme",
    "ThemeOrigin",
]


class ThemeOrigin(StrEnum):
    """Where a theme label comes from."""

    STRUCTURE = "structuur"
    METADATA = "metadata"
    ESTIMATED = "geschat"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme label and where it comes from."""

    label: str
    origin: ThemeOrigin
    uri: str = ""
    """The label's URI in the official list, if it is in that list."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, as a span of the document's text, with its label.

    Text outside the running text (letterhead, signatures, tables, footnotes) has no label.
    """

    start: int
    end: int
    label: Label | None = None
    doubt: str = ""
    """In Dutch, why it can't be quoted: a second reading of the file does not confirm it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences under one heading: what is searched and shown.

    `lead` is the sentence that introduces the list of which this passage is a later part;
    `anchor` is, for a footnote, the sentence that carries its mark. Both are spans of the same
    document that give context and do not belong to the quote.
    """

    id: int
    document: str
    kind: Kind
    start: int
    end: int
    text: str
    section: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    theme: Theme
    lead: Span | None = None
    anchor: Span | None = None
    page: str = ""
    """The number of the page on which it begins, if the file has pages."""

    def text_of(self, span: Span | Sentence) -> str:
        """Return the text of a span of the document that lies within the passage."""
        return self.text[span.start - self.start : span.end - self.start]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Return the labels of its sentences in order, each pair of holder and stance once."""
        distinct: dict[tuple[Holder, Stance], Label] = {}
        for sentence in self.sentences:
            if sentence.label:
                distinct.setdefault((sentence.label.holder, sentence.label.stance), sentence.label)
        return tuple(distinct.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index lists it, without its text."""

    id: str
    path: str
    metadata: Metadata
    citation: str
    themes: tuple[Theme, ...]
    """The document's official themes, best first."""
    passages: int
    words: int
