"""The abstention suite: a retrieval set with part of its documents removed."""

from __future__ import annotations

from typing import Any

from search.answers import answer_question
from search.embedding import Encoder
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.calibration_error import calibration_error
from search.evaluation.measures.refusal import refusal
from search.evaluation.retrieval import indexed
from search.evaluation.sets import AbstentionSplit, RetrievalSet
from search.reader import Reader
from search.records import Filters

__all__ = ["AbstentionCase", "ask_without", "evaluate_abstention"]

_TOP = 10

AbstentionCase = tuple[dict[str, float], bool, bool, float]
"""A question's features, whether it can be answered, whether it was, and how confidently."""


def ask_without(
    data: RetrievalSet, split: AbstentionSplit, encoder: Encoder, reader: Reader | None = None
) -> list[AbstentionCase]:
    """Return the cases of a set without the removed documents; partial questions are left out."""
    cases: list[AbstentionCase] = []
    with indexed(data, encoder, split.removed, reader=reader) as (index, retriever):
        for query, text in data.queries.items():
            if query in split.partial:
                continue
            answer = answer_question(index, retriever, text, Filters(), _TOP)
            can = query not in split.unanswerable
            cases.append((dict(answer.features), can, answer.answerable, answer.confidence))
    return cases


def evaluate_abstention(
    data: RetrievalSet, split: AbstentionSplit, encoder: Encoder, reader: Reader | None = None
) -> dict[str, Any]:
    """Return AUROC, refusal precision and recall, and the share of answerable ones answered."""
    cases = ask_without(data, split, encoder, reader)
    answerable = [can for _, can, _, _ in cases]
    figures = refusal([did for _, _, did, _ in cases], answerable)
    return {
        "auroc": auroc([confidence for *_, confidence in cases], answerable),
        "ece": calibration_error([confidence for *_, confidence in cases], answerable),
        "refusal_precision": figures.precision,
        "refusal_recall": figures.recall,
        "coverage": figures.coverage,
        "questions": len(cases),
        "unanswerable": len(cases) - sum(answerable),
    }
