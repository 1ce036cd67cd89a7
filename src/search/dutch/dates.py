"""Dates as Dutch texts write them."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["MONTHS", "iso_day", "read_date", "write_date"]

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
_DATE = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)


def read_date(text: str) -> str:
    """Read the first date such as "24 maart 2021" as ISO 8601, or give an empty text."""
    found = _DATE.search(text)
    if not found:
        return ""
    try:
        return date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1])).isoformat()
    except ValueError:
        return ""


def iso_day(moment: str) -> str:
    """Give the day of a moment such as "2023-12-20T15:49:00Z", or an empty text for any other."""
    try:
        return date.fromisoformat(moment.strip()[:10]).isoformat()
    except ValueError:
        return ""


def write_date(iso: str) -> str:
    """Write an ISO 8601 date as "24 maart 2021"; what is no date is given back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
