"""Low-rank adapters: what learns beside matrices that stay as they are.

LoRA (Hu et al., 2021): a matrix W becomes W + SCALE · B A, and only A ("down") and B ("up") learn.
What is shipped are the two factors; they are added to W when a model is prepared, so that they cost
no time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

__all__ = ["SCALE", "Adapted", "adapt", "factors"]

SCALE = 2.0


class Adapted(nn.Module):
    """A linear layer with a low-rank adapter beside it, which at first changes nothing."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        """Put factors of shape (rank, inputs) and (outputs, rank) beside `linear`."""
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, data: Tensor) -> Tensor:
        """Return the layer's outputs, shape (…, outputs), for data of shape (…, inputs)."""
        adapted: Tensor = (data @ self.down.T) @ self.up.T
        whole: Tensor = self.linear(data) + SCALE * adapted
        return whole


def adapt(layer: Any, rank: int) -> None:
    """Put adapters beside the six matrices of a layer of transformers' `BertModel`."""
    attention = layer.attention
    for part in ("query", "key", "value"):
        setattr(attention.self, part, Adapted(getattr(attention.self, part), rank))
    attention.output.dense = Adapted(attention.output.dense, rank)
    layer.intermediate.dense = Adapted(layer.intermediate.dense, rank)
    layer.output.dense = Adapted(layer.output.dense, rank)


def factors(model: nn.Module, share: float = 1.0) -> dict[str, NDArray[np.float32]]:
    """Return what is shipped of a model's adapters: for the matrix `name` two factors.

    `name.down` has shape (rank, inputs) and `name.up` (outputs, rank); their product up · down is
    what is added to the matrix: the learned change, times `share`.
    """
    out: dict[str, NDArray[np.float32]] = {}
    for name, module in model.named_modules():
        if isinstance(module, Adapted):
            out[f"{name}.down"] = module.down.detach().numpy()
            out[f"{name}.up"] = (share * SCALE * module.up.detach()).numpy()
    return out
