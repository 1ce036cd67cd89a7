"""Labels for the sentences of a document: holder, stance, and the words that show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from search.labels.dialogue import statements_of
from search.labels.features import feature_dicts
from search.labels.guards import guard_label
from search.labels.model import Decision, StanceModel
from search.labels.parties import Role
from search.labels.rules import ruled_label
from search.labels.statements import AnalysedStatement, Statement, analyse_statements
from search.labels.voices import voices_of
from search.records import Document, Holder, Kind, Label, Passage, Sentence, Span, Stance

__all__ = ["label_passages", "label_statements", "named_features"]

_QUESTION_TO_MINISTER = re.compile(
    r"(?:\b(?:u|uw|uws)\b.*|^\W*(?:Klopt|Is het|Wat|Welke|Hoe|Hoeveel|Waarom|Wanneer|Zo ja|Zo nee)"
    r"\b.*)\?[\s\d)»\"”’']*$",
    re.DOTALL,
)
_WISH = re.compile(
    r"\b(?:deelt u|bent u (?:het|bereid|voornemens|van mening)|onderschrijft u|wilt u|vindt u)\b",
    re.IGNORECASE,
)
_LABELLED_KINDS = (Kind.PARAGRAPH, Kind.LIST_ITEM)
"""Letterheads, signatures, tables and notes hold no views."""
_MOST_CUES = 3


def named_features(statements: Sequence[Statement], without: str = "") -> list[dict[str, float]]:
    """Return the features of one document's statements by name."""
    return feature_dicts(analyse_statements(statements, without))


def label_statements(
    statements: Sequence[Statement],
    vectors: NDArray[np.float32] | None,
    model: StanceModel,
    without: str = "",
) -> list[Label]:
    """Return the labels of one document's statements; cue spans count from a statement's start.

    `vectors` has shape (statements, dimensions). Cues that were written for the document `without`
    are left out, to evaluate on that document.
    """
    analysed = analyse_statements(statements, without)
    starts = [each.first for each in analysed]
    decisions = model.decide(feature_dicts(analysed), vectors, starts)
    return [
        _question_label(each) or ruled_label(each, _label(each, decision))
        for each, decision in zip(analysed, decisions, strict=True)
    ]


def _question_label(analysed: AnalysedStatement) -> Label | None:
    """Return the label of a question to a minister, which the Kamer asks; None for no question."""
    text = analysed.statement.text
    if not _QUESTION_TO_MINISTER.search(text):
        return None
    stance = Stance.ADVICE if _WISH.search(text) else Stance.FINDING
    return Label(Holder.PARLIAMENT, stance, 1.0, "Kamer", (Span(0, len(text)),))


def _label(analysed: AnalysedStatement, decision: Decision) -> Label:
    return Label(
        decision.holder,
        decision.stance,
        round(decision.probability, 4),
        _holder_name(analysed, decision.holder),
        _cues(analysed, decision),
    )


def _holder_name(analysed: AnalysedStatement, holder: Holder) -> str:
    """Return the holder's name in the sentence; the speaker's name goes first."""
    own = [mention for mention in analysed.mentions if mention.holder is holder]
    order = (Role.SOURCE, Role.SUBJECT, Role.AGENT, Role.INNER, Role.MENTIONED)
    named = sorted(own, key=lambda mention: order.index(mention.role))
    if named:
        return named[0].name
    if holder is Holder.CABINET:
        return "kabinet"
    if holder is analysed.carried or holder in (Holder.ADVISOR, Holder.MUNICIPALITIES):
        # A letter is mostly about one advisory council; other holders may be any of several.
        return analysed.last_named.get(holder, "")
    return ""


def _cues(analysed: AnalysedStatement, decision: Decision) -> tuple[Span, ...]:
    """Return the words that indicate the stance, by weight; without any, the speaker's name."""
    found = sorted(
        (f for f in analysed.cues if f.cue.stance is decision.stance), key=lambda f: -f.cue.weight
    )
    spans = list(dict.fromkeys(each.span for each in found))[:_MOST_CUES]
    if not spans and analysed.speaker and analysed.speaker.holder is decision.holder:
        spans = [analysed.speaker.span]
    return tuple(spans)


def label_passages(
    document: Document,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    model: StanceModel,
) -> list[Passage]:
    """Return the passages of a document with their sentences labelled.

    `vectors` has a row for each sentence of the passages in order. Whether a sentence answers a
    question of an MP follows from the headings above it ("Vraag 2", "Antwoord op vraag 2"). Whose
    document it is, and who speaks in it, decides whose view a label can give.
    """
    places = [
        (p, s)
        for p, passage in enumerate(passages)
        for s in range(len(passage.sentences))
        if passage.kind in _LABELLED_KINDS
    ]
    places.sort(key=lambda place: passages[place[0]].sentences[place[1]].start)
    rows = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
    spans = [passages[p].sentences[s] for p, s in places]
    headed = [(passages[p].section, span) for (p, _), span in zip(places, spans, strict=True)]
    voices = voices_of(document, headed)
    statements = [
        replace(each, section=(*each.section, voice.section)) if voice.section else each
        for each, voice in zip(statements_of(document, headed), voices, strict=True)
    ]
    own = vectors[[rows[p] + s for p, s in places]] if places else vectors[:0]
    labels = label_statements(statements, own, model)
    sentences: list[list[Sentence]] = [list(passage.sentences) for passage in passages]
    for (p, s), span, label, voice in zip(places, spans, labels, voices, strict=True):
        moved = tuple(Span(span.start + c.start, span.start + c.end) for c in label.cues)
        text = document.text[span.start : span.end]
        guarded = guard_label(text, span.start, replace(label, cues=moved), voice)
        sentences[p][s] = replace(span, label=guarded)
    return [replace(p, sentences=tuple(own)) for p, own in zip(passages, sentences, strict=True)]
