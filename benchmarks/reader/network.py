"""The reader as it is trained: a score for each sentence of a passage, and one for the passage."""

from __future__ import annotations

import torch
from benchmarks.adapted_network import AdaptedNetwork, Batch, make_head
from torch import Tensor

from search.embedding.builtin.weights import Weights

__all__ = ["Network"]


class Network(AdaptedNetwork):
    """Question and passage to a score for each sentence, and one for the passage."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(weights)
        self.sentence_head = make_head(2 * self.size)
        self.passage_head = make_head(2 * self.size)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return scores of the sentences (sentences,) and of the passages (texts,)."""
        states = self.states(batch)
        sentences = self.sentence_head(self.sentence_rows(states, batch)).squeeze(1)
        weights = batch.mask.float()
        text = torch.einsum("bt,btd->bd", weights, states) / weights.sum(dim=1, keepdim=True)
        passages = self.passage_head(torch.cat([text, states[:, 0]], dim=1)).squeeze(1)
        return sentences, passages
