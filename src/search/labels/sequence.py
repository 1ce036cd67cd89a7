"""Whose view it is goes by the neighbours too: a party that speaks mostly speaks on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_transitions", "smooth"]

_WEIGHT = 0.3
"""How much of the transitions counts: the features know the sentence before in part already."""


def count_transitions(
    classes: Sequence[str], true: Sequence[str], starts: Sequence[bool]
) -> NDArray[np.float32]:
    """Count which class follows which, as the chance of a pair over that of its parts apart.

    `true` is the class of each sentence in order, `starts` says where a section or answer begins:
    no pair goes across. Gives shape (classes, classes), rows for the first of a pair; above 1 is a
    pair that is seen more often than chance would have it. Each pair counts as seen once more.
    """
    places = {name: i for i, name in enumerate(classes)}
    counts = np.ones((len(classes), len(classes)))
    for before, after, start in zip(true, true[1:], starts[1:], strict=False):
        if not start:
            counts[places[before], places[after]] += 1
    shares = counts.sum(axis=0) / counts.sum()
    return np.asarray(counts / counts.sum(axis=1, keepdims=True) / shares, dtype=np.float32)


def smooth(
    chances: NDArray[np.float32], transitions: NDArray[np.float32], starts: Sequence[bool]
) -> NDArray[np.float32]:
    """Give the chances of each class again, in the light of the sentences around it.

    `chances` has shape (sentences, classes), `transitions` as `count_transitions` gives them.
    Within each section it is the forward-backward algorithm (L. R. Rabiner, "A tutorial on hidden
    Markov models", 1989, section III), with the transitions to a power below 1.
    """
    steps = transitions**_WEIGHT
    edges = [*(i for i, start in enumerate(starts) if start or not i), len(chances)]
    smoothed = chances.copy()
    for first, end in pairwise(edges):
        own = chances[first:end]
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
