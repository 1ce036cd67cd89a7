"""What a question says about where to look: a document, a period; and several questions in one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.dutch.question_words import INTERROGATIVES
from search.dutch.terms import asks_something
from search.records import DocumentConstraints, Filters, Hint, HintKind
from search.retrieval.naming import Documents, NamedPiece, named_pieces, only_named, without
from search.retrieval.periods import asks_newest, find_period

__all__ = ["ParsedQuestion", "parse_question"]

_KIND = re.compile(
    r"\b(?P<before>(?:in|uit|volgens)\s+)(?:de|het|deze|dit)\s+"
    r"(?P<kind>kamerbrief|brief|nieuwsbericht|persbericht|motie|verslag|nota)\b",
    re.IGNORECASE,
)
_INDEXED_KINDS = {"kamerbrief": "brief", "persbericht": "nieuwsbericht"}
_MOST_OPENED = 5
"""Documents that a question may be about as a whole; a dossier with more is only searched."""
_MOST_PARTS = 4
_QUESTIONS = re.compile(r"(?<=\?)\s+|\s*;\s*")
_SECOND_QUESTION = re.compile(rf"\s*,?\s+en\s+(?={INTERROGATIVES})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question as it will be searched: its parts, its filters, and the hints they came from."""

    parts: tuple[str, ...]
    filters: Filters
    preferred: frozenset[str]
    """Documents of the period that the question names: they rank a little higher."""
    hints: tuple[Hint, ...]
    newest: bool = False
    """Whether the newest documents are asked for."""
    opens: tuple[str, ...] = ()
    """The documents of a question that is nothing but their number or id."""


def parse_question(
    question: str,
    filters: Filters,
    documents: Documents,
    ignored: Collection[HintKind] = (),
    today: date | None = None,
) -> ParsedQuestion:
    """Return a question with its hints applied; the user's own filters are kept as they are.

    A document, a dossier or a kind of document ("in het nieuwsbericht") becomes a filter if some
    of `documents` meet it, but not all. A period becomes a preference. The words of both are left
    out of the question, but for a year that may be part of what is asked ("hoeveel mensen in
    2020?"). Hints of the kinds in `ignored`, and hints on what the user filters already, are not
    applied. "Vorige maand" is told from `today`, the current day if it is None.
    """
    hints: list[Hint] = []
    pieces = named_pieces(question, documents)
    opens = _opened(question, pieces)
    if not filters.documents and HintKind.DOCUMENT not in ignored:
        found = _document_hint(question, pieces, opens, documents)
        if found:
            hint, question = found
            hints.append(hint)
            filters = replace(filters, documents=hint.documents)
    newest = False
    if not (filters.date_from or filters.date_to) and HintKind.PERIOD not in ignored:
        period, question = _period_hint(question, documents, today or date.today())
        word, question = _newest_hint(question)
        newest = word is not None
        hints += filter(None, (period or word,))
    preferred = {i for hint in hints if hint.kind is HintKind.PERIOD for i in hint.documents}
    parts = _split(question)
    return ParsedQuestion(parts, filters, frozenset(preferred), tuple(hints), newest, opens)


def _opened(question: str, pieces: Sequence[NamedPiece]) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(each for piece in pieces for each in piece.documents))
    return ids if len(ids) <= _MOST_OPENED and only_named(question, pieces) else ()


def _document_hint(
    question: str, pieces: Sequence[NamedPiece], opens: tuple[str, ...], documents: Documents
) -> tuple[Hint, str] | None:
    """Return the hint on documents, and the question without the words of that hint.

    A question that has no other words is kept as it is.
    """
    total = documents.manifest.documents
    if opens:
        words = ", ".join(piece.words for piece in pieces if piece.documents)
        return (Hint(HintKind.DOCUMENT, words, opens), question) if len(opens) < total else None
    for piece in pieces:
        rest = without(question, piece)
        if piece.documents and len(piece.documents) < total and asks_something(rest):
            return Hint(HintKind.DOCUMENT, piece.words, piece.documents), rest
    return _kind_hint(question, documents)


def _kind_hint(question: str, documents: Documents) -> tuple[Hint, str] | None:
    found = _KIND.search(question)
    if not found:
        return None
    rest = " ".join((question[: found.start()] + question[found.end() :]).split())
    kind = found["kind"].lower()
    constraints = DocumentConstraints(kind=_INDEXED_KINDS.get(kind, kind))
    ids = tuple(documents.documents_of(constraints)) if asks_something(rest) else ()
    if not ids or len(ids) == documents.manifest.documents:
        return None
    return Hint(HintKind.DOCUMENT, found.group()[len(found["before"]) :], ids), rest


def _period_hint(question: str, documents: Documents, today: date) -> tuple[Hint | None, str]:
    """Return the hint on a period, and the question without its words unless these are asked."""
    period = find_period(question, today)
    ids = tuple(documents.documents_of(period.constraints)) if period else ()
    if not period or not ids or len(ids) == documents.manifest.documents:
        return None, question
    words = question[period.span.start : period.span.end].strip()
    rest = period.without(question)
    is_kept = period.is_asked or not asks_something(rest)
    return Hint(HintKind.PERIOD, words, ids), question if is_kept else rest


def _newest_hint(question: str) -> tuple[Hint | None, str]:
    word, rest = asks_newest(question)
    if not word or not asks_something(rest):
        return None, question
    return Hint(HintKind.PERIOD, word, ()), rest


def _split(question: str) -> tuple[str, ...]:
    """Return the questions of one text, each of which asks about something; at most four.

    They are separated by a question mark, a semicolon, or "en" before a word that asks.
    """
    parts: list[str] = []
    for piece in filter(None, _QUESTIONS.split(question)):
        halves = [half.strip() for half in _SECOND_QUESTION.split(piece) if half.strip()]
        for part in halves if all(map(asks_something, halves)) else [piece]:
            # "Graag uitleg." and "provincies;" are no questions: they belong to the one before.
            alone = asks_something(part) and (" " in part or len(halves) > 1)
            if parts and not (alone and len(parts) < _MOST_PARTS):
                parts[-1] = f"{parts[-1]} {part}"
            else:
                parts.append(part)
    return tuple(parts) if len(parts) > 1 else (question,)
