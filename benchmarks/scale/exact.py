"""The exact nearest passages of questions, to hold the index's against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.storage import Index

__all__ = ["exact_neighbours", "found_share"]

Found = dict[int, float]
_ROWS = 50_000


def exact_neighbours(
    index: Index,
    questions: NDArray[np.float32],
    top: int,
    allowed: NDArray[np.int64] | None = None,
) -> list[Found]:
    """Return the `top` passages of the largest inner product with each question, best first.

    Every passage is compared, or every one of `allowed`. Questions have shape (n, dimensions).
    """
    total = index.manifest.passages
    passes = np.ones(total, dtype=np.bool_)
    if allowed is not None:
        passes[:] = False
        passes[allowed] = True
    ids = np.empty((len(questions), 0), dtype=np.int64)
    scores = np.empty((len(questions), 0), dtype=np.float32)
    for first in range(0, total, _ROWS):
        near = np.flatnonzero(passes[first : first + _ROWS])
        if not len(near):
            continue
        rows = index.passage_rows(first, min(_ROWS, total - first))[near]
        scores = np.concatenate([scores, questions @ rows.T], axis=1)
        ids = np.concatenate([ids, np.tile(near + first, (len(questions), 1))], axis=1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :top]
        ids = np.take_along_axis(ids, best, axis=1)
        scores = np.take_along_axis(scores, best, axis=1)
    return [
        dict(zip(own.tolist(), values.tolist(), strict=True))
        for own, values in zip(ids, scores, strict=True)
    ]


def found_share(found: Sequence[Found], exact: Sequence[Found], top: int) -> float:
    """Return the share of the `top` exact neighbours that were found, the mean over questions."""
    shares = []
    for some, best in zip(found, exact, strict=True):
        wanted = set(list(best)[:top])
        if wanted:
            shares.append(len(wanted & set(list(some)[:top])) / len(wanted))
    return float(np.mean(shares)) if shares else 1.0
