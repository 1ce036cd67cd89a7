"""Normalised discounted cumulative gain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["ndcg"]


def ndcg(ranking: Sequence[str], relevance: Mapping[str, int], k: int = 10) -> float:
    """Return nDCG@k of one ranking, from 0 to 1; 0 if nothing is relevant.

    Gain is the relevance itself and the discount log2(rank + 1), as in trec_eval (Järvelin and
    Kekäläinen, 2002).
    """
    gained = sum(
        relevance.get(document, 0) / math.log2(rank + 1)
        for rank, document in enumerate(ranking[:k], start=1)
    )
    best = sum(
        gain / math.log2(rank + 1)
        for rank, gain in enumerate(sorted(relevance.values(), reverse=True)[:k], start=1)
    )
    return gained / best if best else 0.0
