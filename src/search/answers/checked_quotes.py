"""Quotes from elsewhere: their places in the documents, and how they differ."""

from __future__ import annotations

from collections.abc import Callable

from search.citing import cite_in, official_url, with_item
from search.quoting import ExtractedQuote, FoundQuote, QuoteFinder, quotes_in
from search.records import (
    CheckedQuote,
    Difference,
    Document,
    Hit,
    ListedQuote,
    Quote,
    QuoteMatch,
    Span,
    Verdict,
)

__all__ = ["check_quotes", "quote_at", "said_at"]

_WHOLE_SHARE = 0.85
"""Least share of a text in a document to take it as one quote, whatever it quotes itself."""
_LONGEST_WHOLE = 5_000
"""Characters of a text that is compared as a whole before its quotes are; a draft is longer."""


def check_quotes(
    text: str,
    finder: QuoteFinder,
    document: Callable[[str], Document],
    holds: Callable[[Quote], bool],
    nearest: Callable[[str], Hit | None],
) -> tuple[CheckedQuote, ...]:
    """Return the check of a quote, or of each quote of a text that holds several, in order.

    `document` returns a document by id, `holds` whether a quote is what its file says, and
    `nearest` the passage nearest in meaning to a text. Matches that do not hold are left out. A
    text without quotation marks is one quote, and so is a text that a document holds as a whole.
    """
    checked = []
    for quote, found in _quotes(text, finder):
        possible = (_match(each, document(each.document)) for each in found)
        matches = tuple(match for match in possible if holds(match.quote))
        verdict = Verdict.ABSENT
        if matches:
            verdict = Verdict.NEAR if matches[0].differences else Verdict.EXACT
        near = None if matches else nearest(_from_first_word(quote.text))
        checked.append(CheckedQuote(quote.text, quote.start, quote.end, verdict, matches, near))
    return tuple(checked)


def _from_first_word(text: str) -> str:
    """Return a text from its first word on: only the beginning of a long text is compared."""
    return text[next((at for at, each in enumerate(text) if each.isalnum()), 0) :]


def _quotes(text: str, finder: QuoteFinder) -> list[tuple[ExtractedQuote, list[FoundQuote]]]:
    """Return the quotes of a text, or the text as one quote, each with its places."""
    words = text.strip()
    start = len(text) - len(text.lstrip())
    whole = ExtractedQuote(words, start, start + len(words))
    quoted = quotes_in(text)
    if not quoted:
        return [(whole, finder.find(words))]
    if len(quoted) == 1 and words[1:-1].strip() == quoted[0].text:
        return [(quoted[0], finder.find(quoted[0].text))]
    several = len(quoted) > 1 and quoted[0].start <= start + 1
    if len(words) <= _LONGEST_WHOLE and not several:
        found = finder.find_exact(words)
        found = found or [e for e in finder.find_near(words) if e.share >= _WHOLE_SHARE]
        if found:
            return [(whole, found)]
    return [(each, finder.find(each.text)) for each in quoted]


def _match(found: FoundQuote, document: Document) -> QuoteMatch:
    listed = quote_at(document, Span(found.parts[0].start, found.parts[-1].end))
    return QuoteMatch(
        quote=listed.quote,
        metadata=listed.metadata,
        section=listed.section,
        url=listed.url,
        parts=found.parts,
        differences=found.differences,
    )


def said_at(match: QuoteMatch, difference: Difference) -> str:
    """Return the document's words where a quote differs."""
    start = match.quote.start
    return match.quote.text[difference.source.start - start : difference.source.end - start]


def quote_at(document: Document, span: Span) -> ListedQuote:
    """Return a span of a document as a quote, with what is needed to cite it."""
    section = document.section_path(span.start)
    metadata = document.metadata
    place = with_item(document, section, span.start)
    citation = cite_in(document.id, metadata, place, document.page_at(span.start))
    text = document.text[span.start : span.end]
    return ListedQuote(
        quote=Quote(text, document.id, span.start, span.end, citation),
        metadata=metadata,
        section=section,
        url=official_url(document.id, metadata),
    )
