"""Fits the regressions over the grammar's features, which are mixed with the label model."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from benchmarks.stances.data import LabelledDocument

from search.evaluation.stance_sets import GoldSentence
from search.labels import Grammar, Regression, named_features

__all__ = ["fit_grammar", "labelled_features"]

_INVERSE_PENALTIES = (0.2, 0.3)
"""Inverse of the L2 penalty, of the holder's regression and of the stance's. Six holders need a
weaker model than thirteen stances, most of which are rare."""


def labelled_features(
    document: LabelledDocument, without: Collection[str] = ()
) -> list[tuple[GoldSentence, dict[str, float]]]:
    """Return the labelled sentences of a document with their features, in order.

    Cues that were written for the documents `without` are left out.
    """
    named = named_features(document.statements, without)
    return [(gold, own) for gold, own in zip(document.gold, named, strict=True) if gold]


def fit_grammar(documents: Sequence[LabelledDocument], without: Collection[str] = ()) -> Grammar:
    """Return regressions fitted on the labelled sentences of documents."""
    from sklearn.linear_model import LogisticRegression

    pairs = [(each, pair) for each in documents for pair in labelled_features(each, without)]
    weights = [document.weight for document, _ in pairs]
    named = [features for _, (_, features) in pairs]
    empty = Regression((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    names = tuple(sorted({name for features in named for name in features}))
    rows = Grammar(names, empty, empty).rows(named)
    fitted = []
    truths = (
        [str(gold.holder) for _, (gold, _) in pairs],
        [str(gold.stance) for _, (gold, _) in pairs],
    )
    for truth, inverse_penalty in zip(truths, _INVERSE_PENALTIES, strict=True):
        regression = LogisticRegression(C=inverse_penalty, max_iter=500, tol=1e-3)
        regression.fit(rows, truth, sample_weight=weights)
        fitted.append(
            Regression(
                tuple(map(str, regression.classes_)),
                np.asarray(regression.coef_, dtype=np.float32),
                np.asarray(regression.intercept_, dtype=np.float32),
            )
        )
    return Grammar(names, *fitted)
