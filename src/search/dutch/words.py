"""Words as quotes compare them, without typography.

Two texts are word for word the same if their tokens are. Ignored are quotation marks, the kind of
a dash or an apostrophe, ligatures, white space, soft hyphens, zero-width characters and bullets.
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
_LETTERS = rf"(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])+"
# A word may hold hyphens and apostrophes ("Oost-Europa", "foto's"), a number points ("1.600").
_TOKEN = re.compile(
    rf"(?P<word>{_LETTERS}(?:(?:[{_APOSTROPHES}{_HYPHENS}]|(?<=\d)[.,](?=\d)){_LETTERS})*)"
    r"|(?P<dots>\.{3}|…)"
    r"|(?P<other>\S)"
)
_DROPPED = frozenset('"“”„‟«»‹›‚＂″' + _APOSTROPHES + "•·▪‣◦●○■")
"""Quotation marks and bullets; an apostrophe within a word is part of that word."""
_LIGATURES = zip("ĳ Ĳ ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ".split(), "ij IJ ff fi fl ffi ffl st st".split(), strict=True)
_PLAIN_FORMS = str.maketrans(
    dict.fromkeys("‐‑‒–−﹣－—―", "-") | dict.fromkeys(_APOSTROPHES, "'") | dict(_LIGATURES)
)
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
_LONGEST_WORD = 64
"""Characters of a word that are looked up; the index bounds the length of its words."""


class Token(NamedTuple):
    """A word or a sign as it is compared, and its place in the text."""

    form: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return a text's words, numbers and signs in order, without quotation marks and bullets."""
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
    """Return whether a token's form is a word or a number, not a sign."""
    return form[0].isalnum()


def words_of(text: str) -> list[str]:
    """Return the words by which a text is looked up: its tokens that are words, in order."""
    found = (_looked_up(word["word"]) for word in _TOKEN.finditer(text) if word["word"])
    return [word for word in found if word]


@lru_cache(maxsize=65536)
def _looked_up(word: str) -> str:
    form = _form(word)
    return lookup(form) if form and is_word(form) else ""


def lookup(form: str) -> str:
    """Return a word's form as it is looked up, in small letters."""
    return form.lower()[:_LONGEST_WORD]


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    if word.isascii():
        return word
    plain = _INVISIBLES.sub("", word).translate(_PLAIN_FORMS)
    return unicodedata.normalize("NFC", plain)
