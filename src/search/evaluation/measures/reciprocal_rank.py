"""Reciprocal rank; its mean over questions is MRR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["reciprocal_rank"]


def reciprocal_rank(ranking: Sequence[str], relevance: Mapping[str, int], k: int = 10) -> float:
    """Return 1 / rank of the first relevant document in the first k, or 0 if there is none."""
    for rank, document in enumerate(ranking[:k], start=1):
        if relevance.get(document, 0) > 0:
            return 1 / rank
    return 0.0
