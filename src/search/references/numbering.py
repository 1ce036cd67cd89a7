"""How official publications are numbered: `kst-29861-70`, `stb-2011-35`, and their addresses.

The ids are those of officielebekendmakingen.nl. Citations in words are read by `finding` and
written by `search.citing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from search.references.patterns import write_vergaderjaar

__all__ = [
    "LAST_DATED",
    "PUBLICATIONS",
    "SUBNUMBERED",
    "Identifier",
    "Series",
    "may_have_id",
    "read_id",
]

PUBLICATIONS = "https://zoek.officielebekendmakingen.nl/"
SUBNUMBERED = frozenset({"21501"})
"""Dossiers that are divided by number (21501-02: the Raad Algemene Zaken). In one of these
"21501-33" is a dossier as well as a piece, so it means nothing on its own."""
LAST_DATED = "2008-2009"
"""The last vergaderjaar in which every id of an Eerste Kamer piece holds the year
(`kst-20082009-30536-V`). In the next one some do (`kst-20092010-LXXXIII-A`) and some don't
(`kst-LXXXIV-A`). It is also the last one whose Handelingen have ids with their first and last
page."""

_LETTERS_OF_BOTH = re.compile(r"[ABC]")
_LAST_OF_BOTH = "29500"
"""Up to about this dossier (autumn 2003) the Tweede Kamer too used letters, for the advice of the
Raad van State."""
_LAST_DAILY = 260
"""Until July 2009 a Staatscourant was numbered by day, and ids of its pieces add the page. A year
has fewer issues than this; the numbers of pieces, which came next, begin far above it."""

_SUFFIX = r"(?:-(?P<suffix>[bhn]\d{1,3}))?"
_KAMERSTUK = re.compile(
    r"kst-(?:(?P<year>\d{8})-)?"
    r"(?P<dossier>\d{5}(?:-(?:\d{2}|[a-z]{1,6}))?|0{0,3}[ivxlc]{1,9})"
    rf"-(?P<number>\d{{1,4}}[a-z]?|[a-z]{{1,3}}){_SUFFIX}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<series>kst|blg|ah)-(?P<number>\d{{3,9}}){_SUFFIX}", re.IGNORECASE)
_PROCEEDINGS = re.compile(
    r"(?P<series>ah|h)-(?P<chamber>tk|ek)-(?P<year>\d{8})-(?P<first>\d{1,5})"
    rf"(?:-(?P<second>\d{{1,5}}))?{_SUFFIX}",
    re.IGNORECASE,
)
_GAZETTE = re.compile(
    r"(?P<series>stb|stcrt|trb)-(?P<year>\d{4})-(?P<number>\d{1,6})"
    r"(?:-(?P<suffix>[bhn]\d{1,3}|p\d{1,4}(?:-SC\d{1,7})?))?",
    re.IGNORECASE,
)


class Series(StrEnum):
    """The series of a publication; the values are those of the ids."""

    KST = "kst"
    BLG = "blg"
    AH = "ah"
    H = "h"
    STB = "stb"
    STCRT = "stcrt"
    TRB = "trb"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An official publication as its id or a citation names it; unknown fields are empty."""

    series: Series
    number: str = ""
    """The ondernummer ("70", "269b", "D"), the number in the year, or that of the sitting."""
    dossiers: tuple[str, ...] = ()
    """As "29861", "36600-VII", "21501-02" or "CXLVI"; the id is made with the first one."""
    chamber: str = ""
    """"I" (Eerste Kamer), "II" (Tweede Kamer) or empty."""
    vergaderjaar: str = ""
    """As "2020-2021"."""
    year: str = ""
    """The calendar year of a Staatsblad, Staatscourant or Tractatenblad."""
    item: str = ""
    """The item of a sitting (Handelingen from the vergaderjaar 2010-2011 on)."""
    pages: str = ""
    """The pages of older Handelingen: "7909-7943", or the first one in 2009-2010."""
    suffix: str = ""
    """What an id adds for an annex ("b1"), a reprint ("h1") or the like ("n1")."""

    @property
    def id(self) -> str:
        """Return the canonical id, which is also the name of the official page."""
        tail = f"-{self.suffix}" if self.suffix else ""
        if self.series in (Series.STB, Series.STCRT, Series.TRB):
            return f"{self.series}-{self.year}-{self.number}{tail}"
        years = self.vergaderjaar.replace("-", "")
        if self.series in (Series.H, Series.AH) and years:
            chamber = "ek" if self.chamber == "I" else "tk"
            # Where an id has the pages from first to last, it leaves the sitting out.
            number = "" if "-" in self.pages else self.number
            place = "-".join(filter(None, (number, self.item, self.pages)))
            return f"{self.series}-{chamber}-{years}-{place}{tail}"
        dated = years if self.chamber == "I" and self.vergaderjaar <= "2009-2010" else ""
        return "-".join(filter(None, (self.series, dated, *self.dossiers[:1], self.number))) + tail

    @property
    def is_annex(self) -> bool:
        """Return whether it is an annex to a piece."""
        return self.series is Series.BLG or self.suffix.startswith("b")

    @property
    def page_url(self) -> str:
        """Return the address of the official page."""
        return f"{PUBLICATIONS}{self.id}.html"

    @property
    def xml_url(self) -> str:
        """Return the address of the XML, or an empty text for old ids, which have none."""
        named = self.dossiers or self.vergaderjaar or self.year
        return f"{PUBLICATIONS}{self.id}.xml" if named else ""


