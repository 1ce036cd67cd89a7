"""Hit at a depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["hit"]


def hit(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Return 1 if one of the first k is relevant, else 0."""
    return float(any(relevance.get(document, 0) > 0 for document in ranking[:k]))
