"""Words as they are compared: what typography does to a text is gone, the words are not.

Two texts are word for word the same when their tokens are. Forgiven are: which quotation marks
and whether there are any, kinds of dash and apostrophe, ligatures, white space of any kind, soft
hyphens and zero-width characters, and bullets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "is_word", "lookup", "tokens_of", "words_of"]

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
_APOSTROPHES = "'’‘ʼ′`´‛"
_HYPHENS = "\\-‐‑‒–−﹣－"
# A word may hold hyphens and apostrophes ("Oost-Europa", "foto's"), a number points ("1.600").
_TOKEN = re.compile(
    rf"(?P<word>(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])+"
    rf"(?:(?:[{_APOSTROPHES}{_HYPHENS}]|(?<=\d)[.,](?=\d))(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])+)*)"
    r"|(?P<dots>\.{3}|…)"
    r"|(?P<other>\S)"
)
_DROPPED = frozenset('"“”„‟«»‹›‚＂″' + "'’‘ʼ′`´‛" + "•·▪‣◦●○■")
"""Quotation marks and bullets. An apostrophe within a word is part of the word."""
_DASHES = dict.fromkeys("‐‑‒–−﹣－—―", "-")
_FORMS = str.maketrans(
    {
        **_DASHES,
        **dict.fromkeys("’‘ʼ′`´‛", "'"),
        "ĳ": "ij",
        "Ĳ": "IJ",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)
_GONE = re.compile(f"[{_INVISIBLE}]")
_LONGEST_WORD = 64
"""Characters of a word that are looked up; the lexical index takes no word of any length."""


class Token(NamedTuple):
    """A word or a sign as it is compared, and where it stands in its text."""

    form: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Give a text's tokens in order: words, numbers and signs, with their places.

    Quotation marks, bullets and white space give none.
    """
    tokens = []
    for found in _TOKEN.finditer(text):
        whole = found.group()
        if found["word"]:
            form = _form(whole)
        elif found["dots"]:
            form = "..."
        elif whole in _DROPPED:
            continue
        else:
            form = _form(whole)
        if form:
            tokens.append(Token(form, found.start(), found.end()))
    return tokens


def is_word(form: str) -> bool:
    """Tell whether a token's form is a word or a number, not a sign."""
    return form[0].isalnum()


def words_of(text: str) -> list[str]:
    """Give the words by which a text is looked up: small letters, no signs, in order.

    They are those of its tokens that are words.
    """
    found = (_looked_up(word["word"]) for word in _TOKEN.finditer(text) if word["word"])
    return [word for word in found if word]


@lru_cache(maxsize=65536)
def _looked_up(word: str) -> str:
    form = _form(word)
    return lookup(form) if form and is_word(form) else ""


def lookup(form: str) -> str:
    """Give a word's form as it is looked up."""
    return form.lower()[:_LONGEST_WORD]


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    if word.isascii():
        return word
    plain = _GONE.sub("", word).translate(_FORMS)
    return unicodedata.normalize("NFC", plain)
