"""Prepares all models that come with Kamerwijzer, so that the first question does not have to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from search.embedding import prepare_builtin
from search.labels import LABELS
from search.reader.prepare import READER

__all__ = ["prepare_models"]


def prepare_models(cache: Path | None = None, message: Callable[[str], None] | None = None) -> None:
    """Prepare the embedding model, the reader and the label model, unless they are in the cache.

    Raises ModelError when that fails.
    """
    builtin = prepare_builtin(cache, message)
    for model in (READER, LABELS):
        model.prepare(builtin, cache, message)
