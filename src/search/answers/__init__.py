"""Answers: hits, quotes and citations."""

from __future__ import annotations

from search.answers.answering import answer_question
from search.answers.citation import cite, official_url
from search.answers.exchange import answer_json, entry_json
from search.answers.sentences import choose_sentences, score_sentences
from search.answers.stances import overview_of

__all__ = [
    "answer_json",
    "answer_question",
    "choose_sentences",
    "cite",
    "entry_json",
    "official_url",
    "overview_of",
    "score_sentences",
]
