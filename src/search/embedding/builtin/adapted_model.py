"""A model of its own on the built-in weights: adapters in a file, prepared once, then run.

The reader of passages and the reader of labels are such models. Their adapters are added to the
built-in matrices and the graph is written to the cache; they share the words of the built-in model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.adapters import adapted, checksum_of
from search.embedding.builtin.graph import INPUT, OUTPUT
from search.embedding.builtin.onnx_encoder import OnnxEncoder, Vocabulary, open_session
from search.embedding.builtin.prepare import (
    GRAPH,
    TABLE,
    TOKENS,
    builtin_weights,
    smoothed_graph,
    word_vectors,
)
from search.embedding.builtin.tokenizer import PieceTokenizer
from search.embedding.cached_encoder import CachedEncoder
from search.embedding.encoder import Encoder
from search.embedding.model_store import ModelManifest, install_folder, is_intact, seal_folder
from search.files import default_cache

__all__ = ["AdaptedModel", "Head", "States", "Tokenise", "vocabulary_of"]

Tokenise = Callable[[str], list[int]]
"""Returns the ids of a text's pieces, without special tokens."""


@dataclass(frozen=True, slots=True)
class AdaptedModel:
    """Which model it is, and how it is prepared."""

    name: str
    """The first part of its folder in the cache."""
    version: int
    """Raised whenever the files, or what they give, change for the same adapters."""
    adapters: Path
    announcement: str
    """What the user is told when it is prepared, in Dutch."""
    samples: Callable[[Tokenise], Iterable[Sequence[int]]]
    """Returns sequences of tokens like those that it will read, to smooth its inputs with."""

    def folder(self, cache: Path | None = None) -> Path:
        """Return the folder of the prepared model in `cache`, None for the user's cache folder."""
        name = f"{self.name}-{self.version}-{checksum_of(self.adapters)[:12]}"
        return (cache or default_cache()) / name

    def prepare(
        self,
        builtin: Path,
        cache: Path | None = None,
        message: Callable[[str], None] | None = None,
    ) -> Path:
        """Prepare the model unless an intact copy is in the cache; return its folder.

        `builtin` is the folder of the prepared built-in model. Raises ModelError when no weights
        can be found or the cache can't be written.
        """
        target = self.folder(cache)
        if is_intact(target, self.version):
            return target
        if message:
            message(self.announcement)
        install_folder(
            target,
            lambda folder: self._fill(folder, builtin),
            lambda made: is_intact(made, self.version),
        )
        return target

    def _fill(self, folder: Path, builtin: Path) -> None:
        with np.load(self.adapters) as arrays:
            weights = adapted(builtin_weights(), dict(arrays))
        table = np.load(builtin / TABLE, mmap_mode="r", allow_pickle=False)
        tokenise = PieceTokenizer(builtin / TOKENS).encode
        samples = [word_vectors(table, list(tokens)) for tokens in self.samples(tokenise)]
        (folder / GRAPH).write_bytes(smoothed_graph(weights, samples))
        sizes = weights.architecture
        manifest = ModelManifest(
            self.version,
            weights.source,
            checksum_of(self.adapters),
            sizes.dimensions,
            sizes.positions,
            {},
        )
        seal_folder(folder, manifest)


class States:
    """Runs a prepared model: tokens to the states of its last layer; safe in several threads."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Load the model of a folder; raises what ONNX Runtime raises for a bad one."""
        self._session = open_session(folder / GRAPH)
        self._vocabulary = vocabulary

    @property
    def tokenise(self) -> Tokenise:
        """Return the function that cuts a text into pieces."""
        return self._vocabulary.tokenizer.encode

    def of(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Return the states of one sequence, shape (tokens, dimensions)."""
        words = self._vocabulary.vectors(tokens)
        (states,) = self._session.run([OUTPUT], {INPUT: words})
        return np.asarray(states[0], dtype=np.float32)


def vocabulary_of(encoder: Encoder, builtin: Path) -> Vocabulary:
    """Return the words of the built-in model, shared with `encoder` where that is it.

    `builtin` is the folder of the prepared built-in model.
    """
    inner = encoder.wrapped if isinstance(encoder, CachedEncoder) else encoder
    return inner.vocabulary if isinstance(inner, OnnxEncoder) else Vocabulary(builtin)


@dataclass(frozen=True, slots=True)
class Head:
    """A layer of tanh units over a row of numbers, and a weighted sum of them for each score."""

    inner: NDArray[np.float32]
    shift: NDArray[np.float32]
    outer: NDArray[np.float32]
    offset: NDArray[np.float32]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.float16]], name: str) -> Self:
        """Return the head of a name; raises KeyError when the file has none."""
        inner, shift, outer, offset = (
            arrays[f"{name}_head.{part}"].astype(np.float32)
            for part in ("1.weight", "1.bias", "3.weight", "3.bias")
        )
        return cls(inner, shift, outer, offset)

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scores of rows, shape (rows, scores)."""
        units = np.tanh(rows @ self.inner.T + self.shift)
        return np.asarray(units @ self.outer.T + self.offset, dtype=np.float32)
