"""A question to ranked passages: lexical and dense search under the same filters, fused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.dutch.terms import analyse, analyse_question
from search.passages import describe
from search.records import Filters
from search.retrieval.fusion import FusedScore, fuse, min_max
from search.retrieval.readables import readables
from search.storage import Index, term_weight

if TYPE_CHECKING:
    from search.embedding import Encoder, Reranker
    from search.reader import Reader, Reading

__all__ = ["BOOSTS", "CANDIDATES", "Ranking", "Retriever"]

CANDIDATES = 100
"""Passages that each search hands over to the fusion."""
BOOSTS = {"passage": 0.25, "surroundings": 0.75}
"""Weight of each field in the lexical score."""
LEXICAL_SHARE = 0.25
"""Share of the lexical search in the score."""
RERANKED = 30
"""Passages that a cross-encoder, if there is one, reorders."""
READ = 4
"""Passages that the reader reads; more of them cost time, and bring nothing."""
READER_WEIGHT, LEAST_READING = 0.02, -8.0
"""Weight of the reader's score of a passage, and the least score that counts. What was not read
counts as the least."""
SENTENCE_SHARE = 0.25
"""Share of the nearest sentence in a passage's cosine."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search found, best first, with the terms and the vector of the question."""

    question: str
    terms: tuple[str, ...]
    """The question's distinct terms, in order."""
    weights: dict[str, float]
    """Inverse document frequency of each term; highest for a term that no passage has."""
    vector: NDArray[np.float32]
    ranked: tuple[FusedScore, ...]
    known: frozenset[str] = frozenset()
    """The terms that some passage has."""
    readings: Mapping[int, Reading] = field(default_factory=dict)
    """What the reader makes of the passages that it has read, by passage."""


class Retriever:
    """Searches one open index with the model it was built with."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._reranker = reranker
        self._reader = reader

    def search(self, question: str, filters: Filters = Filters(), *, read: bool = True) -> Ranking:
        """Return the ranked passages that pass the filters, which apply within both searches.

        Filters hold labels and ids exactly as they are in the index. The reader, if there is one,
        reads the best passages unless `read` is false: a topic is no question to read for.
        """
        terms = analyse_question(question)
        # Words that only do the asking help to find ("hoe heet", "wat vindt"), but do not tell
        # whether a passage covers the question.
        searched = tuple(dict.fromkeys(analyse(question)))
        vector = self._encoder.encode_questions([question])[0]
        lexical = self._index.search_words(searched, BOOSTS, CANDIDATES, filters)
        dense = self._with_sentences(
            vector, self._index.search_vectors(vector, CANDIDATES, filters, lexical.keys())
        )
        found = self._index.frequencies(terms)
        total = self._index.manifest.passages
        weights = {t: term_weight(total, found[t]) for t in terms}
        ranked = fuse(lexical, dense, LEXICAL_SHARE)
        if self._reranker:
            ranked = self._reranked(question, ranked, self._reranker)
        readings = self._read(question, ranked, self._reader) if self._reader and read else {}
        ranked = _with_readings(ranked, readings)
        known = frozenset(t for t in terms if found[t])
        return Ranking(question, terms, weights, vector, tuple(ranked), known, readings)

    def _read(self, question: str, ranked: list[FusedScore], reader: Reader) -> dict[int, Reading]:
        """Read the best passages."""
        ids = [each.passage for each in ranked[:READ]]
        read = reader.read(question, readables(self._index, ids))
        return dict(zip(ids, read, strict=True))

    def _reranked(
        self, question: str, ranked: list[FusedScore], reranker: Reranker
    ) -> list[FusedScore]:
        """Reorder the best by the mean of their score and the cross-encoder's, min-max scaled."""
        best, rest = ranked[:RERANKED], ranked[RERANKED:]
        passages = self._index.passages([each.passage for each in best])
        texts = [f"{describe(p)}. {p.text}" for p in (passages[each.passage] for each in best)]
        judged = min_max(dict(enumerate(reranker.score(question, texts))))
        scored = [replace(each, score=(each.score + judged[i]) / 2) for i, each in enumerate(best)]
        ordered = sorted(scored, key=lambda each: -each.score)
        # The others stay after the best, whatever the cross-encoder said of those.
        floor = ordered[-1].score if ordered else 0.0
        return ordered + [replace(each, score=min(each.score, floor)) for each in rest]

    def _with_sentences(
        self, vector: NDArray[np.float32], passages: dict[int, float]
    ) -> dict[int, float]:
        """Return the weighted mean of each passage's cosine and that of its nearest sentence.

        A question often asks for one sentence of a passage; the others blur the passage's vector.
        A passage without words has a zero vector and is left out.
        """
        passages = {i: cosine for i, cosine in passages.items() if cosine != 0}
        nearest = self._index.nearest_sentences(vector, passages)
        return {
            i: (1 - SENTENCE_SHARE) * cosine + SENTENCE_SHARE * nearest.get(i, cosine)
            for i, cosine in passages.items()
        }


def _with_readings(ranked: list[FusedScore], readings: Mapping[int, Reading]) -> list[FusedScore]:
    """Add what the reader says to the scores of the passages that it has read."""
    if not readings:
        return ranked
    mixed = []
    for each in ranked:
        reading = readings.get(each.passage)
        above = max(reading.passage - LEAST_READING, 0.0) if reading else 0.0
        mixed.append(replace(each, score=each.score + READER_WEIGHT * above))
    return sorted(mixed, key=lambda each: -each.score)
