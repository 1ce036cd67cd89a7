"""Agreement of predicted labels with true ones: accuracy, macro-F1 and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

__all__ = ["accuracy", "cohen_kappa", "f1", "macro_f1"]


def accuracy(true: Sequence[str], predicted: Sequence[str]) -> float:
    """Give the share of labels that are right; 0 when there are none."""
    pairs = list(zip(true, predicted, strict=True))
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def f1(true: Sequence[bool], predicted: Sequence[bool]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of a yes-or-no label; each 0 when undefined."""
    pairs = list(zip(true, predicted, strict=True))
    right = sum(a and b for a, b in pairs)
    claimed, wanted = sum(predicted), sum(true)
    precision = right / claimed if claimed else 0.0
    recall = right / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def macro_f1(true: Sequence[str], predicted: Sequence[str]) -> float:
    """Give the mean F1 over all labels that occur, true or predicted; 0 when there are none."""
    labels = sorted({*true, *predicted})
    values = [
        f1([t == label for t in true], [p == label for p in predicted])[2] for label in labels
    ]
    return sum(values) / len(values) if values else 0.0


def cohen_kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Give Cohen's kappa of two labellings: agreement beyond chance, at most 1.

    Kappa = (observed - expected) / (1 - expected) (Cohen, 1960); 1 when chance alone agrees.
    """
    observed = accuracy(one, other)
    first, second, size = Counter(one), Counter(other), len(one)
    expected = sum(first[label] * second[label] for label in first) / size**2 if size else 1.0
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
