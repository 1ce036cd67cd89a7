"""Passage vectors in FAISS: a flat index of few vectors, an inverted file (IVF) of many.

An IVF index comes with the vectors themselves, in half precision. What the index finds is rescored
with those, and where a filter lets few passages through, all of them are scored: a filtered search
of a large corpus is as exact as one of a small corpus.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from search.concurrency import usable_cores
from search.storage.filter_mask import FilterMask
from search.storage.interface import Vectors
from search.storage.local.rowfiles import RowFile

__all__ = ["CLUSTER_PLAN", "ClusterPlan", "VectorIndex", "write_vectors"]

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClusterPlan:
    """Which index is built for how many vectors, and how it is searched.

    Measured on a million vectors around 50,000 real ones: 98.9 % of the ten nearest are found, and
    98.2 % of the hundred nearest (`benchmarks/scale/vectors_study.py`).
    """

    flat_up_to: int = 50_000
    """Vectors up to which each is compared with the question."""
    exact_up_to: int = 5_000
    """Passages that a filter may leave for the index to be skipped and all of them compared."""
    probed: int = 384
    """Cells (inverted lists) that are searched."""
    rescored: int = 2
    """Vectors that are rescored, for each that is wanted."""

    def compares_all(self, vectors: int) -> bool:
        """Return whether all of so many vectors are compared with a question."""
        return vectors <= self.flat_up_to

    def cells(self, vectors: int) -> int:
        """Return the number of cells for so many vectors, a power of two."""
        return int(2 ** round(math.log2(4 * math.sqrt(vectors))))

    def probes(self, share: float) -> int:
        """Return how many cells are searched when a filter lets a share of the passages through.

        The smaller the share, the farther apart are the nearest; the power was fitted on shares of
        0.5 % to 50 %, for which at least 98 % of the ten nearest are found.
        """
        return math.ceil(self.probed * math.pow(share, -0.75))


CLUSTER_PLAN = ClusterPlan()
_TRAINED_BY = 40
"""Vectors in the sample for the k-means of the cells, for each cell."""
_BATCH = 50_000
"""Vectors that are added at once, to bound the memory."""
_ITERATIONS = 10
"""Of k-means."""


def write_vectors(
    path: Path,
    rows: RowFile,
    plan: ClusterPlan = CLUSTER_PLAN,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> str:
    """Write an index of vectors, shape (passages, dimensions); return in Dutch which kind it is.

    Few vectors are kept in half precision. Many are divided over cells, with a byte a number.
    `progress` counts vectors.
    """
    faiss.omp_set_num_threads(usable_cores())
    flat = plan.compares_all(len(rows))
    index, mean = (_flat(rows.dimensions), 0) if flat else _inverted_file(rows, plan)
    for first in range(0, len(rows), _BATCH):
        index.add(rows.rows(first, _BATCH) - mean)
        progress(min(first + _BATCH, len(rows)), len(rows))
    faiss.write_index(index, str(path))
    if flat:
        return "vlak: elke vector wordt vergeleken"
    return f"IVF met {plan.cells(len(rows))} buurten, een byte per getal, en herscoren"


def _flat(dimensions: int) -> faiss.Index:
    index = faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    # Half precision needs no training, but FAISS requires it.
    index.train(np.zeros((1, dimensions), dtype=np.float32))
    return index


def _inverted_file(rows: RowFile, plan: ClusterPlan) -> tuple[faiss.Index, Vectors]:
    """Return a trained index and the mean vector, which is to be subtracted from each vector.

    E5's vectors have most of their length in common, which separates no cells. Subtracting the
    mean changes all scores of a question by the same number, so the order stays.
    """
    cells = plan.cells(len(rows))
    random = np.random.default_rng(0)
    number = min(len(rows), _TRAINED_BY * cells)
    sample = rows.chosen(np.sort(random.choice(len(rows), number, replace=False)))
    mean = sample.mean(axis=0)
    centres = faiss.IndexFlatIP(rows.dimensions)
    index = faiss.IndexIVFScalarQuantizer(
        centres, rows.dimensions, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter = _ITERATIONS
    index.cp.spherical = True
    index.train(sample - mean)
    return index, mean


class VectorIndex:
    """Open passage vectors; a score is the inner product with the question."""

    def __init__(self, path: Path, rows: Path, plan: ClusterPlan = CLUSTER_PLAN) -> None:
        """Open the index at `path`; the file `rows`, if it exists, holds the vectors themselves.

        Raises RuntimeError, OSError or ValueError for another kind of file.
        """
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        self._rows = RowFile(rows) if rows.exists() else None
        self._cells = int(getattr(self._index, "nlist", 1))
        self._plan = plan

    @property
    def passages(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def rows(self, first: int, count: int) -> Vectors:
        """Return `count` vectors from row `first`, shape (count, dimensions)."""
        if self._rows:
            return self._rows.rows(first, count)
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def search(
        self,
        question: Vectors,
        top: int,
        allowed: FilterMask | None = None,
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Return the inner products of the best `top` passages with one question vector.

        `allowed` limits the search to those passages before the best are taken. Where not all of
        them are compared, those in `also` are.
        """
        if not self.passages or top < 1 or (allowed is not None and not allowed.count):
            return {}
        if not self._rows:
            return self._search_index(question, min(top, self.passages), allowed)
        if allowed is not None and allowed.count <= self._plan.exact_up_to:
            ids = allowed.ids
        else:
            wanted = min(self._plan.rescored * top, self.passages)
            found = self._search_index(question, wanted, allowed).keys() | set(also)
            ids = np.array(sorted(found), dtype=np.int64)
        return _rescored(question, ids, top, self._rows)

    def _search_index(
        self, question: Vectors, top: int, allowed: FilterMask | None
    ) -> dict[int, float]:
        share = 1.0 if allowed is None else allowed.count / self.passages
        selector = None if allowed is None else _selector(allowed)
        limits: faiss.SearchParameters
        if self._rows:
            probes = min(self._plan.probes(share), self._cells)
            limits = faiss.SearchParametersIVF(sel=selector, nprobe=probes)  # type: ignore[call-arg]
        else:
            limits = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        # One thread a question: a second gains little, and costs much when many ask at once.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(question.reshape(1, -1), top, params=limits)
        return {int(i): float(s) for s, i in zip(scores[0], ids[0], strict=True) if i >= 0}


def _rescored(question: Vectors, ids: Ids, top: int, rows: RowFile) -> dict[int, float]:
    """Return the best `top` of some passages, scored by their own vectors."""
    scores = rows.chosen(ids) @ question
    order = np.argsort(-scores, kind="stable")[:top]
    return {int(ids[i]): float(scores[i]) for i in order}


def _selector(allowed: FilterMask) -> faiss.IDSelector:
    bits = np.packbits(allowed.passes, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
