"""An optional cross-encoder, which reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from search.embedding.quiet import quiet_transformers
from search.errors import ModelError

__all__ = ["CrossEncoderReranker", "Reranker", "load_reranker"]


class Reranker(Protocol):
    """Scores how well passages answer a question."""

    name: str

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return a score for each passage, higher is better; only their order has a meaning."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers; creating one imports torch."""

    def __init__(self, name: str) -> None:
        """Load a cross-encoder by name or folder; raises ModelError when that fails."""
        quiet_transformers()
        from sentence_transformers import CrossEncoder

        self.name = name
        try:
            self._model: Any = CrossEncoder(name)
        except Exception as problem:  # the libraries below raise a dozen types of error
            raise ModelError(
                f"De cross-encoder ‘{name}’ kan niet worden geladen ({type(problem).__name__}). "
                "Geef de naam van een sentence-transformers-model of een map waarin het staat."
            ) from problem

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return a score for each passage, higher is better; only their order has a meaning."""
        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        return [float(s) for s in self._model.predict(pairs, show_progress_bar=False)]


def load_reranker(name: str) -> Reranker:
    """Load a cross-encoder by name or folder; raises ModelError when that fails."""
    return CrossEncoderReranker(name)
