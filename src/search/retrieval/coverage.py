"""How much of a question a text covers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache

from search.dutch.compounds import term_similarity

__all__ = ["coverage"]


def coverage(terms: Sequence[str], weights: Mapping[str, float], found: Collection[str]) -> float:
    """Return the share of a question's weight that a text's terms cover, from 0 to 1.

    A term that the text lacks counts in part if the text has a similar one: one that begins with
    the same letters ("financier", "financiering"), or a part of the same compound
    ("inburgering", "inburgeringswet").
    """
    text_terms = found if isinstance(found, (set, frozenset)) else frozenset(found)
    return _coverage_of(tuple(terms), tuple(weights[term] for term in terms))(text_terms)


class _QuestionCoverage:
    """A question's terms, with their similarity to each text term that was seen before.

    A question is compared with some sixty sentences that share most of their words, so each word
    is compared with each term only once.
    """

    def __init__(self, terms: Sequence[str], weights: Sequence[float]) -> None:
        self._weighted = tuple(zip(terms, weights, strict=True))
        self._total = sum(weights)
        self._seen: dict[str, set[str]] = {term: set() for term in terms}
        self._similar: dict[str, dict[str, float]] = {term: {} for term in terms}

    def __call__(self, found: Set[str]) -> float:
        if not self._total:
            return 0.0
        covered = (weight * self._best(term, found) for term, weight in self._weighted)
        return sum(covered) / self._total

    def _best(self, term: str, found: Set[str]) -> float:
        if term in found:
            return 1.0
        similar, seen = self._similar[term], self._seen[term]
        new = found - seen
        similar.update({word: value for word in new if (value := term_similarity(term, word))})
        # Last, so that another thread does not skip a word that is not compared yet.
        seen.update(new)
        return max((similar[word] for word in similar.keys() & found), default=0.0)


@lru_cache(maxsize=64)
def _coverage_of(terms: tuple[str, ...], weights: tuple[float, ...]) -> _QuestionCoverage:
    return _QuestionCoverage(terms, weights)
