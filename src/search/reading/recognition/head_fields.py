"""The labelled fields of a letter's or a note's head: date, subject, reference, sender.

A label is on the line of its value, on the line before it, or with other labels above the values
("Datum", "Onderwerp", then "10-05-2026", "Evaluatie").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.dutch.dates import read_printed_date

__all__ = ["PLACE_AND_DAY", "SALUTATION", "HeadFields", "read_head_fields"]

SALUTATION = re.compile(
    r"(?:Zeer )?(?:Geachte|Hooggeachte|Beste|Weledel|Hoogedel|Excellentie|Dames en heren|Mijnheer"
    r"|Mevrouw, mijnheer|Geacht)\b",
    re.IGNORECASE,
)
PLACE_AND_DAY = re.compile(
    r"(?:(?:[’'‘]s-|Den |’t )?[A-Z][\w’' -]{1,28}, )?(?:de )?"
    r"(?P<day>\d{1,2}(?: [a-z]{3,9} |-\d{1,2}-|/\d{1,2}/)\d{4})\.?"
)
"""A line that holds a date, with or without a place: "Den Haag, 8 maart 2011"."""
_SUBJECT, _DATE, _REFERENCE, _SENDER, _OTHER = "subject", "date", "reference", "sender", "other"
_NAMES = {
    _DATE: "datum uitspraak; datum; date; versiedatum",
    _SUBJECT: "betreft; onderwerp; inzake; onderwerp/ons kenmerk",
    _REFERENCE: "ons kenmerk; onze referentie; kenmerk; ons nummer",
    _OTHER: "zaaknummer; zaaknr; uw kenmerk; uw brief; uw fax; uw referentie; bijlage; uw brief "
    "van; bijlage(n); bijlagen; telefoon; fax; e-mail; email; behandeld door; "
    "contactpersoon; afdeling; team; voor; aan; cc; kopie aan; datum publicatie; locatie; "
    "tijd; voorzitter; afwezig; aanwezig; doorkiesnummer; pagina; portefeuillehouder; "
    "verzonden; inlichtingen bij",
    _SENDER: "van; afzender; instantie",
}
_LABELS = {name: field for field, names in _NAMES.items() for name in names.split("; ")}
_BY_LENGTH = "|".join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?P<label>{_BY_LENGTH})\s*(?P<colon>:)?(?:\s+(?P<value>\S.*))?", re.IGNORECASE
)
_CODE = re.compile(r"(?=.*\d)[\w./:–-]+(?: ?[/-] ?[\w./–-]+| \d[\w./-]*)*")
_NUMBER = re.compile(r"[\d\s()+.-]+")
_ADDRESS = re.compile(r"\S+@\S+|www\.\S+|https?:\S+|.*\b\d{4} ?[A-Z]{2}\b.*")
_CONTINUES = re.compile(r"[a-zà-ÿ(0-9]")
_MAX_SUBJECT_LINES = 4
_MAX_AWAY = 8
"""Lines between a label and its value."""
_PRINTED = re.compile(r"\d{1,2}[-./ ]\w+[-./ ]\d{4}")


@dataclass(slots=True)
class HeadFields:
    """The values of a head; empty where it has none."""

    subject: str = ""
    date: str = ""
    reference: str = ""
    sender: str = ""
    labels: int = 0
    """How many of subject, date and reference are labelled."""


def read_head_fields(lines: Sequence[str]) -> HeadFields:
    """Read the labelled fields in the lines before the text; the first value of each counts."""
    found = HeadFields()
    for at, line in enumerate(lines):
        if SALUTATION.match(line):
            break
        label = _label_of(line)
        if label is None:
            continue
        field, value = label
        if field is _OTHER or getattr(found, field):
            continue
        after = list(lines[at + 1 : at + 1 + _MAX_AWAY])
        read = _READERS[field](value, after)
        if read:
            setattr(found, field, read)
            found.labels += field is not _SENDER
    return found


def _label_of(line: str) -> tuple[str, str] | None:
    """Return the field that a line labels, and its value on the line itself."""
    match = _LABEL.fullmatch(line)
    if match is None:
        return None
    field, value = _LABELS[match["label"].lower()], match["value"] or ""
    has_room = match["colon"] or (
        match["label"][:1].isupper()
        and (value[:1].isupper() or value[:1].isdigit() or value[:1] in "“‘'«\"")
    )
    if value and not has_room:
        return None
    if value and field is _SENDER and not match["colon"]:
        return (field, value) if match["label"].lower() == "instantie" else None
    if value and not match["colon"] and field is _OTHER and len(value) > 60:
        return None
    return field, value


def _date(value: str, after: list[str]) -> str:
    if value:
        return read_printed_date(value)
    for line in after:
        if SALUTATION.match(line):
            break
        if len(line) <= 40 and (day := read_printed_date(line)):
            return day
    return ""


def _subject(value: str, after: list[str]) -> str:
    """Return the value with the lines that continue it, up to the salutation."""
    kept = [value] if value and not _is_other_value(value) else []
    ended = False
    skipping = not kept
    for line in after:
        if SALUTATION.match(line):
            ended = True
            break
        if skipping and (_label_of(line) or _is_other_value(line)):
            continue
        if kept and (_label_of(line) or _is_other_value(line)):
            break
        skipping = False
        kept.append(line)
        if len(kept) == _MAX_SUBJECT_LINES:
            break
    if not kept:
        return ""
    count = len(kept) if ended else 1
    if not ended:
        while count < len(kept) and _CONTINUES.match(kept[count]) and len(kept[count]) < 90:
            count += 1
    return _joined(kept[:count]).strip(" '‘’\"“”.") if len(kept[0]) < 400 else ""


def _is_other_value(line: str) -> bool:
    """Return whether a line is a date, a reference, a telephone number or an address."""
    if _PRINTED.fullmatch(line) and read_printed_date(line):
        return True
    return any(pattern.fullmatch(line) for pattern in (_CODE, _NUMBER, _ADDRESS))


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        cut = text.endswith("-") and line[:1].islower() and not line.startswith(("en ", "of "))
        text = text[:-1] + line if cut else f"{text} {line}"
    return text


def _reference(value: str, after: list[str]) -> str:
    for line in [value] if value else after[:3]:
        if len(line) <= 60 and _CODE.fullmatch(line) and not read_printed_date(line):
            return line
    return ""


def _sender(value: str, after: list[str]) -> str:
    line = value or (after[0] if after else "")
    return "" if _label_of(line) or _is_other_value(line) or len(line) > 120 else line


_READERS = {_SUBJECT: _subject, _DATE: _date, _REFERENCE: _reference, _SENDER: _sender}
