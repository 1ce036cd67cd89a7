"""Measures, one a file."""

from __future__ import annotations

from search.evaluation.measures.agreement import accuracy, cohen_kappa, f1, macro_f1
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.hit import hit
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.measures.recall import recall
from search.evaluation.measures.reciprocal_rank import reciprocal_rank
from search.evaluation.measures.refusal import Refusal, refusal

__all__ = [
    "Refusal",
    "accuracy",
    "auroc",
    "cohen_kappa",
    "f1",
    "hit",
    "macro_f1",
    "ndcg",
    "recall",
    "reciprocal_rank",
    "refusal",
]
