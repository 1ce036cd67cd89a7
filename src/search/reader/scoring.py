"""Reads a question and passages together: how well each passage and each sentence answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.concurrency import usable_cores
from search.embedding import Encoder, prepare_builtin
from search.embedding.builtin.adapted_model import Head, States, vocabulary_of
from search.embedding.builtin.onnx_encoder import Vocabulary
from search.reader.inputs import Readable, ReaderInput, make_input
from search.reader.prepare import READER

__all__ = ["Reader", "Reading", "load_reader"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a passage: scores, higher is better.

    `passage` is above 0 when it rather answers than not; scores of sentences compare those of one
    passage only.
    """

    passage: float
    sentences: tuple[float, ...]


class Reader:
    """The built-in reader; safe to use from several threads."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Load the prepared reader of a folder; raises what ONNX Runtime raises for a bad one."""
        self._states = States(folder, vocabulary)
        with np.load(READER.adapters) as arrays:
            self._sentences, self._passages = (
                Head.of(arrays, name) for name in ("sentence", "passage")
            )

    def read(self, question: str, passages: Sequence[Readable]) -> list[Reading]:
        """Return a reading of each passage for a question; long parts are cut."""
        tokenise = self._states.tokenise
        inputs = [make_input(tokenise, question, passage) for passage in passages]
        if len(inputs) < 2:
            return [self._read(each) for each in inputs]
        # One thread a passage: nothing is spent on padding. The longest first, to end together.
        order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i].tokens))
        with ThreadPoolExecutor(usable_cores()) as pool:
            done = dict(zip(order, pool.map(lambda i: self._read(inputs[i]), order), strict=True))
        return [done[i] for i in range(len(inputs))]

    def _read(self, each: ReaderInput) -> Reading:
        states = self._states.of(each.tokens)
        first = states[0]
        text = float(self._passages(np.concatenate([states.mean(axis=0), first])[None])[0, 0])
        return Reading(text, tuple(self._scores(states, each.sentences).tolist()))

    def _scores(self, states: NDArray[np.float32], ranges: Sequence[range]) -> NDArray[np.float32]:
        """Return the sentences' scores; one that was cut off is never the best."""
        scores = np.full(len(ranges), -np.inf, dtype=np.float32)
        read = [i for i, tokens in enumerate(ranges) if tokens]
        if read:
            means = [states[ranges[i].start : ranges[i].stop].mean(axis=0) for i in read]
            rows = np.concatenate(
                [means, np.broadcast_to(states[0], (len(read), len(states[0])))], 1
            )
            scores[read] = self._sentences(rows)[:, 0]
        return scores


def load_reader(
    encoder: Encoder, *, cache: Path | None = None, message: Callable[[str], None] | None = None
) -> Reader:
    """Load the reader, preparing it if need be; it shares the words of a built-in `encoder`.

    Raises ModelError when it can't be prepared.
    """
    builtin = prepare_builtin(cache, message)
    return Reader(READER.prepare(builtin, cache, message), vocabulary_of(encoder, builtin))
