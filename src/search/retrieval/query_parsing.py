"""What a question says about where to look: a document, a period; and two questions in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from search.dutch.question_words import INTERROGATIVES
from search.dutch.terms import asks_something
from search.records import DocumentConstraints, Filters, Hint, HintKind
from search.references import DOSSIER_MENTION, dossier_id

__all__ = ["ParsedQuestion", "parse_question"]

_PREPOSITION = r"(?:in|uit|volgens|van)\s+"
_KAMERSTUK = re.compile(rf"(?:\b{_PREPOSITION}(?:het\s+)?)?\b{DOSSIER_MENTION}", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:in|uit|volgens)\s+(?:de|het|deze|dit)\s+"
    r"(?P<kind>kamerbrief|brief|nieuwsbericht|persbericht|motie|verslag|nota)\b",
    re.IGNORECASE,
)
_INDEXED_KINDS = {"kamerbrief": "brief", "persbericht": "nieuwsbericht"}
_YEARS = re.compile(
    r"\b(?P<how>in|uit|sinds|vanaf|na|voor|tot)\s+(?:het jaar\s+)?(?P<first>19\d\d|20\d\d)"
    r"(?:\s*(?:en|tot|-|–|t/m)\s*(?P<last>19\d\d|20\d\d))?\b",
    re.IGNORECASE,
)
_SECOND_QUESTION = re.compile(rf"\s*,?\s+en\s+(?={INTERROGATIVES})", re.IGNORECASE)


class _Counted(Protocol):
    @property
    def documents(self) -> int: ...


class Documents(Protocol):
    """The documents of a corpus as far as hints need them; an open index implements this."""

    @property
    def manifest(self) -> _Counted:
        """Return how many documents there are."""
        ...

    def documents_of(self, constraints: DocumentConstraints, /) -> Sequence[str]:
        """Return the ids of the documents that meet the constraints."""
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
    """Return a question with its hints applied; the user's own filters are kept as they are.

    A Kamerstuk or a kind of document ("in het nieuwsbericht") becomes a filter if some of
    `documents` meet it, but not all. A year becomes a preference, because it may be part of what
    is asked ("hoeveel mensen in 2050?"). Hints of the kinds in `ignored`, and hints on what the
    user filters already, are not applied.
    """
    hints: list[Hint] = []
    if not filters.documents and HintKind.DOCUMENT not in ignored:
        found = _document_hint(question, documents)
        if found:
            hint, question = found
            hints.append(hint)
            filters = replace(filters, documents=hint.documents)
    preferred: frozenset[str] = frozenset()
    if not (filters.date_from or filters.date_to) and HintKind.PERIOD not in ignored:
        period = _period_hint(question, documents)
        if period:
            hints.append(period)
            preferred = frozenset(period.documents)
    return ParsedQuestion(_split(question), filters, preferred, tuple(hints))


def _document_hint(question: str, documents: Documents) -> tuple[Hint, str] | None:
    """Return the hint on a document, and the question without the words of that hint."""
    for pattern, read in ((_KAMERSTUK, _kamerstuk_constraints), (_KIND, _kind_constraints)):
        found = pattern.search(question)
        if not found:
            continue
        rest = " ".join((question[: found.start()] + question[found.end() :]).split())
        ids = tuple(documents.documents_of(read(found))) if asks_something(rest) else ()
        if ids and len(ids) < documents.manifest.documents:
            words = re.sub(rf"^{_PREPOSITION}", "", found.group().strip(), flags=re.IGNORECASE)
            return Hint(HintKind.DOCUMENT, words, ids), rest
    return None


def _kamerstuk_constraints(found: re.Match[str]) -> DocumentConstraints:
    dossier = dossier_id(found["dossier"], (found["chapter"] or "").upper())
    return DocumentConstraints(dossier=dossier, ondernummer=found["number"] or "")


def _kind_constraints(found: re.Match[str]) -> DocumentConstraints:
    kind = found["kind"].lower()
    return DocumentConstraints(kind=_INDEXED_KINDS.get(kind, kind))


def _period_hint(question: str, documents: Documents) -> Hint | None:
    found = _YEARS.search(question)
    if not found:
        return None
    ids = tuple(documents.documents_of(_year_constraints(found)))
    if not ids or len(ids) == documents.manifest.documents:
        return None
    return Hint(HintKind.PERIOD, found.group().strip(), ids)


def _year_constraints(found: re.Match[str]) -> DocumentConstraints:
    first, last = found["first"], found["last"] or found["first"]
    how = found["how"].lower()
    if how in ("sinds", "vanaf"):
        return DocumentConstraints(year_from=first)
    if how == "na":
        return DocumentConstraints(year_from=str(int(first) + 1))
    if how in ("voor", "tot"):
        return DocumentConstraints(year_to=first)
    return DocumentConstraints(year_from=first, year_to=last)


def _split(question: str) -> tuple[str, ...]:
    """Return the two questions of one sentence, if each asks about something."""
    pieces = (piece.strip() for piece in _SECOND_QUESTION.split(question))
    parts = tuple(piece for piece in pieces if piece)
    return parts if all(asks_something(part) for part in parts) else (question,)
