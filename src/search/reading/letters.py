"""Letters of ministers: the fields of the head, and whose questions the letter answers.

The labels are those of the house style of the Rijksoverheid ("Datum", "Onderwerp" or "Betreft",
"Ons kenmerk" or "Onze referentie"); the line above the answers is as ministries write it
("Antwoorden van de minister … op Kamervragen van het lid X (partij) over …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.dutch.dates import read_date
from search.records import Metadata

__all__ = [
    "ANSWERS",
    "AnswersHeading",
    "is_colophon",
    "opens_answers",
    "read_answers_heading",
    "read_fields",
]

ANSWERS = "Antwoord op Kamervragen"
"""The kind of a document that answers questions of MPs."""
_LABELS = {
    "datum": "date",
    "onderwerp": "title",
    "betreft": "title",
    "ons kenmerk": "reference",
    "onze referentie": "reference",
    "kenmerk": "reference",
    "van": "issuer",
    "afzender": "issuer",
}
_LABELLED = re.compile(rf"({'|'.join(_LABELS)})\s*(?:[:\t]\s*(\S.*)?)?", re.IGNORECASE)
_DAY = re.compile(r"(?:[’'‘]?[A-Za-z][\w’' -]{1,30}, )?(?:de )?(\d{1,2} [a-z]{3,9} \d{4})\.?")
_REFERENCE = re.compile(r"(?=.*\d)[\w./–-]{3,}(?: [\w./–-]+){0,4}")
_CHAMBER = re.compile(r"[Vv]oorzitter van de (Tweede|Eerste) Kamer\b")
_MINISTRY = re.compile(r"Ministerie van [A-Z][\w ,-]{3,80}")
_LONGEST_LINE = 400
_LONGEST_ASKING = 1_500
_LONGEST_REFERENCE = 60
_RETURN_ADDRESS = re.compile(r"\W*Retouradres\b", re.IGNORECASE)
_COLOPHON = re.compile(
    r"(?:Contactpersoon|Bij beantwoording de datum en (?:ons|onze) \w+ vermelden.*"
    r"|T\W+0\d[\d ()-]+)",
    re.IGNORECASE,
)
_FEWEST_COLOPHON_LINES = 4

_OPENS = re.compile(r"(?:Antwoord(?:en)?|Beantwoording)\s(?:van|door)\s", re.IGNORECASE)
_QUESTIONS_OF = re.compile(r"\b(?:Kamer)?vragen\b[\w\s]{0,40}?\b(?:lid|leden)\s", re.IGNORECASE)
_ABOUT = re.compile(
    r"\s(?:over|inzake|betreffende|omtrent|naar aanleiding van|met betrekking tot)\s"
)
_ADDRESSED = re.compile(r"\saan (?:de|het)\s")
_BEFORE_QUESTIONS = re.compile(r"(?:\s+(?:op|de|schriftelijke|een aantal))*\s*$")
_ALONGSIDE = re.compile(r"[\s,(]*\bmede namens\b", re.IGNORECASE)
_OFFICE = re.compile(r"(?:de |het )?((?:ministers?|staatssecretaris(?:sen)?)\b.*)", re.IGNORECASE)
_WITH_PARTY = re.compile(r"([^()]+)\(([^()]{1,60})\)")
_BETWEEN_NAMES = re.compile(r",\s*(?:en\s+)?|\s+en\s+")
_ALL_OF = re.compile(r"(?:beiden?|allen?|alle \w+)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnswersHeading:
    """Who answers questions of which MPs, and about what; empty where it is not given."""

    answerer: str
    """The office, as "Minister van Justitie en Veiligheid"."""
    askers: tuple[str, ...]
    """Each MP with the party, as "Van Nispen (SP)"."""
    about: str


def opens_answers(line: str) -> bool:
    """Return whether a line is, or begins, the one above answers to questions."""
    return _OPENS.match(line) is not None


def read_answers_heading(line: str) -> AnswersHeading | None:
    """Read who answers whose questions from the line above the answers; None if it is another."""
    line = " ".join(line.split())[:_LONGEST_ASKING]
    questions = _QUESTIONS_OF.search(line[:_LONGEST_LINE])
    if questions is None:
        return None
    opening = _OPENS.match(line)
    office = line[opening.end() : questions.start()] if opening else ""
    office = _ALONGSIDE.split(_BEFORE_QUESTIONS.sub("", office))[0]
    named = _OFFICE.fullmatch(office)
    rest = line[questions.end() :]
    about = _ABOUT.search(rest)
    names = _ADDRESSED.split(rest[: about.start()] if about else rest)[0]
    return AnswersHeading(
        _capital(named[1].strip(" ,")) if named else "",
        _askers(names),
        _capital(rest[about.end() :].rstrip(" .")) if about else "",
    )


def _askers(names: str) -> tuple[str, ...]:
    """Return each name with its party; one in brackets applies to all names before it."""
    found = []
    end = 0
    for group in _WITH_PARTY.finditer(names):
        party = _ALL_OF.sub("", group[2]).strip()
        found += [f"{name} ({party})" for name in _names(group[1])]
        end = group.end()
    return (*found, *_names(names[end:]))


def _names(text: str) -> list[str]:
    return [name for part in _BETWEEN_NAMES.split(text) if (name := part.strip(" .,;"))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_colophon(lines: Sequence[str]) -> bool:
    """Return whether the lines of a cell or box in a letter's head are printed stationery.

    That is the return address, or the column with address, telephone and contact.
    """
    lines = [line.strip() for line in lines if line.strip()]
    if lines and _RETURN_ADDRESS.match(lines[0]):
        return True
    return len(lines) >= _FEWEST_COLOPHON_LINES and any(map(_COLOPHON.fullmatch, lines))


def read_fields(groups: Iterable[Sequence[str]]) -> Metadata:
    """Read the fields of a letter's head: date, subject (as title), reference, issuer, addressee.

    Each group holds lines that belong together: a row of a table, a cell, a paragraph. A label
    is on the line of its value, or on the line before it. The first one counts.
    """
    found: dict[str, str] = {}
    for group in groups:
        lines = [line.strip() for line in group if line.strip()]
        for line, after in pairwise([*lines, ""]):
            labelled = _LABELLED.fullmatch(line[:_LONGEST_LINE])
            if labelled:
                field = _LABELS[labelled[1].lower()]
                value = labelled[2] or ("" if _LABELLED.fullmatch(after) else after)
                if value := _value_of(field, " ".join(value.split())):
                    found.setdefault(field, value)
            elif chamber := _CHAMBER.search(line):
                found.setdefault("chamber", "II" if chamber[1] == "Tweede" else "I")
            elif _MINISTRY.fullmatch(line):
                found.setdefault("ministry", line)
            elif day := _DAY.fullmatch(line):
                found.setdefault("day", read_date(day[1]))
    return Metadata(
        title=found.get("title", ""),
        issuer=found.get("issuer") or found.get("ministry", ""),
        date=found.get("date") or found.get("day", ""),
        chamber=found.get("chamber", ""),
        reference=found.get("reference", ""),
    )


def _value_of(field: str, value: str) -> str:
    """Return the value of a field, or nothing where it can't be one."""
    if field == "date":
        return read_date(value)
    if field == "reference":
        return value if len(value) <= _LONGEST_REFERENCE and _REFERENCE.fullmatch(value) else ""
    return value
