"""Splits Dutch officialese into sentences, with NLTK's Punkt and our own abbreviations."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import cast

from search.dutch.abbreviations import ABBREVIATIONS, NEVER_LAST, STARTERS
from search.records import Span

__all__ = ["split_sentences"]

_NUMBERING = re.compile(r"\s*(?:\(?[0-9]{1,3}|\(?[a-zA-Z]|[ivxIVX]{1,5})[.)]+\s*$")
_LAST_WORD = re.compile(r"([\w./’'-]+?)\.[\"'”’»)]*\s*$")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.){2,}$")
_FIRST_WORD = re.compile(r"\s*(\w+)")
_AFTER_STOP = re.compile(r"([.!?]\s+)([a-z])")
_CONTINUATION = re.compile(r"\s*[a-zà-ÿ,;)]")


@contextmanager
def _without_scipy() -> Iterator[None]:
    """Hide scipy while NLTK is imported.

    NLTK imports scipy's statistics for its collocations if it can. They are not used here, and
    take half of the seconds of the import.
    """
    modules = cast(dict[str, ModuleType | None], sys.modules)
    if "scipy" in modules:
        yield
        return
    modules["scipy"] = None
    try:
        yield
    finally:
        del modules["scipy"]


@lru_cache(maxsize=1)
def _sentence_splitter() -> Callable[[str], list[tuple[int, int]]]:
    """Return the Punkt splitter, which maps a text to a list of (start, end).

    NLTK is imported here, because its import takes seconds and only indexing needs it. Nothing is
    downloaded: the model consists of the abbreviations of this package.
    """
    with _without_scipy():
        from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    parameters.sent_starters = set(STARTERS)
    tokenizer = PunktSentenceTokenizer(parameters)
    return lambda text: list(tokenizer.span_tokenize(text))


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a paragraph as spans without the white space around them.

    The number of a list item belongs to its sentence, a title ("dr.") stays with its name, and no
    sentence begins with a small letter or a comma, unless the whole paragraph is in small letters.
    """
    text = _with_capitals(text)
    merged: list[list[int]] = []
    for start, end in _sentence_splitter()(text):
        if merged and _is_one(text[merged[-1][0] : merged[-1][1]], text[start:end]):
            merged[-1][1] = end
        else:
            merged.append([start, end])
    return list(_trimmed(text, merged))


def _with_capitals(text: str) -> str:
    """Return a paragraph in small letters throughout with a capital after each full stop."""
    if any(map(str.isupper, text)):
        return text
    return _AFTER_STOP.sub(lambda found: found[1] + found[2].upper(), text)


def _is_one(before: str, after: str) -> bool:
    """Return whether two pieces that Punkt split are one sentence."""
    if _NUMBERING.match(before):
        return True
    word = _LAST_WORD.search(before)
    if word and word[1].lower().rpartition(" ")[2] in NEVER_LAST:
        return True
    first = _FIRST_WORD.match(after)
    if _INITIALS.search(before.rstrip()) and first and first[1].lower() not in STARTERS:
        return True
    return bool(_CONTINUATION.match(after)) and not after.lstrip().startswith(("http", "www"))


def _trimmed(text: str, pieces: list[list[int]]) -> Iterator[Span]:
    for start, end in pieces:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield Span(left, right)
