"""Passages: the parts of a `Document` that are searched and quoted."""

from __future__ import annotations

from search.passages.chunking import MOST_TOKENS, TokenCounter, make_passages
from search.passages.context import SearchText, describe, search_text
from search.passages.surroundings import surroundings

__all__ = [
    "MOST_TOKENS",
    "SearchText",
    "TokenCounter",
    "describe",
    "make_passages",
    "search_text",
    "surroundings",
]
