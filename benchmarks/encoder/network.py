"""The encoder as it is trained: the built-in weights with low-rank adapters, texts to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from benchmarks.lora import adapt
from torch import Tensor, nn

from search.embedding.builtin.exporting import bert_model
from search.embedding.builtin.weights import Weights

__all__ = ["Network"]

RANK = 16
FIRST_LAYER = 2
"""The layers before it stay as they are: they know words, which do not change."""
TOGETHER = 8
"""Texts that are padded to the same length."""
_PADDING = 1


class Network(nn.Module):
    """Tokens of texts to vectors of length 1."""

    def __init__(self, weights: Weights) -> None:
        """Load the weights, with adapters that do not change anything yet."""
        super().__init__()
        self.bert: Any = bert_model(weights)
        for parameter in self.bert.parameters():
            parameter.requires_grad_(False)
        for layer in self.bert.encoder.layer[FIRST_LAYER:]:
            adapt(layer, RANK)
        # Without dropout: the same text has to give the same vector.
        self.bert.eval()

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Return the vectors of texts, shape (texts, dimensions): the mean over their tokens."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: dict[int, Tensor] = {}
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            tokens, mask = _padded([texts[i] for i in part])
            states = self.bert(input_ids=tokens, attention_mask=mask).last_hidden_state
            weights = mask[..., None].float()
            means = (states * weights).sum(dim=1) / weights.sum(dim=1)
            vectors |= zip(part, nn.functional.normalize(means, dim=1), strict=True)
        return torch.stack([vectors[i] for i in range(len(texts))])

    def learned(self) -> dict[str, Tensor]:
        """Return the parameters that learn, by name."""
        return {n: p for n, p in self.named_parameters() if p.requires_grad}


def _padded(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return tokens and mask, both of shape (texts, longest)."""
    longest = max(len(each) for each in texts)
    tokens = torch.full((len(texts), longest), _PADDING)
    mask = torch.zeros((len(texts), longest), dtype=torch.long)
    for row, each in enumerate(texts):
        tokens[row, : len(each)] = torch.tensor(each)
        mask[row, : len(each)] = 1
    return tokens, mask
