"""The fit of the abstention model, on cases that can be seen through, and the model as shipped."""

from __future__ import annotations

import json
from importlib.resources import files

from search.evaluation.calibrate import Cases, fit_answerability, leave_one_out
from search.retrieval.answerability import (
    ANSWERABILITY_FILE,
    FEATURES,
    GROUPS,
    LEXICAL_FEATURES,
    AnswerabilityModel,
    load_answerability,
)


def cases() -> Cases:
    """Make cases of which two features tell whether there is an answer: "coverage", "reading"."""
    made: Cases = []
    for i in range(800):
        features = dict.fromkeys(GROUPS["all-read"], 0.5)
        features |= {"coverage": i / 800, "reading": i / 800}
        made.append((features, i >= 400))
    return made


def test_fit_finds_the_feature_that_tells() -> None:
    fitted = fit_answerability([cases()], FEATURES)
    others = {name: w for name, w in fitted["weights"].items() if name != "coverage"}
    assert fitted["weights"]["coverage"] > 1
    assert all(abs(weight) < 1e-6 for weight in others.values())
    judge = AnswerabilityModel(fitted["weights"], fitted["intercept"])
    confidences = [judge.confidence(features) for features, _ in cases()]
    assert confidences == sorted(confidences)
    assert confidences[0] < 0.5 < confidences[-1]


def test_a_set_is_judged_by_the_others_alone() -> None:
    backwards: Cases = [(features, not can) for features, can in cases()]
    figures = leave_one_out({"a": cases(), "b": cases(), "c": backwards})
    # a and b agree and c is their opposite: of c the two know the very contrary.
    assert figures["c"]["all"] == 0.0
    assert figures["a"]["all"] == figures["b"]["all"]


def test_figures_are_given_for_each_group_of_features() -> None:
    figures = leave_one_out({"a": cases(), "b": cases()})
    assert {name: figures["a"][name] for name in GROUPS} == dict.fromkeys(GROUPS, 1.0)
    assert 0.0 <= figures["a"]["ece"] < 0.3


def test_the_model_as_shipped_has_its_features_and_figures() -> None:
    values = json.loads(
        (files("search.retrieval") / ANSWERABILITY_FILE).read_text(encoding="utf-8")
    )
    for name, features in GROUPS.items():
        assert set(values[name]["weights"]) == set(features)
    assert values["left_out"]["questions-dev"]["all"] > 0.9
    assert load_answerability("een ander model", read=True).weights["reading"] > 0
    assert load_answerability("een ander model").weights.keys() == set(LEXICAL_FEATURES)
    assert load_answerability("ingebouwd").weights["coverage"] > 0
