"""Answers: hits, quotes and citations."""

from __future__ import annotations

from search.answers.answering import answer_question
from search.answers.citation import cite, official_url
from search.answers.exchange import answer_json, entry_json, overview_json, reaction_json
from search.answers.reactions import reactions_of
from search.answers.running import Running, labelled_sentences
from search.answers.sentences import choose_sentences, score_sentences
from search.answers.stances import name_of, overview_of
from search.answers.tables import reactions_csv, reactions_docx

__all__ = [
    "Running",
    "answer_json",
    "answer_question",
    "choose_sentences",
    "cite",
    "entry_json",
    "labelled_sentences",
    "name_of",
    "official_url",
    "overview_json",
    "overview_of",
    "reaction_json",
    "reactions_csv",
    "reactions_docx",
    "reactions_of",
    "score_sentences",
]
