"""Dates as Dutch texts write them and as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date

__all__ = ["MONTHS", "iso_day", "numeric_date", "read_date", "read_typed_date", "write_date"]

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_WRITTEN = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
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
    try:
        return date.fromisoformat(moment.strip()[:10]).isoformat()
    except ValueError:
        return ""


def numeric_date(iso: str) -> str:
    """Return an ISO date as people type it ("24-03-2021"), and any other text unchanged."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def write_date(iso: str) -> str:
    """Return an ISO date as Dutch texts write it ("24 maart 2021"), other text unchanged."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
