"""What a question says besides what it asks: which document, which period, two questions in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from search.records import Filters, Hint, HintKind, Metadata
from search.retrieval.analysis import asks_something

__all__ = ["Understood", "understand"]

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


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it will be searched: its parts, its filters, and the hints they came from."""

    parts: tuple[str, ...]
    filters: Filters
    preferred: frozenset[str]
    """Documents of the period that the question names: they rank a little higher."""
    hints: tuple[Hint, ...]


def understand(
    question: str,
    filters: Filters,
    documents: Mapping[str, Metadata],
    ignored: Collection[HintKind] = (),
) -> Understood:
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
    return Understood(_parts(question), filters, preferred, tuple(hints))


def _document_hint(question: str, documents: Mapping[str, Metadata]) -> tuple[Hint, str] | None:
    """Give the hint on a document and the question without the words that give it."""
    for pattern, meant in ((_KAMERSTUK, _is_kamerstuk), (_KIND, _is_kind)):
        found = pattern.search(question)
        if not found:
            continue
        ids = tuple(name for name, metadata in documents.items() if meant(found, metadata))
        rest = " ".join((question[: found.start()] + question[found.end() :]).split())
        if ids and len(ids) < len(documents) and asks_something(rest):
            words = re.sub(r"^(?:in|uit|volgens|van)\s+", "", found.group().strip(), flags=re.I)
            return Hint(HintKind.DOCUMENT, words, ids), rest
    return None


def _is_kamerstuk(found: re.Match[str], metadata: Metadata) -> bool:
    number = re.sub(r"\D", "", found["dossier"])
    if found["sub"]:
        number += f"-{found['sub'].upper()}"
    if number not in {dossier.number for dossier in metadata.dossiers}:
        return False
    return found["number"] is None or found["number"].upper() == metadata.ondernummer.upper()


def _is_kind(found: re.Match[str], metadata: Metadata) -> bool:
    kind = found["kind"].lower()
    return _KINDS.get(kind, kind) in metadata.kind.lower().split()


def _period_hint(question: str, documents: Mapping[str, Metadata]) -> Hint | None:
    found = _YEARS.search(question)
    if not found:
        return None
    ids = tuple(
        name for name, metadata in documents.items() if _within(found, metadata.date[:4] or "0000")
    )
    if not ids or len(ids) == len(documents):
        return None
    return Hint(HintKind.PERIOD, found.group().strip(), ids)


def _within(found: re.Match[str], year: str) -> bool:
    first, last = found["first"], found["last"] or found["first"]
    how = found["how"].lower()
    if how in ("sinds", "vanaf"):
        return year >= first
    if how == "na":
        return year > first
    if how in ("voor", "tot"):
        return "0000" < year <= first
    return first <= year <= last


def _parts(question: str) -> tuple[str, ...]:
    """Cut a question that asks two things; each part must be about something."""
    parts = _two(question)
    return parts if all(asks_something(part) for part in parts) else (question,)


def _two(question: str) -> tuple[str, ...]:
    pieces: Iterable[str] = (piece.strip() for piece in _TWO.split(question))
    return tuple(piece for piece in pieces if piece)
