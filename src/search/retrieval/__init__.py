"""Retrieval: a question to ranked passages."""

from __future__ import annotations

from search.retrieval.analysis import analyse, analyse_question, fold, tokenise
from search.retrieval.coverage import alike, coverage
from search.retrieval.duplicates import Group, group_duplicates, repeated
from search.retrieval.fusion import Scored, fuse
from search.retrieval.retriever import BOOSTS, CANDIDATES, Ranking, Retriever
from search.retrieval.understanding import Understood, understand

__all__ = [
    "BOOSTS",
    "CANDIDATES",
    "Group",
    "Ranking",
    "Retriever",
    "Scored",
    "Understood",
    "alike",
    "analyse",
    "analyse_question",
    "coverage",
    "fold",
    "fuse",
    "group_duplicates",
    "repeated",
    "tokenise",
    "understand",
]
