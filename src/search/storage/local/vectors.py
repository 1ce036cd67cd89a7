"""Passage vectors in FAISS: compared one by one while they are few, by neighbourhood beyond.

Beside the index of a large corpus stand the vectors themselves, in half precision. What the index
finds is scored anew by those, and where a filter lets few passages through, all of these are: a
filtered search of a large corpus is as exact as one of a small corpus.
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
from search.storage.local.rowfiles import RowFile

__all__ = ["CLUSTER_PLAN", "ClusterPlan", "VectorIndex", "write_vectors"]

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClusterPlan:
    """Which index is built for how many vectors, and how it is searched.

    Measured on a million vectors around 50,000 real ones: of the ten nearest 98.9 % are found, of
    the hundred 98.2 % (`benchmarks/scale/vectors_study.py`).
    """

    flat_up_to: int = 50_000
    """Vectors up to which each is compared with the question."""
    exact_up_to: int = 5_000
    """Vectors that a filter may leave for these alone to be compared, each of them."""
    probed: int = 384
    """Neighbourhoods that are searched."""
    rescored: int = 2
    """Vectors that are scored anew, for each that is wanted."""

    def compares_all(self, vectors: int) -> bool:
        """Tell whether so many vectors are all compared with a question."""
        return vectors <= self.flat_up_to

    def cells(self, vectors: int) -> int:
        """Give the number of neighbourhoods for so many vectors, a power of two."""
        return int(2 ** round(math.log2(4 * math.sqrt(vectors))))

    def probes(self, share: float) -> int:
        """Give how many neighbourhoods are searched when a filter lets a share through.

        The fewer it is, the farther apart lie the nearest; the power was fitted on shares of 0.5
        % to 50 %, for which it finds 98 % of the ten nearest or more.
        """
        return math.ceil(self.probed * math.pow(share, -0.75))


CLUSTER_PLAN = ClusterPlan()
_TRAINED_BY = 40
"""Vectors that each neighbourhood is found by."""
_ADDED = 50_000
"""Vectors that are added at once, to bound the memory."""
_ITERATIONS = 10


def write_vectors(
    path: Path,
    rows: RowFile,
    plan: ClusterPlan = CLUSTER_PLAN,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> str:
    """Write an index of vectors, shape (passages, dimensions); say in Dutch which was chosen.

    Few are kept in half precision each, to be compared one by one. Many are parted into
    neighbourhoods (inverted lists) with a byte a number. `progress` counts vectors.
    """
    faiss.omp_set_num_threads(usable_cores())
    flat = plan.compares_all(len(rows))
    index, centre = (_flat(rows.dimensions), 0) if flat else _neighbourhoods(rows, plan)
    for first in range(0, len(rows), _ADDED):
        index.add(rows.rows(first, _ADDED) - centre)
        progress(min(first + _ADDED, len(rows)), len(rows))
    faiss.write_index(index, str(path))
    if flat:
        return "vlak: elke vector wordt vergeleken"
    return f"IVF met {plan.cells(len(rows))} buurten, een byte per getal, en herscoren"


def _flat(dimensions: int) -> faiss.Index:
    index = faiss.IndexScalarQuantizer(
        dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    # Half precision has nothing to learn, but the library wants to be told.
    index.train(np.zeros((1, dimensions), dtype=np.float32))
    return index


def _neighbourhoods(rows: RowFile, plan: ClusterPlan) -> tuple[faiss.Index, Vectors]:
    """Find the neighbourhoods; also give what is to be taken from each vector.

    That is their mean: E5's vectors have most of their length in common, which parts none of
    them. To take it away moves all scores of a question by the same, and no order.
    """
    cells = plan.cells(len(rows))
    chance = np.random.default_rng(0)
    number = min(len(rows), _TRAINED_BY * cells)
    sample = rows.chosen(np.sort(chance.choice(len(rows), number, replace=False)))
    centre = sample.mean(axis=0)
    centres = faiss.IndexFlatIP(rows.dimensions)
    index = faiss.IndexIVFScalarQuantizer(
        centres, rows.dimensions, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter = _ITERATIONS
    index.cp.spherical = True
    index.train(sample - centre)
    return index, centre


class VectorIndex:
    """Open passage vectors; a score is the inner product with the question."""

    def __init__(self, path: Path, rows: Path, plan: ClusterPlan = CLUSTER_PLAN) -> None:
        """Open the index at `path`; `rows` are the vectors themselves, beside an index of many.

        Raises RuntimeError, OSError or ValueError for a file that is none.
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
        """Give `count` vectors from row `first`, shape (count, dimensions)."""
        if self._rows:
            return self._rows.rows(first, count)
        return np.asarray(self._index.reconstruct_n(first, count), dtype=np.float32)

    def search(
        self,
        question: Vectors,
        top: int,
        allowed: Ids | None = None,
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Give the inner product of the best `top` passages with one question vector.

        `allowed` limits the search to those passages before the best are taken. Where not all of
        them are compared, those in `also` are.
        """
        if not self.passages or top < 1 or (allowed is not None and not len(allowed)):
            return {}
        if not self._rows:
            return self._found(question, min(top, self.passages), allowed)
        if allowed is None or len(allowed) > self._plan.exact_up_to:
            wanted = min(self._plan.rescored * top, self.passages)
            found = self._found(question, wanted, allowed).keys() | set(also)
            allowed = np.array(sorted(found), dtype=np.int64)
        return self._best(question, allowed, top, self._rows)

    def _found(self, question: Vectors, top: int, allowed: Ids | None) -> dict[int, float]:
        """Search the index."""
        share = 1.0 if allowed is None else len(allowed) / self.passages
        selector = None if allowed is None else _selector(allowed, self.passages)
        limits: faiss.SearchParameters
        if self._rows:
            probes = min(self._plan.probes(share), self._cells)
            limits = faiss.SearchParametersIVF(sel=selector, nprobe=probes)  # type: ignore[call-arg]
        else:
            limits = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        # One thread a question: a second one gains little, and loses much when many ask at once.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(question.reshape(1, -1), top, params=limits)
        return {int(i): float(s) for s, i in zip(scores[0], ids[0], strict=True) if i >= 0}

    def _best(self, question: Vectors, ids: Ids, top: int, rows: RowFile) -> dict[int, float]:
        """Score passages by their own vectors, and give the best."""
        scores = rows.chosen(ids) @ question
        order = np.argsort(-scores, kind="stable")[:top]
        return {int(ids[i]): float(scores[i]) for i in order}


def _selector(allowed: Ids, total: int) -> faiss.IDSelector:
    passes = np.zeros(total, dtype=np.bool_)
    passes[allowed] = True
    bits = np.packbits(passes, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
