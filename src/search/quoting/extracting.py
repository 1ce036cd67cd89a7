"""Finds the quotes in a text: what stands between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from search.dutch.words import words_of

__all__ = ["Extracted", "quotes_in"]

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
_SAME = frozenset("\"'")
_SINGLE = frozenset("'‘‚")
_ELIDED = re.compile(r"['‘’](?:s|t|n|m|k|r|ns|tis)\b", re.IGNORECASE)
"""An apostrophe that begins a word ("'s ochtends", "'t") opens no quote."""
_ANY = re.compile("[" + "".join({*_CLOSERS, *"".join(_CLOSERS.values())}) + "]")
_DEEPEST = 8
"""Quotes within quotes that are looked through."""
_LEAST_WORDS = 3
"""Fewer words between marks are a name or a word at a distance more often than a quote."""
_PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A quote in a text: its words and where they stand, without the marks."""

    text: str
    start: int
    end: int


def quotes_in(text: str) -> list[Extracted]:
    """Give the quotes of at least three words in a text, in order.

    Of quotes within quotes the outer one counts. When all are shorter, all are given.
    """
    found: list[Extracted] = []
    at = 0
    for start, end in sorted((*_directed(text), *_undirected(text))):
        inner = text[start + 1 : end]
        words = inner.strip()
        if start < at or not words:
            continue
        lead = start + 1 + len(inner) - len(inner.lstrip())
        found.append(Extracted(words, lead, lead + len(words)))
        at = end + 1
    long = [each for each in found if len(words_of(each.text)) >= _LEAST_WORDS]
    return long or found


def _directed(text: str) -> Iterator[tuple[int, int]]:
    """Pair marks that open with marks that close, as brackets are paired."""
    open_: list[int] = []
    for found in _ANY.finditer(text):
        place, mark = found.start(), found.group()
        if mark in _SAME:
            continue
        opener = next((i for i in reversed(open_[-_DEEPEST:]) if mark in _CLOSERS[text[i]]), None)
        if opener is not None and (_closes(text, place) or _is_padded(text, opener, place)):
            while open_.pop() != opener:
                pass
            yield opener, place
        elif mark in _CLOSERS and _opens(text, place):
            open_.append(place)


def _undirected(text: str) -> Iterator[tuple[int, int]]:
    """Pair marks that look the same at both ends, within a paragraph.

    One that was forgotten would otherwise turn all others round.
    """
    bounds = [*(found.start() for found in _PARAGRAPH.finditer(text)), len(text)]
    for mark in sorted(_SAME):
        places = [found.start() for found in re.finditer(mark, text)]
        closing = [place for place in places if place and _closes(text, place)]
        at = 0
        for place in places:
            if place < at or not _opens(text, place):
                continue
            after = bisect_right(closing, place)
            if after < len(closing) and closing[after] < bounds[bisect_right(bounds, place)]:
                at = closing[after] + 1
                yield place, closing[after]


def _opens(text: str, at: int) -> bool:
    """Tell whether a mark opens a quote, by what stands before and behind it."""
    mark = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in _SINGLE and _ELIDED.match(text, at):
        return False
    if mark in ("“", "»") and not (before.isspace() or before in "([-–—:"):
        # These close what „ and « open.
        return False
    if mark in _SAME or mark in _SINGLE:
        return not before.isalnum() and not after.isspace()
    return True


def _closes(text: str, at: int) -> bool:
    """Tell whether a mark closes a quote; within a word it is an apostrophe."""
    after = text[at + 1] if at + 1 < len(text) else " "
    return not text[at - 1].isspace() and not (text[at] in "'’‘" and after.isalnum())


def _is_padded(text: str, opener: int, closer: int) -> bool:
    """Tell whether white space stands within both marks, as in « zo »."""
    return closer - opener > 2 and text[opener + 1].isspace() and text[closer - 1].isspace()
