"""The measures, by values worked out by hand."""

from __future__ import annotations

import math

import pytest

from search.evaluation.measures.agreement import accuracy, f1, macro_f1
from search.evaluation.measures.auroc import auroc
from search.evaluation.measures.calibration_error import calibration_error, reliability
from search.evaluation.measures.hit import hit
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.measures.recall import recall
from search.evaluation.measures.reciprocal_rank import reciprocal_rank
from search.evaluation.measures.refusal import Refusal, refusal

RANKING = ("a", "b", "c", "d")


# Gain is grade / log2(rank + 1); log2 of 2, 3, 4, 5 is 1, 1.585, 2, 2.322.
@pytest.mark.parametrize(
    ("relevance", "k", "expected"),
    [
        ({"a": 1}, 10, 1.0),
        ({"c": 1}, 10, 0.5),  # (1 / 2) / (1 / 1)
        ({"c": 1}, 2, 0.0),  # c stands third
        ({"b": 1, "d": 1}, 10, (1 / 1.584963 + 1 / 2.321928) / (1 + 1 / 1.584963)),  # 0.6509
        ({"a": 1, "c": 2}, 10, 2 / (2 + 1 / 1.584963)),  # (1 + 2/2) / (2 + 1/1.585) = 0.7602
        ({"a": 1, "z": 1}, 10, 1 / (1 + 1 / 1.584963)),  # z was not found: 0.6131
        ({"a": 1, "b": 1, "z": 1}, 2, 1.0),  # the best that two places can hold
        ({"a": 0, "b": 0}, 10, 0.0),
        ({}, 10, 0.0),
    ],
)
def test_ndcg(relevance: dict[str, int], k: int, expected: float) -> None:
    assert ndcg(RANKING, relevance, k) == pytest.approx(expected, abs=1e-6)


def test_ndcg_of_nothing_found_is_nought() -> None:
    assert ndcg([], {"a": 1}) == 0.0


@pytest.mark.parametrize(
    ("relevance", "k", "expected"),
    [
        ({"a": 1, "d": 2}, 4, 1.0),
        ({"a": 1, "d": 2}, 3, 0.5),  # of a and d, the first three hold a
        ({"a": 1, "d": 1, "z": 1}, 4, 2 / 3),  # z was not found
        ({"b": 1}, 1, 0.0),
        ({"a": 0, "b": 1}, 1, 0.0),  # a is judged, and not relevant
        ({"a": 0}, 1, 0.0),
        ({}, 4, 0.0),
    ],
)
def test_recall(relevance: dict[str, int], k: int, expected: float) -> None:
    assert recall(RANKING, relevance, k) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevance", "k", "expected"),
    [
        ({"a": 1}, 10, 1.0),
        ({"c": 1, "d": 1}, 10, 1 / 3),  # c comes first, third
        ({"a": 0, "b": 3}, 10, 1 / 2),
        ({"d": 1}, 3, 0.0),
        ({"z": 1}, 10, 0.0),
        ({}, 10, 0.0),
    ],
)
def test_reciprocal_rank(relevance: dict[str, int], k: int, expected: float) -> None:
    assert reciprocal_rank(RANKING, relevance, k) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevance", "k", "expected"),
    [({"a": 1}, 1, 1.0), ({"b": 1}, 1, 0.0), ({"b": 1, "c": 1}, 3, 1.0), ({"a": 0}, 4, 0.0)],
)
def test_hit(relevance: dict[str, int], k: int, expected: float) -> None:
    assert hit(RANKING, relevance, k) == expected


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        ([0.9, 0.8], [0.2, 0.1], 1.0),
        ([0.1, 0.2], [0.8, 0.9], 0.0),
        ([0.5, 0.5], [0.5], 0.5),  # ties count half
        # Pairs won: 0.9 beats all three, 0.4 beats 0.1 and ties 0.4: 3 + 1.5 of 6.
        ([0.9, 0.4], [0.1, 0.4, 0.7], 4.5 / 6),
        ([math.inf], [-math.inf], 1.0),
    ],
)
def test_auroc(positive: list[float], negative: list[float], expected: float) -> None:
    kinds = [True] * len(positive) + [False] * len(negative)
    assert auroc([*positive, *negative], kinds) == pytest.approx(expected)


