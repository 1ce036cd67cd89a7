"""Motions and amendments: who moved them, and their titles as the signatures spell the names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from search.dutch.dates import read_printed_date
from search.reading.recognition.evidence import Evidence
from search.records import AuthorKind, Dossier, Metadata, Person
from search.references import dossier_id

__all__ = ["recognise_motion"]

_TITLE = re.compile(
    r"(?:(?:NADERE?|TWEEDE|DERDE|GE\w{6,10}|VERBETERDE?|HERDRUK) ){0,3}"
    r"(?P<what>MOTIE|(?:SUB)?AMENDEMENT)\b(?=\s+(?:VAN|HET|DE)\b|\W*$)(?:\s+VAN)?(?:\s+(?:DE|HET))*"
    r"(?:\s*(?:KAMER)?(?:LI+D|LEDEN))?"
    r"\s*(?P<names>.*?)"
    r"(?P<rest>\s+(?:TER VERVANGING VAN|OVER|INZAKE|TOT)\b.*)?$",
    re.IGNORECASE,
)
"""Also as it is sometimes misspelt: "MOTIE HET LID", "MOTIE VAN HET LIID"."""
_MAY_BE = re.compile(r"(?:Kamerstuk|Motie|Amendement|$)", re.IGNORECASE)
"""A kind that is known already and that a motion or an amendment may have."""
_ENDS = re.compile(r"(?:en )?gaat over tot de orde van de dag\W*$", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\s+C\.?\s?S\.?(?=\s|$)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:EN\s+)?|\s+EN\s+", re.IGNORECASE)
_PARTICLES = frozenset("van de der den het 't ’t ter ten te in op el la le von di du den".split())
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-Þ][a-z]?\.){1,6}\s*)?"
    r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|[’'‘`]?[tT]|[Tt]er|[Tt]en|[Tt]e|[Ii]n|[Oo]p"
    r"|[Ee]l|[Ll]a"
    r"|[Vv]on)\s+)*"
    r"[A-ZÀ-Þ][\w’'‘`.-]*(?:[ -](?:(?:van|de|der|den|el|ten|ter|’t|'t|in|op"
    r"|–)\s+)*[A-ZÀ-Þ][\w’'‘`.-]*){0,4}"
)
_FOOT = re.compile(
    r"(?:kst-|ISSN|[’'‘]s-Gravenhage|(?:Tweede|Eerste) Kamer, vergaderjaar|Pagina|\d+$|\[?Zie|\d\)"
    r"|¹|Gewijzigd|Toelichting)",
    re.IGNORECASE,
)
_DOSSIER_LINE = re.compile(
    r"(?P<dossier>\d{2} ?\d{3})(?:[ -](?P<chapter>[IVXLC]{1,6}))?-(?P<number>\d{1,5})\b"
)
_MAX_NAMES = 40


def recognise_motion(evidence: Evidence) -> Metadata:
    """Return kind, title, date and submitters of a motion or an amendment; else nothing."""
    if not _MAY_BE.match(evidence.metadata.kind):
        return Metadata()
    title = _title_line(evidence)
    found = _TITLE.fullmatch(title) if title else None
    if found is None:
        return Metadata()
    named = [_spelt(name) for name in _names(found["names"])]
    is_motion = found["what"].lower() == "motie"
    signed = _signed(evidence.lines, is_motion, named)
    names = signed or named
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
    parts = _BETWEEN.split(_AND_OTHERS.sub("", names))
    return [name for part in parts if (name := part.strip(" .,"))]


def _spelt(name: str) -> str:
    """Return a name of a title with capitals as a name has them: "Van der Sloot"."""
    if name != name.upper() and name[:1].isupper():
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
        for line in map(_bare, lines[ends[-1] + 1 :]):
            if not line or _FOOT.match(line):
                continue
            if not _NAME.fullmatch(line) or len(found) == _MAX_NAMES:
                break
            found.append(line)
        return found
    # An amendment ends with the names, after its explanation.
    found = []
    for line in map(_bare, reversed(lines)):
        if not line or _FOOT.match(line):
            continue
        if not _NAME.fullmatch(line) or len(line) > 60:
            break
        found.insert(0, line)
    first = next((at for at, name in enumerate(found) if _closest(name, named)), len(found))
    return found[first:]


def _bare(line: str) -> str:
    """Return a line without what is before or after a name: a comma, a stray letter."""
    return re.sub(r"^[^\w’'‘]+|[\s,;.]+(?:e|en)?$|\s+e$", "", line)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold())
    return re.sub(r"[\W_]", "", plain)


def _closest(name: str, among: Sequence[str]) -> str:
    """Return the name that another is, but for accents and a slip of the typist, or nothing."""
    keys = {_key(each): each for each in among}
    close = get_close_matches(_key(name), keys, n=1, cutoff=0.75)
    if close:
        return keys[close[0]]
    last = [
        each for each in among if _key(each).endswith(_key(name)) or _key(name).endswith(_key(each))
    ]
    return last[0] if len(last) == 1 else ""


def _readable(title: str, found: re.Match[str], signed: Sequence[str]) -> str:
    """Return the title in small letters, with the names as they are signed."""
    changed = title[: found.start("what")]
    names, rest = _listed(found, signed), found["rest"] or ""
    count = len(_names(found["names"])) or len(signed)
    of = ("van het lid " if count == 1 else "van de leden ") if names else ""
    whole = (
        f"{changed}{found['what']} ".lower()
        + of
        + names
        + (rest.lower() if rest.isupper() else rest)
    )
    return whole[:1].upper() + whole[1:].rstrip()


def _listed(found: re.Match[str], signed: Sequence[str]) -> str:
    """Return the names of a title as they are signed: "Van der Sloot en El Kanaal c.s."."""
    spelt = [_closest(name, signed) or _spelt(name) for name in _names(found["names"])]
    spelt = spelt or list(signed)
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
