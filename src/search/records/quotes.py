"""Quotes that were pasted and checked, and quotes on the user's list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.records.answers import Hit, Quote
from search.records.documents import Metadata, Span

__all__ = ["CheckedQuote", "Difference", "ListedQuote", "QuoteMatch", "Verdict"]


class Verdict(StrEnum):
    """Whether the sources have a quote; the values are those of the JSON."""

    EXACT = "exact"
    NEAR = "near"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words in which the quote and the source differ.

    `quoted` is a span of the quote as it was typed, `source` one of the document's text. One of
    the two is empty if words were left out or added.
    """

    quoted: Span
    source: Span


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A place of a quote in a source, word for word or nearly.

    `quote` holds the document's own words from the first to the last that is quoted. `parts` are
    the runs between the gaps that the quote marks with `[…]`.
    """

    quote: Quote
    metadata: Metadata
    section: tuple[str, ...]
    url: str
    parts: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote as it was typed or pasted, and where the sources have it.

    `start` and `end` are its span in the pasted text, without its quotation marks. `nearest` is,
    for an absent quote, the passage that is nearest in meaning.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    matches: tuple[QuoteMatch, ...]
    nearest: Hit | None = None


@dataclass(frozen=True, slots=True)
class ListedQuote:
    """A quote on the user's list: the document's own words, their source, and the user's note."""

    quote: Quote
    metadata: Metadata
    section: tuple[str, ...]
    url: str
    note: str = ""
