"""The period that a question names: "in juni 2019", "vorige maand", "onder Rutte IV"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from search.cabinets import cabinet_named, cabinet_pattern
from search.dutch import MONTHS, read_typed_date, words_of, write_date
from search.records import DocumentConstraints, Span

__all__ = ["Period", "asks_newest", "find_period"]

_MONTH_NAMES = "|".join(MONTHS)
_DAY = (
    rf"\d{{1,2}}\s+(?:{_MONTH_NAMES})\s+\d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}"
)
_POINT = rf"(?:{_DAY}|(?:{_MONTH_NAMES})\s+\d{{4}}|(?:19|20)\d\d)"
_POINTS = re.compile(
    r"(?<!\w)(?:(?P<how>in|op|uit|van|sinds|vanaf|na|voor|vóór|tussen|tot(?:\s+en\s+met)?|t/m)\s+)?"
    rf"(?:het\s+jaar\s+|de\s+maand\s+)?(?P<first>{_POINT})"
    rf"(?:\s*(?:en|tot(?:\s+en\s+met)?|-|–|t/m)\s*(?P<last>{_POINT}))?(?!\w)",
    re.IGNORECASE,
)
_IS_DAY = re.compile(_DAY, re.IGNORECASE)
_IS_YEAR = re.compile(r"\d{4}")
_OF_A_DOCUMENT = re.compile(
    r"(?:brief|brieven|motie|moties|nota|rapport|advies|verslag|bericht|besluit|antwoord|antwoorden"
    r"|document|documenten|publicatie|reactie)\s+\Z",
    re.IGNORECASE,
)
_NUMBERS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_RELATIVE = re.compile(
    r"\b(?:(?:in|van|uit|sinds|gedurende)\s+)?(?:(?:(?:de|het)\s+(?!vorig\b|deze\b|dit\b))?"
    r"(?P<which>vorige?|afgelopen|voorbije|laatste|deze|dit)\s+"
    rf"(?:(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+)?"
    r"(?P<unit>dag|week|maand|kwartaal|jaar|(?P<many>dagen|weken|maanden|kwartalen|jaren))"
    r"|(?P<day>vandaag|gisteren|eergisteren))\b",
    re.IGNORECASE,
)
_UNITS = {
    "dagen": "dag",
    "weken": "week",
    "maanden": "maand",
    "kwartalen": "kwartaal",
    "jaren": "jaar",
}
_MONTHS_OF = {"maand": 1, "kwartaal": 3, "jaar": 12}
_DAYS_AGO = {"vandaag": 0, "gisteren": 1, "eergisteren": 2}
_CABINET = re.compile(
    r"\b(?:(?P<under>onder|tijdens|ten\s+tijde\s+van)\s+)?"
    rf"(?P<cabinet>(?:het\s+)?kabinet[\s-]+)?\b{cabinet_pattern()}",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:nieuwste|recentste|meest\s+recente|actueelste"
    r"|laatste(?=\s+(?:kamer)?(?:brief|stand|cijfers?|nieuws|rapport|advies|motie|bericht|rapportage"
    r"|voortgangsrapportage|monitor|verslag|versie|documenten|document|besluit|plannen|stukken)\b))"
    r"\s*",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"\b(?:hoeveel|hoe\s+(?:groot|hoog|lang|vaak|oud|snel|duur)|wanneer|aantal(?:len)?|bedrag(?:en)?"
    r"|percentage)\b",
    re.IGNORECASE,
)
"""Words that ask for a figure or a date: those of a year stand in the text beside that year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period in a question; its dates are as in `DocumentConstraints`."""

    span: Span
    """The words of the question that name it."""
    date_from: str
    date_to: str
    label: str
    """What documents of it are, in Dutch: "uit juni 2019"."""
    named: tuple[tuple[str, ...], ...] = ()
    """The phrases by which a text names it; empty for one that texts name otherwise."""
    instead: str = ""
    """What stands in its place in the question without it."""
    is_asked: bool = False
    """Whether it is likely to be part of what is asked ("hoeveel mensen in 2020?")."""

    @property
    def constraints(self) -> DocumentConstraints:
        """Return what a document of the period meets."""
        return DocumentConstraints(date_from=self.date_from, date_to=self.date_to)

    def without(self, question: str) -> str:
        """Return the question without the words of the period."""
        before, after = question[: self.span.start], question[self.span.end :]
        return re.sub(r"\s+(?=[?.,;!])", "", " ".join(f"{before} {self.instead} {after}".split()))


def find_period(question: str, today: date) -> Period | None:
    """Return the first period that a question names, or None; `today` is what it is relative to."""
    return _cabinet(question) or _points(question) or _relative(question, today)


def asks_newest(question: str) -> tuple[str, str]:
    """Return the word that asks for the newest documents and the question without it.

    The word is empty, and the question unchanged, where none does.
    """
    found = _NEWEST.search(question)
    if not found:
        return "", question
    return found.group().strip(), question[: found.start()] + question[found.end() :]


def _cabinet(question: str) -> Period | None:
    for found in _CABINET.finditer(question):
        cabinet = cabinet_named(found["leader"], (found["figure"] or "").upper())
        if cabinet and (found["under"] or found["cabinet"] or found["figure"]):
            return Period(
                Span(found.start(), found.end()),
                cabinet.first,
                cabinet.last,
                f"uit de tijd van kabinet-{cabinet.name} ({_dates(cabinet.first, cabinet.last)})",
                instead="" if found["under"] else "het kabinet",
            )
    return None


def _dates(first: str, last: str) -> str:
    return f"{write_date(first)} – {write_date(last)}" if last else f"vanaf {write_date(first)}"


def _points(question: str) -> Period | None:
    """Return the period between days, months or years of the calendar."""
    for found in _POINTS.finditer(question):
        first, last = found["first"], found["last"] or found["first"]
        how = " ".join((found["how"] or "").lower().split())
        if not how and not _IS_DAY.fullmatch(first):
            continue
        if how == "van" and not _OF_A_DOCUMENT.search(question[: found.start()]):
            continue
        if not (read_typed_date(first) and read_typed_date(last)):
            continue
        date_from, date_to, label = _between(how, first, last)
        return Period(
            Span(found.start(), found.end()),
            date_from,
            date_to,
            label,
            tuple(tuple(words_of(_written(point))) for point in dict.fromkeys((first, last))),
            is_asked=bool(_MEASURES.search(question)),
        )
    return None


def _between(how: str, first: str, last: str) -> tuple[str, str, str]:
    """Return the first and last date of "sinds 2020" and the like, and its label."""
    written = _written(first)
    if how in ("sinds", "vanaf"):
        return _shortest(first), "", f"van {written} of later"
    if how == "na":
        return _next(first), "", f"van na {written}"
    if how in ("voor", "vóór", "tot"):
        return "", _previous(first), f"van voor {written}"
    if how in ("tot en met", "t/m"):
        return "", _shortest(first), f"van {written} of eerder"
    to = f" tot en met {_written(last)}" if last != first else ""
    word = "van" if _IS_DAY.fullmatch(first) and not to else "uit"
    return _shortest(first), _shortest(last), f"{word} {written}{to}"


def _shortest(point: str) -> str:
    """Return a day, month or year as the beginning of an ISO date: "2021-06" for "juni 2021"."""
    day = read_typed_date(point)
    if _IS_DAY.fullmatch(point):
        return day
    return day[:4] if _IS_YEAR.fullmatch(point) else day[:7]


def _next(point: str) -> str:
    if _IS_YEAR.fullmatch(point):
        return str(int(point) + 1)
    return (_day(read_typed_date(point, last=True)) + timedelta(days=1)).isoformat()


def _previous(point: str) -> str:
    if _IS_YEAR.fullmatch(point):
        return str(int(point) - 1)
    return (_day(read_typed_date(point)) - timedelta(days=1)).isoformat()


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _written(point: str) -> str:
    return write_date(_shortest(point))


def _relative(question: str, today: date) -> Period | None:
    """Return the period that is told from today: "vorige maand", "de afgelopen twee weken"."""
    for found in _RELATIVE.finditer(question):
        which, number = (found["which"] or "").lower(), (found["number"] or "").lower()
        if found["day"]:
            first = last = today - timedelta(days=_DAYS_AGO[found["day"].lower()])
        elif (found["many"] or which == "laatste") and not number:
            continue  # "de laatste jaren" says too little
        else:
            unit = found["unit"].lower()
            first, last = _counted(
                which, number, _UNITS.get(unit, unit.replace("jaren", "jaar")), today
            )
        dates = (first.isoformat(), last.isoformat())
        when = _dates(*dates) if first != last else write_date(dates[0])
        return Period(Span(found.start(), found.end()), *dates, f"uit de gevraagde tijd ({when})")
    return None


def _counted(which: str, number: str, unit: str, today: date) -> tuple[date, date]:
    if which in ("deze", "dit"):
        return _start(unit, today), today
    if which.startswith("vorig") and not number:
        last = _start(unit, today) - timedelta(days=1)
        return _start(unit, last), last
    count = int(number) if number.isdecimal() else _NUMBERS.index(number) + 1 if number else 1
    if unit in _MONTHS_OF:
        return _months_before(today, count * _MONTHS_OF[unit]), today
    return today - timedelta(days=count * (7 if unit == "week" else 1)), today


def _start(unit: str, day: date) -> date:
    """Return the first day of the week, month, quarter or year of a day."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS_OF.get(unit)
    return day.replace(month=(day.month - 1) // months * months + 1, day=1) if months else day


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
