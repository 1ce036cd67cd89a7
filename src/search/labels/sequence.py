"""Smoothing over neighbouring sentences: a holder mostly holds several in a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_transitions", "smooth"]

_EXPONENT = 0.3
"""Power of the transitions; below 1, because the features partly describe the sentence before."""


def count_transitions(
    classes: Sequence[str], true: Sequence[str], starts: Sequence[bool]
) -> NDArray[np.float32]:
    """Return P(second | first) / P(second) for each pair of classes, shape (classes, classes).

    `true` is the class of each sentence in order; `starts` tells where a section or an answer
    begins, and no pair crosses those. Rows are the first of a pair. Each pair counts as seen once
    more (additive smoothing).
    """
    places = {name: i for i, name in enumerate(classes)}
    counts = np.ones((len(classes), len(classes)))
    for before, after, start in zip(true, true[1:], starts[1:], strict=False):
        if not start:
            counts[places[before], places[after]] += 1
    shares = counts.sum(axis=0) / counts.sum()
    return np.asarray(counts / counts.sum(axis=1, keepdims=True) / shares, dtype=np.float32)


def smooth(
    probabilities: NDArray[np.float32], transitions: NDArray[np.float32], starts: Sequence[bool]
) -> NDArray[np.float32]:
    """Return the class probabilities, shape (sentences, classes), given the sentences around each.

    `transitions` are those of `count_transitions`, used to a power below 1. Within each section
    this is the forward-backward algorithm (L. R. Rabiner, "A tutorial on hidden Markov models",
    1989, section III).
    """
    steps = transitions**_EXPONENT
    edges = [*(i for i, start in enumerate(starts) if start or not i), len(probabilities)]
    smoothed = probabilities.copy()
    for first, end in pairwise(edges):
        own = probabilities[first:end]
        before, after = own.copy(), np.ones_like(own)
        for i in range(1, len(own)):
            before[i] *= before[i - 1] @ steps
            before[i] /= before[i].sum()
        for i in range(len(own) - 2, -1, -1):
            after[i] = steps @ (own[i + 1] * after[i + 1])
            after[i] /= after[i].sum()
        both = before * after
        smoothed[first:end] = both / both.sum(axis=1, keepdims=True)
    return smoothed
