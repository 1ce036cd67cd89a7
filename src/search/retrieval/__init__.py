"""Retrieval: a question to ranked passages, and whether they answer it."""

from __future__ import annotations

from search.retrieval.coverage import coverage
from search.retrieval.duplicates import DuplicateGroup, group_duplicates, repeated
from search.retrieval.fusion import FusedScore, fuse
from search.retrieval.query_parsing import ParsedQuestion, parse_question
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "DuplicateGroup",
    "FusedScore",
    "ParsedQuestion",
    "Ranking",
    "Retriever",
    "coverage",
    "fuse",
    "group_duplicates",
    "parse_question",
    "repeated",
]
