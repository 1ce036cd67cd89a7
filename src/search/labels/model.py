"""The classifier of the labels: two small logistic regressions.

One gives the holder, smoothed over the sentences around it (`sequence.py`), one the stance; the
decision is the likeliest pair that can go together (a finding is never the cabinet's). `make
train-labels` fits them and stores them with their figures in `stances.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedding import BUILT_IN
from search.labels.sequence import smooth
from search.records import Holder, Stance

__all__ = ["MODEL_FILE", "Decision", "Regression", "StanceModel", "goes_together", "load_model"]

MODEL_FILE = "stances.json"
_STANCES_OF_OTHERS = frozenset({Stance.ADVICE, Stance.FINDING})


def goes_together(holder: Holder, stance: Stance) -> bool:
    """Return whether a holder can have a stance: facts have no holder, findings not the cabinet."""
    if stance is Stance.FACT:
        return holder is Holder.NONE
    if stance in _STANCES_OF_OTHERS:
        return holder not in (Holder.CABINET, Holder.NONE)
    return holder is Holder.CABINET


@dataclass(frozen=True, slots=True)
class Decision:
    """The likeliest holder and stance of a sentence, with their probability together."""

    holder: Holder
    stance: Stance
    probability: float


@dataclass(frozen=True, slots=True)
class Regression:
    """A multinomial logistic regression: weights of shape (classes, features), intercepts."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each class for each row, shape (rows, classes)."""
        scores = rows @ self.weights.T + self.intercepts
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class StanceModel:
    """The fitted model; its features are the named ones and, if it uses them, the vector."""

    features: tuple[str, ...]
    holder: Regression
    stance: Regression
    transitions: NDArray[np.float32]
    """Which holder follows which, shape (holders, holders); see `count_transitions`."""
    mean: NDArray[np.float32] | None = None
    """The mean of the vectors it was fitted on; None if it does not use vectors."""
    scale: float = 1.0
    """Factor of the vectors, so that they weigh as much as the named features."""

    def rows(
        self, named: Sequence[Mapping[str, float]], vectors: NDArray[np.float32] | None
    ) -> NDArray[np.float32]:
        """Return the features of sentences as rows, shape (sentences, features)."""
        columns = {name: i for i, name in enumerate(self.features)}
        rows = np.zeros((len(named), len(columns)), dtype=np.float32)
        for i, values in enumerate(named):
            for name, value in values.items():
                if name in columns:
                    rows[i, columns[name]] = value
        if self.mean is None or vectors is None:
            return rows
        return np.hstack([rows, (vectors - self.mean) * np.float32(self.scale)])

    def decide(
        self,
        named: Sequence[Mapping[str, float]],
        vectors: NDArray[np.float32] | None,
        starts: Sequence[bool],
    ) -> list[Decision]:
        """Return the decisions on the sentences of a document, in order.

        `vectors` has shape (sentences, dimensions); `starts` tells where a section or an answer
        begins.
        """
        if not named:
            return []
        rows = self.rows(named, vectors)
        holders = smooth(self.holder.probabilities(rows), self.transitions, starts)
        stances = self.stance.probabilities(rows)
        pairs = [
            (h, s)
            for h, holder in enumerate(self.holder.classes)
            for s, stance in enumerate(self.stance.classes)
            if goes_together(Holder(holder), Stance(stance))
        ]
        together = np.stack([holders[:, h] * stances[:, s] for h, s in pairs], axis=1)
        together /= together.sum(axis=1, keepdims=True)
        # The square root of the stance's probability decides: the cabinet's is spread over ten
        # stances, so the plain product would choose facts, which have no holder, too often. The
        # plain product is the probability reported: it tells how often such a decision is right.
        chosen = np.stack([holders[:, h] * np.sqrt(stances[:, s]) for h, s in pairs], axis=1)
        decisions = []
        for row, best in zip(together, chosen.argmax(axis=1), strict=True):
            h, s = pairs[best]
            decisions.append(
                Decision(
                    Holder(self.holder.classes[h]), Stance(self.stance.classes[s]), float(row[best])
                )
            )
        return decisions

    def to_json(self) -> dict[str, Any]:
        """Return the model as JSON values, weights with four decimals."""
        return {
            "features": list(self.features),
            "holder": _regression_json(self.holder),
            "stance": _regression_json(self.stance),
            "transitions": [_rounded(row) for row in self.transitions],
            "mean": None if self.mean is None else _rounded(self.mean),
            "scale": self.scale,
        }


def _regression_json(fitted: Regression) -> dict[str, Any]:
    return {
        "classes": list(fitted.classes),
        "weights": [_rounded(row) for row in fitted.weights],
        "intercepts": _rounded(fitted.intercepts),
    }


def _rounded(values: NDArray[np.float32]) -> list[float]:
    return [round(float(value), 4) for value in values]


def _regression(values: Mapping[str, Any]) -> Regression:
    return Regression(
        tuple(values["classes"]),
        np.array(values["weights"], dtype=np.float32),
        np.array(values["intercepts"], dtype=np.float32),
    )


@lru_cache(maxsize=2)
def load_model(encoder: str) -> StanceModel:
    """Return the fitted model for sentences embedded by `encoder`.

    For any but the built-in encoder it uses words only, because it was not fitted on the vectors.
    """
    values = json.loads((files("search.labels") / MODEL_FILE).read_text(encoding="utf-8"))
    fitted = values["all" if encoder == BUILT_IN else "words"]
    mean = fitted["mean"]
    return StanceModel(
        tuple(fitted["features"]),
        _regression(fitted["holder"]),
        _regression(fitted["stance"]),
        np.array(fitted["transitions"], dtype=np.float32),
        None if mean is None else np.array(mean, dtype=np.float32),
        fitted["scale"],
    )
