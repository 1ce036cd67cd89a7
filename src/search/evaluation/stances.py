"""The stance suite: does each sentence get the right holder and stance?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from search.embedding import Encoder
from search.evaluation.measures.agreement import accuracy, f1, macro_f1
from search.evaluation.measures.calibration_error import calibration_error
from search.evaluation.stance_sets import GoldSentence, by_document
from search.labels import label_statements, load_labeller
from search.records import CABINET_STANCES, Holder, Label, Stance

__all__ = ["evaluate_stances", "stance_figures"]

_MOST_ERRORS = 40

Pair = tuple[Holder, Stance]


def evaluate_stances(sentences: Sequence[GoldSentence], encoder: Encoder) -> dict[str, Any]:
    """Return the figures of what is shipped on the sentences of each document."""
    labeller = load_labeller(encoder)
    labels: list[Label] = []
    for own in by_document(sentences).values():
        labels += label_statements([each.statement for each in own], labeller)
    ordered = [each for own in by_document(sentences).values() for each in own]
    return stance_figures(ordered, labels)


def stance_figures(sentences: Sequence[GoldSentence], labels: Sequence[Label]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and figures of the cabinet's stances, with the errors.

    All figures are fractions. In "lenient", the alternative label counts as the true one where it
    was predicted. A cabinet stance is one of `CABINET_STANCES` with the cabinet as its holder.
    """
    predicted = [(label.holder, label.stance) for label in labels]
    return {
        **_figures([(each.holder, each.stance) for each in sentences], predicted),
        "lenient": _lenient(sentences, predicted),
        "stance_calibration_error": _calibration(sentences, labels),
        "sentences": len(sentences),
        "documents": len({each.document for each in sentences}),
        "holder_by_name": _by_name([s.holder for s in sentences], [h for h, _ in predicted]),
        "label_by_name": _by_name([s.stance for s in sentences], [s for _, s in predicted]),
        "confusion": _confusion([s.stance for s in sentences], [s for _, s in predicted]),
        "holder_confusion": _confusion([s.holder for s in sentences], [h for h, _ in predicted]),
        "failures": _failures(sentences, labels),
    }


def _calibration(sentences: Sequence[GoldSentence], labels: Sequence[Label]) -> float:
    """Return the calibration error of what is called a stance of the cabinet; 0 without any."""
    called = [
        (each, label)
        for each, label in zip(sentences, labels, strict=True)
        if label.is_cabinet_stance
    ]
    if not called:
        return 0.0
    return calibration_error(
        [label.probability for _, label in called],
        [(label.holder, label.stance) == (each.holder, each.stance) for each, label in called],
    )


def _figures(true: Sequence[Pair], predicted: Sequence[Pair]) -> dict[str, float]:
    return _measures(
        ([h for h, _ in true], [h for h, _ in predicted]),
        ([s for _, s in true], [s for _, s in predicted]),
        ([*map(_is_stance, true)], [*map(_is_stance, predicted)]),
    )


def _lenient(sentences: Sequence[GoldSentence], predicted: Sequence[Pair]) -> dict[str, float]:
    """Return the measures with, for each, the alternative as truth where it was predicted."""

    def accepted(part: Callable[[Pair], Any]) -> list[Any]:
        chosen = []
        for each, pair in zip(sentences, predicted, strict=True):
            first = (each.holder, each.stance)
            second = each.alternative or first
            chosen.append(part(second) if part(second) == part(pair) else part(first))
        return chosen

    return _measures(
        (accepted(lambda pair: pair[0]), [h for h, _ in predicted]),
        (accepted(lambda pair: pair[1]), [s for _, s in predicted]),
        (accepted(_is_stance), [*map(_is_stance, predicted)]),
    )


def _measures(
    holders: tuple[Sequence[str], Sequence[str]],
    labels: tuple[Sequence[str], Sequence[str]],
    stances: tuple[Sequence[bool], Sequence[bool]],
) -> dict[str, float]:
    precision, recall, stance_f1 = f1(*stances)
    return {
        "holder_accuracy": accuracy(*holders),
        "holder_macro_f1": macro_f1(*holders),
        "label_accuracy": accuracy(*labels),
        "label_macro_f1": macro_f1(*labels),
        "cabinet_stance_precision": precision,
        "cabinet_stance_recall": recall,
        "cabinet_stance_f1": stance_f1,
    }


def _is_stance(pair: Pair) -> bool:
    return pair[0] is Holder.CABINET and pair[1] in CABINET_STANCES


def _by_name(true: Sequence[str], predicted: Sequence[str]) -> dict[str, dict[str, float]]:
    figures = {}
    for name in sorted({*true, *predicted}):
        precision, recall, label_f1 = f1([t == name for t in true], [p == name for p in predicted])
        figures[str(name)] = {
            "precision": precision,
            "recall": recall,
            "f1": label_f1,
            "number": sum(t == name for t in true),
        }
    return figures


def _confusion(true: Sequence[str], predicted: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return how often each true label was predicted as which."""
    pairs = Counter(zip(true, predicted, strict=True))
    return {
        str(one): {str(other): n for (t, other), n in sorted(pairs.items()) if t == one}
        for one in dict.fromkeys(sorted(true))
    }


def _failures(sentences: Sequence[GoldSentence], labels: Sequence[Label]) -> list[dict[str, Any]]:
    """Return the worst errors: those between stance and no stance, then by probability."""
    wrong = [
        (each, label)
        for each, label in zip(sentences, labels, strict=True)
        if (each.holder, each.stance) != (label.holder, label.stance)
        and each.alternative != (label.holder, label.stance)
    ]

    def severity(pair: tuple[GoldSentence, Label]) -> tuple[bool, float]:
        each, label = pair
        mixed = _is_stance((each.holder, each.stance)) != label.is_cabinet_stance
        return (not mixed, -label.probability)

    return [
        {
            "document": each.document,
            "sentence": each.statement.text,
            "true": f"{each.holder}/{each.stance}",
            "predicted": f"{label.holder}/{label.stance}",
            "probability": label.probability,
        }
        for each, label in sorted(wrong, key=severity)[:_MOST_ERRORS]
    ]
