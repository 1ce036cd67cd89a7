"""The label model as it is trained: scores of each sentence's holder and stance."""

from __future__ import annotations

from benchmarks.adapted_network import AdaptedNetwork, Batch, make_head
from torch import Tensor

from search.embedding.builtin.weights import Weights
from search.labels.label_reader import HOLDERS, STANCES

__all__ = ["Network"]


class Network(AdaptedNetwork):
    """Sentences in their context to scores for each holder and each stance."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(weights)
        self.holder_head = make_head(2 * self.size, len(HOLDERS))
        self.stance_head = make_head(2 * self.size, len(STANCES))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return scores of shape (sentences, holders) and (sentences, stances)."""
        rows = self.sentence_rows(self.states(batch), batch)
        return self.holder_head(rows), self.stance_head(rows)
