"""The reader as a model of its own on the built-in weights, and texts like those that it reads.

`reader.npz` in this folder is what `make train-reader` writes: for a matrix W of the built-in
model's first layers two factors, whose product is added to W (LoRA; Hu et al., 2021), and two
heads, in half precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search.embedding.builtin.adapted_model import AdaptedModel, Tokenise
from search.embedding.builtin.smoothquant import SAMPLES
from search.embedding.builtin.weights import PREFIXES
from search.reader.inputs import Readable, make_input

__all__ = ["READER"]


def _samples(tokenise: Tokenise) -> Iterator[tuple[int, ...]]:
    """Yield each passage of the samples with each question."""
    asked, told = PREFIXES["query"], PREFIXES["passage"]
    questions = [text.removeprefix(asked) for text in SAMPLES if text.startswith(asked)]
    for text in SAMPLES:
        if text.startswith(told):
            passage = Readable("Brief", "Inleiding", "", (text.removeprefix(told),))
            for question in questions:
                yield make_input(tokenise, question, passage).tokens


READER = AdaptedModel(
    name="lezer",
    version=2,
    adapters=Path(__file__).with_name("reader.npz"),
    announcement="De lezer, het model dat passages leest, wordt klaargezet. Dit gebeurt één keer.",
    samples=_samples,
)
