"""Retrieval: a question to ranked passages, and whether they answer it."""

from __future__ import annotations

from search.retrieval.coverage import alike, coverage
from search.retrieval.duplicates import Group, group_duplicates, repeated
from search.retrieval.fusion import Scored, fuse
from search.retrieval.query_parsing import ParsedQuestion, parse_question
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "Group",
    "ParsedQuestion",
    "Ranking",
    "Retriever",
    "Scored",
    "alike",
    "coverage",
    "fuse",
    "group_duplicates",
    "parse_question",
    "repeated",
]
