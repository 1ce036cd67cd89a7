"""The quotes in a text: what is between quotation marks, and block quotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.dutch.words import words_of

__all__ = ["ExtractedQuote", "quotes_in"]

_CLOSERS = {
    "«": "»",
    "»": "«",
    "“": "”",
    "„": "”“",
    "‘": "’",
    "‚": "’‘",
    '"': '"',
    "'": "'",
    "‹": "›",
}
"""What may close each opening mark; »so« is German, and „zo” and „so“ both occur."""
_UNDIRECTED = frozenset("\"'")
"""Marks that look the same at both ends."""
_SINGLE = frozenset("'‘‚")
_ELISION = re.compile(r"['‘’](?:s|t|n|m|k|r|ns|tis)\b", re.IGNORECASE)
"""An apostrophe that begins a word ("'s ochtends", "'t") opens no quote."""
_ANY_MARK = re.compile("[" + "".join({*_CLOSERS, *"".join(_CLOSERS.values())}) + "]")
_MAX_NESTING = 8
"""Levels of quotes within quotes that are looked at."""
_LEAST_WORDS = 2
"""One word between marks is more often a name, or a word used with reserve, than a quote."""
_PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n")
_BLOCK_QUOTE = re.compile(r"^ {0,3}>.*(?:\n {0,3}>.*)*", re.MULTILINE)
"""Lines that each begin with ">", as in Markdown and e-mail."""
_BLOCK_MARK = re.compile(r"(?:\s|>)+")
_ATTRIBUTION = re.compile(r"\n[ >]*[—–-]{1,2}[ \w][^\n]*$")
"""The last line of a block quote that names its author ("— de WRR")."""


@dataclass(frozen=True, slots=True)
class ExtractedQuote:
    """A quote in a text: its words and their span, without the marks."""

    text: str
    start: int
    end: int


def quotes_in(text: str) -> list[ExtractedQuote]:
    """Return the quotes of at least two words in a text, in order.

    Of nested quotes the outer one counts. If all quotes are shorter, all are returned.
    """
    found: list[ExtractedQuote] = []
    at = 0
    marked = [(start + 1, end) for start, end in (*_directed(text), *_undirected(text))]
    for start, end in sorted((*marked, *_block_quotes(text, sorted(marked)))):
        inner = text[start:end]
        words = inner.strip()
        if start < at or not words:
            continue
        lead = start + len(inner) - len(inner.lstrip())
        found.append(ExtractedQuote(words, lead, lead + len(words)))
        at = end + 1
    long = [each for each in found if len(words_of(each.text)) >= _LEAST_WORDS]
    return long or found


def _block_quotes(text: str, marked: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of block quotes, but those that are largely between `marked` quotes."""
    for found in _BLOCK_QUOTE.finditer(text):
        opening = _BLOCK_MARK.match(text, found.start(), found.end())
        start, end = opening.end() if opening else found.start(), found.end()
        if attribution := _ATTRIBUTION.search(text, start, end):
            end = attribution.start()
        first = bisect_left(marked, (found.start(), 0))
        within = [each for each in marked[first:] if each[1] <= end]
        if 2 * sum(last - at for at, last in within) < end - start:
            yield start, end


def _directed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between opening and closing marks, which are paired as brackets are.

    Of paragraphs that each open with a mark, only the last is closed by one.
    """
    open_: list[int] = []
    for found in _ANY_MARK.finditer(text):
        place, mark = found.start(), found.group()
        if mark in _UNDIRECTED:
            continue
        innermost = reversed(open_[-_MAX_NESTING:])
        opener = next((i for i in innermost if mark in _CLOSERS[text[i]]), None)
        if opener is not None and (_closes(text, place) or _is_padded(text, opener, place)):
            while open_.pop() != opener:
                pass
            yield opener, place
        elif mark in _CLOSERS and _opens(text, place):
            if open_ and text[open_[-1]] == mark and _opens_next_paragraph(text, open_[-1], place):
                yield open_.pop(), place
            open_.append(place)


def _undirected(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between marks that look the same at both ends, within a paragraph.

    Across paragraphs, one forgotten mark would turn all others round.
    """
    bounds = [*(found.start() for found in _PARAGRAPH.finditer(text)), len(text)]
    for mark in sorted(_UNDIRECTED):
        places = [found.start() for found in re.finditer(mark, text)]
        closing = [place for place in places if place and _closes(text, place)]
        at = 0
        for number, place in enumerate(places, start=1):
            if place < at or not _opens(text, place):
                continue
            after = bisect_right(closing, place)
            end = bounds[bisect_right(bounds, place)]
            if after < len(closing) and closing[after] < end:
                at = closing[after] + 1
                yield place, closing[after]
            elif number < len(places) and _opens_next_paragraph(text, place, places[number]):
                yield place, places[number]


def _opens_next_paragraph(text: str, opener: int, at: int) -> bool:
    """Return whether a mark is the first character of the paragraph after that of another mark."""
    end = at
    while end > opener + 1 and text[end - 1].isspace():
        end -= 1
    if not _PARAGRAPH.search(text, end, at):
        return False
    return _PARAGRAPH.search(text, opener, end) is None


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in _SINGLE and _ELISION.match(text, at):
        return False
    if mark in ("“", "»") and not (before.isspace() or before in "([-–—:"):
        # These close what „ and « open.
        return False
    if mark in _UNDIRECTED or mark in _SINGLE:
        return not before.isalnum() and not after.isspace()
    return True


def _closes(text: str, at: int) -> bool:
    """Return whether a mark closes a quote; within a word it is an apostrophe."""
    after = text[at + 1] if at + 1 < len(text) else " "
    return not text[at - 1].isspace() and not (text[at] in "'’‘" and after.isalnum())


def _is_padded(text: str, opener: int, closer: int) -> bool:
    """Return whether there is white space inside both marks, as in « zo »."""
    return closer - opener > 2 and text[opener + 1].isspace() and text[closer - 1].isspace()
