"""Which sentences of a passage answer the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.answers.answer_types import answer_type_bonus
from search.dutch import analyse
from search.dutch.anaphora import leans_back
from search.labels import asked_holder
from search.reader import Reading
from search.records import Kind, Passage, Span
from search.retrieval import Ranking, coverage

__all__ = ["add_reading", "choose_sentences", "score_sentences"]

_HOLDER_BONUS = 0.3
"""Bonus of a sentence with the view of the holder that the question asks about."""
_COSINE_WEIGHT = 8.5
"""Weight of a difference in cosine; E5's cosines differ little."""
READER_WEIGHT = 0.3
"""Weight of a difference in the reader's scores, where it has read the passage."""
_MOST = 20.0
"""Largest difference that counts: a sentence that the reader cut off has none."""


def score_sentences(
    ranking: Ranking, sentences: Sequence[str], vectors: NDArray[np.float32]
) -> list[float]:
    """Return a score for each sentence of a passage as an answer; higher is better.

    The score is the sum of the share of the question's term weight that the sentence covers, its
    weighted difference in cosine from the passage's best sentence, and the bonus for words of the
    type asked for (a name, a date, a number). `vectors` has shape (sentences, dimensions).
    """
    bonus = answer_type_bonus(ranking.question)
    cosines = vectors @ ranking.vector
    differences = cosines - cosines.max()
    return [
        coverage(ranking.terms, ranking.weights, set(analyse(sentence)))
        + _COSINE_WEIGHT * float(difference)
        + bonus(sentence)
        for sentence, difference in zip(sentences, differences, strict=True)
    ]


def add_reading(scores: Sequence[float], reading: Reading) -> list[float]:
    """Return the scores of a passage's sentences with what the reader makes of each."""
    best = max(reading.sentences, default=0.0)
    return [
        score + READER_WEIGHT * max(read - best, -_MOST)
        for score, read in zip(scores, reading.sentences, strict=True)
    ]


def choose_sentences(ranking: Ranking, passage: Passage, vectors: NDArray[np.float32]) -> Span:
    """Return the span of the one or two sentences of a passage that answer best.

    A sentence that leans on the one before it ("Dit vraagt om …", "Daarom …") includes that, unless
    that gives another holder's view. A question about one holder's view ("Wat vindt het kabinet
    van …?") prefers the sentences that give it. Signatures and letterheads are returned whole if
    none of their lines has a term of the question.
    """
    texts = [passage.text_of(sentence) for sentence in passage.sentences]
    scores = score_sentences(ranking, texts, vectors)
    if reading := ranking.readings.get(passage.id):
        scores = add_reading(scores, reading)
    asked = asked_holder(ranking.question)
    holders = [s.label.holder if s.label else None for s in passage.sentences]
    if asked:
        scores = [s + _HOLDER_BONUS * (h is asked) for s, h in zip(scores, holders, strict=True)]
    best = int(np.argmax(scores))
    if passage.kind in (Kind.SIGNATURE, Kind.LETTERHEAD):
        named = [bool(set(analyse(t)) & set(ranking.terms)) for t in texts]
        if not any(named):
            return Span(passage.start, passage.end)
        best = max(range(len(texts)), key=lambda i: (named[i], scores[i]))
    first = best
    if best and passage.kind is Kind.PARAGRAPH and leans_back(texts[best]):
        first = best - 1 if not asked or holders[best - 1] is asked else best
    return Span(passage.sentences[first].start, passage.sentences[best].end)
