"""Labels for the sentences of a document: whose view, what stance, by which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from search.labels.dialogue import statements_of
from search.labels.features import feature_dicts
from search.labels.model import Decision, StanceModel
from search.labels.parties import Role
from search.labels.statements import Reading, Statement, read_statements
from search.records import Document, Holder, Kind, Label, Passage, Sentence, Span, Stance

__all__ = ["label_passages", "label_statements", "named_features"]

_ASKS = re.compile(
    r"(?:\b(?:u|uw|uws)\b.*|^\W*(?:Klopt|Is het|Wat|Welke|Hoe|Hoeveel|Waarom|Wanneer|Zo ja|Zo nee)"
    r"\b.*)\?[\s\d)»\"”’']*$",
    re.DOTALL,
)
_WANTS = re.compile(
    r"\b(?:deelt u|bent u (?:het|bereid|voornemens|van mening)|onderschrijft u|wilt u|vindt u)\b",
    re.IGNORECASE,
)
_LABELLED = (Kind.PARAGRAPH, Kind.LIST_ITEM)
"""What is no running text (head, signatures, tables, notes) gives nobody's view."""
_MOST_CUES = 3


def named_features(statements: Sequence[Statement], without: str = "") -> list[dict[str, float]]:
    """Give the statements of one document as the features of the grammar, by name."""
    return feature_dicts(read_statements(statements, without))


def label_statements(
    statements: Sequence[Statement],
    vectors: NDArray[np.float32] | None,
    model: StanceModel,
    without: str = "",
) -> list[Label]:
    """Label the statements of one document, in order; cues count from each statement's start.

    `vectors` has a row for each statement, shape (n, dimensions). Cues that were written for the
    document `without` are left out, to judge the grammar on that document.
    """
    readings = read_statements(statements, without)
    starts = [reading.first for reading in readings]
    decisions = model.decide(feature_dicts(readings), vectors, starts)
    return [
        _asked(reading) or _label(reading, decision)
        for reading, decision in zip(readings, decisions, strict=True)
    ]


def _asked(reading: Reading) -> Label | None:
    """Label a question to a minister: whoever asks sits in the Kamer, and answers nothing."""
    text = reading.statement.text
    if not _ASKS.search(text):
        return None
    stance = Stance.ADVICE if _WANTS.search(text) else Stance.FINDING
    return Label(Holder.PARLIAMENT, stance, 1.0, "Kamer", (Span(0, len(text)),))


def _label(reading: Reading, decision: Decision) -> Label:
    return Label(
        decision.holder,
        decision.stance,
        round(decision.probability, 4),
        _name(reading, decision.holder),
        _cues(reading, decision),
    )


def _name(reading: Reading, holder: Holder) -> str:
    """Name the holder as the sentence does; the speaker goes before anyone else named."""
    own = [mention for mention in reading.mentions if mention.holder is holder]
    order = (Role.SOURCE, Role.SUBJECT, Role.AGENT, Role.INNER, Role.MENTIONED)
    named = sorted(own, key=lambda mention: order.index(mention.role))
    if named:
        return named[0].name
    if holder is Holder.CABINET:
        return "kabinet"
    if holder is reading.carried or holder in (Holder.ADVISOR, Holder.MUNICIPALITIES):
        # A letter is about one council; of all others it might be any.
        return reading.last_named.get(holder, "")
    return ""


def _cues(reading: Reading, decision: Decision) -> tuple[Span, ...]:
    """Give the words that speak for the decision, the weightiest first; else who speaks."""
    speaking = sorted(
        (f for f in reading.cues if f.cue.stance is decision.stance), key=lambda f: -f.cue.weight
    )
    spans = list(dict.fromkeys(found.span for found in speaking))[:_MOST_CUES]
    if not spans and reading.speaker and reading.speaker.holder is decision.holder:
        spans = [reading.speaker.span]
    return tuple(spans)


def label_passages(
    document: Document,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    model: StanceModel,
) -> list[Passage]:
    """Give the passages of a document with their sentences labelled.

    `vectors` has a row for each sentence of the passages in order. Whether a sentence answers a
    question of an MP is read off the headings above it ("Vraag 2", "Antwoord op vraag 2").
    """
    places = [
        (p, s)
        for p, passage in enumerate(passages)
        for s in range(len(passage.sentences))
        if passage.kind in _LABELLED
    ]
    places.sort(key=lambda place: passages[place[0]].sentences[place[1]].start)
    rows = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
    spans = [passages[p].sentences[s] for p, s in places]
    headed = [(passages[p].section, span) for (p, _), span in zip(places, spans, strict=True)]
    statements = statements_of(document, headed)
    own = vectors[[rows[p] + s for p, s in places]] if places else vectors[:0]
    labels = label_statements(statements, own, model)
    sentences: list[list[Sentence]] = [list(passage.sentences) for passage in passages]
    for (p, s), span, label in zip(places, spans, labels, strict=True):
        moved = tuple(Span(span.start + c.start, span.start + c.end) for c in label.cues)
        sentences[p][s] = replace(span, label=replace(label, cues=moved))
    return [replace(p, sentences=tuple(own)) for p, own in zip(passages, sentences, strict=True)]
