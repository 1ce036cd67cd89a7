"""How much the sentences of one document are about the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from search.dutch import analyse
from search.dutch.compounds import SHARED_LETTERS, is_part, term_similarity
from search.stances.labelled_text import LabelledText
from search.stances.recommendations import Recommendation
from search.storage import Index, term_weight

__all__ = ["DocumentSimilarity"]

_WORD_SHARE = 0.5
"""Share of the words in the similarity of two sentences; the rest is the cosine."""
_SHORTEST_PART = 6
_PART_SHARE = 0.5
"""Share of a heading's term that is covered by a part of the same compound."""

Row = NDArray[np.float64]


class DocumentSimilarity:
    """Compares the sentences of a document with its recommendations and with other text."""

    def __init__(self, index: Index, text: LabelledText) -> None:
        """Read the vectors and the terms of the document's sentences."""
        sentences = text.sentences
        rows = index.sentence_rows({s.passage.id: s.passage for s in sentences}.values())
        self._vectors = _centred([rows[s.passage.id][s.number] for s in sentences])
        terms = [set(analyse(text.text(place))) for place in range(len(sentences))]
        self._counts = Counter(term for own in terms for term in own)
        self._vocabulary = _Vocabulary(self._counts)
        self._held = np.zeros((len(terms), len(self._counts)), dtype=bool)
        for place, own in enumerate(terms):
            self._held[place, [self._vocabulary.places[term] for term in own]] = True
        self._weights = np.array([self._weight(term) for term in self._counts])
        self._totals = self._held @ self._weights
        self._known: dict[tuple[tuple[int, ...], str], Row] = {}

    def to(self, recommendation: Recommendation) -> Row:
        """Return the similarity of each sentence to a recommendation, from 0 to 1."""
        key = (recommendation.places, recommendation.heading)
        if key not in self._known:
            self._known[key] = self._to(*key)
        return self._known[key]

    def _to(self, places: tuple[int, ...], heading: str) -> Row:
        if heading:
            # A heading has no vector, so its terms count for both.
            return self._shared(set(analyse(heading)))
        names = list(self._counts)
        terms = {names[i] for i in np.flatnonzero(self._held[list(places)].any(axis=0))}
        cosines = np.clip(self._vectors[list(places)] @ self._vectors.T, 0, 1).max(axis=0)
        return np.asarray(_WORD_SHARE * self._shared(terms) + (1 - _WORD_SHARE) * cosines)

    def _shared(self, terms: set[str]) -> Row:
        """Return the share of term weight that each sentence has in common with some terms.

        It is the geometric mean of the share of the terms and the share of the sentence.
        """
        of_terms = np.zeros(len(self._held))
        best = np.zeros(len(self._counts))
        for term in sorted(terms):
            similar, scores = self._vocabulary.similar(term)
            if len(similar):
                of_terms += self._weight(term) * (self._held[:, similar] * scores).max(axis=1)
                best[similar] = np.maximum(best[similar], scores)
        total = sum(self._weight(term) for term in terms)
        of_sentence = self._held @ (self._weights * best)
        return np.sqrt(_share(of_terms, total) * _share(of_sentence, self._totals))

    def covered(self, words: str, others: str, without: str = "") -> float:
        """Return the share of the term weight of `words`, except `without`, that `others` cover."""
        excluded, found = set(analyse(without)), set(analyse(others))
        # Only terms of the sentences count: headings also have terms of their own.
        terms = [t for t in dict.fromkeys(analyse(words)) if t not in excluded and self._counts[t]]
        total = sum(map(self._weight, terms))
        # A common beginning is not enough here, and a part of a compound counts half.
        held = {
            term: 1.0
            if term in found
            else _PART_SHARE * any(is_part(term, other, _SHORTEST_PART) for other in found)
            for term in terms
        }
        return sum(self._weight(t) * held[t] for t in terms) / total if total else 0.0

    def _weight(self, term: str) -> float:
        return term_weight(len(self._vectors), min(self._counts[term], len(self._vectors)))


class _Vocabulary:
    """The terms of a document, with the terms similar to each."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.places = {term: place for place, term in enumerate(terms)}
        self._lines = "\n".join(self.places)
        self._starts: dict[str, list[str]] = defaultdict(list)
        for term in self.places:
            self._starts[term[:SHARED_LETTERS]].append(term)
        self._known: dict[str, tuple[list[int], Row]] = {}

    def similar(self, term: str) -> tuple[list[int], Row]:
        """Return the places of the terms similar to a term, and their similarities."""
        if term not in self._known:
            near = {*self._starts.get(term[:SHARED_LETTERS], ()), *self._parts(term)}
            scores = {other: term_similarity(term, other) for other in near}
            kept = [other for other, score in scores.items() if score]
            self._known[term] = (
                [self.places[other] for other in kept],
                np.array([scores[other] for other in kept]),
            )
        return self._known[term]

    def _parts(self, term: str) -> set[str]:
        """Return the terms that are a part of this one, or that have it as a part."""
        inside = {
            term[i:j] for i in range(len(term)) for j in range(i + SHARED_LETTERS, len(term) + 1)
        } & self.places.keys()
        at = self._lines.find(term) if len(term) > SHARED_LETTERS else -1
        while at >= 0:
            start = self._lines.rfind("\n", 0, at) + 1
            end = self._lines.find("\n", at)
            inside.add(self._lines[start : end if end >= 0 else len(self._lines)])
            at = self._lines.find(term, at + 1)
        return inside


def _centred(vectors: Sequence[NDArray[np.float32]]) -> Row:
    """Return unit vectors without the mean, which does not tell sentences apart."""
    centred = np.array(vectors, dtype=np.float64)
    centred = centred - centred.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.where(lengths == 0, 1.0, lengths))


def _share(part: Row, total: Row | float) -> Row:
    whole = np.broadcast_to(np.asarray(total, dtype=np.float64), part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
