"""The classifier of the labels: what the grammar finds and what the label model reads, together.

Two small logistic regressions over the grammar's features give the chances of each holder and of
each stance; `make train-labels` fits them and stores them in `stances.json`. The label model
(`label_reader.py`) gives chances too, from the words in their context. They are mixed as weighted
means of logarithms; the decision is the likeliest pair that can go together.
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

from search.labels.label_reader import HOLDERS, STANCES, Reading
from search.records import CABINET_STANCES, Holder, Stance

__all__ = [
    "MODEL_FILE",
    "Decision",
    "Grammar",
    "Regression",
    "decide",
    "goes_together",
    "load_grammar",
]

MODEL_FILE = "stances.json"
GRAMMAR_SHARE = 0.5
"""Share of the grammar beside the label model; chosen on documents that neither learned from."""
STANCE_BIAS = 0.45
"""Added to the logarithms of the cabinet's stances, which are rare: without it more of them are
missed than are found wrongly."""
STANCE_WEIGHT = 0.5
"""Weight of the stance's logarithm beside the holder's. The cabinet's chances are spread over ten
stances, so that with a weight of 1 facts, which have no holder, would be chosen too often."""
SHARPNESS = 1.25
"""Power of the chances that are told, so that they say how often a label is right."""
_LEAST = 1e-6
_STANCES_OF_OTHERS = frozenset({Stance.ADVICE, Stance.FINDING})


def goes_together(holder: Holder, stance: Stance) -> bool:
    """Return whether a holder can have a stance: facts have no holder, findings not the cabinet."""
    if stance is Stance.FACT:
        return holder is Holder.NONE
    if stance in _STANCES_OF_OTHERS:
        return holder not in (Holder.CABINET, Holder.NONE)
    return holder is Holder.CABINET


_PAIRS = [
    (h, s)
    for h, holder in enumerate(HOLDERS)
    for s, stance in enumerate(STANCES)
    if goes_together(holder, stance)
]
_BIAS = np.array([STANCE_BIAS * (stance in CABINET_STANCES) for stance in STANCES], np.float32)


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
        return np.asarray(np.exp(_normalised(scores)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The regressions of the holder and of the stance, and the names of their features."""

    features: tuple[str, ...]
    holder: Regression
    stance: Regression

    def rows(self, named: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """Return the features of sentences as rows, shape (sentences, features)."""
        columns = {name: i for i, name in enumerate(self.features)}
        rows = np.zeros((len(named), len(columns)), dtype=np.float32)
        for i, values in enumerate(named):
            for name, value in values.items():
                if name in columns:
                    rows[i, columns[name]] = value
        return rows

    def read(self, named: Sequence[Mapping[str, float]]) -> Reading:
        """Return the chances of sentences by their features."""
        rows = self.rows(named)
        parts = ((self.holder, HOLDERS), (self.stance, STANCES))
        return Reading(*(_logarithms(part, names, rows) for part, names in parts))

    def to_json(self) -> dict[str, Any]:
        """Return the regressions as JSON values, weights with four decimals."""
        return {
            "features": list(self.features),
            "holder": _regression_json(self.holder),
            "stance": _regression_json(self.stance),
        }


def decide(grammar: Reading, model: Reading) -> list[Decision]:
    """Return the decisions on sentences from the two readings of them."""
    holders = _normalised(_mixed(grammar.holders, model.holders))
    stances = _normalised(_mixed(grammar.stances, model.stances))
    stances = _normalised(np.asarray(stances + _BIAS, np.float32))
    chosen = np.stack([holders[:, h] + STANCE_WEIGHT * stances[:, s] for h, s in _PAIRS], axis=1)
    together = np.stack([holders[:, h] + stances[:, s] for h, s in _PAIRS], axis=1)
    chances = np.exp(_normalised(np.asarray(SHARPNESS * together, np.float32)))
    return [
        Decision(HOLDERS[_PAIRS[best][0]], STANCES[_PAIRS[best][1]], float(row[best]))
        for row, best in zip(chances, chosen.argmax(axis=1), strict=True)
    ]


def _mixed(grammar: NDArray[np.float32], model: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(GRAMMAR_SHARE * grammar + (1 - GRAMMAR_SHARE) * model, dtype=np.float32)


def _normalised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return scores as logarithms of chances that sum to 1 in each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def _logarithms(
    regression: Regression, names: Sequence[str], rows: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return logarithms in the order of `names`; a class that was never learned has the least."""
    found: NDArray[np.float32] = np.full((len(rows), len(names)), _LEAST, dtype=np.float32)
    order = [names.index(name) for name in regression.classes]
    found[:, order] = np.maximum(regression.probabilities(rows), _LEAST)
    return np.asarray(np.log(found), dtype=np.float32)


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


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """Return the fitted regressions."""
    values = json.loads((files("search.labels") / MODEL_FILE).read_text(encoding="utf-8"))
    return Grammar(
        tuple(values["features"]), _regression(values["holder"]), _regression(values["stance"])
    )
