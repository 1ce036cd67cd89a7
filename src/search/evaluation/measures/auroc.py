"""Area under the ROC curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["auroc"]


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Return the chance that a positive case scores above a negative one; ties count half.

    This is the Mann-Whitney statistic. Raises ValueError unless there are cases of both kinds.
    """
    values, is_positive = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    ups, downs = values[is_positive], values[~is_positive]
    if not len(ups) or not len(downs):
        raise ValueError("auroc needs positive and negative cases")
    below = np.searchsorted(np.sort(downs), ups, side="left")
    not_above = np.searchsorted(np.sort(downs), ups, side="right")
    return float((below + not_above).sum() / (2 * len(ups) * len(downs)))
