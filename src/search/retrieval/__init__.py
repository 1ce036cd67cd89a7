"""Retrieval: a question to ranked passages, and whether they answer it."""

from __future__ import annotations

from search.retrieval.coverage import alike, coverage
from search.retrieval.duplicates import Group, group_duplicates, repeated
from search.retrieval.fusion import Scored, fuse
from search.retrieval.query_parsing import Understood, understand
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "Group",
    "Ranking",
    "Retriever",
    "Scored",
    "Understood",
    "alike",
    "coverage",
    "fuse",
    "group_duplicates",
    "repeated",
    "understand",
]
