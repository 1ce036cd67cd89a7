"""Expected calibration error: how far confidences are from how often they are right."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["calibration_error", "reliability"]

BINS = 10


def reliability(
    confidences: Sequence[float], truth: Sequence[bool], bins: int = BINS
) -> list[tuple[int, float, float]]:
    """Return for each bin of equal width its cases, mean confidence and share that is true.

    Bins without cases are left out.
    """
    filled: dict[int, list[tuple[float, bool]]] = {}
    for confidence, true in zip(confidences, truth, strict=True):
        filled.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, true))
    return [
        (len(cases), sum(c for c, _ in cases) / len(cases), sum(t for _, t in cases) / len(cases))
        for _, cases in sorted(filled.items())
    ]


def calibration_error(
    confidences: Sequence[float], truth: Sequence[bool], bins: int = BINS
) -> float:
    """Return the mean distance of confidence and truth over bins, weighed by their cases.

    Guo et al., 2017, "On Calibration of Modern Neural Networks", formula 3. Raises
    ZeroDivisionError without cases.
    """
    total = len(confidences)
    return sum(
        count / total * abs(confidence - share)
        for count, confidence, share in reliability(confidences, truth, bins)
    )
