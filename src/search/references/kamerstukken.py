"""Kamerstukken as a text names them: "Kamerstukken II 2019/20, 19 637 en 30 573, nrs. 5 en 7".

What follows the word "Kamerstukken" is read piece by piece, each with a pattern that is bounded in
length and tried at one place, so that the time is linear whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.references.numbering import LAST_DATED, SUBNUMBERED, Identifier, Series
from search.references.patterns import DOSSIER_NUMBER, dossier_id, write_vergaderjaar

__all__ = [
    "PAGES",
    "Reference",
    "read_chamber",
    "read_kamerstukken",
    "read_pages",
    "read_vergaderjaar",
]

_MOST_DOSSIERS = 8
_LONGEST_RANGE = 100
"""Pieces that "nrs. 1 t/m 100" may name; a longer range is no list that someone wants."""
_CHAMBER = re.compile(
    r"[\s,]{1,3}(?P<name>II|I|TK|EK|Tweede\s{1,3}Kamer|Eerste\s{1,3}Kamer)(?![\w/-])",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"[\s,]{1,4}(?:(?:vergader|zittings)jaar\s{1,3})?"
    r"(?P<first>\d{4})\s?[/–-]\s?['’]?(?P<last>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_DOSSIER = re.compile(
    rf"[\s,:]{{0,4}}(?:dossier\s{{1,2}})?(?P<base>{DOSSIER_NUMBER})(?!\d)"
    r"(?P<more>\s?[-–]\s?(?P<sub>\d{2})(?!\d)"
    r"|(?:\s{1,2}|\s?[-–]\s?)(?:hoofdstuk\s{1,2})?"
    r"(?P<chapter>[IVXLC]{1,6}(?:\s?[AB])?|[A-J])(?!\w))?"
    r"(?:[\s-]{0,2}\(R\s?\d{1,4}\))?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[\s,]{1,4}(?P<base>[IVXLC]{1,9})(?=,\s{0,3}[A-Z]{1,2}(?!\w))")
_END = r"(?!\w)(?![\s.]\d{3}(?!\d))"
_NUMBERED = re.compile(
    r"(?i:,?\s{0,3}(?:(?P<many>nrs|nummers)|nr|no|nummer|stuk(?:\s{1,2}nr)?|letter)"
    r"(?:\.\s{0,3}|\s{1,3}|(?=\d)))"
    rf"(?P<number>\d{{1,4}}[A-Za-z]?|[A-Z]{{1,2}}){_END}"
)
_LETTER = re.compile(
    r",\s{0,3}(?!U\s{1,3}[a-z]|PP?\.?\s{0,2}\d)(?P<number>[A-Z]{1,2})(?!\w)(?!\s{1,3}[A-Z]{2})"
)
_TIGHT = re.compile(r"\s?[-–](?P<number>\d{1,4}[a-z]?|[A-Z]{1,2})(?![\w-])")
_LIKE_A_CHAPTER = re.compile(r"[IVX]+")
_MORE = re.compile(
    r"\s{0,3}(?i:(?P<comma>[,;])|(?P<and>en|of|(?P<to>t/m|tot\s{1,3}en\s{1,3}met))(?=\s)|(?P<dash>[-–]))\s{0,3}"
    rf"(?i:(?P<again>nrs?\.?\s{{0,3}}))?(?P<number>\d{{1,4}}[A-Za-z]?|[A-Z]{{1,2}}){_END}(?!/\d)"
    r"(?P<closed>(?=\s{0,3}(?:[).,;:»”’\]]|(?:en|t/m)\s|$)))?"
)
_NEXT_DOSSIER = re.compile(r"\s{0,3}(?:[,;/&]|en(?=\s))", re.IGNORECASE)
_NEXT = re.compile(r"\s{0,3}(?:[,;](?:\s{0,3}en(?=\s))?|(?:en|of|alsmede)(?=\s))", re.IGNORECASE)
_GAP = re.compile(r"[\s,]{0,4}")
PAGES = re.compile(
    r",?\s{0,3}(?:pp|p|blz|pag)\.?\s{0,2}"
    r"(?P<first>\d{1,5})(?:\s?[-–]\s?(?P<last>\d{1,5}))?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A span of a text, in code points with an exclusive end, and the publication it names."""

    start: int
    end: int
    identifier: Identifier
    page: str = ""
    """The page named after it ("3", "3-5"), which is outside the span."""
    skipped: tuple[Identifier, ...] = ()
    """The pieces of a range between the previous reference and this one: "nrs. 1 t/m 3"."""
    is_annex: bool = False
    """Whether an annex is meant, without saying which: "Bijlage bij Kamerstukken …"."""

    @property
    def id(self) -> str:
        """Return the id of the publication."""
        return self.identifier.id


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Dossiers named together ("19 637 en 30 573") and the first number after them."""

    dossiers: tuple[tuple[int, int, str], ...]
    """Each as its start, end and id."""
    number: re.Match[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The span and number of one piece, and the numbers between it and the previous one."""

    start: int
    end: int
    dossier: str
    number: str
    skipped: tuple[str, ...] = ()


