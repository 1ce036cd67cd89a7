"""Evaluation: measures, suites and reports."""

from __future__ import annotations

from search.evaluation.abstention import evaluate_abstention
from search.evaluation.questions import evaluate_questions
from search.evaluation.report import save_result, write_page
from search.evaluation.retrieval import evaluate_retrieval
from search.evaluation.sentences import evaluate_sentences
from search.evaluation.sets import (
    read_abstention,
    read_questions,
    read_retrieval_set,
    read_sentences,
)

__all__ = [
    "evaluate_abstention",
    "evaluate_questions",
    "evaluate_retrieval",
    "evaluate_sentences",
    "read_abstention",
    "read_questions",
    "read_retrieval_set",
    "read_sentences",
    "save_result",
    "write_page",
]
