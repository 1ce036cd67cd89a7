"""What all lexical searches share: the weight of a term, and when it is matched fuzzily."""

from __future__ import annotations

import math

__all__ = ["allows_fuzzy_match", "term_weight"]

_SHORTEST_FUZZY = 5


def term_weight(total: int, found: int) -> float:
    """Return BM25's inverse document frequency of a term in `found` of `total` texts.

    It is ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009, kept above 0).
    """
    return math.log(1 + (total - found + 0.5) / (found + 0.5))


def allows_fuzzy_match(term: str) -> bool:
    """Return whether a term that is in no passage may be matched fuzzily (edit distance 1).

    Short terms and numbers may not: at that distance they are usually another word.
    """
    return len(term) >= _SHORTEST_FUZZY and term.isalpha()
