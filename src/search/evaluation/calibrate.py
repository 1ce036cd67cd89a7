"""Fits the abstention model on the development sets: `make calibrate`.

Each retrieval set is asked without half of its documents, as `abstain.json` says. Cases of other
collections, of several sizes, come from `benchmarks.reader.cases`, on documents that the reader has
not learned from; these count twice, the other sets once. No feature depends on the size of the
corpus.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedding import CachedEncoder, Encoder, load_encoder
from search.engine import Engine
from search.evaluation.abstention import ask_without
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.calibration_error import calibration_error
from search.evaluation.sets import (
    AbstentionSplit,
    RetrievalSet,
    read_abstention,
    read_questions,
    read_retrieval_set,
)
from search.progress import message
from search.reader import Reader, load_reader
from search.retrieval.answerability import ANSWERABILITY_FILE, GROUPS
from search.settings import Settings

__all__ = ["Cases", "Sets", "fit_answerability", "leave_one_out", "main"]

_VERSION = 1
_ANSWERABLE = 2 / 3
"""Assumed share of questions with an answer: people mostly ask what a corpus is about, and a wrong
refusal hides an answer."""
_INVERSE_PENALTY = 0.03
"""Inverse of the L2 penalty on standardised features."""
_ASKED = 400
"""Questions of a retrieval set that are asked."""
_SEED = 7

_LIKE_REAL = "questions, "
"""How the names of the sets begin that `benchmarks.reader.cases` makes."""

Cases = list[tuple[dict[str, float], bool]]
"""Features of a question, and whether the corpus answers it."""
Sets = dict[str, Cases]
"""The cases of each set."""
Fitted = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the sets of a folder, write the model into the package and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with questions-dev.jsonl and the sets")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--cases", type=Path, nargs="*", default=(), help="more cases, in JSON")
    options = parser.parse_args(arguments)
    sets = collect(options.folder, options.corpus, options.index)
    for path in options.cases:
        sets |= json.loads(path.read_text(encoding="utf-8"))
    path = Path(__file__).parents[1] / "retrieval" / ANSWERABILITY_FILE
    path.write_text(json.dumps(fit_all(sets), indent=1) + "\n", encoding="utf-8")
    return 0


def fit_all(sets: Sets) -> dict[str, Any]:
    """Return the fitted models of all groups of features, with figures of sets left out."""
    figures = leave_one_out(sets)
    for name, each in figures.items():
        message(f"{name:<30}" + "  ".join(f"{key} {value:.3f}" for key, value in each.items()))
    cases = _counted(sets)
    return {
        "version": _VERSION,
        "date": datetime.now(UTC).date().isoformat(),
        "sets": {name: len(each) for name, each in sets.items()},
        "left_out": figures,
        **{group: fit_answerability(cases, features) for group, features in GROUPS.items()},
    }


def collect(folder: Path, corpus: Path, index: Path) -> Sets:
    """Return the cases of all sets."""
    with Engine.open(Settings(corpus, index)) as engine:
        questions = read_questions(folder / "questions-dev.jsonl")
        asked = [(dict(engine.ask(q.question).features), q.answerable) for q in questions]
    sets: Sets = {"questions-dev": asked}
    encoder = CachedEncoder(load_encoder())
    reader = load_reader(encoder)
    for path in sorted(each.parent for each in folder.glob("*/abstain.json")):
        data = read_retrieval_set(path)
        sets[path.name] = _cases(data, read_abstention(path, data), encoder, reader)
        message(f"{path.name}: {len(sets[path.name])}")
    return sets


def _cases(data: RetrievalSet, split: AbstentionSplit, encoder: Encoder, reader: Reader) -> Cases:
    """Return the cases of a part of the questions, since reading takes its time."""
    chosen = random.Random(_SEED).sample(sorted(data.queries), min(_ASKED, len(data.queries)))
    part = replace(data, queries={query: data.queries[query] for query in chosen})
    return [(features, can) for features, can, _, _ in ask_without(part, split, encoder, reader)]


def fit_answerability(sets: Sequence[Cases], features: Sequence[str]) -> Fitted:
    """Return weights and intercept of a logistic regression, for features that are not scaled."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([_matrix(cases, features) for cases in sets])
    truth = np.concatenate([[can for _, can in cases] for cases in sets])
    weight = np.concatenate([_balanced(cases) for cases in sets])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=5_000)
    model.fit((rows - mean) / spread, truth, sample_weight=weight * len(rows))
    weights = model.coef_[0] / spread
    return {
        "weights": {name: float(w) for name, w in zip(features, weights, strict=True)},
        "intercept": float(model.intercept_[0] - weights @ mean),
    }


def _counted(sets: Sets) -> list[Cases]:
    """Return the cases of each set, twice if they are about government documents as people have."""
    times = {name: 2 if name.startswith(_LIKE_REAL) else 1 for name in sets}
    return [cases for name, cases in sets.items() for _ in range(times[name])]


def _matrix(cases: Cases, features: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[values[name] for name in features] for values, _ in cases])


def _balanced(cases: Cases) -> NDArray[np.float64]:
    """Return weights that give both kinds of question their assumed share, and sum to 1."""
    truth = np.array([can for _, can in cases])
    weights: NDArray[np.float64] = np.where(
        truth, _ANSWERABLE / truth.sum(), (1 - _ANSWERABLE) / (~truth).sum()
    )
    return weights


def leave_one_out(sets: Sets) -> dict[str, dict[str, float]]:
    """Return figures on each set of the models that were fitted on the others.

    The AUROC with each group of features, and the calibration error with all of them.
    """
    figures: dict[str, dict[str, float]] = {}
    for name, cases in sets.items():
        others = _counted({other: each for other, each in sets.items() if other != name})
        fitted = {group: fit_answerability(others, features) for group, features in GROUPS.items()}
        figures[name] = {group: _auroc(each, cases) for group, each in fitted.items()}
        confidences = [1 / (1 + math.exp(-score)) for score in _scores(fitted["all-read"], cases)]
        figures[name]["ece"] = calibration_error(confidences, [can for _, can in cases])
    return figures


def _auroc(fitted: Fitted, cases: Cases) -> float:
    return auroc(_scores(fitted, cases), [can for _, can in cases])


def _scores(fitted: Fitted, cases: Cases) -> list[float]:
    return [
        fitted["intercept"] + sum(w * values[name] for name, w in fitted["weights"].items())
        for values, _ in cases
    ]


if __name__ == "__main__":
    raise SystemExit(main())
