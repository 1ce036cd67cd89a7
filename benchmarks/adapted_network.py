"""A network as it is trained: the built-in weights, low-rank adapters, small heads.

The adapters (`benchmarks.lora`) are added to the built-in matrices when the model is prepared, so
that they cost no time. What is trained here runs as `search.embedding.builtin.adapted_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from benchmarks.lora import adapt, factors
from numpy.typing import NDArray
from torch import Tensor, nn

from search.embedding.builtin.exporting import bert_model
from search.embedding.builtin.weights import Weights

__all__ = ["AdaptedNetwork", "Batch", "make_batch", "make_head"]

RANK = 32
LAYERS = 8
"""Layers that are kept of the built-in twelve. The last ones make one vector of a text, which such
a model does not need; without them it reads half as fast again. Dropping the top is the best way to
a smaller BERT (Sajjad et al., 2020, "Poor Man's BERT")."""
FIRST_LAYER = 1
"""The layers before it stay as they are: they know words, which do not change."""
HIDDEN = 128
DROPOUT = 0.1
_PADDING = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded sequences, shape (texts, tokens), and each sentence's tokens.

    `sentences` has shape (sentences, 3): the sequence, the first token, and one past the last.
    """

    tokens: Tensor
    mask: Tensor
    sentences: Tensor


def make_batch(inputs: Sequence[tuple[Sequence[int], Sequence[range]]]) -> Batch:
    """Return tokens, with the ranges of their sentences, as one padded batch.

    A sentence of which no token was kept keeps the last one of its sequence.
    """
    longest = max(len(tokens) for tokens, _ in inputs)
    padded = torch.full((len(inputs), longest), _PADDING)
    mask = torch.zeros((len(inputs), longest), dtype=torch.long)
    rows = []
    for row, (tokens, ranges) in enumerate(inputs):
        padded[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        last = len(tokens) - 1
        rows += [(row, r.start, r.stop) if r else (row, last, last + 1) for r in ranges]
    return Batch(padded, mask, torch.tensor(rows))


def make_head(inputs: int, scores: int = 1) -> nn.Sequential:
    """Return a head of a hidden layer; its parts are named as `Head` reads them."""
    return nn.Sequential(
        nn.Dropout(DROPOUT), nn.Linear(inputs, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, scores)
    )


class AdaptedNetwork(nn.Module):
    """The encoder with its adapters; heads, and what they score, are a subclass's."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.bert: Any = bert_model(weights)
        self.bert.encoder.layer = self.bert.encoder.layer[:LAYERS]
        for parameter in self.bert.parameters():
            parameter.requires_grad_(False)
        for layer in self.bert.encoder.layer[FIRST_LAYER:]:
            adapt(layer, RANK)
        self.size = weights.architecture.dimensions

    def train(self, mode: bool = True) -> Self:
        """Switch to learning; the encoder does without dropout, which is slow on a CPU."""
        super().train(mode)
        self.bert.eval()
        return self

    def states(self, batch: Batch) -> Tensor:
        """Return the states of the last layer, shape (texts, tokens, dimensions)."""
        states: Tensor = self.bert(
            input_ids=batch.tokens, attention_mask=batch.mask
        ).last_hidden_state
        return states

    def sentence_rows(self, states: Tensor, batch: Batch) -> Tensor:
        """Return each sentence's mean state beside the first of its text, (sentences, 2 x dim)."""
        row, start, stop = batch.sentences.T
        at = torch.arange(states.shape[1])
        inside = ((at >= start[:, None]) & (at < stop[:, None])).float()
        sums = torch.einsum("st,std->sd", inside, states[row])
        means = sums / inside.sum(dim=1, keepdim=True)
        return torch.cat([means, states[row, 0]], dim=1)

    def learned(self) -> dict[str, Tensor]:
        """Return the parameters that learn, by name."""
        return {n: p for n, p in self.named_parameters() if p.requires_grad}

    def adapters(self) -> dict[str, NDArray[np.float32]]:
        """Return what is shipped: the change of each matrix as two factors, and the heads."""
        out = factors(self.bert)
        for name, value in self.state_dict().items():
            if "_head." in name:
                out[name] = value.numpy()
        return out
