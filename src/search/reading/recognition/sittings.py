"""Handelingen and reports of debates: who spoke, of which party or in which office."""

from __future__ import annotations

import re

from search.reading.recognition.evidence import Evidence
from search.records import AuthorKind, Kind, Metadata, Person

__all__ = ["recognise_sitting"]

_MP = re.compile(
    r"(?:De heer|Mevrouw|Het lid)\s+(?P<name>[^():]{2,60}?)\s*\((?P<party>[^()]{2,40})\)\s*:?"
)
_MINISTER = re.compile(
    r"(?P<office>Minister-president|Minister|Staatssecretaris)\s+(?P<name>(?:[A-Z]|van |de "
    r"|der |den )[^():,]{1,50})\s*:?"
)
_CHAIR = re.compile(r"De (?P<name>(?:fungerend )?voorzitter|voorzitter)\s*:?", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?P<office>[Mm]inister|[Ss]taatssecretaris) (?P<of>(?:van|voor) [A-Z][\w-]+(?:(?:,| en"
    r"|,? [A-Z][\w-]+)(?: [A-Z][\w-]+)?)*)"
)
_HEAD = re.compile(
    r"Handelingen\b|Stenografisch verslag|(?:\d+(?:de|ste|e) )?(?:vergadering|VERGADERING)\b"
)
_MIN_TURNS = 6


def recognise_sitting(evidence: Evidence) -> Metadata:
    """Return the speakers of Handelingen, and whose they are; nothing for other documents."""
    known = evidence.metadata
    lines = [
        *evidence.blocks_of(Kind.HEADING),
        *(line for line in evidence.lines if line.endswith(":")),
    ]
    turns = [
        line
        for line in lines
        if len(line) < 120 and (_MP.fullmatch(line) or _MINISTER.fullmatch(line))
    ]
    is_sitting = known.kind == "Handelingen"
    if not is_sitting:
        opens = any(_HEAD.match(line) for line in evidence.front[:15])
        if not opens or len(turns) < _MIN_TURNS:
            return Metadata()
    chamber = known.chamber or (
        "I" if any("Eerste Kamer" in line for line in evidence.front) else "II"
    )
    return Metadata(
        kind="Handelingen",
        issuer="Eerste Kamer" if chamber == "I" else "Tweede Kamer",
        chamber=chamber,
        author_kind=AuthorKind.PARLIAMENT,
        people=tuple(_people(turns, lines, evidence.document.text)),
    )


def _people(turns: list[str], lines: list[str], text: str) -> list[Person]:
    found: dict[str, Person] = {}
    offices: dict[str, set[str]] = {}
    for each in _OFFICE.finditer(text):
        offices.setdefault(each["office"].lower(), set()).add(each["of"])
    for line in turns:
        if member := _MP.fullmatch(line):
            name = member["name"][:1].upper() + member["name"][1:]
            found.setdefault(name, Person(name, member["party"].strip()))
        elif minister := _MINISTER.fullmatch(line):
            office = minister["office"].lower()
            of = offices.get(office, set())
            role = f"{office} {next(iter(of))}" if len(of) == 1 else office
            name = minister["name"].strip()
            name = name[:1].upper() + name[1:]
            found.setdefault(name, Person(name, role))
    if any(_CHAIR.fullmatch(line) for line in lines):
        found.setdefault("De voorzitter", Person("De voorzitter", "voorzitter"))
    return list(found.values())
