"""What was learned is added to the built-in weights."""

from __future__ import annotations

import numpy as np

from search.embedding.builtin.adapters import ENCODER_ADAPTERS
from search.embedding.builtin.prepare import builtin_weights, tuned_weights


def test_the_shipped_adapters_change_the_matrices_they_name_and_no_others() -> None:
    before, after = builtin_weights(), tuned_weights()
    with np.load(ENCODER_ADAPTERS) as arrays:
        changed = {name.removesuffix(".down") for name in arrays if name.endswith(".down")}
    assert changed
    assert after.architecture == before.architecture
    for name, matrix in after.matrices.items():
        same = np.array_equal(matrix.codes, before.matrices[name].codes)
        assert same is (name.removesuffix(".weight") not in changed)


def test_the_change_is_small_beside_the_weights() -> None:
    before, after = builtin_weights(), tuned_weights()
    name = "encoder.layer.11.output.dense.weight"
    old, new = before.matrices[name].dense(), after.matrices[name].dense()
    assert 0.01 < np.linalg.norm(new - old) / np.linalg.norm(old) < 0.5
