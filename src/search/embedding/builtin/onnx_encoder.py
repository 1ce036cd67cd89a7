"""The encoder of the built-in model: ONNX Runtime, a word table on disk, no torch.

Each text is run alone: nothing is spent on padding, and a text's vector never depends on the
others. One thread works on one text, and as many texts run at once as there are processors: on
two cores as fast as two threads on each text (three interleaved runs), and no idle thread spins.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.concurrency import usable_cores
from search.embedding.builtin.graph import INPUT, OUTPUT
from search.embedding.builtin.prepare import GRAPH, TABLE, TOKENS, word_vectors
from search.embedding.builtin.tokenizer import BOS, EOS, PieceTokenizer
from search.embedding.builtin.weights import PREFIXES
from search.embedding.model_store import ModelManifest
from search.errors import ModelError

__all__ = ["OnnxEncoder", "Vocabulary", "open_session"]

_CHUNK = 512
"""Texts tokenised before the model runs: enough to sort by length, few enough for memory."""
_ERRORS_ONLY = 3


class Vocabulary:
    """The words of a prepared model: texts to tokens, and tokens to vectors."""

    def __init__(self, folder: Path) -> None:
        """Load the files in the folder of the built-in model; raises OSError or RuntimeError."""
        self.tokenizer = PieceTokenizer(folder / TOKENS)
        self._table = np.load(folder / TABLE, mmap_mode="r", allow_pickle=False)

    def vectors(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Return the word vectors of tokens, shape (1, tokens, dimensions)."""
        return word_vectors(self._table, tokens)


class OnnxEncoder:
    """Encodes questions and passages with a prepared model; safe to use from several threads."""

    def __init__(self, name: str, folder: Path, manifest: ModelManifest) -> None:
        """Load the model in `folder`; raises ModelError when ONNX Runtime refuses it."""
        self.name = name
        self.fingerprint = manifest.fingerprint
        self.dimensions = manifest.dimensions
        self.max_tokens = manifest.max_tokens
        try:
            # Loading the graph releases the GIL, so the vocabulary is read at the same time.
            with ThreadPoolExecutor(1) as pool:
                session = pool.submit(open_session, folder / GRAPH)
                self.vocabulary = Vocabulary(folder)
                self._session = session.result()
        except Exception as problem:  # onnxruntime's errors have no other base in common
            raise ModelError(
                f"Het taalmodel in {folder} is niet te laden ({problem}). Verwijder die map; "
                "daarna wordt het model bij de volgende vraag opnieuw klaargezet."
            ) from problem

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions to rows of length 1, shape (texts, dimensions)."""
        return self._encode(texts, PREFIXES["query"], None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode passages to rows of length 1, shape (texts, dimensions).

        A text is cut after `max_tokens`. `progress(done, total)` is called as texts are finished,
        in the thread of the caller.
        """
        return self._encode(texts, PREFIXES["passage"], progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each bare text: no prefix, no special tokens, no limit."""
        return [len(self.vocabulary.tokenizer.encode(text)) for text in _checked(texts)]

    def _encode(
        self, texts: Sequence[str], prefix: str, progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float32]:
        total = len(_checked(texts))
        vectors = np.empty((total, self.dimensions), dtype=np.float32)
        if total == 1:
            vectors[0] = self._vector(self._tokens(prefix + texts[0]))
            if progress:
                progress(1, 1)
            return vectors
        done = 0
        pool = ThreadPoolExecutor(usable_cores())
        try:
            for position, vector in self._in_parallel(pool, texts, prefix):
                vectors[position] = vector
                done += 1
                if progress:
                    progress(done, total)
        finally:
            pool.shutdown(cancel_futures=True)
        return vectors

    def _in_parallel(
        self, pool: ThreadPoolExecutor, texts: Sequence[str], prefix: str
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield (position, vector) as texts are finished; long ones start first."""
        waiting: dict[Future[NDArray[np.float32]], int] = {}
        for start in range(0, len(texts), _CHUNK):
            tokens = [self._tokens(prefix + text) for text in texts[start : start + _CHUNK]]
            for offset in sorted(range(len(tokens)), key=lambda i: -len(tokens[i])):
                waiting[pool.submit(self._vector, tokens[offset])] = start + offset
            # Tokenise the next chunk while the model still works on some texts of this one.
            while len(waiting) > _CHUNK // 8 or (waiting and start + _CHUNK >= len(texts)):
                finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield waiting.pop(future), future.result()

    def _tokens(self, text: str) -> list[int]:
        return [BOS, *self.vocabulary.tokenizer.encode(text)[: self.max_tokens - 2], EOS]

    def _vector(self, tokens: list[int]) -> NDArray[np.float32]:
        """Return the mean over the states of all tokens, special ones too: shape (dimensions,)."""
        states = self._session.run([OUTPUT], {INPUT: self.vocabulary.vectors(tokens)})[0]
        mean = np.asarray(states, dtype=np.float32)[0].mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)


def _checked(texts: Sequence[str]) -> Sequence[str]:
    if isinstance(texts, str):
        raise TypeError("texts must be a list of texts, not one text")
    return texts


def open_session(path: Path) -> Any:
    """Return a session of ONNX Runtime for a graph that works on one text, in one thread."""
    # onnxruntime ships without types; mypy must pass with and without it installed.
    onnxruntime: Any = importlib.import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    # x86 without VNNI adds two products in 16 bits, which int8 can overflow: this option makes
    # the library use slower instructions that can't.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
