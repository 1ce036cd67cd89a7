"""Changes to the built-in weights that were learned: low-rank adapters, added to the matrices.

`encoder.npz` in this folder is what `make train-encoder` writes: for a matrix W two factors, whose
product is added to W (LoRA; Hu et al., 2021), in half precision. With it a question is nearer to
the passage that answers it. The reader has adapters of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.weights import Weights, quantise_blocks
from search.files import checksum

__all__ = ["ENCODER_ADAPTERS", "adapted", "checksum_of"]

ENCODER_ADAPTERS = Path(__file__).with_name("encoder.npz")


@lru_cache(maxsize=2)
def checksum_of(adapters: Path) -> str:
    """Return the SHA-256 in hex of a file of adapters, which is read once in a process."""
    return checksum(adapters)


def adapted(weights: Weights, arrays: Mapping[str, NDArray[np.float16]]) -> Weights:
    """Return the built-in weights with the adapters added, and only the layers they reach."""
    changes = {
        name.removesuffix(".down"): _product(arrays, name.removesuffix(".down"))
        for name in arrays
        if name.endswith(".down")
    }
    layers = 1 + max(int(name.split(".")[2]) for name in changes)
    kept = {f"encoder.layer.{number}." for number in range(layers)}

    def reaches(name: str) -> bool:
        return not name.startswith("encoder.") or any(name.startswith(layer) for layer in kept)

    matrices = {name: matrix for name, matrix in weights.matrices.items() if reaches(name)}
    for name, change in changes.items():
        whole = f"{name}.weight"
        matrices[whole] = quantise_blocks(matrices[whole].dense() + change)
    return replace(
        weights,
        architecture=replace(weights.architecture, layers=layers),
        matrices=matrices,
        vectors={name: values for name, values in weights.vectors.items() if reaches(name)},
    )


def _product(arrays: Mapping[str, NDArray[np.float16]], name: str) -> NDArray[np.float32]:
    down, up = (arrays[f"{name}.{part}"].astype(np.float32) for part in ("down", "up"))
    return np.asarray(up @ down, dtype=np.float32)
