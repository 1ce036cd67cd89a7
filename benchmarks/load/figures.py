"""Percentiles of waiting, and growth of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["Growth", "Waits", "growth", "waits"]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited, in milliseconds; percentiles by linear interpolation."""

    number: int
    p50: float
    p95: float
    most: float


@dataclass(frozen=True, slots=True)
class Growth:
    """The growth of memory over a number of questions, after the warm-up.

    `slope` is that of the least-squares line, in bytes a question; `first` and `last` are the
    medians of the first and last tenth of what was seen, in bytes.
    """

    questions: int
    slope: float
    first: float
    last: float


def waits(seconds: Sequence[float]) -> Waits:
    """Return a summary of waits in seconds; raises ValueError if there are none."""
    if not seconds:
        raise ValueError("there is nothing to sum up")
    ms = np.asarray(seconds) * 1000
    return Waits(len(ms), *(round(float(v), 1) for v in (*np.percentile(ms, (50, 95)), ms.max())))


def growth(points: Sequence[tuple[int, int]], warm: int) -> Growth:
    """Return the growth of memory; `points` are (questions asked, bytes), in order.

    Points before `warm` questions are left out. Raises ValueError for fewer than ten
    points after that.
    """
    kept = np.array([point for point in points if point[0] >= warm], dtype=float)
    if len(kept) < 10:
        raise ValueError(f"{len(kept)} points after the warm-up; at least 10 are needed")
    asked, held = kept[:, 0], kept[:, 1]
    tenth = max(1, len(kept) // 10)
    slope = float(np.polyfit(asked, held, 1)[0])
    return Growth(
        int(asked[-1] - asked[0]),
        slope,
        float(np.median(held[:tenth])),
        float(np.median(held[-tenth:])),
    )
