"""How much the sentences of one document are about the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.dutch import analyse
from search.retrieval import alike
from search.stances.labelled_text import LabelledText
from search.storage import Index, term_weight

__all__ = ["Likeness"]

_WORDS = 0.5
"""Share of the words in the likeness of two sentences; the rest is nearness of meaning."""
_START = 4
"""Letters that two terms have in common, at least, where they are alike by their beginning."""
_SHORTEST_PART = 6
_PART = 0.5
"""What a part of a compound counts for in a heading."""

Row = NDArray[np.float64]


class Likeness:
    """Compares the sentences of a document with each other and with other words."""

    def __init__(self, index: Index, running: LabelledText) -> None:
        """Take the vectors and terms of the document's sentences."""
        spoken = running.sentences
        rows = index.sentence_rows({s.passage.id: s.passage for s in spoken}.values())
        self._vectors = _centred([rows[s.passage.id][s.number] for s in spoken])
        terms = [set(analyse(running.text(place))) for place in range(len(spoken))]
        self._found = Counter(term for own in terms for term in own)
        self._vocabulary = _Vocabulary(self._found)
        self._held = np.zeros((len(terms), len(self._found)), dtype=bool)
        for place, own in enumerate(terms):
            self._held[place, [self._vocabulary.places[term] for term in own]] = True
        self._weights = np.array([self._weight(term) for term in self._found])
        self._totals = self._held @ self._weights
        self._known: dict[tuple[tuple[int, ...], str], Row] = {}

    def of(self, places: Sequence[int], words: str = "") -> Row:
        """Give how much each sentence is like those at `places` together, or like other words.

        Between 0 and 1; there is a number for each sentence of the document.
        """
        key = (tuple(places), words)
        if key not in self._known:
            self._known[key] = self._of(*key)
        return self._known[key]

    def _of(self, places: tuple[int, ...], words: str) -> Row:
        if words:
            # Other words have no vector: the terms speak for both.
            return self._shared(set(analyse(words)))
        names = list(self._found)
        terms = {names[i] for i in np.flatnonzero(self._held[list(places)].any(axis=0))}
        near = np.clip(self._vectors[list(places)] @ self._vectors.T, 0, 1).max(axis=0)
        return np.asarray(_WORDS * self._shared(terms) + (1 - _WORDS) * near)

    def _shared(self, terms: set[str]) -> Row:
        """Give the share of weight that each sentence has in common with some terms."""
        there = np.zeros(len(self._held))
        best = np.zeros(len(self._found))
        for term in sorted(terms):
            like, scores = self._vocabulary.like(term)
            if len(like):
                there += self._weight(term) * (self._held[:, like] * scores).max(axis=1)
                best[like] = np.maximum(best[like], scores)
        total = sum(self._weight(term) for term in terms)
        back = self._held @ (self._weights * best)
        return np.sqrt(_share(there, total) * _share(back, self._totals))

    def covered(self, words: str, others: str, without: str = "") -> float:
        """Give the share of the weight of some words, but for those `without`, in others."""
        known, found = set(analyse(without)), set(analyse(others))
        # A term that no sentence has (headings like verbs of their own) tells nothing.
        terms = [t for t in dict.fromkeys(analyse(words)) if t not in known and self._found[t]]
        total = sum(map(self._weight, terms))
        # Words that only begin alike are not enough here, and a part of a compound is half one.
        held = {t: 1.0 if t in found else _PART * any(_is_part(t, o) for o in found) for t in terms}
        return sum(self._weight(t) * held[t] for t in terms) / total if total else 0.0

    def _weight(self, term: str) -> float:
        return term_weight(len(self._vectors), min(self._found[term], len(self._vectors)))


class _Vocabulary:
    """The terms of a document, with those that are alike."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.places = {term: place for place, term in enumerate(terms)}
        self._all = "\n".join(self.places)
        self._starts: dict[str, list[str]] = defaultdict(list)
        for term in self.places:
            self._starts[term[:_START]].append(term)
        self._known: dict[str, tuple[list[int], Row]] = {}

    def like(self, term: str) -> tuple[list[int], Row]:
        """Give the places of the terms that a term is like, and how much, as `coverage` counts."""
        if term not in self._known:
            near = {*self._starts.get(term[:_START], ()), *self._parts(term)}
            scores = {other: alike(term, other) for other in near}
            kept = [other for other, score in scores.items() if score]
            self._known[term] = (
                [self.places[other] for other in kept],
                np.array([scores[other] for other in kept]),
            )
        return self._known[term]

    def _parts(self, term: str) -> set[str]:
        """Give the terms that are a part of this one, or have it as a part."""
        inside = {
            term[i:j] for i in range(len(term)) for j in range(i + _START, len(term) + 1)
        } & self.places.keys()
        at = self._all.find(term) if len(term) > _START else -1
        while at >= 0:
            start = self._all.rfind("\n", 0, at) + 1
            end = self._all.find("\n", at)
            inside.add(self._all[start : end if end >= 0 else len(self._all)])
            at = self._all.find(term, at + 1)
        return inside


def _centred(vectors: Sequence[NDArray[np.float32]]) -> Row:
    """Leave out what all sentences have in common, which tells none of them apart."""
    centred = np.array(vectors, dtype=np.float64)
    centred = centred - centred.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.where(lengths == 0, 1.0, lengths))


def _share(part: Row, total: Row | float) -> Row:
    whole = np.broadcast_to(np.asarray(total, dtype=np.float64), part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _is_part(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_PART and shorter in longer
