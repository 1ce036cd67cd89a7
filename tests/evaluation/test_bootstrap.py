"""Intervals of a mean."""

from __future__ import annotations

import numpy as np
import pytest

from search.evaluation.bootstrap import estimate

COIN = [0.0, 1.0] * 50


@pytest.mark.parametrize("seed", range(10))
def test_mean_is_within_its_interval(seed: int) -> None:
    values = [float(v) for v in np.random.default_rng(seed).beta(5, 1, 80)]
    mean, low, high = estimate(values)
    assert mean == pytest.approx(np.mean(values))
    assert min(values) <= low < mean < high <= max(values)


def test_the_same_values_give_the_same_interval() -> None:
    np.random.seed(1)
    first = estimate(COIN)
    np.random.seed(2)
    assert estimate(COIN) == first
    drawn = np.random.random()
    np.random.seed(2)
    assert np.random.random() == drawn, "nobody else's chance is touched"


def test_width_on_a_coin_is_known() -> None:
    # The mean of 100 throws has a standard deviation of 0.5 / √100 = 0.05; 95 % is ± 1.96 · 0.05.
    mean, low, high = estimate(COIN)
    assert mean == 0.5
    assert low == pytest.approx(0.402, abs=0.015)
    assert high == pytest.approx(0.598, abs=0.015)


def test_four_times_as_many_questions_halve_the_width() -> None:
    _, low, high = estimate(COIN)
    _, low_of_more, high_of_more = estimate(COIN * 4)
    assert (high_of_more - low_of_more) == pytest.approx((high - low) / 2, rel=0.1)


def test_values_that_are_all_alike_leave_no_doubt() -> None:
    assert estimate([1.0] * 30) == (1.0, 1.0, 1.0)
    assert estimate([0.25]) == (0.25, 0.25, 0.25)


def test_no_values_give_noughts() -> None:
    assert estimate([]) == (0.0, 0.0, 0.0)
