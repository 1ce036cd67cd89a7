"""Labels for the sentences of a document: holder, stance, and the words that show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from search.embedding import Encoder
from search.labels.dialogue import statements_of
from search.labels.features import feature_dicts
from search.labels.guards import guard_label
from search.labels.label_reader import StatementReader, load_label_reader
from search.labels.model import Decision, Grammar, decide, load_grammar
from search.labels.parties import Role
from search.labels.rules import ruled_label
from search.labels.statements import AnalysedStatement, Statement, analyse_statements
from search.labels.voice import Voice
from search.labels.voices import voices_of
from search.records import Document, Holder, Kind, Label, Passage, Sentence, Span, Stance

__all__ = [
    "DocumentStatements",
    "Labeller",
    "label_passages",
    "label_statements",
    "load_labeller",
    "named_features",
    "statements_in",
]

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


def named_features(
    statements: Sequence[Statement], without: Collection[str] = ()
) -> list[dict[str, float]]:
    """Return the features of one document's statements by name."""
    return feature_dicts(analyse_statements(statements, without))


@dataclass(frozen=True, slots=True)
class Labeller:
    """What labels sentences: the grammar's regressions, and the model that reads them."""

    grammar: Grammar
    reader: StatementReader


def load_labeller(
    encoder: Encoder, *, cache: Path | None = None, message: Callable[[str], None] | None = None
) -> Labeller:
    """Load what labels sentences, preparing its model if need be.

    It shares the words of a built-in `encoder`. Raises ModelError when it can't be prepared.
    """
    return Labeller(load_grammar(), load_label_reader(encoder, cache=cache, message=message))


def label_statements(
    statements: Sequence[Statement],
    labeller: Labeller,
    *,
    wanted: Sequence[bool] = (),
    without: Collection[str] = (),
) -> list[Label]:
    """Return the labels of one document's statements; cue spans count from a statement's start.

    The model does not read where nothing is `wanted` (see `LabelReader`). Cues that were
    written for the documents `without` are left out, to evaluate on that document.
    """
    if not statements:
        return []
    analysed = analyse_statements(statements, without)
    decisions = decide(
        labeller.grammar.read(feature_dicts(analysed)), labeller.reader.read(statements, wanted)
    )
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


@dataclass(frozen=True, slots=True)
class DocumentStatements:
    """The sentences of a document that can hold a view, in the order of the document.

    `places` are the passage and the sentence in it, by number.
    """

    places: tuple[tuple[int, int], ...]
    statements: tuple[Statement, ...]
    voices: tuple[Voice, ...]


def statements_in(document: Document, passages: Sequence[Passage]) -> DocumentStatements:
    """Return the sentences of a document that can hold a view, each with what it answers.

    Whether a sentence answers a question of an MP follows from the headings above it ("Vraag 2",
    "Antwoord op vraag 2").
    """
    places = [
        (p, s)
        for p, passage in enumerate(passages)
        for s in range(len(passage.sentences))
        if passage.kind in _LABELLED_KINDS
    ]
    places.sort(key=lambda place: passages[place[0]].sentences[place[1]].start)
    headed = [(passages[p].section, passages[p].sentences[s]) for p, s in places]
    voices = voices_of(document, headed)
    statements = [
        replace(each, section=(*each.section, voice.section)) if voice.section else each
        for each, voice in zip(statements_of(document, headed), voices, strict=True)
    ]
    return DocumentStatements(tuple(places), tuple(statements), tuple(voices))


def label_passages(
    document: Document, passages: Sequence[Passage], labeller: Labeller
) -> list[Passage]:
    """Return the passages of a document with their sentences labelled.

    Whose document it is, and who speaks in it, decides whose view a label can give.
    """
    found = statements_in(document, passages)
    # Where the form says what a sentence is, as in a motion, nothing needs to be read.
    wanted = [voice.stance is None and not voice.only for voice in found.voices]
    labels = label_statements(found.statements, labeller, wanted=wanted)
    sentences: list[list[Sentence]] = [list(passage.sentences) for passage in passages]
    for (p, s), label, voice in zip(found.places, labels, found.voices, strict=True):
        span = passages[p].sentences[s]
        moved = tuple(Span(span.start + c.start, span.start + c.end) for c in label.cues)
        text = document.text[span.start : span.end]
        guarded = guard_label(text, span.start, replace(label, cues=moved), voice)
        sentences[p][s] = replace(span, label=guarded)
    return [replace(p, sentences=tuple(own)) for p, own in zip(passages, sentences, strict=True)]
