"""Anaphora: the words by which a sentence takes up what was said before it.

One vocabulary, of which callers use as much as they need. With all of it (`points_back`) as the
rule for quotes, fewer quotes are exactly the sentence that answers; as the rule for advice, "the
second option" no longer begins an advice of its own.
"""

from __future__ import annotations

import re

__all__ = [
    "DEMONSTRATIVES",
    "PRONOUNS",
    "begins_with_reference",
    "leans_back",
    "points_back",
    "refers_back",
    "takes_back",
]

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

# What a sentence that begins so does with the one before it.
_CONTRASTS = (
    r"Alleen dan|Anderzijds|Daarentegen|Desalniettemin|Desondanks|Desniettemin|Echter|Evenwel"
    r"|Maar(?! liefst)|Niettemin|Nochtans|Tegelijk(?:ertijd)?|Toch|Wel"
)
_ADDITIONS = (
    r"Bovendien|Daarenboven|Daarnaast|Eveneens|Evenmin|Ook|Mede daarom|Tevens|Voorts"
    r"|Verder (?:is|zijn|wordt|worden|heeft|hebben|geldt|gelden|kan|zal|wil|moet|blijkt|gaat)"
)
_CONCLUSIONS = (
    r"Aldus|Als gevolg (?:hiervan|daarvan)|Derhalve|Dientengevolge|Dus|Kortom|Om die reden"
    r"|Vandaar|Vervolgens|Zodoende"
)
_EXPLANATIONS = (
    r"Bijvoorbeeld|Immers|In dat (?:geval|kader|verband)|In die (?:gevallen|zin)|Met andere woorden"
    r"|Met name|Namelijk|Zo(?!['’]n| (?:mogelijk|nodig|nee|ja|snel|spoedig|veel|lang)\b)"
)
_PEOPLE = r"Haar|Hen|Hij|Hun|Ze|Zij|Zulke?|Dergelijke?|Laatstgenoemde|Eerstgenoemde|Beide"
_LEANS_BACK = re.compile(
    rf"^\W*(?:{_REFERENCE}|{_CONTRASTS}|{_ADDITIONS}|{_CONCLUSIONS}|{_EXPLANATIONS}|{_PEOPLE})\b"
    r"|^\W*(?:\w+\W+){1,5}(?:daarentegen|echter|evenwel|immers|namelijk)\b",
    re.IGNORECASE,
)

_TURNS = r"daarentegen|desalniettemin|desondanks|echter|evenwel|niettemin|tegelijkertijd|toch"
_CONDITIONS = (
    r"met dien verstande|mits|tenzij|op voorwaarde dat|onder (?:de|het) voor(?:waarde|behoud) dat"
)
_TAKES_BACK = re.compile(
    rf"^\W*(?:{_CONTRASTS})\b"
    # "Wel of niet" is a choice, "wel degelijk" and "wel eens" take nothing back.
    rf"|^\W*(?:\w+\W+){{1,6}}(?:{_TURNS}|wel(?! (?:of|degelijk|eens|dan niet)\b))\b"
    rf"|^\W*(?:\w+\W+){{0,8}}(?:{_CONDITIONS})\b"
    r"|^\W*(?:Een|De|Hierop|Daarop)\b.{0,40}\buitzondering(?:en)?\b|^\W*Uit(?:gezonderd|zonder)"
    r"|^\W*(?:Dit|Dat|Deze|Die)\b.{0,40}\bgeld(?:t|en) niet\b",
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


def leans_back(sentence: str) -> bool:
    """Return whether a sentence is only understood with the one before it ("Daarom", "Ook").

    Wider than `begins_with_reference`: words that contrast, add, conclude or explain count too.
    """
    return bool(_LEANS_BACK.search(sentence))


def takes_back(sentence: str) -> bool:
    """Return whether a sentence takes something back of the one before it ("Wel geldt …", "mits").

    The word must begin the sentence or be among its first.
    """
    return bool(_TAKES_BACK.search(sentence))
