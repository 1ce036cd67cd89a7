"""Tell whether a line of a PDF ends a sentence."""

from __future__ import annotations

import re

from search.dutch.abbreviations import ABBREVIATIONS, NEVER_LAST

__all__ = ["ends_sentence"]

_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]⁰¹²³⁴-⁹]*$")
_LAST_WORD = re.compile(r"(?<![\w./’'-])([\w./’'-]+)\.$")
_INITIALS = re.compile(r"[A-Z](?:[a-z]?\.[A-Z])*")
"""Of a name that goes on: "H.H." or "U.", without the last full stop."""


def ends_sentence(text: str, following: str) -> bool:
    """Return whether a sentence ends with a line, and not an abbreviation or initials ("H.H.").

    `following` is the next line.
    """
    if not _ENDS.search(text):
        return False
    if following[:1].islower() and text.count("(") > text.count(")"):
        # "(kort gezegd:", and what that is.
        return False
    word = _LAST_WORD.search(text)
    if word is None:
        return True
    known = word[1].lower()
    if known in NEVER_LAST or (known in ABBREVIATIONS and following[:1].islower()):
        return False
    return not (_INITIALS.fullmatch(word[1]) and following[:1].isalpha())
