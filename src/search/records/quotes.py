"""Quotes that were found elsewhere and checked, and quotes that are taken along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.records.answers import Hit, Quote
from search.records.documents import Metadata, Span

__all__ = ["CheckedQuote", "Difference", "ListedQuote", "QuoteMatch", "Verdict"]


class Verdict(StrEnum):
    """How a quote stands in the sources; the values are those of the JSON."""

    EXACT = "exact"
    NEAR = "near"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words that the quote and the source do not share.

    `quoted` is a span of the quote as it was typed, `source` one of the document's text. One of
    the two is empty where words were left out or put in.
    """

    quoted: Span
    source: Span


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A place where a quote stands, word for word or nearly.

    `quote` holds the document's own words from the first to the last one that is quoted. `parts`
    are the runs between the words that the quote leaves out by `[…]`.
    """

    quote: Quote
    metadata: Metadata
    section: tuple[str, ...]
    url: str
    parts: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote as it was typed or pasted, and what the sources say of it.

    `start` and `end` say where it stands in what was pasted, without its quotation marks.
    `nearest` is, for a quote that is absent, the passage that comes nearest in meaning.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    matches: tuple[QuoteMatch, ...]
    nearest: Hit | None = None


@dataclass(frozen=True, slots=True)
class ListedQuote:
    """A quote on the citatenlijst: the document's own words, its source, and the user's note."""

    quote: Quote
    metadata: Metadata
    section: tuple[str, ...]
    url: str
    note: str = ""
