"""Recall at a depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["recall"]


def recall(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Return the share of the relevant documents in the first k; 0 if none is relevant."""
    relevant = {document for document, grade in relevance.items() if grade > 0}
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else 0.0
