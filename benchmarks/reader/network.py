"""The reader as it is trained: the built-in weights, low-rank adapters, two small heads.

The adapters (`benchmarks.lora`) are added to the built-in matrices when the reader is prepared, so
that they cost no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from benchmarks.lora import adapt, factors
from numpy.typing import NDArray
from torch import Tensor, nn

from search.embedding.builtin.exporting import bert_model
from search.embedding.builtin.weights import Weights
from search.reader.inputs import ReaderInput

__all__ = ["Batch", "Network", "make_batch"]

RANK = 32
LAYERS = 8
"""Layers that are kept of the built-in twelve. The last ones make one vector of a text, which the
reader does not need; without them it reads half as fast again. Dropping the top is the best way to
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


def make_batch(inputs: Sequence[ReaderInput]) -> Batch:
    """Return inputs as one padded batch; sentences that were cut off whole keep one token."""
    longest = max(len(each.tokens) for each in inputs)
    tokens = torch.full((len(inputs), longest), _PADDING)
    mask = torch.zeros((len(inputs), longest), dtype=torch.long)
    rows = []
    for row, each in enumerate(inputs):
        tokens[row, : len(each.tokens)] = torch.tensor(each.tokens)
        mask[row, : len(each.tokens)] = 1
        last = len(each.tokens) - 1
        rows += [(row, r.start, r.stop) if r else (row, last, last + 1) for r in each.sentences]
    return Batch(tokens, mask, torch.tensor(rows))


class Network(nn.Module):
    """Question and passage to a score for each sentence, and one for the passage."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.bert: Any = bert_model(weights)
        self.bert.encoder.layer = self.bert.encoder.layer[:LAYERS]
        for parameter in self.bert.parameters():
            parameter.requires_grad_(False)
        for layer in self.bert.encoder.layer[FIRST_LAYER:]:
            adapt(layer, RANK)
        size = weights.architecture.dimensions
        self.sentence_head = _head(2 * size)
        self.passage_head = _head(2 * size)

    def train(self, mode: bool = True) -> Network:
        """Switch to learning; the encoder does without dropout, which is slow on a CPU."""
        super().train(mode)
        self.bert.eval()
        return self

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return scores of the sentences (sentences,) and of the passages (texts,)."""
        states: Tensor = self.bert(
            input_ids=batch.tokens, attention_mask=batch.mask
        ).last_hidden_state
        first = states[:, 0]
        row, start, stop = batch.sentences.T
        at = torch.arange(states.shape[1])
        inside = ((at >= start[:, None]) & (at < stop[:, None])).float()
        sums = torch.einsum("st,std->sd", inside, states[row])
        means = sums / inside.sum(dim=1, keepdim=True)
        sentences = self.sentence_head(torch.cat([means, first[row]], dim=1)).squeeze(1)
        weights = batch.mask.float()
        text = torch.einsum("bt,btd->bd", weights, states) / weights.sum(dim=1, keepdim=True)
        passages = self.passage_head(torch.cat([text, first], dim=1)).squeeze(1)
        return sentences, passages

    def learned(self) -> dict[str, Tensor]:
        """Return the parameters that learn, by name."""
        return {n: p for n, p in self.named_parameters() if p.requires_grad}

    def adapters(self) -> dict[str, NDArray[np.float32]]:
        """Return what is shipped: the change of each matrix as two factors, and the heads."""
        out = factors(self.bert)
        for head in ("sentence_head", "passage_head"):
            for name, value in getattr(self, head).state_dict().items():
                out[f"{head}.{name}"] = value.numpy()
        return out


def _head(size: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(DROPOUT), nn.Linear(size, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1)
    )
