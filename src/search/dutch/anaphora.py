"""Anaphora: the words by which a sentence takes up what was said before it.

One vocabulary, of which callers use as much as they need. With all of it (`points_back`) as the
rule for quotes, fewer quotes are exactly the sentence that answers; as the rule for advice, "the
second option" no longer begins an advice of its own.
"""

from __future__ import annotations

import re

__all__ = ["DEMONSTRATIVES", "PRONOUNS", "begins_with_reference", "points_back", "refers_back"]

DEMONSTRATIVES = "Dit|Dat|Deze|Die"
PRONOUNS = "Zij|Hij|Ze"

_REFERENCE = rf"(?:Ook )?(?:{DEMONSTRATIVES}|{PRONOUNS}|Hier\w*|Daar(?!naast|entegen)\w*)"
_CONNECTIVE = (
    r"Besluitvorming|Bovendien|Daarentegen|Daarnaast|Desalniettemin|Echter|Maar|Mede|Met name"
    r"|Niettemin|Ook d\w+|Tegelijkertijd|Toch|Vooruitlopend|Wel"
)
_NOUN = (
    r"(?:aanbeveling\w*|advies|adviezen|analyse|norm|oproep|optie|punt|suggestie|voorstel\w*"
    r"|vraag|wens|werkwijze)"
)
_NOUN_REFERENCE = rf"(?:deze|dit|die|dat|dergelijke?|genoemde) (?:laatste )?{_NOUN}"
_RANKED_NOUN = rf"(?:eerste|tweede|derde|laatste) {_NOUN}"
_ADVERB = r"(?:daar|hier)(?:mee|op|toe|voor)|hierover"

_BEGINS_WITH_REFERENCE = re.compile(rf"^\W*{_REFERENCE}\b", re.IGNORECASE)
_REFERS_BACK = re.compile(rf"^\W*{_REFERENCE}\b|\b(?:{_NOUN_REFERENCE}|{_ADVERB})\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    rf"^\W*(?:{_REFERENCE}|{_CONNECTIVE})\b"
    rf"|\b(?:{_NOUN_REFERENCE}|{_RANKED_NOUN}|{_ADVERB}|dergelijke?|zulke?|echter)\b",
    re.IGNORECASE,
)


def begins_with_reference(sentence: str) -> bool:
    """Return whether a sentence begins with a word for what was named before ("Dit", "Zij")."""
    return bool(_BEGINS_WITH_REFERENCE.search(sentence))


def refers_back(sentence: str) -> bool:
    """Return whether a sentence refers to what was named before ("deze optie", "hiervoor")."""
    return bool(_REFERS_BACK.search(sentence))


def points_back(sentence: str) -> bool:
    """Return whether a sentence refers back or continues an argument ("Toch", "tweede optie")."""
    return bool(_POINTS_BACK.search(sentence))
