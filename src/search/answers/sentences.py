"""Which sentences of a passage answer the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.answers.answer_types import fits_question
from search.dutch import analyse
from search.labels import asked_holder
from search.records import Kind, Passage, Span
from search.retrieval import Ranking, coverage

__all__ = ["choose_sentences", "score_sentences"]

_POINTS_BACK = re.compile(
    r"(?:Dit|Dat|Deze|Die|Hij|Zij|Ze|Daarbij|Daarmee|Daarvoor|Daarom|Daardoor|Daarin|Hierbij"
    r"|Hiermee|Hiervoor|Hierdoor|Hier|Ook deze|Ook dit)\b"
)

_ASKED = 0.3
"""What it is worth that a sentence gives the view of whom the question asks for."""

_CLOSENESS = 8.5
"""What a difference of cosine is worth beside a share of the question; E5's cosines lie close."""


def score_sentences(
    ranking: Ranking, sentences: Sequence[str], vectors: NDArray[np.float32]
) -> list[float]:
    """Score each sentence of a passage as an answer, higher is better.

    The score adds three things: the share of the question's term weight that the sentence holds,
    how near its cosine with the question is to the passage's best, and whether it has what the
    question asks for (a name, a date, a number). `vectors` has a row for each sentence.
    """
    fits = fits_question(ranking.question)
    cosines = vectors @ ranking.vector
    behind = cosines - cosines.max()
    return [
        coverage(ranking.terms, ranking.weights, set(analyse(sentence)))
        + _CLOSENESS * float(distance)
        + fits(sentence)
        for sentence, distance in zip(sentences, behind, strict=True)
    ]


def choose_sentences(ranking: Ranking, passage: Passage, vectors: NDArray[np.float32]) -> Span:
    """Give the run of one or two sentences of a passage that answers best.

    A sentence that points back ("Dit vraagt om …") brings the one before it along, unless that
    gives somebody else's view. A question after one party's view ("Wat vindt het kabinet van …?")
    prefers the sentences that give it. Of the signatures or the head, all lines are given when
    the question asks for none in particular.
    """
    offset = passage.start
    texts = [passage.text[s.start - offset : s.end - offset] for s in passage.sentences]
    scores = score_sentences(ranking, texts, vectors)
    asked = asked_holder(ranking.question)
    holders = [s.label.holder if s.label else None for s in passage.sentences]
    if asked:
        scores = [s + _ASKED * (h is asked) for s, h in zip(scores, holders, strict=True)]
    best = int(np.argmax(scores))
    if passage.kind in (Kind.SIGNATURE, Kind.LETTERHEAD):
        named = [bool(set(analyse(t)) & set(ranking.terms)) for t in texts]
        if not any(named):
            return Span(passage.start, passage.end)
        best = max(range(len(texts)), key=lambda i: (named[i], scores[i]))
    first = best
    if best and _POINTS_BACK.match(texts[best]) and passage.kind is Kind.PARAGRAPH:
        first = best - 1 if not asked or holders[best - 1] is asked else best
    return Span(passage.sentences[first].start, passage.sentences[best].end)
