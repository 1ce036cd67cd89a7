"""Dutch wording: dates, counts and the names of things."""

from __future__ import annotations

import calendar
import re
from datetime import date

from search.reading import MONTHS
from search.records import Kind, Theme, ThemeOrigin

__all__ = [
    "count",
    "escape_markdown",
    "kind_label",
    "numeric_date",
    "read_date",
    "strength",
    "theme_label",
]

_KINDS = {
    Kind.LETTERHEAD: "Briefhoofd",
    Kind.HEADING: "Kop",
    Kind.LIST_ITEM: "Lijst",
    Kind.TABLE: "Tabel",
    Kind.FOOTNOTE: "Voetnoot",
    Kind.SIGNATURE: "Ondertekening",
}
_ORIGINS = {
    ThemeOrigin.STRUCTURE: "uit het document",
    ThemeOrigin.METADATA: "officieel",
    ThemeOrigin.ESTIMATED: "geschat",
}
_NUMBERED = re.compile(r"thema\s+\w{1,4}\s*[:.–-]\s*(?=\S)", re.I)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]+)[-/. ](\d{4})$")
_MONTH_FIRST = re.compile(r"(\d{1,2}|[a-z]+)[-/. ](\d{4})$")
_YEAR = re.compile(r"(\d{4})$")

_STRONG, _FAIR = 0.85, 0.65
"""Confidence from which an answer is called strong or fair; from 0.5 there is an answer."""


def numeric_date(iso: str) -> str:
    """Write an ISO date as people type it ("24-03-2021"); anything else stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def read_date(text: str, *, last: bool = False) -> str:
    """Read a date as people type it and give it in ISO form, or an empty text when it is none.

    A month ("maart 2021") or a year stands for its first day, or with `last` for its last.
    """
    words = " ".join(text.lower().split())
    if found := _ISO.match(words):
        year, month, day = found[1], found[2], found[3]
    elif found := _DAY_FIRST.match(words):
        year, month, day = found[3], found[2], found[1]
    elif found := _MONTH_FIRST.match(words):
        year, month, day = found[2], found[1], ""
    elif found := _YEAR.match(words):
        year, month, day = found[1], "12" if last else "1", ""
    else:
        return ""
    return _iso(int(year), _month(month), day, last)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    found = [i for i, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)]
    return found[0] if found else 3 if text == "mrt" else 0


def _iso(year: int, month: int, day: str, last: bool) -> str:
    try:
        number = int(day) if day else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def count(number: int, one: str, more: str) -> str:
    """Write a number with its noun ("1 passage", "1.204 passages")."""
    return f"{number:,} {one if number == 1 else more}".replace(",", ".")


def strength(confidence: float) -> str:
    """Say in a word how strongly the sources answer: sterk, redelijk or zwak."""
    if confidence >= _STRONG:
        return "sterk"
    return "redelijk" if confidence >= _FAIR else "zwak"


def escape_markdown(text: str) -> str:
    """Write a text so that Streamlit's labels, which read Markdown, show it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~:$-])", r"\\\1", text)


def kind_label(kind: Kind) -> str:
    """Name what a passage is, or give an empty text for an ordinary paragraph."""
    return _KINDS.get(kind, "")


def theme_label(theme: Theme) -> str:
    """Name a theme with its origin in words ("Migratie en integratie (geschat)")."""
    name = _NUMBERED.sub("", theme.label, count=1) if _NUMBERED.match(theme.label) else theme.label
    return f"{name} ({_ORIGINS[theme.origin]})" if name else ""
