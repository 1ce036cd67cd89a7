"""The interface of encoders, and how to load one by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.prepare import VERSION, builtin_folder, prepare_builtin
from search.embedding.model_store import CacheUnusable, check_folder

__all__ = ["BUILT_IN", "Encoder", "load_encoder"]

BUILT_IN = "ingebouwd"


class Encoder(Protocol):
    """Turns questions and passages into vectors that are compared by their inner product.

    `name` is the model's as it was given to `load_encoder`; `fingerprint` changes whenever the
    vectors would. A text longer than `max_tokens`, special tokens and prefix included, is cut.
    """

    name: str
    fingerprint: str
    dimensions: int
    max_tokens: int

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions to rows of length 1, shape (texts, dimensions)."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode passages to rows of length 1, shape (texts, dimensions)."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each bare text: no prefix, no special tokens, no limit."""
        ...


def load_encoder(
    model: str = BUILT_IN,
    *,
    cache: Path | None = None,
    message: Callable[[str], None] | None = None,
) -> Encoder:
    """Load the built-in model, or the sentence-transformers model of that name or folder.

    The built-in model is first prepared in `cache` (None: the user's cache folder) unless an
    intact copy is there; `message` then receives Dutch lines that say what happens. Raises
    ModelError when the model can't be loaded.
    """
    if model != BUILT_IN:
        from search.embedding.transformer_encoder import SentenceTransformerEncoder

        return SentenceTransformerEncoder(model)
    from search.embedding.builtin.onnx_encoder import OnnxEncoder

    folder = builtin_folder(cache)
    try:
        manifest = check_folder(folder, VERSION)
    except CacheUnusable:
        manifest = check_folder(prepare_builtin(cache, message), VERSION)
    return OnnxEncoder(BUILT_IN, folder, manifest)
