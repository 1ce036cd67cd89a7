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
from search.evaluation.stance_sets import read_stances
from search.evaluation.stances import evaluate_stances

__all__ = [
    "evaluate_abstention",
    "evaluate_questions",
    "evaluate_retrieval",
    "evaluate_sentences",
    "evaluate_stances",
    "read_abstention",
    "read_questions",
    "read_retrieval_set",
    "read_sentences",
    "read_stances",
    "save_result",
    "write_page",
]
