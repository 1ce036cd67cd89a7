"""Metadata of official publications, by KOOP's names for them (OWMS, OVERHEIDop).

The XML and the HTML pages use the same names. See https://standaarden.overheid.nl/owms/terms and
https://standaarden.overheid.nl/oep/meta.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search.reading.letters import ANSWERS
from search.records import Dossier, Metadata
from search.references import (
    PUBLICATIONS,
    Identifier,
    Series,
    dossier_id,
    find_vergaderjaar,
    read_id,
)

__all__ = [
    "Meta",
    "address_of",
    "id_of",
    "iso_date",
    "metadata_of",
    "metadata_of_id",
    "publication_id",
]

_ID = re.compile(r"[a-z]{1,5}-[\w-]{1,60}", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"officielebekendmakingen\.nl/(?P<id>[\w-]{3,70})(?:[./?#]|$)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES = ("datumbrief", "datumvergadering", "datumontvangst", "issued", "date", "available")
"""The names of dates: those of the document itself before those of its publication."""
_NOT_KINDS = frozenset({"officiële publicatie"})
_BROAD = ("Informatietype", "Parlementair", "Staatscourant")
"""Schemes with broad types; another scheme's type goes before them."""
_CHAMBERS = {"Tweede Kamer der Staten-Generaal": "II", "Eerste Kamer der Staten-Generaal": "I"}
_KINDS = {
    Series.KST: "Kamerstuk",
    Series.H: "Handelingen",
    Series.STB: "Staatsblad",
    Series.STCRT: "Staatscourant",
    Series.TRB: "Tractatenblad",
    Series.AH: "Aanhangsel van de Handelingen",
}


@dataclass(frozen=True, slots=True)
class Meta:
    """One value: its name ("DCTERMS.issued"), its scheme and its text."""

    name: str
    scheme: str
    content: str

    @property
    def key(self) -> str:
        """The name without its vocabulary, in small letters."""
        return re.split(r"[.:]", self.name)[-1].lower()


def metadata_of(metas: Iterable[Meta]) -> Metadata:
    """Return the metadata of an official publication; empty where they are missing."""
    values: dict[str, list[Meta]] = {}
    for meta in metas:
        if content := " ".join(meta.content.split()):
            values.setdefault(meta.key, []).append(Meta(meta.name, meta.scheme, content))
    first = {key: found[0].content for key, found in values.items()}
    dates = (iso_date(first.get(key, "")) for key in _DATES)
    return Metadata(
        title=first.get("title", ""),
        subject=first.get("documenttitel", ""),
        kind=_kind(values.get("type", [])),
        issuer=_issuer(values, first.get("publicationname", "")),
        date=next(filter(None, dates), ""),
        chamber=_CHAMBERS.get(first.get("creator", ""), ""),
        vergaderjaar=find_vergaderjaar(first.get("vergaderjaar", "")),
        dossiers=_dossiers(values),
        ondernummer=first.get("ondernummer", ""),
        themes=tuple(dict.fromkeys(meta.content for meta in values.get("category", []))),
    )


def id_of(metas: Iterable[Meta]) -> str:
    """Return the id in the metadata, or nothing."""
    return next((meta.content.strip() for meta in metas if meta.key == "identifier"), "")


def metadata_of_id(identifier: str) -> Metadata:
    """Return the metadata in the id of a publication ("kst-29861-70", "h-tk-20172018-70-6")."""
    if not _ID.fullmatch(identifier):
        return Metadata()
    read = read_id(identifier) or Identifier(Series.BLG)
    return Metadata(
        kind=_KINDS.get(read.series, ""),
        url=address_of(identifier),
        chamber=read.chamber,
        vergaderjaar=read.vergaderjaar,
        dossiers=tuple(Dossier(number) for number in read.dossiers),
        ondernummer=read.number if read.series is Series.KST else "",
    )


def address_of(identifier: str) -> str:
    """Return the address of the official page of a publication; empty if it is not an id."""
    if not _ID.fullmatch(identifier):
        return ""
    read = read_id(identifier)
    return read.page_url if read else f"{PUBLICATIONS}{identifier}.html"


def publication_id(address: str) -> str:
    """Return the id in an address of officielebekendmakingen.nl, or nothing."""
    found = _IN_ADDRESS.search(address)
    return found["id"] if found and _ID.fullmatch(found["id"]) else ""


def iso_date(text: str) -> str:
    """Return the ISO 8601 date with which a text begins; empty where there is none."""
    found = _ISO.match(text.strip())
    if not found:
        return ""
    try:
        return date.fromisoformat(found.group()).isoformat()
    except ValueError:
        return ""


def _kind(types: list[Meta]) -> str:
    if any(
        meta.scheme.endswith("AanhangselTypen") and meta.content == "Antwoord" for meta in types
    ):
        return ANSWERS
    known = [meta for meta in types if meta.content not in _NOT_KINDS]
    narrow = [meta for meta in known if not meta.scheme.endswith(_BROAD)]
    kind = next((meta.content for meta in narrow or known), "")
    if kind == "Antwoord":
        return ANSWERS
    return kind[:1].upper() + kind[1:]


def _issuer(values: dict[str, list[Meta]], publication: str) -> str:
    """Return who wrote a Kamerstuk, or the body that issued any other publication.

    The creator of a Kamerstuk is the Kamer, whatever minister wrote it. The metadata of answers to
    an MP's questions name who asked them; who answers is in the text.
    """
    if publication.startswith("Kamervragen"):
        return ""
    key = "indiener" if publication.startswith("Kamerstuk") else "creator"
    people = dict.fromkeys(meta.content for meta in values.get(key, []))
    return "; ".join(people)


def _dossiers(values: dict[str, list[Meta]]) -> tuple[Dossier, ...]:
    """Pair the numbers of dossiers with their titles; one value may hold several numbers."""
    numbers = [
        dossier_id(number)
        for meta in values.get("dossiernummer", [])
        for number in meta.content.split(";")
    ]
    titles = [meta.content for meta in values.get("dossiertitel", [])]
    if len(titles) != len(numbers):
        titles = [*titles[:1], *[""] * len(numbers)]
    return tuple(Dossier(n, t) for n, t in zip(numbers, titles, strict=False) if n)