def read_kamerstukken(text: str, start: int, at: int, chamber: str) -> Iterator[Reference]:
    """Yield the pieces named from `at` on, after a word such as "Kamerstuk" that begins at `start`.

    `chamber` is what that word says itself ("TK": "II"). The references never overlap.
    """
    named, at = read_chamber(text, at)
    chamber = named or chamber
    year, at = read_vergaderjaar(text, at)
    while year is not None:
        pieces = _pieces(text, at, chamber)
        if not pieces:
            return
        for each in _each(text, start, pieces):
            at = each.end
            if identifier := _identifier(each.dossier, each.number, chamber, year):
                made = (_identifier(each.dossier, n, chamber, year) for n in each.skipped)
                skipped = tuple(filter(None, made))
                yield Reference(each.start, at, identifier, read_pages(text, at)[0], skipped)
        at = read_pages(text, at)[1]
        following = _NEXT.match(text, at)
        if not following:
            return
        next_year, at = read_vergaderjaar(text, following.end())
        year = next_year if next_year != "" else year
        gap = _GAP.match(text, following.end())
        start = gap.end() if gap else following.end()


def read_chamber(text: str, at: int) -> tuple[str, int]:
    """Return the chamber ("I", "II" or empty) that the text names at `at`, and where that ends."""
    found = _CHAMBER.match(text, at)
    if not found:
        return "", at
    return ("II" if found["name"].upper().startswith(("T", "II")) else "I"), found.end()


def read_vergaderjaar(text: str, at: int) -> tuple[str | None, int]:
    """Return the vergaderjaar at `at` as "2020-2021", and where it ends.

    It is empty if there is none, and None if the years there are no vergaderjaar (2020/25).
    """
    found = _YEAR.match(text, at)
    if not found:
        return "", at
    return write_vergaderjaar(found["first"], found["last"]) or None, found.end()


def read_pages(text: str, at: int) -> tuple[str, int]:
    """Return the page named at `at` as "3" or "3-5", or an empty text, and where that ends."""
    found = PAGES.match(text, at)
    if not found:
        return "", at
    return "-".join(filter(None, found.group("first", "last"))), found.end()


def _pieces(text: str, at: int, chamber: str) -> _Pieces | None:
    dossiers: list[tuple[int, int, str]] = []
    while len(dossiers) < _MOST_DOSSIERS:
        candidates = _dossiers(text, at, chamber)
        for candidate in candidates:
            if number := _number(text, candidate[1]):
                return _Pieces((*dossiers, candidate), number)
        next_dossier = _NEXT_DOSSIER.match(text, candidates[0][1]) if candidates else None
        if not next_dossier:
            return None
        dossiers.append(candidates[0])
        at = next_dossier.end()
    return None


def _dossiers(text: str, at: int, chamber: str) -> list[tuple[int, int, str]]:
    """Return the possible dossiers at `at` as (start, end, id), the likeliest first.

    "29861-70" may be a dossier, or a dossier and the number of a piece.
    """
    found = _DOSSIER.match(text, at)
    if not found:
        # The Eerste Kamer numbers its own subjects in Roman figures.
        roman = _ROMAN.match(text, at) if chamber == "I" else None
        return [(roman.start("base"), roman.end(), roman["base"])] if roman else []
    start, base = found.start("base"), dossier_id(found["base"])
    addition = found["sub"] or re.sub(r"\s", "", found["chapter"] or "").upper()
    if base in SUBNUMBERED:
        return [(start, found.end(), f"{base}-{addition}")] if found["sub"] else []
    if not addition:
        return [(start, found.end(), base)]
    return [(start, found.end(), f"{base}-{addition}"), (start, found.end("base"), base)]


def _number(text: str, at: int) -> re.Match[str] | None:
    found = _NUMBERED.match(text, at) or _LETTER.match(text, at)
    if found:
        return found
    found = _TIGHT.match(text, at)
    # "36600-V" is chapter V of the budget as well as a piece V of the Eerste Kamer.
    return found if found and not _LIKE_A_CHAPTER.fullmatch(found["number"]) else None


def _each(text: str, start: int, pieces: _Pieces) -> Iterator[_Piece]:
    """Yield each piece that is named, in order."""
    first, last = pieces.dossiers[0], pieces.dossiers[-1]
    number = pieces.number
    for each in pieces.dossiers:
        end = number.end() if each is last else each[1]
        yield _Piece(start if each is first else each[0], end, each[2], number["number"])
    is_many = bool(number.re is _NUMBERED and number["many"])
    before, more = number["number"], _MORE.match(text, number.end())
    while more and _goes_on(more, number["number"], is_many):
        is_range = more["to"] or (is_many and more["dash"])
        skipped = _between(before, more["number"]) if is_range else ()
        yield _Piece(more.start("number"), more.end(), first[2], more["number"], skipped)
        is_many = is_many or bool(more["again"])
        before, more = more["number"], _MORE.match(text, more.end())


def _between(first: str, last: str) -> tuple[str, ...]:
    """Return the numbers between the first and last of a range, if there are not too many."""
    if not (first.isdigit() and last.isdigit()) or int(last) - int(first) >= _LONGEST_RANGE:
        return ()
    return tuple(map(str, range(int(first) + 1, int(last))))


def _goes_on(more: re.Match[str], before: str, is_many: bool) -> bool:
    """Return whether a number after a number is one more piece, and no date, page or amount."""
    if more["number"][0].isdigit() is not before[0].isdigit():
        return False
    if more["again"] or (more["and"] and is_many):
        return True
    return more["closed"] is not None and (is_many or not more["comma"])


def _identifier(dossier: str, number: str, chamber: str, year: str) -> Identifier | None:
    """Return the identifier, or None if its id is not certain."""
    if number.isalpha() and not chamber and year:
        if year <= LAST_DATED and number in "ABC":
            return None
        chamber = "I"
    if chamber == "I" and year == "2009-2010":
        return None
    number = number.lower() if number[0].isdigit() else number
    return Identifier(Series.KST, number, (dossier,), chamber, year)
