"""The section on labels of the page of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.evaluation.tables import figure, table

__all__ = ["stance_section"]

_MEASURES = (
    ("holder_accuracy", "holder, accuracy"),
    ("holder_macro_f1", "holder, macro-F1"),
    ("label_accuracy", "label, accuracy"),
    ("label_macro_f1", "label, macro-F1"),
    ("cabinet_stance_precision", "stance of the cabinet, precision"),
    ("cabinet_stance_recall", "recall"),
    ("cabinet_stance_f1", "F1"),
)
_SHOWN_ERRORS = 15


def stance_section(results: Sequence[Mapping[str, Any]]) -> str:
    """Return the figures of the labels, the confusion matrices, and the worst errors."""
    return "\n".join(_one(each["name"], each["result"]) for each in results)


def _one(name: str, result: Mapping[str, Any]) -> str:
    figures = [
        [words, figure(result[measure]), figure(result["lenient"][measure])]
        for measure, words in _MEASURES
    ]
    labels = [
        [label, *(figure(each[m]) for m in ("precision", "recall", "f1")), str(each["number"])]
        for label, each in result["label_by_name"].items()
    ]
    errors = [
        f"- {each['true']}, taken for {each['predicted']}: «{each['sentence']}» "
        f"(`{each['document']}`)"
        for each in result["failures"][:_SHOWN_ERRORS]
    ]
    return "\n".join(
        [
            f"## Labels: {name}\n",
            f"{result['sentences']} sentences of {result['documents']} documents, each document "
            "judged by a model that has not learned from it and without the cues that were "
            "written for it. Leniently: a second label that the annotation defends counts too.\n",
            table(["measure", "strict", "lenient"], figures),
            "Calibration error of what is called a stance of the cabinet: "
            f"{figure(result['stance_calibration_error'])}.\n",
            table(["label", "precision", "recall", "F1", "sentences"], labels),
            "What each label (row) was taken for (column):\n",
            _confusion(result["confusion"]),
            _confusion(result["holder_confusion"]),
            "The worst errors:\n",
            *errors,
            "",
        ]
    )


def _confusion(counts: Mapping[str, Mapping[str, int]]) -> str:
    names = sorted({*counts, *(name for row in counts.values() for name in row)})
    rows = [
        [name, *(str(counts.get(name, {}).get(other, "")) for other in names)] for name in names
    ]
    return table(["", *names], rows)
