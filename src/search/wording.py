"""Dutch wording: dates, counts and the names of things."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from search.dutch import MONTHS, write_date
from search.records import Entry, Holder, Kind, Label, Stance, Theme, ThemeOrigin

__all__ = [
    "HOLDERS",
    "STANCES",
    "count",
    "document_names",
    "escape_markdown",
    "holder_label",
    "kind_label",
    "likelihood",
    "numeric_date",
    "read_date",
    "strength",
    "theme_label",
    "theme_name",
]

STANCES = {
    Stance.SUPPORT: "steun",
    Stance.PARTIAL: "gedeeltelijke steun",
    Stance.RESERVATION: "voorbehoud",
    Stance.RESEARCH: "nader onderzoek",
    Stance.REJECTION: "afwijzing",
    Stance.COMMITMENT: "toezegging",
    Stance.EXISTING: "bestaand beleid",
    Stance.DEFERRED: "doorgeschoven",
    Stance.EXPLANATION: "toelichting",
    Stance.PROCEDURE: "procedure",
    Stance.ADVICE: "aanbeveling",
    Stance.FINDING: "bevinding",
    Stance.FACT: "feit",
}
"""The stances as people write them, in the order in which they are shown."""
HOLDERS = {
    Holder.CABINET: "Kabinet",
    Holder.ADVISOR: "Adviesorgaan",
    Holder.MUNICIPALITIES: "Gemeenten",
    Holder.PARLIAMENT: "Kamer",
    Holder.OTHER: "Ander",
}
"""The holders as people write them; a sentence of nobody in particular has none."""
_OTHER_CABINETS = ("volgend kabinet", "vorig kabinet")

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

_LIKELY, _PERHAPS = 0.8, 0.5
"""Probability from which a label is called likely or fairly so."""


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


def likelihood(probability: float) -> str:
    """Say in a word how sure a label is: hoog, redelijk or laag."""
    if probability >= _LIKELY:
        return "hoog"
    return "redelijk" if probability >= _PERHAPS else "laag"


def holder_label(label: Label) -> str:
    """Name the holder of a view as readers know it ("Kabinet", "WRR"), or give an empty text.

    The cabinet is the cabinet whatever the text calls it, but the one before or after it is not.
    """
    if label.holder not in HOLDERS:
        return ""
    if label.holder is Holder.CABINET and label.holder_name not in _OTHER_CABINETS:
        return HOLDERS[Holder.CABINET]
    return label.holder_name or HOLDERS[label.holder]


def document_names(entries: Iterable[Entry]) -> dict[str, str]:
    """Name the documents by id so that they can be told apart."""
    names = {}
    for entry in entries:
        known = (entry.metadata.kind.lower(), write_date(entry.metadata.date))
        more = ", ".join(part for part in known if part)
        names[entry.id] = (entry.metadata.name or entry.id) + (f" ({more})" if more else "")
    return names


def escape_markdown(text: str) -> str:
    """Write a text so that Streamlit's labels, which read Markdown, show it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~:$-])", r"\\\1", text)


def kind_label(kind: Kind) -> str:
    """Name what a passage is, or give an empty text for an ordinary paragraph."""
    return _KINDS.get(kind, "")


def theme_name(label: str) -> str:
    """Give a theme's name without its number ("Thema 4: Migratiebeleid" is "Migratiebeleid")."""
    return _NUMBERED.sub("", label, count=1) if _NUMBERED.match(label) else label


def theme_label(theme: Theme) -> str:
    """Name a theme with its origin in words ("Migratie en integratie (geschat)")."""
    name = theme_name(theme.label)
    return f"{name} ({_ORIGINS[theme.origin]})" if name else ""
