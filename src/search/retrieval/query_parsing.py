"""What a question says besides what it asks: which document, which period, two questions in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.dutch.terms import asks_something
from search.records import DocumentConstraints, Filters, Hint, HintKind

__all__ = ["ParsedQuestion", "parse_question"]

_KAMERSTUK = re.compile(
    r"(?:\b(?:in|uit|volgens|van)\s+(?:het\s+)?)?\b"
    r"(?:kamerstuk(?:ken)?(?:\s+I{1,2})?(?:\s+\d{4}[/–-]\d{2,4},?)?|kst|TK|dossier)[\s-]*"
    r"(?P<dossier>\d{2}[ .\u00a0]?\d{3})(?:[ -](?P<sub>[IVXLC]{1,6})\b)?"
    r"(?:(?:\s*,?\s*nrs?\.?\s*|-)(?P<number>\d{1,5}|[A-Z]{1,2})\b)?",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:in|uit|volgens)\s+(?:de|het|deze|dit)\s+"
    r"(?P<kind>kamerbrief|brief|nieuwsbericht|persbericht|motie|verslag|nota)\b",
    re.IGNORECASE,
)
_KINDS = {"kamerbrief": "brief", "persbericht": "nieuwsbericht"}
_YEARS = re.compile(
    r"\b(?P<how>in|uit|sinds|vanaf|na|voor|tot)\s+(?:het jaar\s+)?(?P<first>19\d\d|20\d\d)"
    r"(?:\s*(?:en|tot|-|–|t/m)\s*(?P<last>19\d\d|20\d\d))?\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\s*,?\s+en\s+(?=(?:wat|wie|hoe|waar|waarom|wanneer|welke?|hoeveel)\b)", re.IGNORECASE
)


class _Counted(Protocol):
    @property
    def documents(self) -> int: ...


class Documents(Protocol):
    """The documents of a corpus, as far as a hint needs them: an open index has this."""

    @property
    def manifest(self) -> _Counted:
        """How many documents there are."""
        ...

    def documents_of(self, reference: DocumentConstraints) -> Sequence[str]:
        """Give the ids of the documents that a reference means."""
        ...


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question as it will be searched: its parts, its filters, and the hints they came from."""

    parts: tuple[str, ...]
    filters: Filters
    preferred: frozenset[str]
    """Documents of the period that the question names: they rank a little higher."""
    hints: tuple[Hint, ...]


def parse_question(
    question: str,
    filters: Filters,
    documents: Documents,
    ignored: Collection[HintKind] = (),
) -> ParsedQuestion:
    """Read the hints of a question, given the documents of the corpus.

    A reference to a Kamerstuk or a kind of document ("in het nieuwsbericht") becomes a filter,
    when the corpus has such documents and not only such. A year becomes a preference: it may as
    well belong to what is asked ("hoeveel mensen in 2050?"). Hints of the kinds in `ignored`, and
    those on what is filtered already, are left alone.
    """
    hints: list[Hint] = []
    if not filters.documents and HintKind.DOCUMENT not in ignored:
        found = _document_hint(question, documents)
        if found:
            hint, question = found
            hints.append(hint)
            filters = Filters(filters.themes, hint.documents, filters.date_from, filters.date_to)
    preferred: frozenset[str] = frozenset()
    if not (filters.date_from or filters.date_to) and HintKind.PERIOD not in ignored:
        period = _period_hint(question, documents)
        if period:
            hints.append(period)
            preferred = frozenset(period.documents)
    return ParsedQuestion(_parts(question), filters, preferred, tuple(hints))


def _document_hint(question: str, documents: Documents) -> tuple[Hint, str] | None:
    """Give the hint on a document and the question without the words that give it."""
    for pattern, reference in ((_KAMERSTUK, _to_kamerstuk), (_KIND, _to_kind)):
        found = pattern.search(question)
        if not found:
            continue
        rest = " ".join((question[: found.start()] + question[found.end() :]).split())
        ids = tuple(documents.documents_of(reference(found))) if asks_something(rest) else ()
        if ids and len(ids) < documents.manifest.documents:
            words = re.sub(r"^(?:in|uit|volgens|van)\s+", "", found.group().strip(), flags=re.I)
            return Hint(HintKind.DOCUMENT, words, ids), rest
    return None


def _to_kamerstuk(found: re.Match[str]) -> DocumentConstraints:
    number = re.sub(r"\D", "", found["dossier"])
    if found["sub"]:
        number += f"-{found['sub'].upper()}"
    return DocumentConstraints(dossier=number, ondernummer=found["number"] or "")


def _to_kind(found: re.Match[str]) -> DocumentConstraints:
    kind = found["kind"].lower()
    return DocumentConstraints(kind=_KINDS.get(kind, kind))


def _period_hint(question: str, documents: Documents) -> Hint | None:
    found = _YEARS.search(question)
    if not found:
        return None
    ids = tuple(documents.documents_of(_to_years(found)))
    if not ids or len(ids) == documents.manifest.documents:
        return None
    return Hint(HintKind.PERIOD, found.group().strip(), ids)


def _to_years(found: re.Match[str]) -> DocumentConstraints:
    first, last = found["first"], found["last"] or found["first"]
    how = found["how"].lower()
    if how in ("sinds", "vanaf"):
        return DocumentConstraints(year_from=first)
    if how == "na":
        return DocumentConstraints(year_from=str(int(first) + 1))
    if how in ("voor", "tot"):
        return DocumentConstraints(year_to=first)
    return DocumentConstraints(year_from=first, year_to=last)


def _parts(question: str) -> tuple[str, ...]:
    """Cut a question that asks two things; each part must be about something."""
    parts = _two(question)
    return parts if all(asks_something(part) for part in parts) else (question,)


def _two(question: str) -> tuple[str, ...]:
    pieces: Iterable[str] = (piece.strip() for piece in _TWO.split(question))
    return tuple(piece for piece in pieces if piece)