def read_id(text: str) -> Identifier | None:
    """Return the publication of an id such as "kst-36600-VII-1", or None if it names no single one.

    Capitals may be small letters. An addition in mixed case is kept as it is written, because
    one official id is (`kst-31200-XIv-157-b1`).
    """
    if found := _BARE.fullmatch(text):
        number, suffix = found["number"], (found["suffix"] or "").lower()
        return Identifier(Series(found["series"].lower()), number, suffix=suffix)
    if found := _KAMERSTUK.fullmatch(text):
        return _read_kamerstuk(found)
    if found := _PROCEEDINGS.fullmatch(text):
        return _read_proceedings(found)
    if found := _GAZETTE.fullmatch(text):
        suffix = (found["suffix"] or "").lower().replace("sc", "SC")
        series = Series(found["series"].lower())
        return Identifier(series, found["number"], year=found["year"], suffix=suffix)
    return None


def _read_kamerstuk(found: re.Match[str]) -> Identifier | None:
    year = _vergaderjaar(found["year"]) if found["year"] else ""
    base, _, addition = found["dossier"].partition("-")
    number = found["number"]
    if (found["year"] and not year) or (base in SUBNUMBERED and not addition):
        return None
    dossier = f"{_capitals(base)}-{_capitals(addition)}" if addition else _capitals(base)
    number = number.lower() if number[0].isdigit() else _capitals(number)
    if year or not base.isdigit():
        chamber = "I"
    elif number[0].isdigit():
        chamber = "II"
    else:
        both = _LETTERS_OF_BOTH.fullmatch(number) and base <= _LAST_OF_BOTH
        chamber = "" if both else "I"
    suffix = (found["suffix"] or "").lower()
    return Identifier(Series.KST, number, (dossier,), chamber, year, suffix=suffix)


def _vergaderjaar(years: str) -> str:
    return write_vergaderjaar(years[:4], years[4:])


def _capitals(letters: str) -> str:
    return letters.upper() if letters.islower() else letters


def _read_proceedings(found: re.Match[str]) -> Identifier | None:
    series, year = Series(found["series"].lower()), _vergaderjaar(found["year"])
    first, second = found["first"], found["second"] or ""
    if not year or (series is Series.H) is not bool(second):
        return None
    chamber = "II" if found["chamber"].lower() == "tk" else "I"
    suffix = (found["suffix"] or "").lower()
    if series is Series.AH or year > "2009-2010":
        return Identifier(series, first, (), chamber, year, item=second, suffix=suffix)
    if year > LAST_DATED:
        return Identifier(series, first, (), chamber, year, pages=second, suffix=suffix)
    pages = f"{first}-{second}"
    return Identifier(series, "", (), chamber, year, pages=pages, suffix=suffix)


def may_have_id(series: Series, year: str, number: str) -> bool:
    """Return whether the id of a piece follows from a year and number: "Stcrt. 2015, 10247"."""
    if series is Series.STCRT:
        return year > "2009" or (year == "2009" and int(number) > _LAST_DAILY)
    return "1813" <= year <= "2099"
