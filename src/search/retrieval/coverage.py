"""How much of a question stands in a text."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import eq

__all__ = ["coverage", "term_weight"]

_SAME_START = 4
_ALIKE = 0.6
"""Least share of the longer term that two terms must begin with in common."""
_COMPOUND = 0.6
"""What a term counts for that is a part of a compound, or has one as a part."""
_SHORTEST_PART = 5


def term_weight(total: int, found: int) -> float:
    """Give BM25's inverse document frequency of a term that `found` of `total` texts have.

    It is ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009, kept above 0).
    """
    return math.log(1 + (total - found + 0.5) / (found + 0.5))


def coverage(terms: Sequence[str], weights: Mapping[str, float], found: Collection[str]) -> float:
    """Give the share of a question's weight that a text's terms cover, from 0 to 1.

    A term that the text lacks still counts in part when the text has one that begins alike
    ("financier", "financiering") or that is a part of the same compound ("inburgering",
    "inburgeringswet"): Dutch writes as one word what other languages write as several.
    """
    total = sum(weights[term] for term in terms)
    if not total:
        return 0.0
    held = found if isinstance(found, (set, frozenset)) else frozenset(found)
    return sum(weights[term] * _best_match(term, held) for term in terms) / total


def _best_match(term: str, found: Collection[str]) -> float:
    return 1.0 if term in found else max((_match(term, other) for other in found), default=0.0)


@lru_cache(maxsize=65_536)
def _match(one: str, other: str) -> float:
    """Give what a term counts for another one; the words of Dutch come again and again."""
    alike = 0.0
    if other[:_SAME_START] == one[:_SAME_START]:
        share = _common_start(one, other) / max(len(one), len(other))
        alike = share if share > _ALIKE else 0.0
    return max(alike, _COMPOUND if _is_part(one, other) else 0.0)


def _common_start(one: str, other: str) -> int:
    """Give the number of letters with which both begin."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _is_part(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_PART and shorter in longer
