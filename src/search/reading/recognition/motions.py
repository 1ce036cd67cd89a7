"""Motions and amendments: who moved them, and their titles as the signatures spell the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.dutch.dates import read_printed_date
from search.reading.recognition.evidence import Evidence
from search.records import AuthorKind, Dossier, Metadata, Person
from search.references import dossier_id

__all__ = ["recognise_motion"]

_TITLE = re.compile(
    r"(?:(?:NADER |TWEEDE NADER |DERDE NADER )?(?:GEWIJZIGDE? |VERBETERDE? |NADERE? )*)"
    r"(?P<what>MOTIE|AMENDEMENT|SUBAMENDEMENT)\s+VAN\s+(?:HET LID|DE LEDEN|HET KAMERLID|DE KAMERLEDEN)"
    r"\s+(?P<names>.+?)"
    r"(?P<rest>\s+(?:TER VERVANGING VAN|OVER|INZAKE|TOT)\b.*)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:en )?gaat over tot de orde van de dag\W*$", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\s+C\.\s?S\.?$|\s+C\.\s?S\.(?=\s)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:EN\s+)?|\s+EN\s+", re.IGNORECASE)
_PARTICLES = frozenset("van de der den het 't ’t ter ten te in op el la le von di du den".split())
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-Þ][a-z]?\.){1,6}\s*)?"
    r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|[’'‘`]?[tT]|[Tt]er|[Tt]en|[Tt]e|[Ii]n|[Oo]p|[Ee]l|[Ll]a"
    r"|[Vv]on)\s+)*"
    r"[A-ZÀ-Þ][\w’'‘`.-]*(?:[ -](?:(?:van|de|der|den|el|ten|ter|’t|'t|in|op|–)\s+)*[A-ZÀ-Þ][\w’'‘`.-]*){0,4}"
)
_FOOT = re.compile(
    r"(?:kst-|ISSN|[’'‘]s-Gravenhage|(?:Tweede|Eerste) Kamer, vergaderjaar|Pagina|\d+$|\[?Zie|\d\)"
    r"|¹|Gewijzigd|Toelichting)",
    re.IGNORECASE,
)
_DOSSIER_LINE = re.compile(r"(?P<dossier>\d{2} ?\d{3})(?:[ -](?P<chapter>[IVXLC]{1,6}))?-(?P<number>\d{1,5})\b")
_MAX_NAMES = 40


def recognise_motion(evidence: Evidence) -> Metadata:
    """Return kind, title, date and submitters of a motion or an amendment; else nothing."""
    title = _title_line(evidence)
    found = _TITLE.fullmatch(title) if title else None
    if found is None:
        return Metadata()
    named = [_spelt(name) for name in _names(found["names"])]
    is_motion = found["what"].lower() == "motie"
    signed = _signed(evidence.lines, is_motion, named)
    names = _in_order(signed, named)
    kind = "Motie" if is_motion else "Amendement"
    return replace(
        _loose_head(evidence),
        kind=kind,
        title=_readable(title, found, signed),
        author_kind=AuthorKind.PARLIAMENT,
        issuer=evidence.metadata.issuer or _listed(found, signed),
        people=tuple(Person(name, "indiener") for name in names),
    )


def _title_line(evidence: Evidence) -> str:
    """Return the title, which may run over some lines, as "MOTIE VAN HET LID VAN DIJK"."""
    known = evidence.metadata.title
    if _TITLE.fullmatch(known):
        return known
    for at, line in enumerate(evidence.front):
        start = re.sub(r"^Nr\. ?\w{1,6} ", "", line)
        if not re.match(r"(?:[A-Z]+ ){0,3}(?:MOTIE|(?:SUB)?AMENDEMENT) VAN (?:HET|DE) ", start):
            continue
        joined = [start]
        for after in evidence.front[at + 1 : at + 6]:
            if after != after.upper() or not re.search(r"[A-Z]{2}", after):
                break
            joined.append(after)
        return " ".join(joined)
    return ""


def _names(names: str) -> list[str]:
    return [name for part in _BETWEEN.split(_AND_OTHERS.sub("", names)) if (name := part.strip())]


def _spelt(name: str) -> str:
    """Return a name of a title with capitals as a name has them: "Van der Sloot"."""
    if name != name.upper():
        return name
    words = [w if w in _PARTICLES else _capitalised(w) for w in name.lower().split()]
    return words[0][:1].upper() + " ".join(words)[1:] if words else ""


def _capitalised(word: str) -> str:
    parts = [p if p in _PARTICLES else p[:1].upper() + p[1:] for p in word.split("-")]
    joined = "-".join(parts)
    return f"IJ{joined[2:]}" if joined.startswith("Ij") else joined


def _signed(lines: Sequence[str], is_motion: bool, named: Sequence[str]) -> list[str]:
    """Return the names under a motion or an amendment, in order, as they are spelt there."""
    ends = [at for at, line in enumerate(lines) if _ENDS.search(line)]
    if is_motion and ends:
        found: list[str] = []
        for line in lines[ends[-1] + 1 :]:
            if _FOOT.match(line):
                continue
            if not _NAME.fullmatch(line) or len(found) == _MAX_NAMES:
                break
            found.append(line)
        return found
    # An amendment ends with the names, after its explanation.
    found = []
    for line in reversed(lines):
        if _FOOT.match(line):
            continue
        if not _NAME.fullmatch(line) or len(line) > 60:
            break
        found.insert(0, line)
    known = {name.casefold() for name in named}
    first = next((at for at, name in enumerate(found) if name.casefold() in known), len(found))
    return found[first:]


def _in_order(signed: Sequence[str], named: Sequence[str]) -> list[str]:
    """Return the signatures, after whom only the title names."""
    if not signed:
        return list(named)
    known = {_key(name) for name in signed}
    missing = [name for name in named if not any(_key(name) in each or each in _key(name) for each in known)]
    return [*signed, *missing]


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _readable(title: str, found: re.Match[str], signed: Sequence[str]) -> str:
    """Return the title in small letters, with the names as they are signed."""
    before, rest = title[: found.start("names")], found["rest"] or ""
    if title == title.upper():
        before, rest = before.lower(), rest.lower()
    whole = f"{before}{_listed(found, signed)}{rest}"
    return whole[:1].upper() + whole[1:]


def _listed(found: re.Match[str], signed: Sequence[str]) -> str:
    """Return the names of a title as they are signed: "Van der Sloot en El Kanaal c.s."."""
    spelling = {_key(name): name for name in signed}
    spelt = [spelling.get(_key(name)) or _spelt(name) for name in _names(found["names"])]
    others = " c.s." if _AND_OTHERS.search(found["names"]) else ""
    return " en ".join([*([", ".join(spelt[:-1])] if spelt[1:] else []), *spelt[-1:]]) + others


def _loose_head(evidence: Evidence) -> Metadata:
    """Return dossier, number and date of the form on which a motion is handed in ("35851-71")."""
    if evidence.metadata.dossiers:
        return Metadata()
    front = evidence.front[:6]
    for line in front:
        if number := _DOSSIER_LINE.match(line):
            dossier = Dossier(dossier_id(number["dossier"], number["chapter"] or ""))
            day = next(filter(None, map(read_printed_date, front)), "")
            return Metadata(
                dossiers=(dossier,), ondernummer=number["number"], chamber="II", date=day
            )
    return Metadata()
