"""Passages: the parts of a `Document` that are searched and quoted."""

from __future__ import annotations

from search.passages.chunking import TokenCounter, make_passages
from search.passages.context import answered_questions, describe, search_text
from search.passages.surroundings import surroundings

__all__ = [
    "TokenCounter",
    "answered_questions",
    "describe",
    "make_passages",
    "search_text",
    "surroundings",
]
