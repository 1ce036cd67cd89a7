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
_ANNEX = re.compile(
    r"(?<!\w)bijlagen?(?:\s(?:nr\.?\s?)?\w{1,4})?\s{1,3}bij\s{1,3}(?:de\s{1,3})?\Z", re.IGNORECASE
)
_BEFORE_ANNEX = 40
"""Characters before a reference in which an annex to it is named."""
_PLAIN_NUMBER = re.compile(r",?\s{0,3}(?:nr\.?\s{0,3})?(?P<number>\d{1,5})(?!\w)", re.IGNORECASE)
_ITEM = re.compile(r",?\s{0,3}item\s{1,3}(?:nr\.?\s{0,3})?(?P<number>\d{1,3})(?!\w)", re.IGNORECASE)
_TIGHT_ITEM = re.compile(
    r"-(?P<number>\d{1,3})(?!\w)(?:-(?P<first>\d{1,3})(?:[-–/](?P<last>\d{1,3}))?(?!\w))?"
)
"""The printed Handelingen number their pages so: "13-7-25" is sitting 13, item 7, page 25."""
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
    and the last, which names the one that is skipped. "Bijlage bij Kamerstuk …" gives the piece
    that the annex belongs to. A page after a reference ("p. 3") is known, but outside its span.
    Time is linear in the length of the text.
    """
    found: list[Reference] = []
    at = 0
    while trigger := _TRIGGER.search(text, at):
        at = trigger.end()
        is_annex = bool(
            _ANNEX.search(text, max(0, trigger.start() - _BEFORE_ANNEX), trigger.start())
        )
        for reference in _read(text, trigger):
            found.append(replace(reference, is_annex=is_annex))
            at = reference.end
    return tuple(found)


def parse_reference(text: str) -> tuple[str, ...]:
    """Return the ids that a typed citation names, each once; see `parse_citation`."""
    return tuple(dict.fromkeys(reference.id for reference in parse_citation(text)))


def parse_citation(text: str) -> tuple[Reference, ...]:
    """Return what a typed citation names, in order; nothing unless it names it for certain.

    Capitals, spaces and the word "Kamerstuk" may be left out: "29861-70", "31700 vi nr 4". Of
    "nrs. 1 t/m 3" each piece is given, with the span of the last one.
    """
    named: list[Reference] = []
    for reference in _find_typed(" ".join(text.split())):
        span = (reference.start, reference.end)
        skipped = (Reference(*span, each) for each in reference.skipped)
        named += [replace(each, is_annex=reference.is_annex) for each in skipped]
        named.append(replace(reference, skipped=()))
    return tuple(named)


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
            yield _with_page(text, trigger.start(), trigger.end(), identifier)
    elif trigger["gazette"]:
        yield from _read_gazettes(text, trigger)
    elif trigger["kst"]:
        word = trigger["kst"].lower()
        chamber = "II" if word.startswith("t") else "I" if word.startswith("e") else ""
        yield from read_kamerstukken(text, trigger.start(), trigger.end(), chamber)
    elif found := _read_proceedings(text, trigger):
        yield found


def _with_page(text: str, start: int, end: int, identifier: Identifier) -> Reference:
    return Reference(start, end, identifier, read_pages(text, end)[0])


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
        named = Identifier(series, found["number"], year=year)
        yield _with_page(text, start, found.end(), named)
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
        return _with_page(text, trigger.start(), at, made) if number else None
    if not chamber or (not number and year > LAST_DATED):
        return None
    made = Identifier(Series.H, number, (), chamber, year)
    read = _with_item if year > "2009-2010" else _with_pages
    return read(text, trigger.start(), at, made)


def _with_item(text: str, start: int, at: int, made: Identifier) -> Reference | None:
    item = _ITEM.match(text, at) or _TIGHT_ITEM.match(text, at)
    if not item:
        return None
    reference = _with_page(text, start, item.end(), replace(made, item=item["number"]))
    if item.re is _TIGHT_ITEM and item["first"]:
        pages = filter(None, item.group("first", "last"))
        return replace(reference, end=item.end("number"), page="-".join(pages))
    return reference


def _with_pages(text: str, start: int, at: int, made: Identifier) -> Reference | None:
    """Return the reference with its pages, as ids had them up to 2010; see `Identifier.pages`."""
    year, page = made.vergaderjaar, PAGES.match(text, at)
    if not page or not (page["last"] or year == "2009-2010"):
        return None
    first, last = page["first"], page["last"] or ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last  # "7909-43" is short for 7909-7943
    pages = f"{first}-{last}" if year <= LAST_DATED else first
    return Reference(start, page.end(), replace(made, pages=pages), read_pages(text, at)[0])
