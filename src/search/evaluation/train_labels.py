"""Fits the model of the labels: `make train-labels`.

It has two logistic regressions, for the holder and for the stance, over the features of the
grammar and, with the built-in encoder, the sentence's vector. They learn from the development
sentences and from invented letters (`benchmarks/labels/`). They are judged on the development
sentences alone, each document by a model that has not seen it, without the cues written for it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedding import CachedEncoder, Encoder, load_encoder
from search.evaluation.report import save_result, write_page
from search.evaluation.stance_sets import GoldSentence, by_document, read_stances
from search.evaluation.stances import stance_figures
from search.labels import (
    MODEL_FILE,
    Regression,
    StanceModel,
    count_transitions,
    label_statements,
    named_features,
    read_cues,
)
from search.progress import message

__all__ = ["cross_validate", "fit_stance_model", "main"]

_TARGET = Path(__file__).parents[1] / "labels" / MODEL_FILE
_SAME_FOLD = {
    # The news item repeats sentences of the letter; two letters of one dossier are alike.
    "nieuwsbericht-kabinetsreactie-wrr": "kst-29861-70",
    "kst-34775-VI-113": "kst-34775-T",
}
_INVERSE_PENALTIES = (0.2, 0.3)
"""Inverse of the L2 penalty, of the holder's regression and of the stance's. Six holders need a
weaker model than thirteen stances, most of which are rare."""
_INVENTED_WEIGHT = 0.5
"""The weight of an invented sentence; a real one has 1."""
_VECTOR_SCALE = 4.0
"""The factor of the vectors: cosines of the encoder differ by hundredths."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled sentence as the model sees it."""

    sentence: GoldSentence
    features: dict[str, float]
    vector: NDArray[np.float32]
    weight: float = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, judge and store the model; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("development", type=Path, help="stance-dev.tsv")
    parser.add_argument("invented", type=Path, nargs="*", help="more sentences to learn from")
    parser.add_argument("--results", type=Path, help="keep the figures here, for QUALITY.md")
    options = parser.parse_args(arguments)
    encoder = CachedEncoder(load_encoder(message=message))
    own = read_stances(options.development)
    more = [each for path in options.invented for each in read_stances(path)]
    extra = training_examples(more, encoder, weight=_INVENTED_WEIGHT)
    stored: dict[str, Any] = {
        "made": datetime.now(UTC).date().isoformat(),
        "sentences": {"development": len(own), "invented": len(more)},
        "figures": {},
    }
    for name, with_vectors in (("all", True), ("words", False)):
        figures = cross_validate(own, extra, encoder, with_vectors=with_vectors)
        stored["figures"][name] = _main_figures(figures)
        message(f"{name}: {json.dumps(stored['figures'][name])}")
        model = fit_stance_model(
            [*training_examples(own, encoder), *extra], with_vectors=with_vectors
        )
        stored[name] = model.to_json()
        if name == "all" and options.results:
            save_result(options.results, "stance", options.development.stem, encoder.name, figures)
            write_page(options.results, options.results.parent / "QUALITY.md")
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    _TARGET.write_text(text + "\n", encoding="utf-8")
    message(f"Bewaard in {_TARGET}.")
    return 0


def _main_figures(figures: dict[str, Any]) -> dict[str, Any]:
    plain = {k: round(v, 4) for k, v in figures.items() if isinstance(v, float)}
    return plain | {"lenient": {k: round(v, 4) for k, v in figures["lenient"].items()}}


def training_examples(
    sentences: Iterable[GoldSentence],
    encoder: Encoder,
    without: str = "",
    weight: float = 1.0,
) -> list[Example]:
    """Return labelled sentences, by document, as examples without the cues for `without`."""
    found = []
    for own in by_document(list(sentences)).values():
        named = named_features([each.statement for each in own], without)
        vectors = encoder.encode_passages([each.statement.text for each in own])
        found += [Example(*each, weight=weight) for each in zip(own, named, vectors, strict=True)]
    return found


def fit_stance_model(learned: Sequence[Example], *, with_vectors: bool = True) -> StanceModel:
    """Return a model with both regressions fitted on examples in the order of their documents."""
    from sklearn.linear_model import LogisticRegression

    names = tuple(sorted({name for each in learned for name in each.features}))
    vectors = np.array([each.vector for each in learned])
    empty = Regression((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    mean = vectors.mean(axis=0) if with_vectors else None
    model = StanceModel(names, empty, empty, np.ones((0, 0), np.float32), mean, _VECTOR_SCALE)
    rows = model.rows([each.features for each in learned], vectors)
    fitted = []
    truths = (
        [str(each.sentence.holder) for each in learned],
        [str(each.sentence.stance) for each in learned],
    )
    for truth, inverse_penalty in zip(truths, _INVERSE_PENALTIES, strict=True):
        regression = LogisticRegression(C=inverse_penalty, max_iter=500, tol=1e-3)
        regression.fit(rows, truth, sample_weight=[each.weight for each in learned])
        fitted.append(
            Regression(
                tuple(map(str, regression.classes_)),
                np.asarray(regression.coef_, dtype=np.float32),
                np.asarray(regression.intercept_, dtype=np.float32),
            )
        )
    transitions = count_transitions(fitted[0].classes, truths[0], _starts(learned))
    return StanceModel(names, fitted[0], fitted[1], transitions, mean, _VECTOR_SCALE)


def _starts(learned: Sequence[Example]) -> list[bool]:
    """Return of each example whether it is the first of its section or answer."""
    places = [
        (each.sentence.document, each.sentence.statement.section, each.sentence.statement.question)
        for each in learned
    ]
    return [not i or place != places[i - 1] for i, place in enumerate(places)]


def cross_validate(
    own: Sequence[GoldSentence],
    extra: Sequence[Example],
    encoder: Encoder,
    *,
    with_vectors: bool = True,
) -> dict[str, Any]:
    """Return the figures with each document judged by a model that was fitted on the others.

    The cues that were written for the document are left out. `extra` are examples of other
    documents that every model may learn from.
    """
    documents = by_document(own)
    folds: dict[str, list[str]] = {}
    for name in documents:
        folds.setdefault(_SAME_FOLD.get(name, name), []).append(name)
    written_for = {cue.origin for cue in read_cues()}
    plain = training_examples(own, encoder)
    order, labels = [], []
    for fold, names in folds.items():
        whole = training_examples(own, encoder, fold) if fold in written_for else plain
        others = [each for each in whole if each.sentence.document not in names]
        model = fit_stance_model([*others, *extra], with_vectors=with_vectors)
        for name in names:
            sentences = documents[name]
            statements = [each.statement for each in sentences]
            vectors = encoder.encode_passages([each.text for each in statements])
            order += sentences
            labels += label_statements(statements, vectors, model, without=fold)
    return stance_figures(order, labels)


if __name__ == "__main__":
    raise SystemExit(main())
