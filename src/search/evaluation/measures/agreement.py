"""Agreement of predicted labels with true ones: accuracy, F1 and macro-F1."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["accuracy", "f1", "macro_f1"]


def accuracy(true: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the share of labels that are right; 0 if there are none."""
    pairs = list(zip(true, predicted, strict=True))
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def f1(true: Sequence[bool], predicted: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a yes-or-no label; each is 0 if undefined."""
    pairs = list(zip(true, predicted, strict=True))
    right = sum(a and b for a, b in pairs)
    claimed, wanted = sum(predicted), sum(true)
    precision = right / claimed if claimed else 0.0
    recall = right / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def macro_f1(true: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean F1 over all labels that occur, true or predicted; 0 if there are none."""
    labels = sorted({*true, *predicted})
    values = [
        f1([t == label for t in true], [p == label for p in predicted])[2] for label in labels
    ]
    return sum(values) / len(values) if values else 0.0
