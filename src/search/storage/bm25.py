"""What every lexical index and every question weighs terms by, and when a term may be a typo."""

from __future__ import annotations

import math

__all__ = ["may_be_a_typo", "term_weight"]

_SHORTEST_FUZZY = 5


def term_weight(total: int, found: int) -> float:
    """Give BM25's inverse document frequency of a term that `found` of `total` texts have.

    It is ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009, kept above 0).
    """
    return math.log(1 + (total - found + 0.5) / (found + 0.5))


def may_be_a_typo(term: str) -> bool:
    """Tell whether a term that no passage has is worth looking for what is a letter away from it.

    A question may have a typo. Short terms and numbers are left as they are: a letter away from
    one of those stands another word.
    """
    return len(term) >= _SHORTEST_FUZZY and term.isalpha()
