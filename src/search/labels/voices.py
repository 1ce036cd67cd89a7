"""Voices: who speaks in each sentence of a document, by its author and the text around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from search.labels.kamer_voices import KamerVoices, MotionVoices
from search.labels.quotations import Quotations
from search.labels.voice import (
    ADVICE,
    CABINET,
    CABINET_HEADING,
    MINISTER_ROLE,
    QUESTION,
    REACTION,
    Dialogue,
    Voice,
)
from search.records import AuthorKind, Document, Holder, Sentence

__all__ = ["Place", "voices_of"]

Place = tuple[tuple[str, ...], Sentence]
"""A sentence with the headings above it."""

_REACTION_HEADING = re.compile(r"(?:Reactie|Appreciatie)(?: kabinet| minister)?\W*$", re.IGNORECASE)
_MOTION_TITLE = re.compile(
    r"(?:(?:nader|gewijzigde?|verbeterde?|tweede|derde) )*(?:motie|(?:sub)?amendement)"
    r" van (?:het|de) (?:kamer)?(?:lid|leden)\b",
    re.IGNORECASE,
)
_TWO_VOICES = re.compile(r"advies\b.*\bnader rapport\b", re.IGNORECASE)
_MINISTER_KINDS = frozenset({"Brief regering", "Antwoord op Kamervragen"})


def voices_of(document: Document, places: Sequence[Place]) -> list[Voice]:
    """Return the voice of each sentence; they are given in document order with their headings."""
    read, quotations = _reader_of(document), Quotations()
    voices = []
    for path, sentence in places:
        text = " ".join(document.text[sentence.start : sentence.end].split())
        voices.append(quotations.voice(path, text, read(path, text)))
    return voices


_Reader = Callable[[tuple[str, ...], str], Voice]


def _reader_of(document: Document) -> _Reader:
    metadata, author = document.metadata, document.author_kind
    is_motion = metadata.kind in ("Motie", "Amendement")
    if is_motion or (author is not AuthorKind.CABINET and _MOTION_TITLE.match(metadata.title)):
        return MotionVoices(document)
    if metadata.kind == "Nader rapport" or _TWO_VOICES.match(metadata.title):
        return _FurtherReport(document)
    return KamerVoices(document) if author is AuthorKind.PARLIAMENT else _Plain(document)


# Advice of the Raad van State with the minister's report on it

_POINT = re.compile(r"(?P<mark>\d{1,2}|[a-z])[.)]\s")
_FROM_MINISTER = re.compile(
    r"(?:Blijkens de mededeling|Dit advies, gedateerd|De tekst van het advies"
    r"|Ik (?:moge|bied|verzoek) U|.{0,80}\b(?:bied ik U (?:hierbij|hieronder) aan|mijn reactie)\b)"
)
_FROM_COUNCIL = re.compile(
    r"(?:Bij Kabinetsmissive\b|De Afdeling advisering van de Raad van State (?:heeft|geeft)"
    r"|De Raad van State (?:geeft U in overweging|heeft))"
)
_REACTS = re.compile(
    r"(?:\d{1,2}\.? |[a-z]\. )?(?:Reactie|Nader rapport)\b[^.?!]{0,60}$", re.IGNORECASE
)
_ADVISES = re.compile(r"(?:\d{1,2}\.? )?Advies\b[^.?!]{0,60}$", re.IGNORECASE)
_RETELLS = re.compile(r"De (?:Afdeling|Raad van State)\b(?!.*\bterecht\b)", re.IGNORECASE)
"""In a reaction, what the council finds; "terecht" makes it the minister's own view."""
_SIGNED = re.compile(
    r"(?:De )?(?:waarnemend )?vice-?president van de Raad van State", re.IGNORECASE
)


