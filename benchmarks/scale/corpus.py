"""Documents of the made corpus as a writer takes them, up to so many passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from benchmarks.scale.documents import stream
from benchmarks.scale.embedding import SEED, embedded, open_pool, parts_of
from benchmarks.scale.pool import Pool
from benchmarks.scale.putting import Made
from benchmarks.scale.vectors import Drawing, neighbour_steps
from numpy.typing import NDArray

from search.embedding import Encoder

__all__ = ["Corpus", "WithVectors"]


@dataclass(frozen=True, slots=True)
class WithVectors:
    """A document, and the vectors of its passages and its sentences, a row each."""

    made: Made
    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]


class Corpus:
    """The made corpus: the same documents and vectors at each size, so far as they go."""

    def __init__(self, evaluation: Path, letters: Path, work: Path) -> None:
        """Read the real texts; `work` holds what `benchmarks.scale.embedding` made of them."""
        self.pool: Pool
        self.encoder: Encoder
        self.pool, self.encoder = open_pool(evaluation, letters, work / "memory")
        self._own = embedded(parts_of(work))
        self._work = work

    @property
    def embedded(self) -> int:
        """The number of passages that were embedded; those beyond are drawn."""
        return len(self._own)

    def documents(self, folder: Path, passages: int) -> Iterator[WithVectors]:
        """Write documents into a corpus folder and give them, until there are enough passages."""
        drawing = self._drawing(passages)
        held = 0
        for made in stream(self.pool, folder, self.encoder, SEED):
            sentences = self.pool.vectors[list(made.rows)].astype(np.float32)
            yield WithVectors(made, drawing.vectors(made), sentences)
            held += len(made.passages)
            if held >= passages:
                return

    def _drawing(self, passages: int) -> Drawing:
        if passages <= len(self._own):
            # Nothing is drawn, except for a last document that goes on after the embedded part.
            topics: list[int] = [-1] * len(self._own)
        else:
            topics = self._topics()
        steps = neighbour_steps(self._own.astype(np.float32), SEED)
        return Drawing(self._own, topics, steps, SEED)

    def _topics(self) -> list[int]:
        """Return the subject of each embedded passage."""
        topics: list[int] = []
        with TemporaryDirectory(dir=self._work) as folder:
            for made in stream(self.pool, Path(folder), self.encoder, SEED):
                topics += made.topics
                if len(topics) >= len(self._own):
                    break
        return topics[: len(self._own)]