@pytest.mark.parametrize("kinds", [[True, True], [False], []])
def test_auroc_needs_cases_of_both_kinds(kinds: list[bool]) -> None:
    with pytest.raises(ValueError, match="positive and negative"):
        auroc([0.5] * len(kinds), kinds)


def test_refusal() -> None:
    # Ten questions, seven with an answer. Refused: two of the three without one, one of the seven.
    answerable = [True] * 7 + [False] * 3
    answered = [True] * 6 + [False] + [False, False, True]
    assert refusal(answered, answerable) == Refusal(precision=2 / 3, recall=2 / 3, coverage=6 / 7)


@pytest.mark.parametrize(
    ("answered", "answerable", "expected"),
    [
        ([True, True], [True, False], Refusal(1.0, 0.0, 1.0)),  # refused nothing
        ([False, False], [True, False], Refusal(0.5, 1.0, 0.0)),  # refused all
        ([True], [True], Refusal(1.0, 1.0, 1.0)),  # nothing that should be refused
        ([False], [False], Refusal(1.0, 1.0, 1.0)),  # nothing that should be answered
        ([], [], Refusal(1.0, 1.0, 1.0)),
    ],
)
def test_refusal_of_a_share_of_nothing(
    answered: list[bool], answerable: list[bool], expected: Refusal
) -> None:
    assert refusal(answered, answerable) == expected


TRUE = ["voor", "voor", "voor", "tegen", "tegen", "anders"]
PREDICTED = ["voor", "voor", "tegen", "tegen", "voor", "tegen"]


def test_accuracy() -> None:
    assert accuracy(TRUE, PREDICTED) == pytest.approx(3 / 6)  # the first, second and fourth
    assert accuracy([], []) == 0.0


def test_f1() -> None:
    # Claimed three, wanted four, right two: P 2/3, R 2/4, F1 2·(1/3) / (7/6) = 4/7.
    true = [True, True, True, True, False, False]
    predicted = [True, True, False, False, True, False]
    assert f1(true, predicted) == pytest.approx((2 / 3, 1 / 2, 4 / 7))


@pytest.mark.parametrize(
    ("true", "predicted"), [([True], [False]), ([False], [True]), ([False], [False]), ([], [])]
)
def test_f1_is_nought_where_it_is_undefined(true: list[bool], predicted: list[bool]) -> None:
    assert f1(true, predicted) == (0.0, 0.0, 0.0)


def test_macro_f1() -> None:
    # voor: P 2/3, R 2/3, F1 2/3. tegen: P 1/3, R 1/2, F1 2/5. anders: 0. Mean 16/45.
    assert macro_f1(TRUE, PREDICTED) == pytest.approx(16 / 45)
    assert macro_f1([], []) == 0.0


def test_macro_f1_counts_labels_that_were_only_predicted() -> None:
    # a: P 1, R 1/2, F1 2/3. b was never true: 0. Mean 1/3.
    assert macro_f1(["a", "a"], ["a", "b"]) == pytest.approx(1 / 3)


def test_labellings_must_be_as_long() -> None:
    with pytest.raises(ValueError, match="shorter"):
        accuracy(["a", "b"], ["a"])
    with pytest.raises(ValueError, match="shorter"):
        refusal([True, False], [True])


def test_calibration_error_is_the_weighed_distance_of_each_tenth() -> None:
    confidences = [0.05, 0.05, 0.95, 0.95]
    truth = [False, True, True, True]
    # Two cases at 0.05 of which half are true, two at 0.95 that are: (0.45 + 0.05) / 2.
    assert calibration_error(confidences, truth) == pytest.approx(0.25)
    assert [(n, round(c, 2), s) for n, c, s in reliability(confidences, truth)] == [
        (2, 0.05, 0.5),
        (2, 0.95, 1.0),
    ]


def test_full_confidence_belongs_to_the_last_tenth() -> None:
    assert reliability([1.0, 0.95], [True, True]) == [(2, 0.975, 1.0)]
