"""Who was minister or secretary of state of the Netherlands when, since 22 August 1994.

`ministers.tsv` has a row for each office that someone held, from the day of swearing in to the day
that it ended; a new name of the office is a new row. Who stood in for another for some days is in
it only where that is known for sure. `ministries.tsv` tells under which names a ministry was known,
so that "Minister van EZK" is found in a year in which the ministry was called otherwise.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from search.cabinets.terms import days_of
from search.dutch import fold
from search.records import Metadata, Minister, Person

__all__ = ["Term", "all_terms", "ministers_of"]

_OFFICE = re.compile(
    r"(?:de |het )?(?P<kind>ministerie|minister|staatssecretaris)\b"
    r"(?: (?:van|voor)\b)? ?(?P<field>.*)"
)
_NAMENS = re.compile(r"\W*(?:\bmede )?\bnamens\b.*|\ba\.i\..*", re.DOTALL)
_INITIALS = re.compile(r"(?:\w{1,2}\.)+|(?:mr|drs|ir|dr|ing|prof|mw|mevr|dhr)\.?")
_LOOSE_ACCENTS = str.maketrans("", "", "¸´`^¨")


@dataclass(frozen=True, slots=True)
class Term:
    """An office that someone held, from the first day to the last in ISO form.

    `ministry` is a key of `ministries.tsv`; `last` is empty for who is in office at the end of
    the table.
    """

    ministry: str
    office: str
    name: str
    first: str
    last: str


def ministers_of(metadata: Metadata) -> tuple[Minister, ...]:
    """Return who signed a document as minister or secretary of state, with the office.

    Of a document of which that is not known, who was in office at its issuer on its date; these
    are not `signed`, since the document does not name them. Empty where neither is known, or if
    the table has no one for that date.
    """
    signed = [_signed(p, metadata.date) for p in metadata.people if _is_minister(p)]
    if signed:
        return tuple(dict.fromkeys(signed))
    if not metadata.date:
        return ()
    found = (_in_office(each, metadata.date) for each in metadata.issuer.split(";"))
    return tuple(
        dict.fromkeys(Minister(t.name, t.office, signed=False) for terms in found for t in terms)
    )


@lru_cache(maxsize=1)
def all_terms() -> tuple[Term, ...]:
    """Return the terms of office of the table."""
    return tuple(
        Term(r["ministry"], r["office"], r["name"], r["first"], r["last"] or "")
        for r in _rows("ministers.tsv")
    )


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = (files("search.cabinets") / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t")


def _is_minister(person: Person) -> bool:
    """Return whether someone has a name and an office; a role with a number in it is misread."""
    return bool(person.name and _office(person.role)) and not any(map(str.isdigit, person.role))


def _signed(person: Person, date: str) -> Minister:
    """Return who signed, as the table spells the name and office if that can be only one."""
    first, last = days_of(date) if date else ("", "")
    same = [
        each
        for each in all_terms()
        # Whoever leaves signs until the successor is there.
        if each.first <= last
        and (not each.last or first <= each.last)
        and _is_name_of(person.name, each.name)
    ]
    held = [each for each in same if _same_office(person.role, each)]
    if len({(each.name, each.office) for each in held}) == 1:
        return Minister(held[0].name, held[0].office, signed=True)
    return Minister(person.name, person.role[:1].upper() + person.role[1:], signed=True)


def _in_office(issuer: str, date: str) -> Sequence[Term]:
    """Return who held the office that an issuer names, or led the ministry, on a date."""
    first, last = days_of(date)
    now = [e for e in all_terms() if e.first <= first and (not e.last or last < e.last)]
    return [each for each in now if _same_office(issuer, each)]


def _same_office(named: str, term: Term) -> bool:
    """Return whether a text names the office of a term, by the ministry's name then or another."""
    asked, held = _office(named), _office(term.office)
    if asked is None or held is None:
        return False
    if asked == held:
        return True
    ministries = _ministries()
    if held.field not in ministries:
        # Ministers without a ministry: "voor Medische Zorg" became "voor Medische Zorg en Sport".
        longer, shorter = sorted((asked.field, held.field), key=len, reverse=True)
        return asked == (held.kind, asked.field) and longer.startswith(f"{shorter} ")
    kind = "minister" if asked.kind == "ministerie" else asked.kind
    return (kind, ministries.get(asked.field)) == (held.kind, term.ministry)


class _Office(NamedTuple):
    """An office as it is compared: the kind ("minister"), and the field without small words."""

    kind: str
    field: str


@lru_cache(maxsize=4096)
def _office(text: str) -> _Office | None:
    """Return the office that a text begins with, or None: "de staatssecretaris van Financiën"."""
    plain = " ".join(fold(text).split())
    if "minister-president" in plain:
        return _Office("minister", _field("algemene zaken"))
    found = _OFFICE.match(plain)
    return _Office(found["kind"], _field(found["field"])) if found and found["field"] else None


def _field(text: str) -> str:
    words = re.findall(r"[^\W_]+", _NAMENS.sub("", fold(text)))
    return " ".join(word for word in words if word != "en")


@lru_cache(maxsize=1)
def _ministries() -> Mapping[str, str]:
    """Return the key of each ministry by its names."""
    return {_field(row["name"]): row["ministry"] for row in _rows("ministries.tsv")}


def _is_name_of(name: str, known: str) -> bool:
    """Return whether a name in a document is that of a row: "Hugo de Jonge" is "H.M. de Jonge".

    Initials and first names are not compared, nor what follows a hyphen in a double name.
    """
    asked, held = _surname(name), _surname(known)
    if asked[-len(held) :] == held:
        return True
    # "Van Nieuwenhuizen" for "Van Nieuwenhuizen Wijbenga"; "Van" alone would be anyone.
    return len(asked) > 1 and held[: len(asked)] == asked


@lru_cache(maxsize=4096)
def _surname(name: str) -> tuple[str, ...]:
    """Return the words of a name, without titles, initials and a second surname."""
    # In many PDFs the cedilla of "Yeşilgöz" is a sign of its own.
    words = fold(name.translate(_LOOSE_ACCENTS)).split()
    while len(words) > 1 and _INITIALS.fullmatch(words[0]):
        words = words[1:]
    return tuple(re.findall(r"[^\W_]+", " ".join(words).partition("-")[0]))
