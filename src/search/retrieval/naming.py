"""The documents that a question names by number or id: "Kamerstuk 29 861, nr. 70", "2021D10001"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.dutch.terms import asks_something
from search.records import DocumentConstraints, Span
from search.references import DOSSIER_MENTION, dossier_id, find_references

__all__ = ["Documents", "NamedPiece", "named_pieces", "only_named", "without"]

_PREPOSITION = r"(?:in|uit|volgens|van)\s+"
_KAMERSTUK = re.compile(
    rf"(?P<before>\b{_PREPOSITION}(?:het\s+)?)?\b{DOSSIER_MENTION}", re.IGNORECASE
)
_BEFORE = re.compile(rf"\b{_PREPOSITION}(?:het\s+)?\Z", re.IGNORECASE)
_CHAMBER_NUMBER = re.compile(r"\b\d{4}[DZ]\d{5}\b", re.IGNORECASE)
"""Numbers of the Tweede Kamer's own documents ("2021D10001") and cases."""
_NO_SUBJECT = re.compile(
    r"\b(?:open|toon|laat|zien|lees|zoek|document|stuk|kamerstuk|brief|tekst|alles|inhoud"
    r"|samenvatting|onderwerp|nr|nummer)\b",
    re.IGNORECASE,
)
"""Words beside a number that ask for nothing but the document itself."""


class _Counted(Protocol):
    @property
    def documents(self) -> int: ...


class Documents(Protocol):
    """The documents of a corpus as far as questions name them; an open index implements this."""

    @property
    def manifest(self) -> _Counted:
        """Return how many documents there are."""
        ...

    @property
    def metadata(self) -> Mapping[str, object]:
        """Return the metadata of each document, by id."""
        ...

    def documents_of(self, constraints: DocumentConstraints, /) -> Sequence[str]:
        """Return the ids of the documents that meet the constraints."""
        ...


@dataclass(frozen=True, slots=True)
class NamedPiece:
    """A document, or a whole dossier, as a question names it."""

    span: Span
    """The words of the question that name it, with the preposition before them."""
    words: str
    """Those words without the preposition, as a message repeats them."""
    documents: tuple[str, ...]
    """What the corpus has of it; empty where it has nothing."""


def named_pieces(question: str, documents: Documents) -> tuple[NamedPiece, ...]:
    """Return the documents and dossiers that a question names, in order, not overlapping.

    Read are Kamerstukken, ids and citations of other official publications, numbers such as
    "2021D10001", and any question that is the id of a document and nothing else.
    """
    whole = question.strip().rstrip("?.!")
    # An id without a figure ("begroting") may as well be the subject.
    if re.search(r"\d", whole) and whole in documents.metadata:
        return (NamedPiece(Span(0, len(question)), whole, (whole,)),)
    found = [
        NamedPiece(
            Span(each.start(), each.end()),
            each.group().strip()[len(each["before"] or "") :],
            tuple(documents.documents_of(_constraints(each))),
        )
        for each in _KAMERSTUK.finditer(question)
    ]
    for reference in find_references(question):
        span = Span(reference.start, reference.end)
        found += _by_id(question, span, reference.id, documents, found)
    for number in _CHAMBER_NUMBER.finditer(question):
        span = Span(number.start(), number.end())
        found += _by_id(question, span, number.group().upper(), documents, found)
    return tuple(sorted(found, key=lambda piece: piece.span.start))


def _constraints(found: re.Match[str]) -> DocumentConstraints:
    dossier = dossier_id(found["dossier"], (found["chapter"] or "").upper())
    return DocumentConstraints(dossier=dossier, ondernummer=found["number"] or "")


def _by_id(
    question: str, span: Span, identifier: str, documents: Documents, known: Sequence[NamedPiece]
) -> list[NamedPiece]:
    if any(span.start < each.span.end and each.span.start < span.end for each in known):
        return []
    ids = (identifier,) if identifier in documents.metadata else ()
    before = _BEFORE.search(question[: span.start])
    start = before.start() if before else span.start
    return [NamedPiece(Span(start, span.end), question[span.start : span.end], ids)]


def without(question: str, piece: NamedPiece) -> str:
    """Return the question without the words that name a document."""
    return " ".join((question[: piece.span.start] + question[piece.span.end :]).split())


def only_named(question: str, pieces: Sequence[NamedPiece]) -> bool:
    """Return whether a question asks for nothing but the documents that it names."""
    rest = question
    for piece in reversed(pieces):
        rest = f"{rest[: piece.span.start]} {rest[piece.span.end :]}"
    return bool(pieces) and not asks_something(_NO_SUBJECT.sub(" ", rest))
