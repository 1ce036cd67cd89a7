"""Answers: ranked passages to hits, and to a quote that answers if there is one."""

from __future__ import annotations

from search.answers.answering import answer_question
from search.answers.checked_quotes import check_quotes, quote_at, said_at
from search.answers.questions_above import question_above
from search.answers.sentences import add_reading, score_sentences

__all__ = [
    "add_reading",
    "answer_question",
    "check_quotes",
    "question_above",
    "quote_at",
    "said_at",
    "score_sentences",
]
