"""Dates as Dutch texts write them and as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date

__all__ = [
    "MONTHS",
    "iso_day",
    "numeric_date",
    "read_date",
    "read_printed_date",
    "read_printed_month",
    "read_typed_date",
    "write_date",
]

MONTHS = tuple(
    "januari februari maart april mei juni juli augustus september oktober november "
    "december".split()
)
_WRITTEN = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
_PRINTED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})\s+(?P<name>{'|'.join(MONTHS)}|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov"
    r"|dec)\.?\s+(?P<year>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<first>\d{1,2})\s?(?P<sign>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<last>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_PRINTED_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)
_TYPED_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_TYPED_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]+)[-/. ](\d{4})$")
_TYPED_MONTH = re.compile(r"(\d{1,2}|[a-z]+)[-/. ](\d{4})$")
_TYPED_YEAR = re.compile(r"(\d{4})$")


def read_date(text: str) -> str:
    """Return the first date such as "24 maart 2021" in ISO form, or an empty text."""
    found = _WRITTEN.search(text)
    if not found:
        return ""
    return _iso(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))


def read_printed_date(text: str) -> str:
    """Return the first date in a text in ISO form, or an empty text.

    Read are "24 maart 2021", "24 mrt. 2021", "24-3-2021", "24/03/2021", "24.03.2021" and
    "2021-03-24".
    """
    for found in _PRINTED.finditer(text):
        if found["iso"]:
            day = iso_day(found["iso"])
        elif found["name"]:
            name = found["name"].lower()
            day = _iso(int(found["year"]), _month(name[:3]) or _month(name), int(found["day"]))
        else:
            day = _iso(int(found["last"]), int(found["month"]), int(found["first"]))
        if day:
            return day
    return ""


def read_printed_month(text: str) -> str:
    """Return the first month such as "juni 2014" in ISO form ("2014-06"), or an empty text."""
    found = _PRINTED_MONTH.search(text)
    return f"{found[2]}-{MONTHS.index(found[1].lower()) + 1:02}" if found else ""


def read_typed_date(text: str, *, last: bool = False) -> str:
    """Return a date as people type it in ISO form, or an empty text if it is no date.

    A month ("maart 2021") or a year means its first day, or with `last` its last.
    """
    words = " ".join(text.lower().split())
    if found := _TYPED_ISO.match(words):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _TYPED_DAY_FIRST.match(words):
        return _iso(int(found[3]), _month(found[2]), int(found[1]))
    if found := _TYPED_MONTH.match(words):
        year, month = int(found[2]), _month(found[1])
    elif found := _TYPED_YEAR.match(words):
        year, month = int(found[1]), 12 if last else 1
    else:
        return ""
    return _iso(year, month, 1, last=last)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    found = [i for i, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)]
    return found[0] if found else 3 if text == "mrt" else 0


def _iso(year: int, month: int, day: int, *, last: bool = False) -> str:
    try:
        end = calendar.monthrange(year, month)[1] if last else day
        return date(year, month, end).isoformat()
    except ValueError:
        return ""


def iso_day(moment: str) -> str:
    """Return the day of a moment such as "2023-12-20T15:49:00Z", or an empty text for another."""
    day = _read_iso(moment.strip()[:10])
    return day.isoformat() if day else ""


def numeric_date(iso: str) -> str:
    """Return an ISO date as people type it ("24-03-2021"), and any other text unchanged."""
    day = _read_iso(iso)
    return f"{day.day:02}-{day.month:02}-{day.year:04}" if day else iso


def write_date(iso: str) -> str:
    """Return an ISO date as Dutch texts write it ("24 maart 2021"), other text unchanged.

    Of a month ("2014-06") that is "juni 2014".
    """
    day = _read_iso(iso)
    if day is None and (month := _read_iso(f"{iso}-01")):
        return f"{MONTHS[month.month - 1]} {month.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else iso


def _read_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
