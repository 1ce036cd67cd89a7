"""Retrieval: a question to ranked passages."""

from __future__ import annotations

from search.retrieval.analysis import analyse, fold, tokenise
from search.retrieval.duplicates import Group, group_duplicates
from search.retrieval.fusion import Scored, fuse
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever, covered_share

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "Group",
    "Ranking",
    "Retriever",
    "Scored",
    "analyse",
    "covered_share",
    "fold",
    "fuse",
    "group_duplicates",
    "tokenise",
]
