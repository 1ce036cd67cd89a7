"""Prepares the reader, once: adds its adapters to the built-in weights and writes the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from search.embedding.builtin.adapters import adapted, checksum_of
from search.embedding.builtin.prepare import (
    GRAPH,
    TABLE,
    TOKENS,
    builtin_weights,
    smoothed_graph,
    word_vectors,
)
from search.embedding.builtin.smoothquant import SAMPLES
from search.embedding.builtin.tokenizer import PieceTokenizer
from search.embedding.builtin.weights import PREFIXES
from search.embedding.model_store import ModelManifest, install_folder, is_intact, seal_folder
from search.files import default_cache
from search.reader.inputs import Readable, make_input
from search.reader.weights import ADAPTERS

__all__ = ["prepare_reader", "reader_folder"]

VERSION = 2
"""Raised whenever the files, or the scores that they give, change for the same adapters."""


def reader_folder(cache: Path | None = None) -> Path:
    """Return the folder of the prepared reader in `cache`, None for the user's cache folder."""
    return (cache or default_cache()) / f"lezer-{VERSION}-{checksum_of(ADAPTERS)[:12]}"


def prepare_reader(
    builtin: Path, cache: Path | None = None, message: Callable[[str], None] | None = None
) -> Path:
    """Prepare the reader unless an intact copy is in the cache; return its folder.

    `builtin` is the folder of the prepared built-in model, whose words the reader shares;
    `message` receives a Dutch line for each step that takes time. Raises ModelError when no
    weights can be found or the cache can't be written.
    """
    target = reader_folder(cache)
    if is_intact(target, VERSION):
        return target
    if message:
        message("De lezer, het model dat passages leest, wordt klaargezet. Dit gebeurt één keer.")
    install_folder(
        target, lambda folder: _fill(folder, builtin), lambda made: is_intact(made, VERSION)
    )
    return target


def _fill(folder: Path, builtin: Path) -> None:
    with np.load(ADAPTERS) as arrays:
        weights = adapted(builtin_weights(), dict(arrays))
    table = np.load(builtin / TABLE, mmap_mode="r", allow_pickle=False)
    tokenizer = PieceTokenizer(builtin / TOKENS)
    samples = [word_vectors(table, tokens) for tokens in _samples(tokenizer)]
    (folder / GRAPH).write_bytes(smoothed_graph(weights, samples))
    sizes = weights.architecture
    manifest = ModelManifest(
        VERSION, weights.source, checksum_of(ADAPTERS), sizes.dimensions, sizes.positions, {}
    )
    seal_folder(folder, manifest)


def _samples(tokenizer: PieceTokenizer) -> Iterator[list[int]]:
    """Yield each passage of the samples with each question."""
    asked, told = PREFIXES["query"], PREFIXES["passage"]
    questions = [text.removeprefix(asked) for text in SAMPLES if text.startswith(asked)]
    for text in SAMPLES:
        if text.startswith(told):
            passage = Readable("Brief", "Inleiding", "", (text.removeprefix(told),))
            for question in questions:
                yield list(make_input(tokenizer.encode, question, passage).tokens)
