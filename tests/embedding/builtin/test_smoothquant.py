"""Smoothing: what makes int8 with one scale a column exact enough."""

from __future__ import annotations

import numpy as np

from search.embedding.builtin.graph import LAST, build_graph
from search.embedding.builtin.prepare import builtin_weights
from search.embedding.builtin.smoothquant import largest_inputs, smoothing_factors


def test_factors_move_what_is_large_and_keep_the_product() -> None:
    largest = np.array([8.0, 1.0, 1.0, 0.0], dtype=np.float32)
    matrix = np.array([[1.0, -1.0, 4.0, 1.0], [0.5, 1.0, 1.0, 1.0]], dtype=np.float32)
    found = smoothing_factors(largest, matrix)
    # In octaves, to a quarter: 0.65 · log2 8 for the first beside 0 for the second.
    assert abs(np.log2(found[0] / found[1]) - 1.95) <= 0.25
    # A column of a matrix that is large already takes less: -0.35 · log2 4.
    assert abs(np.log2(found[2] / found[1]) + 0.7) <= 0.25
    assert np.allclose(4 * np.log2(found), np.round(4 * np.log2(found)))
    data = np.array([[8.0, -1.0, 0.3, 0.0]], dtype=np.float32)
    assert np.allclose((data / found) @ (matrix * found).T, data @ matrix.T, atol=1e-5)


def test_a_text_s_largest_inputs_are_measured_for_each_matrix() -> None:
    weights = builtin_weights()
    dimensions = weights.architecture.dimensions
    text = np.random.default_rng(1).normal(size=(1, 5, dimensions)).astype(np.float32)
    largest = largest_inputs(build_graph(weights), [text, 2 * text])
    assert len(largest) == 4 * weights.architecture.layers
    wide = [name for name in largest if name.endswith(LAST)]
    assert {largest[name].shape for name in wide} == {(weights.architecture.inner,)}
    rest = {largest[name].shape for name in largest.keys() - set(wide)}
    assert rest == {(dimensions,)}
    assert all((values >= 0).all() and values.max() > 0 for values in largest.values())
