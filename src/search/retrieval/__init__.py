"""Retrieval: a question to ranked passages, and whether they answer it."""

from __future__ import annotations

from search.retrieval.absence import find_absent
from search.retrieval.coverage import coverage
from search.retrieval.duplicates import group_duplicates, repeated
from search.retrieval.metadata_questions import asks_metadata
from search.retrieval.query_parsing import ParsedQuestion, parse_question
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "ParsedQuestion",
    "Ranking",
    "Retriever",
    "asks_metadata",
    "coverage",
    "find_absent",
    "group_duplicates",
    "parse_question",
    "repeated",
]
