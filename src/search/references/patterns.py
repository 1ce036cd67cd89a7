"""How dossiers and vergaderjaren are written: patterns to build others from, and their readers."""

from __future__ import annotations

import re

__all__ = [
    "CHAPTER",
    "DOSSIER_MENTION",
    "DOSSIER_NUMBER",
    "dossier_id",
    "find_vergaderjaar",
    "read_dossier",
    "read_rijkswet",
    "write_vergaderjaar",
]

DOSSIER_NUMBER = r"\d{2}[\s.]?\d{3}"
"""Pattern of a dossier's number as texts write it: "29861", "29 861" or "29.861"."""
CHAPTER = r"[IVXLC]{1,6}"
"""Pattern of the budget chapter that divides a dossier: the "VII" of "36600-VII"."""
DOSSIER_MENTION = (
    r"(?:kamerstuk(?:ken)?(?:\s+I{1,2})?(?:\s+\d{4}[/–-]\d{2,4},?)?|kst|TK|dossier)[\s-]*"
    rf"(?P<dossier>{DOSSIER_NUMBER})(?:[ -](?P<chapter>{CHAPTER})\b)?"
    r"(?:(?:\s*,?\s*nrs?\.?\s*|-)(?P<number>\d{1,5}|[A-Z]{1,2})\b)?"
)
"""Pattern of a dossier in a question, with or without the number of a piece, for use with
re.IGNORECASE: "kamerstuk 29 861, nr. 70", "dossier 36600-VII". Its groups are `dossier`, `chapter`
and `number`; `dossier_id` joins the first two."""

_DOSSIER_ID = re.compile(r"\d{5}(?:-(?:\d{2}|[A-Z]{1,6}))?|[IVXLC]{1,9}")
_RIJKSWET = re.compile(r"[\s-]{0,3}\(R\s?(\d{1,4})\)\Z", re.IGNORECASE)
_VERGADERJAAR = re.compile(r"(?P<first>\d{4})\s?[-–/]\s?(?P<last>\d{4}|\d{2})")


def dossier_id(number: str, addition: str = "") -> str:
    """Return a dossier as ids have it: "36600-VII" for "36 600" and "VII"."""
    digits = re.sub(r"[\s.]", "", number)
    return f"{digits}-{addition}" if addition else digits


def read_dossier(text: str) -> str:
    """Return a typed dossier as ids have it, or an empty text if it is no dossier.

    Read are "29861", "29 861", "29.861", "36600 VII", "21501-02" and the Eerste Kamer's "CXLVI".
    The second number of an act of the kingdom, "35680 (R2150)", is no part of ids.
    """
    number = _RIJKSWET.sub("", text.strip())
    number = re.sub(r"(?<=\d\d)[ .\u00a0](?=\d{3})", "", number).upper()
    number = re.sub(r"[ -]+", "-", number)
    return number if _DOSSIER_ID.fullmatch(number) else ""


def read_rijkswet(text: str) -> str:
    """Return the second number that a typed dossier of an act of the kingdom has: "R2150"."""
    found = _RIJKSWET.search(text.strip())
    return f"R{found[1]}" if found else ""


def find_vergaderjaar(text: str) -> str:
    """Return the first vergaderjaar in a text as "2020-2021", or an empty text."""
    found = _VERGADERJAAR.search(text)
    return write_vergaderjaar(found["first"], found["last"]) if found else ""


def write_vergaderjaar(first: str, last: str) -> str:
    """Return "2020-2021" for "2020" and "2021" or "21"; an empty text if that is no such year."""
    following = str(int(first) + 1)
    is_next = last in (following, following[2:])
    return f"{first}-{following}" if is_next and "1813" <= first <= "2098" else ""
