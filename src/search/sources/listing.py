"""What an official service lists: a publication, what is known of it and where its files are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date

from search.records import Metadata

__all__ = [
    "MANIFESTATIONS",
    "FileAddress",
    "ListedPublication",
    "Wanted",
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
    """Where one form of a publication is: its file ending without point, and its address."""

    form: str
    url: str


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """A publication as a service lists it. Without `places` only its id is known yet."""

    id: str
    metadata: Metadata = Metadata()
    places: tuple[FileAddress, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other ids under which it may be known, here or at another service."""

    @property
    def names(self) -> tuple[str, ...]:
        """Give its id and aliases."""
        return (self.id, *self.aliases)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which publications are asked for; what is empty does not narrow."""

    dossier: str = ""
    """As "29861", "36600-VII" or "21501-02"."""
    since: str = ""
    until: str = ""
    """ISO 8601 dates, both inclusive."""
    kind: str = ""
    """As the services write it: "Brief regering", "Motie"."""
    chamber: str = ""
    """"I" (Eerste Kamer) or "II" (Tweede Kamer)."""


def merge(listed: Iterable[ListedPublication]) -> tuple[ListedPublication, ...]:
    """Give each publication once, in order: what the first says of it, then what others add."""
    found: list[ListedPublication] = []
    at: dict[str, int] = {}
    for each in listed:
        names = [name.lower() for name in each.names if name]
        known = next((at[name] for name in names if name in at), None)
        if known is None:
            known = len(found)
            found.append(each)
        else:
            found[known] = _joined(found[known], each)
        at.update((name, known) for name in names if name not in at)
    return tuple(found)


def _joined(first: ListedPublication, other: ListedPublication) -> ListedPublication:
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
    """Sort places by `MANIFESTATIONS`; other forms are left out."""
    known = [each for each in places if each.form in MANIFESTATIONS]
    return tuple(sorted(known, key=lambda each: MANIFESTATIONS.index(each.form)))


def clean_listed(text: object) -> str:
    """Give a text on one line, without control characters; empty for anything but a text."""
    return " ".join(_CONTROL.sub(" ", text).split()) if isinstance(text, str) else ""


def clean_date(text: object) -> str:
    """Give the day of a date or moment in ISO 8601 ("2021-03-24T00:00:00+01:00"), or nothing."""
    try:
        return date.fromisoformat(clean_listed(text)[:10]).isoformat()
    except ValueError:
        return ""
