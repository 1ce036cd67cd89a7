"""Whether the sources answer a question at all: a small calibrated model.

A logistic regression over a few features of the question, the passages that were found and both
arms. `make calibrate` fits it on the development sets, each weighing the same, and keeps it with
its figures in `answerability.json`. No single score is ever held against a fixed threshold.
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
from search.storage import Index

__all__ = [
    "ANSWERED",
    "FEATURES",
    "JUDGE_FILE",
    "LEXICAL_FEATURES",
    "Judge",
    "load_judge",
    "read_features",
]

JUDGE_FILE = "answerability.json"
LEXICAL_FEATURES = ("coverage", "known", "lexical_lead", "size")
"""Features that hold whatever the embedding model is."""
FEATURES = (*LEXICAL_FEATURES, "closeness", "dense_lead")
_LOOKED_AT = 3
_FOLLOWERS = 10
ANSWERED = 0.5
"""Confidence from which a question counts as answered; the fit puts the boundary there."""


def read_features(index: Index, ranking: Ranking, passages: Sequence[Passage]) -> dict[str, float]:
    """Give what the confidence rests on. `passages` are the best of the ranking, best first.

    coverage      largest share of the question that one of the best three passages covers
    known         share of the question's terms, by weight, that the corpus has at all
    lexical_lead  lead of the best BM25 score over the next, by the question's weight
    size          natural logarithm of the number of passages
    closeness     largest cosine
    dense_lead    lead of it over the mean of the best ten
    """
    total = sum(ranking.weights.values()) or 1.0
    texts = [frozenset(analyse(f"{describe(p)} {p.text}")) for p in passages[:_LOOKED_AT]]
    lexical = sorted((s.lexical for s in ranking.ranked), reverse=True)
    dense = sorted((s.dense for s in ranking.ranked if s.dense), reverse=True)
    return {
        "coverage": max(
            (coverage(ranking.terms, ranking.weights, text) for text in texts), default=0.0
        ),
        "known": sum(ranking.weights[term] for term in ranking.known) / total,
        "lexical_lead": (lexical[0] - lexical[1]) / total if len(lexical) > 1 else 0.0,
        "size": math.log(max(1, index.manifest.passages)),
        "closeness": dense[0] if dense else 0.0,
        "dense_lead": dense[0] - fmean(dense[:_FOLLOWERS]) if dense else 0.0,
    }


@dataclass(frozen=True, slots=True)
class Judge:
    """A fitted model: weights by feature, and an intercept."""

    weights: Mapping[str, float]
    intercept: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """Give the chance, from 0 to 1, that the sources hold the answer."""
        score = self.intercept + sum(w * features[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


@lru_cache(maxsize=2)
def load_judge(model: str) -> Judge:
    """Load the fitted model for an index built with `model`.

    Cosines of another embedding model lie elsewhere, so for any but the built-in one the
    judgement rests on the lexical features.
    """
    values = json.loads((files("search.retrieval") / JUDGE_FILE).read_text(encoding="utf-8"))
    fitted = values["all" if model == BUILT_IN else "lexical"]
    return Judge(fitted["weights"], fitted["intercept"])
