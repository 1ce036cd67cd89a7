"""Fits the abstention model on the development sets: `make calibrate`.

Each retrieval set is asked without half of its documents, as `abstain.json` says, and again at
other sizes with documents removed at random, so that the model holds for large and small corpora.
Each set has the same weight.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedding import CachedEncoder, Encoder, load_encoder
from search.engine import Engine
from search.evaluation.abstention import ask_without
from search.evaluation.measures.auroc import auroc
from search.evaluation.sets import (
    AbstentionSplit,
    RetrievalSet,
    read_abstention,
    read_questions,
    read_retrieval_set,
)
from search.progress import message
from search.retrieval.answerability import ANSWERABILITY_FILE, FEATURES, LEXICAL_FEATURES
from search.settings import Settings

__all__ = ["Cases", "Sets", "fit_answerability", "leave_one_out", "main"]

_VERSION = 1
_ANSWERABLE = 0.7
"""Assumed share of questions with an answer: people mostly ask what a corpus is about, and a wrong
refusal hides an answer."""
_INVERSE_PENALTY = 0.03
"""Inverse of the L2 penalty on standardised features."""
_SIZES = (0.15, 0.4, 0.75)
_SEED = 7

Cases = list[tuple[dict[str, float], bool]]
"""Features of a question, and whether the corpus answers it."""
Sets = dict[str, list[Cases]]
"""The cases of each set, by size of its corpus; that of `abstain.json` comes first."""
Fitted = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the sets of a folder, write the model into the package and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with questions-dev.jsonl and the sets")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args(arguments)
    sets = collect(options.folder, options.corpus, options.index)
    figures = leave_one_out(sets)
    for name, each in figures.items():
        message(f"{name:<20}" + "  ".join(f"{key} {value:.3f}" for key, value in each.items()))
    whole = {
        "version": _VERSION,
        "date": datetime.now(UTC).date().isoformat(),
        "sets": {name: sum(map(len, sizes)) for name, sizes in sets.items()},
        "left_out": figures,
        "all": fit_answerability(_merged(sets), FEATURES),
        "lexical": fit_answerability(_merged(sets), LEXICAL_FEATURES),
    }
    path = Path(__file__).parents[1] / "retrieval" / ANSWERABILITY_FILE
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0


def collect(folder: Path, corpus: Path, index: Path) -> Sets:
    """Return the cases of all sets, at each size of their corpus."""
    with Engine.open(Settings(corpus, index)) as engine:
        questions = read_questions(folder / "questions-dev.jsonl")
        asked = [(dict(engine.ask(q.question).features), q.answerable) for q in questions]
    sets: Sets = {"questions-dev": [asked]}
    encoder = CachedEncoder(load_encoder())
    for path in sorted(each.parent for each in folder.glob("*/abstain.json")):
        data = read_retrieval_set(path)
        splits = [read_abstention(path, data), *_other_sizes(data)]
        sets[path.name] = [_cases(data, split, encoder) for split in splits]
        message(f"{path.name}: {sum(map(len, sets[path.name]))}")
    return sets


def _cases(data: RetrievalSet, split: AbstentionSplit, encoder: Encoder) -> Cases:
    return [(features, can) for features, can, _, _ in ask_without(data, split, encoder)]


def _other_sizes(data: RetrievalSet) -> list[AbstentionSplit]:
    """Return smaller corpora of a set, made by removing documents at random."""
    chance = random.Random(_SEED)
    splits = []
    for size in _SIZES:
        kept = set(chance.sample(sorted(data.documents), int(size * len(data.documents))))
        removed = frozenset(data.documents.keys() - kept)
        gone = {
            query: [document in removed for document, grade in relevance.items() if grade > 0]
            for query, relevance in data.relevance.items()
        }
        unanswerable = frozenset(query for query, each in gone.items() if all(each))
        partial = frozenset(q for q, each in gone.items() if any(each) and not all(each))
        splits.append(AbstentionSplit(removed, unanswerable, partial))
    return splits


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
    """Return the AUROC on each set of the model that was fitted on the others.

    "all" and "lexical" name the features; "half" is with all features, on the corpus of
    `abstain.json` alone.
    """
    figures = {}
    for name, sizes in sets.items():
        others = _merged({other: each for other, each in sets.items() if other != name})
        (cases,) = _merged({name: sizes})
        whole, lexical = (
            fit_answerability(others, FEATURES),
            fit_answerability(others, LEXICAL_FEATURES),
        )
        figures[name] = {
            "all": _auroc(whole, cases),
            "lexical": _auroc(lexical, cases),
            "half": _auroc(whole, sizes[0]),
        }
    return figures


def _merged(sets: Sets) -> list[Cases]:
    """Return the cases of each set in one list, so that each set has the same weight."""
    return [[case for cases in sizes for case in cases] for sizes in sets.values()]


def _auroc(fitted: Fitted, cases: Cases) -> float:
    return auroc(_scores(fitted, cases), [can for _, can in cases])


def _scores(fitted: Fitted, cases: Cases) -> list[float]:
    return [
        fitted["intercept"] + sum(w * values[name] for name, w in fitted["weights"].items())
        for values, _ in cases
    ]


if __name__ == "__main__":
    raise SystemExit(main())