class _FurtherReport:
    """The council's advice, point by point, each followed by the minister's reaction."""

    def __init__(self, document: Document) -> None:
        lines = (document.text[block.start : block.end] for block in document.blocks)
        self._has_marks = any(_REACTS.match(line.strip()) for line in lines)
        self._path: tuple[str, ...] = ()
        self._point = ""
        self._voice = ADVICE

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if path != self._path:
            entered = [heading for heading in path if heading not in self._path]
            self._path, self._voice = path, ADVICE
            for heading in entered:
                self._enter(heading)
        if _FROM_MINISTER.match(text):
            return REACTION
        if _SIGNED.match(text):
            self._voice = REACTION
            return ADVICE
        self._enter(text)
        if self._voice is REACTION and _RETELLS.match(text):
            return replace(ADVICE, section=REACTION.section)
        return self._voice

    def _enter(self, line: str) -> None:
        """Change the voice where a line opens a reaction, an advice or the next point."""
        if _REACTS.match(line):
            self._voice = REACTION
        elif _ADVISES.match(line) or _FROM_COUNCIL.match(line):
            self._voice = ADVICE
        elif point := _POINT.match(line):
            # Where no line says so, the reaction to a point has the number of the point.
            is_same = point["mark"] == self._point and self._voice is ADVICE
            if is_same and not self._has_marks:
                self._voice = REACTION
            elif self._follows(point["mark"]):
                self._voice, self._point = ADVICE, point["mark"]

    def _follows(self, mark: str) -> bool:
        before = self._point
        if mark in ("1", "a") or not before or mark.isdigit() != before.isdigit():
            return True
        step = int(mark) - int(before) if mark.isdigit() else ord(mark) - ord(before)
        return step == 1


# Documents of one author


class _Plain:
    """Any other document: its author speaks, or the cabinet where a heading says so."""

    def __init__(self, document: Document) -> None:
        self._author = _author_of(document)
        self._own = _OWN_VOICES[self._author](document)
        self._dialogue = Dialogue(document)

    def __call__(self, path: tuple[str, ...], text: str) -> Voice:
        if self._own.excludes_cabinet:
            return self._own
        said = self._dialogue.is_answer(path, text)
        if self._author in (AuthorKind.CABINET, AuthorKind.UNKNOWN):
            if said is not None:
                return CABINET if said else QUESTION
            if any(_REACTION_HEADING.match(heading) for heading in path):
                return CABINET
        return CABINET if any(map(CABINET_HEADING.search, path)) else self._own


def _author_of(document: Document) -> AuthorKind:
    """Return whose document it is; a minister's where only its title or signature tells."""
    metadata = document.metadata
    if document.author_kind is not AuthorKind.UNKNOWN:
        return document.author_kind
    signed = [*(s.function for s in document.signatories), *(p.role for p in metadata.people)]
    if (
        metadata.kind in _MINISTER_KINDS
        or any(map(MINISTER_ROLE.search, signed))
        or CABINET_HEADING.search(f"{metadata.title} {metadata.subject}")
    ):
        return AuthorKind.CABINET
    return AuthorKind.UNKNOWN


def _issuer(document: Document) -> str:
    """Return who issued a document, by the abbreviation where the name gives one: "WRR"."""
    issuer = document.metadata.issuer
    short = re.search(r"\((?P<short>[A-Z][\w-]{1,9})\)$", issuer)
    return short["short"] if short else issuer


def _party_name(document: Document) -> str:
    metadata = document.metadata
    named = re.search(r"\bvan (?:de |het )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)", metadata.title)
    return metadata.issuer or (named["name"] if named else "")


def _other_voice(document: Document) -> Voice:
    if document.metadata.kind == "Wet":
        return Voice(Holder.NONE, excludes_cabinet=True)
    return Voice(Holder.OTHER, _issuer(document))


_OWN_VOICES: dict[AuthorKind, Callable[[Document], Voice]] = {
    AuthorKind.CABINET: lambda _: CABINET,
    AuthorKind.PARLIAMENT: lambda _: Voice(Holder.PARLIAMENT, "Kamer"),
    AuthorKind.ADVISOR: lambda d: Voice(Holder.ADVISOR, _issuer(d)),
    AuthorKind.MUNICIPALITY: lambda d: Voice(
        Holder.MUNICIPALITIES, d.metadata.issuer, excludes_cabinet=True, quotes_cabinet=False
    ),
    AuthorKind.COURT: lambda d: Voice(Holder.OTHER, d.metadata.issuer or "rechter"),
    AuthorKind.PARTY: lambda d: Voice(
        Holder.OTHER, _party_name(d), excludes_cabinet=True, quotes_cabinet=False
    ),
    AuthorKind.OTHER: _other_voice,
    AuthorKind.UNKNOWN: lambda _: Voice(Holder.OTHER, by_first_person=True),
}
