"""Whether the sources answer a question at all: a small calibrated model.

A logistic regression over a few features of the question, the passages that were found and their
scores. `make calibrate` fits it on the development sets, with equal weights, and stores it with
its figures in `answerability.json`. No single score is compared with a fixed threshold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from statistics import fmean

from search.dutch import analyse
from search.embedding import BUILT_IN
from search.passages import describe
from search.records import Passage
from search.retrieval.coverage import coverage
from search.retrieval.retriever import Ranking

__all__ = [
    "ANSWERABILITY_FILE",
    "FEATURES",
    "GROUPS",
    "LEXICAL_FEATURES",
    "ON_TOPIC",
    "POSSIBLE",
    "AnswerabilityModel",
    "load_answerability",
    "read_features",
]

ANSWERABILITY_FILE = "answerability.json"
LEXICAL_FEATURES = ("coverage", "known", "lexical_lead")
"""Features that do not depend on the embedding model."""
FEATURES = (*LEXICAL_FEATURES, "closeness", "dense_lead")
_READ = ("reading", "reading_lead", "agreement")
GROUPS = {
    "all": FEATURES,
    "lexical": LEXICAL_FEATURES,
    "all-read": (*FEATURES, *_READ),
    "lexical-read": (*LEXICAL_FEATURES, *_READ),
    "all-read-english": ("closeness", "dense_lead", *_READ),
    "lexical-read-english": _READ,
}
"""The features of each fitted model, by name. None depends on the size of the collection: whether a
passage answers does not. A question in English shares no words with Dutch passages, so the models
for it do without the lexical features."""
_COVERAGE_PASSAGES = 3
_LEAD_PASSAGES = 10
POSSIBLE = 1 / 3
"""Least confidence of a possible answer: to refuse a question that has an answer costs a reader
twice as much as a possible answer that is none."""
ON_TOPIC = 0.35
"""Least confidence that passages are about a topic. A topic is a word or two, of which the model,
fitted on questions, is less sure: on the two texts topics of theirs have .44 or more, others .20 or
less."""


def read_features(ranking: Ranking, passages: Sequence[Passage]) -> dict[str, float]:
    """Return the features of the model; `passages` are the best of the ranking, best first.

    coverage      largest share of the question that one of the best three passages covers
    known         share of the question's terms, by weight, that the corpus has at all
    lexical_lead  lead of the best BM25 score over the next, by the question's weight
    closeness     largest cosine
    dense_lead    lead of the largest cosine over the mean of the best ten
    reading       the reader's highest score of a passage
    reading_lead  its lead over the next
    agreement     1 if that passage is also the best of the search, else 0
    """
    total = sum(ranking.weights.values()) or 1.0
    texts = [frozenset(analyse(f"{describe(p)} {p.text}")) for p in passages[:_COVERAGE_PASSAGES]]
    lexical = sorted((s.lexical for s in ranking.ranked), reverse=True)
    dense = sorted((s.dense for s in ranking.ranked if s.dense), reverse=True)
    return {
        "coverage": max(
            (coverage(ranking.terms, ranking.weights, text) for text in texts), default=0.0
        ),
        "known": sum(ranking.weights[term] for term in ranking.known) / total,
        "lexical_lead": (lexical[0] - lexical[1]) / total if len(lexical) > 1 else 0.0,
        "closeness": dense[0] if dense else 0.0,
        "dense_lead": dense[0] - fmean(dense[:_LEAD_PASSAGES]) if dense else 0.0,
        **_reader_features(ranking),
    }


def _reader_features(ranking: Ranking) -> dict[str, float]:
    """Return the reader's features; none where it has read nothing."""
    if not ranking.readings:
        return {}
    scores = sorted((each.passage for each in ranking.readings.values()), reverse=True)
    searched = next(iter(ranking.readings))
    return {
        "reading": scores[0],
        "reading_lead": scores[0] - scores[1] if len(scores) > 1 else 0.0,
        "agreement": float(ranking.readings[searched].passage == scores[0]),
    }


@dataclass(frozen=True, slots=True)
class AnswerabilityModel:
    """A fitted model: weights by feature, and an intercept."""

    weights: Mapping[str, float]
    intercept: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """Return the probability that the sources hold the answer."""
        score = self.intercept + sum(w * features[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@lru_cache(maxsize=8)
def load_answerability(
    model: str, *, read: bool = False, english: bool = False
) -> AnswerabilityModel:
    """Return the fitted model for an index built with the embedding model `model`.

    With `read`, for questions for which the reader has read the best passages; without it a
    question in English has no model of its own. Cosines of other embedding models have another
    distribution, so for any but the built-in one only features without these are used.
    """
    values = json.loads(
        (files("search.retrieval") / ANSWERABILITY_FILE).read_text(encoding="utf-8")
    )
    way = ("-read-english" if english else "-read") if read else ""
    fitted = values[("all" if model == BUILT_IN else "lexical") + way]
    return AnswerabilityModel(fitted["weights"], fitted["intercept"])
