"""Answers: ranked passages to an answer with its sentence, or an honest none."""

from __future__ import annotations

from search.answers.answering import answer_question
from search.answers.checked_quotes import VERDICTS, check_quotes, quote_at, said_at
from search.answers.sentences import choose_sentences, score_sentences

__all__ = [
    "VERDICTS",
    "answer_question",
    "check_quotes",
    "choose_sentences",
    "quote_at",
    "said_at",
    "score_sentences",
]
