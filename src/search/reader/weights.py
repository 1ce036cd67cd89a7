"""The reader's weights: the built-in model's first layers, changed by small adapters; two heads.

`reader.npz` in this folder is what `make train-reader` writes: for a matrix W of the built-in
model two factors, whose product is added to W (LoRA; Hu et al., 2021), in half precision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["ADAPTERS", "Head"]

ADAPTERS = Path(__file__).with_name("reader.npz")


@dataclass(frozen=True, slots=True)
class Head:
    """A layer of tanh units over a row of numbers, and their weighted sum: a score."""

    inner: NDArray[np.float32]
    shift: NDArray[np.float32]
    outer: NDArray[np.float32]
    offset: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.float16]], name: str) -> Self:
        """Return the head of a name; raises KeyError when the file has none."""
        inner, shift, outer, offset = (
            arrays[f"{name}_head.{part}"].astype(np.float32)
            for part in ("1.weight", "1.bias", "3.weight", "3.bias")
        )
        return cls(inner, shift, outer[0], float(offset[0]))

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scores of rows, shape (rows,)."""
        units = np.tanh(rows @ self.inner.T + self.shift)
        return np.asarray(units @ self.outer + self.offset, dtype=np.float32)
