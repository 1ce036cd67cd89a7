"""Publications as the official services list them, with the addresses of their files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from search.dutch.dates import iso_day
from search.records import Metadata

__all__ = [
    "MANIFESTATIONS",
    "FileAddress",
    "ListedPublication",
    "PublicationFilter",
    "clean_date",
    "clean_listed",
    "in_order",
    "merge",
]

MANIFESTATIONS = ("xml", "html", "odt", "docx", "pdf")
"""The forms of a publication, the one with the most structure first; each is a file ending."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class FileAddress:
    """The address of one form of a publication; `form` is its file ending without point."""

    form: str
    url: str


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """A publication as a service lists it; without `places` only its id is known."""

    id: str
    metadata: Metadata = Metadata()
    places: tuple[FileAddress, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other ids that it may have, here or at another service."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return its id and aliases."""
        return (self.id, *self.aliases)


@dataclass(frozen=True, slots=True)
class PublicationFilter:
    """Which publications to list; empty fields do not narrow."""

    dossier: str = ""
    """As "29861", "36600-VII" or "21501-02"."""
    since: str = ""
    until: str = ""
    """ISO 8601 dates, both inclusive."""
    kind: str = ""
    """As the services write it: "Brief regering", "Motie"."""
    chamber: str = ""
    """"I" (Eerste Kamer) or "II" (Tweede Kamer)."""
    rijkswet: str = ""
    """The second number of a dossier of an act of the kingdom: "R2150"."""


def merge(listed: Iterable[ListedPublication]) -> tuple[ListedPublication, ...]:
    """Return each publication once, in order; later mentions fill in what the first leaves out."""
    found: list[ListedPublication] = []
    at: dict[str, int] = {}
    for each in listed:
        names = [name.lower() for name in each.names if name]
        known = next((at[name] for name in names if name in at), None)
        if known is None:
            known = len(found)
            found.append(each)
        else:
            found[known] = _merged(found[known], each)
        at.update((name, known) for name in names if name not in at)
    return tuple(found)


def _merged(first: ListedPublication, other: ListedPublication) -> ListedPublication:
    empty = [f.name for f in fields(Metadata) if not getattr(first.metadata, f.name)]
    added = {name: getattr(other.metadata, name) for name in empty}
    names = dict.fromkeys((*first.names, *other.names))
    return ListedPublication(
        first.id,
        replace(first.metadata, **added),
        tuple(dict.fromkeys(first.places + other.places)),
        tuple(name for name in names if name != first.id),
    )


def in_order(places: Iterable[FileAddress]) -> tuple[FileAddress, ...]:
    """Return addresses in the order of `MANIFESTATIONS`, without other forms."""
    known = [each for each in places if each.form in MANIFESTATIONS]
    return tuple(sorted(known, key=lambda each: MANIFESTATIONS.index(each.form)))


def clean_listed(text: object) -> str:
    """Return a text on one line without control characters; empty for anything but a text."""
    return " ".join(_CONTROL.sub(" ", text).split()) if isinstance(text, str) else ""


def clean_date(text: object) -> str:
    """Return the day of a moment such as "2021-03-24T00:00:00+01:00", or an empty text."""
    return iso_day(clean_listed(text))
