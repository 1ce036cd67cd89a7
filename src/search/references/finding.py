"""References to official publications in a running text, and as people type them.

The text is read from left to right: a word such as "Kamerstukken" or "Stb." is looked for, and what
follows it is read with patterns that are bounded in length. So the time is linear in the length of
the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.references.kamerstukken import (
    PAGES,
    Reference,
    read_chamber,
    read_kamerstukken,
    read_pages,
    read_vergaderjaar,
)
from search.references.numbering import LAST_DATED, Identifier, Series, may_have_id, read_id

__all__ = ["find_references", "parse_citation", "parse_reference"]

_TRIGGER = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<id>(?:kst|blg|ah|h|stb|stcrt|trb)-[0-9a-z-]{3,60}(?![\w-]))"
    r"|(?P<ah>aanhangsel(?:\s{1,3}(?:van\s{1,3}de|der|bij\s{1,3}de))?\s{1,3}handelingen)"
    r"|(?P<h>handelingen|hand\.(?=\s))"
    r"|(?P<kst>kamerstuk(?:ken|nr\.?|nummer)?|[te]k|(?:tweede|eerste)\s{1,3}kamer"
    r"(?=,?\s{1,3}vergaderjaar))"
    r"|(?P<gazette>stb|stcrt|trb|staatsblad|staatscourant|tractatenblad)"
    r")(?![^\W_])",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?<!\w)bijlagen?(?:\s(?:nr\.\s?)?\w{1,5})?\s(?:bij|van|behorend\w*\sbij)\s$", re.I)
_BEFORE_ANNEX = 40
"""Characters before a reference in which an annex to it is named."""
_PLAIN_NUMBER = re.compile(r",?\s{0,3}(?:nr\.?\s{0,3})?(?P<number>\d{1,5})(?!\w)", re.IGNORECASE)
_ITEM = re.compile(r",?\s{0,3}item\s{1,3}(?P<number>\d{1,3})(?!\w)", re.IGNORECASE)
_GAZETTE = re.compile(
    r"\.?\s{0,3}(?P<year>\d{4})(?:\s?[,/-]\s{0,3}(?:nr\.?\s{0,3})?|,?\s{0,3}nr\.?\s{0,3})"
    r"(?P<number>[1-9]\d{0,5})(?!\w)(?![.,]\d)(?!\s\d{3}(?!\d))",
    re.IGNORECASE,
)
_MORE_GAZETTE = re.compile(
    r"\s{0,3}(?:[,;]|en(?=\s))\s{0,3}(?:(?P<year>\d{4}),\s{0,3})?(?P<number>[1-9]\d{0,5})(?!\w)(?![.,]\d)"
    r"(?=\s{0,3}(?:[).,;:»”’\]]|en\s|$))",
    re.IGNORECASE,
)


def find_references(text: str) -> tuple[Reference, ...]:
    """Return the references to official publications in a running text, in order, not overlapping.

    Read are ids, Kamerstukken ("Kamerstuk 29 861, nrs. 185 en 216" gives two: one ends after "185",
    the other is "216"), "TK 29861-70", Handelingen, their Aanhangsel, Stb., Stcrt. and Trb. What
    could mean two publications ("Kamerstuk 21501-33") gives none. "nrs. 1 t/m 3" gives the first
    and the last. "Bijlage bij Kamerstuk …" gives the piece that the annex belongs to. A page after
    a reference ("p. 3") is no part of it. Time is linear in the length of the text.
    """
    found: list[Reference] = []
    at = 0
    while trigger := _TRIGGER.search(text, at):
        at = trigger.end()
        for reference in _read(text, trigger):
            found.append(reference)
            at = reference.end
    return tuple(found)


def parse_reference(text: str) -> tuple[str, ...]:
    """Return the ids that a typed citation names, each once; none unless it names them for certain.

    Capitals, spaces and the word "Kamerstuk" may be left out: "29861-70", "31700 vi nr 4".
    """
    return tuple(dict.fromkeys(reference.id for reference in _find_typed(" ".join(text.split()))))


def _find_typed(line: str) -> tuple[Reference, ...]:
    for tried in (line, line.upper()):
        if found := find_references(tried):
            return found
        # A citation that is typed without "Kamerstuk" begins with the number of the dossier.
        if line[:1].isdigit() and (found := find_references(f"Kamerstuk {tried}")):
            return found
    return ()


def _read(text: str, trigger: re.Match[str]) -> Iterator[Reference]:
    if trigger["id"]:
        if identifier := read_id(trigger["id"]):
            yield Reference(trigger.start(), trigger.end(), identifier)
    elif trigger["gazette"]:
        yield from _read_gazettes(text, trigger)
    elif trigger["kst"]:
        word = trigger["kst"].lower()
        chamber = "II" if word.startswith("t") else "I" if word.startswith("e") else ""
        yield from read_kamerstukken(text, trigger.start(), trigger.end(), chamber)
    elif found := _read_proceedings(text, trigger):
        yield found


def _read_gazettes(text: str, trigger: re.Match[str]) -> Iterator[Reference]:
    names = {"staatsblad": Series.STB, "staatscourant": Series.STCRT, "tractatenblad": Series.TRB}
    word = trigger["gazette"].lower()
    series = names.get(word) or Series(word)
    start, year = trigger.start(), ""
    found = _GAZETTE.match(text, trigger.end())
    while found:
        year = found["year"] or year
        if not may_have_id(series, year, found["number"]):
            return
        yield Reference(start, found.end(), Identifier(series, found["number"], year=year))
        found = _MORE_GAZETTE.match(text, found.end())
        if found:
            start = found.start("year") if found["year"] else found.start("number")


def _read_proceedings(text: str, trigger: re.Match[str]) -> Reference | None:
    chamber, at = read_chamber(text, trigger.end())
    year, at = read_vergaderjaar(text, at)
    found = _PLAIN_NUMBER.match(text, at)
    number, at = (found["number"], found.end()) if found else ("", at)
    if not year:
        return None
    if trigger["ah"]:
        # Where no chamber is named it is the Tweede Kamer's own Aanhangsel.
        made = Identifier(Series.AH, number, (), chamber or "II", year)
        return Reference(trigger.start(), at, made) if number else None
    item, page = _ITEM.match(text, at), PAGES.match(text, at)
    made = Identifier(Series.H, number, (), chamber, year)
    return _with_place_in_sitting(trigger.start(), made, item, page) if chamber else None


def _with_place_in_sitting(
    start: int, made: Identifier, item: re.Match[str] | None, page: re.Match[str] | None
) -> Reference | None:
    """Return the reference with its item, or its pages before 2010; see `Identifier.pages`."""
    year, number, chamber = made.vergaderjaar, made.number, made.chamber
    if not number and year > LAST_DATED:
        return None
    if year > "2009-2010":
        if not item:
            return None
        named = Identifier(Series.H, number, (), chamber, year, item=item["number"])
        return Reference(start, item.end(), named)
    if not page or not (page["last"] or year == "2009-2010"):
        return None
    first, last = page["first"], page["last"] or ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last  # "7909-43" is short for 7909-7943
    pages = f"{first}-{last}" if year <= LAST_DATED else first
    return Reference(
        start, page.end(), Identifier(Series.H, number, (), chamber, year, pages=pages)
    )
