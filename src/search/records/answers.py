"""Questions and their answers: filters, hits and quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search.records.documents import Metadata, Span
from search.records.labels import Holder, Stance
from search.records.passages import Passage

__all__ = [
    "Answer",
    "Certainty",
    "DocumentConstraints",
    "Filters",
    "Hint",
    "HintKind",
    "Hit",
    "NamedDocument",
    "NearPlace",
    "OtherPlace",
    "Quote",
]


@dataclass(frozen=True, slots=True)
class DocumentConstraints:
    """Document constraints parsed from a question; empty fields do not constrain.

    `dossier` is a number like `Dossier.number`; `kind` is one word of a document's kind, in small
    letters. Dates are inclusive: a day in ISO form, or only its year ("2021") or month ("2021-06").
    A document without a date meets neither.
    """

    dossier: str = ""
    ondernummer: str = ""
    kind: str = ""
    date_from: str = ""
    date_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Narrows a search; an empty filter lets everything through.

    `themes`, `documents`, `holders` and `stances` hold alternatives; a holder and a stance must
    belong to one sentence of the passage. Dates are ISO 8601 and inclusive; a document without a
    date passes no date filter.
    """

    themes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""
    holders: tuple[Holder, ...] = ()
    stances: tuple[Stance, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.themes
            or self.documents
            or self.date_from
            or self.date_to
            or self.holders
            or self.stances
        )


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A span of a document with everything that is needed to cite it."""

    document: str
    title: str
    citation: str
    url: str
    date: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A place that says nearly the same, and how the two differ.

    `text` are the sentences of the place that differ. Of the words that differ, `here` are those of
    the hit and `there` those of the place; "…" stands between differences.
    """

    place: OtherPlace
    text: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a document that is shown word for word."""

    text: str
    document: str
    start: int
    end: int
    citation: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found for a question.

    `score` only orders the hits of one question; it is not a percentage or a probability.
    `marks` are the sentences of the passage that answer best, as spans of the document.
    `also_in` are places in other documents with the same words, `nearly_in` those with other words
    here and there. `reservation` is the sentence of the passage right after the marks that takes
    something back of them.
    """

    rank: int
    score: float
    passage: Passage
    metadata: Metadata
    citation: str
    url: str
    marks: tuple[Span, ...] = ()
    also_in: tuple[OtherPlace, ...] = ()
    nearly_in: tuple[NearPlace, ...] = ()
    reservation: Span | None = None


class HintKind(StrEnum):
    """What a hint in a question is about; the values are used in links and JSON."""

    DOCUMENT = "document"
    PERIOD = "periode"


@dataclass(frozen=True, slots=True)
class Hint:
    """Words of a question that say where to look, and the documents that they match."""

    kind: HintKind
    words: str
    documents: tuple[str, ...]


class Certainty(StrEnum):
    """How sure an answer is; the values are used in JSON."""

    SURE = "antwoord"
    POSSIBLE = "mogelijk antwoord"
    NONE = "geen antwoord"


SURE_CONFIDENCE = 0.7
"""Least confidence of an answer that is called sure."""
_NEAREST, _FLOOR = 3, 0.03
"""Hits that are shown where there is no answer, and the least confidence at which they are."""


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that a question names by its number or id, and nothing else."""

    document: str
    title: str
    citation: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: the hits, and a quote if the corpus answers the question."""

    question: str
    answerable: bool
    confidence: float
    """From 0 to 1: how probable it is that the corpus holds an answer."""
    quote: Quote | None
    hits: tuple[Hit, ...]
    features: Mapping[str, float] = field(default_factory=dict)
    """The features from which the confidence was computed, by name."""
    hints: tuple[Hint, ...] = ()
    """The parts of the question that were taken as a filter or a preference."""
    absent: tuple[str, ...] = ()
    """In Dutch, what the question names and the corpus does not hold."""
    opens: tuple[NamedDocument, ...] = ()
    """The documents of a question that is nothing but their number or id."""
    withheld: int = 0
    """Passages that are not shown because they are not what their file says."""

    @property
    def quoted(self) -> Hit | None:
        """The hit that the quote is from, if it is shown."""
        quote = self.quote
        if quote is None:
            return None
        return next(
            (
                hit
                for hit in self.hits
                if hit.passage.document == quote.document
                and hit.passage.start <= quote.start < hit.passage.end
            ),
            None,
        )

    @property
    def certainty(self) -> Certainty:
        """How sure the answer is: a possible one may be none."""
        if not self.answerable:
            return Certainty.NONE
        return Certainty.SURE if self.confidence >= SURE_CONFIDENCE else Certainty.POSSIBLE

    @property
    def shown(self) -> tuple[Hit, ...]:
        """The hits to show: all of them, or where there is no answer the few that come nearest."""
        if self.answerable or self.opens:
            return self.hits
        return self.hits[:_NEAREST] if self.confidence >= _FLOOR else ()

    @property
    def answer_withheld(self) -> bool:
        """Whether there is an answer, but not shown because it is not what its file says."""
        return self.answerable and self.quote is None
