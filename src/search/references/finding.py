"""References to official publications within a running text, and as people type them.

The text is read from left to right: a word such as "Kamerstukken" or "Stb." is looked for, and what
stands behind it is read with patterns that are bounded in length. So reading takes time in
proportion to the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.references.kamerstukken import PAGES, Named, read_chamber, read_kamerstukken, read_year
from search.references.numbering import LAST_DATED, Identifier, Series, may_have_id, read_id

__all__ = ["Reference", "find_named", "find_references", "parse_reference", "read_typed"]

_TRIGGER = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<id>(?:kst|blg|ah|h|stb|stcrt|trb)-[0-9a-z-]{3,60}(?![\w-]))"
    r"|(?P<ah>aanhangsel(?:\s{1,3}(?:van\s{1,3}de|der|bij\s{1,3}de))?\s{1,3}handelingen)"
    r"|(?P<h>handelingen)"
    r"|(?P<kst>kamerstuk(?:ken|nr\.?|nummer)?|[te]k|(?:tweede|eerste)\s{1,3}kamer"
    r"(?=,?\s{1,3}vergaderjaar))"
    r"|(?P<gazette>stb|stcrt|trb|staatsblad|staatscourant|tractatenblad)"
    r")(?![^\W_])",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text, code points, end exclusive, that refers to the document `id`."""

    start: int
    end: int
    id: str


def find_references(text: str) -> tuple[Reference, ...]:
    """Find the references to official publications in a running text, in order, never overlapping.

    Read are the ids themselves, Kamerstukken ("Kamerstuk 29 861, nrs. 185 en 216" gives two: one
    ends after "185", the other is "216"), "TK 29861-70", Handelingen, their Aanhangsel, Stb.,
    Stcrt. and Trb. What could mean two publications ("Kamerstuk 21501-33") gives none. Of "nrs. 1
    t/m 3" the two ends are given. "Bijlage bij Kamerstuk …" gives the piece that the annex hangs
    on. A page behind a reference ("p. 3") is left out of it. Time is linear in the text's length.
    """
    return tuple(Reference(n.start, n.end, n.identifier.id) for n in find_named(text))


def parse_reference(text: str) -> tuple[str, ...]:
    """Give the ids that a typed citation names, each once; none where it names none for certain.

    Capitals, spaces and the word "Kamerstuk" may be left out: "29861-70", "31700 vi nr 4".
    """
    return tuple(dict.fromkeys(each.identifier.id for each in read_typed(text)[1]))


def read_typed(text: str) -> tuple[str, tuple[Named, ...]]:
    """Read a typed citation: what it names, and the text in which that stands.

    That text is the one that was typed with single spaces and, where that is needed to read it, in
    capitals and with the word "Kamerstuk" in front.
    """
    line = " ".join(text.split())
    for tried in (line, line.upper()):
        if found := find_named(tried):
            return tried, found
        whole = f"Kamerstuk {tried}"
        # A citation that is typed without "Kamerstuk" begins with the number of the dossier.
        if line[:1].isdigit() and (found := find_named(whole)):
            return whole, found
    return line, ()


def find_named(text: str) -> tuple[Named, ...]:
    """Find what `find_references` finds, with all that the text says of each publication."""
    found: list[Named] = []
    at = 0
    while trigger := _TRIGGER.search(text, at):
        at = trigger.end()
        for each in _read(text, trigger):
            found.append(each)
            at = each.end
    return tuple(found)


def _read(text: str, trigger: re.Match[str]) -> Iterator[Named]:
    if trigger["id"]:
        if identifier := read_id(trigger["id"]):
            yield Named(trigger.start(), trigger.end(), identifier)
    elif trigger["gazette"]:
        yield from _gazettes(text, trigger)
    elif trigger["kst"]:
        word = trigger["kst"].lower()
        chamber = "II" if word.startswith("t") else "I" if word.startswith("e") else ""
        yield from read_kamerstukken(text, trigger.start(), trigger.end(), chamber)
    elif found := _proceedings(text, trigger):
        yield found


def _gazettes(text: str, trigger: re.Match[str]) -> Iterator[Named]:
    names = {"staatsblad": Series.STB, "staatscourant": Series.STCRT, "tractatenblad": Series.TRB}
    word = trigger["gazette"].lower()
    series = names.get(word) or Series(word)
    start, year = trigger.start(), ""
    found = _GAZETTE.match(text, trigger.end())
    while found:
        year = found["year"] or year
        if not may_have_id(series, year, found["number"]):
            return
        yield Named(start, found.end(), Identifier(series, found["number"], year=year))
        found = _MORE_GAZETTE.match(text, found.end())
        if found:
            start = found.start("year") if found["year"] else found.start("number")


def _proceedings(text: str, trigger: re.Match[str]) -> Named | None:
    chamber, at = read_chamber(text, trigger.end())
    year, at = read_year(text, at)
    found = _PLAIN_NUMBER.match(text, at)
    number, at = (found["number"], found.end()) if found else ("", at)
    if not year:
        return None
    if trigger["ah"]:
        # Where no chamber is named it is the Tweede Kamer's own Aanhangsel.
        made = Identifier(Series.AH, number, (), chamber or "II", year)
        return Named(trigger.start(), at, made) if number else None
    item, page = _ITEM.match(text, at), PAGES.match(text, at)
    made = Identifier(Series.H, number, (), chamber, year)
    return _sitting(trigger.start(), made, item, page) if chamber else None


def _sitting(
    start: int, made: Identifier, item: re.Match[str] | None, page: re.Match[str] | None
) -> Named | None:
    """Add the item, or the pages that ids had until 2010; see `Identifier.pages`."""
    year, number, chamber = made.vergaderjaar, made.number, made.chamber
    if not number and year > LAST_DATED:
        return None
    if year > "2009-2010":
        if not item:
            return None
        named = Identifier(Series.H, number, (), chamber, year, item=item["number"])
        return Named(start, item.end(), named)
    if not page or not (page["last"] or year == "2009-2010"):
        return None
    first, last = page["first"], page["last"] or ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last  # "7909-43" is short for 7909-7943
    pages = f"{first}-{last}" if year <= LAST_DATED else first
    return Named(start, page.end(), Identifier(Series.H, number, (), chamber, year, pages=pages))
