"""Dutch analysis: text to the terms that the lexical index and the questions share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from search.dutch.numbers import GROUPED_DIGITS
from search.dutch.question_words import QUESTION_WORDS
from search.dutch.stopwords import STOP_WORDS

__all__ = ["PlacedTerm", "analyse", "analyse_question", "asks_something", "fold", "tokenise"]

_SPECIAL = re.compile(rf"(?P<number>{GROUPED_DIGITS})|(?:https?://|www\.)\S+")
_WORD = re.compile(r"\d+(?:,\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*\d*|\w+")

_LETTER = r"(?:[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)"
_JOINED_WORD = re.compile(rf"\d+(?:,\d+)?|{_LETTER}+(?:['’]{_LETTER}+)*\d*|\w+")
"""Words of a text with soft hyphens, and with accents that are characters of their own."""
_JOINERS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
_APOSTROPHE_PLURAL = re.compile("(?<=[aeiouy])'s$")
"""The ending of "auto's" and "Anna's", which the stemmer leaves."""
_FORMS = str.maketrans("’‘", "''", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""One form of each apostrophe, and no invisible characters."""
_MAY_COMBINE = re.compile("[\u0300-\u1fff\u20d0-\U0010ffff]")
"""Ranges of the characters that combine with a letter, such as accents; rare in most texts."""

PlacedTerm = tuple[str, int, int]
"""A term and the place of its word in the text: (term, start, end)."""


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    # dutch_porter gives the same stems as NLTK's Snowball and imports in milliseconds.
    return Stemmer.Stemmer("dutch_porter")


@lru_cache(maxsize=65536)
def _term(word: str) -> str:
    """Return the term of a word, or an empty text for a stop word."""
    folded = fold(word)
    if folded in STOP_WORDS:
        return ""
    stem: str = _stemmer().stemWord(_APOSTROPHE_PLURAL.sub("", folded))
    return stem


def fold(text: str) -> str:
    """Return a text in small letters, without accents and with one form of each apostrophe."""
    # Decomposed first: letters such as 𝐇 and ᴴ have a capital inside and no small form.
    plain = unicodedata.normalize("NFKD", text).translate(_FORMS).lower()
    if not _MAY_COMBINE.search(plain):
        return plain
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokenise(text: str) -> list[PlacedTerm]:
    """Return a text's terms in order, each with the place of its word.

    Stop words are left out, words are folded and stemmed (Snowball's Dutch stemmer), and a
    number with grouped digits is one term ("29 861", "1.600"). Web addresses are left out, because
    their parts ("vng", "jaar=2020") would count as words of the text.
    """
    tokens: list[PlacedTerm] = []
    at = 0
    pattern = _WORD if text.isascii() or not _JOINERS.search(text) else _JOINED_WORD
    for special in _SPECIAL.finditer(text):
        tokens.extend(_words(pattern, text, at, special.start()))
        if special["number"]:
            digits = "".join(c for c in special.group() if c.isdigit())
            tokens.append((digits, special.start(), special.end()))
        at = special.end()
    tokens.extend(_words(pattern, text, at, len(text)))
    return tokens


def _words(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[PlacedTerm]:
    return [
        (term, word.start(), word.end())
        for word in pattern.finditer(text, start, end)
        if (term := _term(word.group()))
    ]


def analyse(text: str) -> list[str]:
    """Return a text's terms in order, as the lexical index has them."""
    return [term for term, _, _ in tokenise(text)]


def analyse_question(question: str) -> tuple[str, ...]:
    """Return a question's distinct terms in order, without the words that only do the asking.

    Those words are kept if nothing else is left: "Wat betekent definitie?" asks about them.
    """
    return tuple(dict.fromkeys(_content_terms(question) or analyse(question)))


def asks_something(question: str) -> bool:
    """Return whether a question has more than words that only do the asking."""
    return bool(_content_terms(question))


def _content_terms(question: str) -> list[str]:
    return [
        term
        for term, start, end in tokenise(question)
        if fold(question[start:end]) not in QUESTION_WORDS
    ]
