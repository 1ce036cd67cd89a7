"""Vectors on disk: passages in FAISS, sentences in a memory-mapped array."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

__all__ = ["SentenceVectors", "VectorIndex", "write_sentence_vectors", "write_vectors"]

Vectors = NDArray[np.float32]


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write passage vectors, shape (passages, dimensions), as IndexFlatIP."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(path))


class VectorIndex:
    """Open passage vectors; a score is the inner product with the question."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path))

    @property
    def passages(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def rows(self, first: int, count: int) -> Vectors:
        """Give `count` vectors from row `first`, shape (count, dimensions)."""
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def search(
        self, question: Vectors, top: int, allowed: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Give the inner product of the best `top` passages with one question vector.

        `allowed` limits the search to those passages before the best are taken.
        """
        if not self.passages or (allowed is not None and not len(allowed)):
            return {}
        limits = None
        if allowed is not None:
            ids = np.asarray(allowed, dtype=np.int64)
            limits = faiss.SearchParameters(sel=faiss.IDSelectorBatch(ids))  # type: ignore[call-arg]
        top = min(top, self.passages)
        scores, ids_found = self._index.search(question.reshape(1, -1), top, params=limits)
        return {
            int(i): float(score) for score, i in zip(scores[0], ids_found[0], strict=True) if i >= 0
        }


def write_sentence_vectors(path: Path, vectors: Vectors) -> None:
    """Write sentence vectors, shape (sentences, dimensions), in half precision."""
    with path.open("wb") as file:
        np.save(file, vectors.astype(np.float16))


class SentenceVectors:
    """Sentence vectors, memory-mapped: only the rows that are asked for are read."""

    def __init__(self, path: Path) -> None:
        self._rows: NDArray[np.float16] = np.load(path, mmap_mode="r")

    @property
    def sentences(self) -> int:
        """The number of vectors."""
        return int(self._rows.shape[0])

    def rows(self, first: int, count: int) -> Vectors:
        """Give `count` vectors from row `first`, shape (count, dimensions)."""
        return np.asarray(self._rows[first : first + count], dtype=np.float32)
