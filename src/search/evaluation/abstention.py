"""The abstention suite: a retrieval set of which a part of the documents is taken out."""

from __future__ import annotations

from typing import Any

from search.answers import answer_question
from search.embedding import Encoder
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.refusal import refusal
from search.evaluation.retrieval import indexed
from search.evaluation.sets import Abstention, RetrievalSet
from search.records import Filters

__all__ = ["Judged", "evaluate_abstention", "judge"]

_TOP = 10

Judged = tuple[dict[str, float], bool, bool, float]
"""A question's features, whether it can be answered, whether it was, and how confidently."""


def judge(data: RetrievalSet, split: Abstention, encoder: Encoder) -> list[Judged]:
    """Ask each question of a set without the removed documents; partial ones are left out."""
    judged: list[Judged] = []
    with indexed(data, encoder, split.removed) as (index, retriever):
        for query, text in data.queries.items():
            if query in split.partial:
                continue
            answer = answer_question(index, retriever, text, Filters(), _TOP)
            can = query not in split.unanswerable
            judged.append((dict(answer.features), can, answer.answerable, answer.confidence))
    return judged


def evaluate_abstention(data: RetrievalSet, split: Abstention, encoder: Encoder) -> dict[str, Any]:
    """Measure AUROC, refusal precision and recall, and the share of answerable ones answered."""
    judged = judge(data, split, encoder)
    answerable = [can for _, can, _, _ in judged]
    figures = refusal([did for _, _, did, _ in judged], answerable)
    return {
        "auroc": auroc([confidence for *_, confidence in judged], answerable),
        "refusal_precision": figures.precision,
        "refusal_recall": figures.recall,
        "coverage": figures.coverage,
        "questions": len(judged),
        "unanswerable": len(judged) - sum(answerable),
    }
