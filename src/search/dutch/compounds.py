"""Terms that belong together although they differ: parts of compounds, and words of one stem.

Dutch writes as one word what other languages write as several ("arbeidsmigratie").
"""

from __future__ import annotations

from itertools import takewhile
from operator import eq

__all__ = ["SHARED_LETTERS", "is_part", "term_similarity"]

SHARED_LETTERS = 4
"""Fewest letters with which two terms must both begin to be similar by their beginning."""
_LEAST_SHARED = 0.6
"""Share of the longer term that the common beginning must exceed."""
_COMPOUND = 0.6
"""Similarity of a compound and a part of it."""
_SHORTEST_PART = 5


def term_similarity(one: str, other: str) -> float:
    """Return how much a term counts for another one, from 0 to 1."""
    by_start = 0.0
    if other[:SHARED_LETTERS] == one[:SHARED_LETTERS]:
        share = _common_start(one, other) / max(len(one), len(other))
        by_start = share if share > _LEAST_SHARED else 0.0
    return max(by_start, _COMPOUND if is_part(one, other, _SHORTEST_PART) else 0.0)


def is_part(one: str, other: str, shortest: int) -> bool:
    """Return whether one of two terms, of at least `shortest` letters, is a part of the other."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= shortest and shorter in longer


def _common_start(one: str, other: str) -> int:
    """Return with how many equal letters two terms begin."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))
