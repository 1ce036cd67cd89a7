"""Smoothing: a holder mostly has several sentences in a row, but never across sections."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.labels import count_transitions
from search.labels.sequence import smooth

STAY = np.array([[2, 0.5], [0.5, 2]], dtype=np.float32)
"""To stay is four times as likely as to change."""


def test_pairs_are_counted_within_a_section_only() -> None:
    true = ["a", "a", "b", "b", "b"]
    starts = [True, False, True, False, False]
    # a-a once, b-b twice, and each pair once more: rows 2 and 1, 1 and 3; a follows 3 of 7 times.
    expected = np.array([[2 / 3 / (3 / 7), 1 / 3 / (4 / 7)], [1 / 4 / (3 / 7), 3 / 4 / (4 / 7)]])
    assert count_transitions(("a", "b"), true, starts) == pytest.approx(expected)


def test_a_doubtful_sentence_follows_its_neighbours() -> None:
    chances = np.array([[0.9, 0.1], [0.48, 0.52], [0.9, 0.1]], dtype=np.float32)
    assert smooth(chances, STAY, [True, False, False])[1].argmax() == 0


def test_two_sentences_are_weighed_by_hand() -> None:
    chances = np.array([[0.8, 0.2], [0.5, 0.5]], dtype=np.float32)
    stay, change = 2**0.3, 0.5**0.3
    first = (0.8 * stay + 0.2 * change) / (0.8 * stay + 0.2 * change + 0.8 * change + 0.2 * stay)
    assert smooth(chances, STAY, [True, False])[1] == pytest.approx([first, 1 - first], rel=1e-5)


def test_a_section_that_begins_knows_nothing_of_the_one_before() -> None:
    chances = np.array([[0.9, 0.1], [0.48, 0.52], [0.9, 0.1]], dtype=np.float32)
    assert smooth(chances, STAY, [True, True, True]) == pytest.approx(chances)


@given(st.lists(st.floats(0.01, 0.99), max_size=12), st.data())
def test_chances_stay_chances(first: list[float], data: st.DataObject) -> None:
    chances = np.array([[p, 1 - p] for p in first], dtype=np.float32).reshape(-1, 2)
    starts = data.draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first)))
    smoothed = smooth(chances, STAY, starts)
    assert smoothed.shape == chances.shape
    assert smoothed.sum(axis=1) == pytest.approx(np.ones(len(first)), rel=1e-5)
