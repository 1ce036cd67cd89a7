"""The vectors of the made corpus: embedded for the first passages, drawn around those beyond.

A drawn vector is that of an embedded passage on the same subject, moved by what lies between
another embedded passage and one of its nearest neighbours. So the steps have the sizes and the
directions that lie between real neighbours, and the vectors crowd together as real ones do.
"""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np
from benchmarks.scale.putting import Made
from numpy.typing import NDArray

from search.indexing.stages import with_surroundings

__all__ = ["Drawing", "neighbour_steps"]

_NEIGHBOURS = 10
_STEPS = 20_000
_NO_TOPIC = -1


def neighbour_steps(own: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Return differences between passages and one of their ten nearest, shape (steps, dimensions).

    `own` are embedded passages, shape (passages, dimensions). A copy of a passage is no
    neighbour: to be moved by nothing would make copies.
    """
    chance = np.random.default_rng(seed)
    chosen = chance.choice(len(own), min(_STEPS, len(own)), replace=False)
    index = faiss.IndexFlatIP(own.shape[1])
    index.add(own)
    _, near = index.search(own[chosen], _NEIGHBOURS + 1)
    picked = near[np.arange(len(chosen)), chance.integers(1, _NEIGHBOURS + 1, len(chosen))]
    steps = own[picked] - own[chosen]
    return np.asarray(steps[np.linalg.norm(steps, axis=1) > 1e-2])


class Drawing:
    """Returns the vectors of documents, in order of the corpus."""

    def __init__(
        self, own: NDArray[np.float16], topics: Sequence[int], steps: NDArray[np.float32], seed: int
    ) -> None:
        """Prepare to draw around the embedded passages `own`, each with its subject."""
        self._own = own
        self._steps = steps
        self._seed = seed
        self._given = 0
        numbers = np.asarray(topics)
        self._by_topic = {t: np.flatnonzero(numbers == t) for t in set(numbers.tolist())}
        self._any = np.arange(len(own))

    def vectors(self, made: Made) -> NDArray[np.float32]:
        """Return the vectors of the next document's passages as an index keeps them.

        They are mixed with those of their surroundings, shape (passages, dimensions).
        """
        first, count = self._given, len(made.passages)
        self._given += count
        known = self._own[first : first + count].astype(np.float32)
        if len(known) < count:
            chance = np.random.default_rng([self._seed, first])
            known = np.concatenate([known, self._drawn(made.topics[len(known) :], chance)])
        return with_surroundings(made.passages, made.runs, made.terms, known)

    def _drawn(self, topics: Sequence[int], chance: np.random.Generator) -> NDArray[np.float32]:
        places = chance.random(len(topics))
        around = [self._by_topic.get(topic, self._any) for topic in topics]
        chosen = [near[int(p * len(near))] for near, p in zip(around, places, strict=True)]
        steps = self._steps[chance.integers(0, len(self._steps), len(topics))]
        signs = chance.choice(np.array([-1, 1], dtype=np.float32), (len(topics), 1))
        moved = self._own[chosen].astype(np.float32) + signs * steps
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
