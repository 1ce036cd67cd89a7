"""Titles printed in capitals to titles in small letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["title_case"]

_MOSTLY_CAPITALS = 0.8
_NAMES = {
    "tweede": "Tweede",
    "eerste": "Eerste",
    "kamer": "Kamer",
    "nederland": "Nederland",
    "staten-generaal": "Staten-Generaal",
    "europese": "Europese",
    "unie": "Unie",
}


def title_case(title: str, functions: Sequence[str]) -> str:
    """Write a title in capitals with small letters; any other title stays as it is.

    Names of ministries get the capitals of the signatories' functions ("Sociale Zaken en
    Werkgelegenheid"); a few names of the state are known.
    """
    letters = [c for c in title if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters or title.startswith("ECLI:") or capitals < _MOSTLY_CAPITALS * len(letters):
        return title
    known = dict(_NAMES)
    for function in functions:
        ministry = re.sub(r"^\w+(?:[ -]\w+)? (?:van|voor) ", "", function)
        known.update({word.lower(): word for word in re.findall(r"[\w-]+", ministry)})
    small = re.sub(r"[\w-]+", lambda word: known.get(word[0].lower(), word[0].lower()), title)
    return small[:1].upper() + small[1:]
