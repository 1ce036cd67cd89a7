"""Fusion by numbers worked out by hand."""

from __future__ import annotations

import pytest

from search.retrieval.fusion import fuse


def test_sum_of_scaled_scores_by_hand() -> None:
    # BM25 over its maximum: 1 -> 1.0, 2 -> 0.5. Cosines min-max: 1 -> 0.25, 2 -> 1.0, 3 -> 0.0.
    ranked = fuse({1: 8.0, 2: 4.0}, {1: 0.82, 2: 0.88, 3: 0.80})
    assert [s.passage for s in ranked] == [2, 1, 3]
    assert [s.score for s in ranked] == pytest.approx([0.75, 0.625, 0.0])
    assert ranked[0].lexical == 4.0
    assert ranked[0].dense == 0.88


def test_weight_is_the_share_of_the_lexical_arm() -> None:
    ranked = {s.passage: s.score for s in fuse({1: 2.0}, {1: 0.7, 2: 0.9}, weight=0.3)}
    assert ranked == pytest.approx({1: 0.3, 2: 0.7})


def test_one_arm_alone_still_ranks() -> None:
    assert [s.passage for s in fuse({}, {4: 0.8, 7: 0.9})] == [7, 4]
    assert [s.passage for s in fuse({4: 3.0, 7: 1.0}, {})] == [4, 7]
    assert fuse({}, {}) == []


def test_ties_keep_the_order_of_the_passages() -> None:
    assert [s.passage for s in fuse({}, {9: 0.8, 3: 0.8, 5: 0.8})] == [3, 5, 9]


def test_lexical_scores_of_nought_do_not_divide_by_nought() -> None:
    assert [s.score for s in fuse({1: 0.0}, {1: 0.5})] == [0.5]
