"""Recall at a depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["recall"]


def recall(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Give the share of the relevant documents that stand in the first k; 0 when none is."""
    relevant = {document for document, grade in relevance.items() if grade > 0}
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else 0.0
