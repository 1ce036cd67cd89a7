"""Fits the abstention model on the development sets: `make calibrate`.

Each retrieval set is asked with half of its documents taken out, as `abstain.json` says, and
again at other sizes with documents taken out by chance, so that the model holds for corpora large
and small. Each set weighs the same.
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

from search.answers.abstention import FEATURES, LEXICAL_FEATURES, MODEL_FILE
from search.console import message
from search.embedding import Encoder, RememberingEncoder, load_encoder
from search.engine import Engine
from search.evaluation.abstention import judge
from search.evaluation.measures import auroc
from search.evaluation.sets import (
    Abstention,
    RetrievalSet,
    read_abstention,
    read_questions,
    read_retrieval_set,
)

__all__ = ["Cases", "fit", "leave_one_out", "main"]

_VERSION = 1
_ANSWERABLE = 0.7
"""Share of the questions that are taken to have an answer: people mostly ask what a corpus is
about, and a wrong refusal hides an answer."""
_STRENGTH = 0.03
"""Inverse of the L2 penalty on standardised features."""
_SIZES = (0.15, 0.4, 0.75)
_SEED = 7

Cases = list[tuple[dict[str, float], bool]]
"""Features of a question, and whether the corpus answers it."""
Fitted = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the sets of a folder and write the model into the package."""
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
        "sets": {name: len(cases) for name, cases in sets.items()},
        "left_out": figures,
        "all": fit(list(sets.values()), FEATURES),
        "lexical": fit(list(sets.values()), LEXICAL_FEATURES),
    }
    path = Path(__file__).parents[1] / "answers" / MODEL_FILE
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0


def collect(folder: Path, corpus: Path, index: Path) -> dict[str, Cases]:
    """Ask all questions of all sets; the sizes of one set count as one set."""
    engine = Engine.open(corpus, index)
    questions = read_questions(folder / "questions-dev.jsonl")
    sets: dict[str, Cases] = {
        "questions-dev": [(dict(engine.ask(q.question).features), q.answerable) for q in questions]
    }
    encoder = RememberingEncoder(load_encoder())
    for path in sorted(each.parent for each in folder.glob("*/abstain.json")):
        data = read_retrieval_set(path)
        splits = [read_abstention(path, data), *_other_sizes(data)]
        sets[path.name] = [case for split in splits for case in _cases(data, split, encoder)]
        message(f"{path.name}: {len(sets[path.name])}")
    return sets


def _cases(data: RetrievalSet, split: Abstention, encoder: Encoder) -> Cases:
    return [(features, can) for features, can, _, _ in judge(data, split, encoder)]


def _other_sizes(data: RetrievalSet) -> list[Abstention]:
    """Make smaller corpora of a set, by taking documents out by chance."""
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
        splits.append(Abstention(removed, unanswerable, partial))
    return splits


def fit(sets: Sequence[Cases], features: Sequence[str]) -> Fitted:
    """Fit a logistic regression; gives weights and intercept for the features as they are."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([_matrix(cases, features) for cases in sets])
    truth = np.concatenate([[can for _, can in cases] for cases in sets])
    weight = np.concatenate([_balanced(cases) for cases in sets])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_STRENGTH, max_iter=5_000)
    model.fit((rows - mean) / spread, truth, sample_weight=weight * len(rows))
    weights = model.coef_[0] / spread
    return {
        "weights": {name: float(w) for name, w in zip(features, weights, strict=True)},
        "intercept": float(model.intercept_[0] - weights @ mean),
    }


def _matrix(cases: Cases, features: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[values[name] for name in features] for values, _ in cases])


def _balanced(cases: Cases) -> NDArray[np.float64]:
    """Weigh the two kinds of question as they are taken to come, and the whole set as 1."""
    truth = np.array([can for _, can in cases])
    weights: NDArray[np.float64] = np.where(
        truth, _ANSWERABLE / truth.sum(), (1 - _ANSWERABLE) / (~truth).sum()
    )
    return weights


def leave_one_out(sets: dict[str, Cases]) -> dict[str, dict[str, float]]:
    """Give the AUROC on each set of the model that was fitted on the others."""
    figures = {}
    for name, cases in sets.items():
        others = [each for other, each in sets.items() if other != name]
        truth = [can for _, can in cases]
        figures[name] = {
            kind: auroc(_scores(fit(others, features), cases), truth)
            for kind, features in (("all", FEATURES), ("lexical", LEXICAL_FEATURES))
        }
    return figures


def _scores(fitted: Fitted, cases: Cases) -> list[float]:
    return [
        fitted["intercept"] + sum(w * values[name] for name, w in fitted["weights"].items())
        for values, _ in cases
    ]


if __name__ == "__main__":
    raise SystemExit(main())
