"""Dutch analysis: text to the terms that the lexical index and the questions share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from search.dutch.stopwords import QUESTION_WORDS, STOP_WORDS

__all__ = ["PlacedTerm", "analyse", "analyse_question", "asks_something", "fold", "tokenise"]

_SPECIAL = re.compile(
    r"(?P<number>(?<![\d.,])\d{1,3}(?:[.\u00a0 ]\d{3})+(?![\d]))"
    r"|(?:https?://|www\.)\S+"
)
_WORD = re.compile(r"\d+(?:,\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*\d*|\w+")

_APOSTROPHES = str.maketrans("’‘", "''")
_MAY_COMBINE = re.compile("[\u0300-\u1fff\u20d0-\U0010ffff]")
"""Where the marks lie that combine with a letter, such as accents; most texts have none."""

PlacedTerm = tuple[str, int, int]
"""A term and where its word stands in the text: (term, start, end)."""


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    # dutch_porter stems as NLTK's Snowball does and imports in milliseconds.
    return Stemmer.Stemmer("dutch_porter")


@lru_cache(maxsize=65536)
def _term(word: str) -> str:
    """Give the term of a word as it is written; nothing for a stop word."""
    folded = fold(word)
    stem: str = "" if folded in STOP_WORDS else _stemmer().stemWord(folded)
    return stem


def fold(text: str) -> str:
    """Give a text in small letters, without accents and with one form of each apostrophe."""
    # Decomposed first: letters such as 𝐇 and ᴴ have a capital inside and no small form.
    plain = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES).lower()
    if not _MAY_COMBINE.search(plain):
        return plain
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokenise(text: str) -> list[PlacedTerm]:
    """Give a text's terms in order, each with the place of its word.

    Stop words are left out, words are folded and stemmed (Snowball's Dutch stemmer), and a
    number with grouped digits is one term ("29 861", "1.600"). An address of a page has none: its
    parts ("vng", "jaar=2020") would pass for words of the text.
    """
    tokens: list[PlacedTerm] = []
    at = 0
    for special in _SPECIAL.finditer(text):
        tokens.extend(_words(text, at, special.start()))
        if special["number"]:
            digits = "".join(c for c in special.group() if c.isdigit())
            tokens.append((digits, special.start(), special.end()))
        at = special.end()
    tokens.extend(_words(text, at, len(text)))
    return tokens


def _words(text: str, start: int, end: int) -> list[PlacedTerm]:
    return [
        (term, word.start(), word.end())
        for word in _WORD.finditer(text, start, end)
        if (term := _term(word.group()))
    ]


def analyse(text: str) -> list[str]:
    """Give a text's terms in order, as the lexical index takes them."""
    return [term for term, _, _ in tokenise(text)]


def analyse_question(question: str) -> tuple[str, ...]:
    """Give a question's distinct terms in order, without the words that only do the asking.

    When nothing else is left, those are kept: "Wat betekent definitie?" asks for them.
    """
    return tuple(dict.fromkeys(_asked(question) or analyse(question)))


def asks_something(question: str) -> bool:
    """Tell whether a question holds more than words that only do the asking."""
    return bool(_asked(question))


def _asked(question: str) -> list[str]:
    return [
        term
        for term, start, end in tokenise(question)
        if fold(question[start:end]) not in QUESTION_WORDS
    ]
