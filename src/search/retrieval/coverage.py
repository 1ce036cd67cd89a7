"""How much of a question stands in a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache
from itertools import takewhile
from operator import eq

__all__ = ["alike", "coverage"]

_SAME_START = 4
_ALIKE = 0.6
"""Least share of the longer term that two terms must begin with in common."""
_COMPOUND = 0.6
"""What a term counts for that is a part of a compound, or has one as a part."""
_SHORTEST_PART = 5


def coverage(terms: Sequence[str], weights: Mapping[str, float], found: Collection[str]) -> float:
    """Give the share of a question's weight that a text's terms cover, from 0 to 1.

    A term that the text lacks still counts in part when the text has one that begins alike
    ("financier", "financiering") or that is a part of the same compound ("inburgering",
    "inburgeringswet"): Dutch writes as one word what other languages write as several.
    """
    held = found if isinstance(found, (set, frozenset)) else frozenset(found)
    return _of_question(tuple(terms), tuple(weights[term] for term in terms))(held)


class _Question:
    """A question's terms, and what each word that was seen counts for each of them.

    A question is held against some sixty sentences, which have most of their words in common:
    each word is compared with each term once.
    """

    def __init__(self, terms: Sequence[str], weights: Sequence[float]) -> None:
        self._weighed = tuple(zip(terms, weights, strict=True))
        self._total = sum(weights)
        self._seen: dict[str, set[str]] = {term: set() for term in terms}
        self._alike: dict[str, dict[str, float]] = {term: {} for term in terms}

    def __call__(self, found: Set[str]) -> float:
        if not self._total:
            return 0.0
        held = (weight * self._best(term, found) for term, weight in self._weighed)
        return sum(held) / self._total

    def _best(self, term: str, found: Set[str]) -> float:
        if term in found:
            return 1.0
        known, seen = self._alike[term], self._seen[term]
        new = found - seen
        known.update({word: value for word in new if (value := alike(term, word))})
        # Last, so that another thread does not take for seen what is not compared yet.
        seen.update(new)
        return max((known[word] for word in known.keys() & found), default=0.0)


@lru_cache(maxsize=64)
def _of_question(terms: tuple[str, ...], weights: tuple[float, ...]) -> _Question:
    return _Question(terms, weights)


def alike(one: str, other: str) -> float:
    """Give what a term counts for another one, from 0 to 1."""
    begins = 0.0
    if other[:_SAME_START] == one[:_SAME_START]:
        share = _common_start(one, other) / max(len(one), len(other))
        begins = share if share > _ALIKE else 0.0
    return max(begins, _COMPOUND if _is_part(one, other) else 0.0)


def _common_start(one: str, other: str) -> int:
    """Give the number of letters with which both begin."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _is_part(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_PART and shorter in longer
