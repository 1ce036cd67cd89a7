"""The label model: reads sentences in their context, and gives each a holder and a stance.

`labels.npz` in this folder is what `make train-labels` writes: adapters for the built-in weights
and two heads, over the mean of a sentence's states and the first state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.concurrency import usable_cores
from search.embedding import Encoder, prepare_builtin
from search.embedding.builtin.adapted_model import (
    AdaptedModel,
    Head,
    States,
    Tokenise,
    vocabulary_of,
)
from search.embedding.builtin.onnx_encoder import Vocabulary
from search.embedding.builtin.smoothquant import SAMPLES
from search.embedding.builtin.weights import PREFIXES
from search.labels.statements import Statement
from search.labels.windows import Window, windows
from search.records import Holder, Stance

__all__ = [
    "HOLDERS",
    "LABELS",
    "STANCES",
    "LabelReader",
    "Reading",
    "StatementReader",
    "load_label_reader",
]

HOLDERS, STANCES = tuple(Holder), tuple(Stance)
"""The order of the heads' scores."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Logarithms of the probabilities of each sentence's holder and stance.

    Shapes (sentences, holders) and (sentences, stances), in the order of `HOLDERS` and `STANCES`.
    """

    holders: NDArray[np.float32]
    stances: NDArray[np.float32]


class StatementReader(Protocol):
    """What reads statements: the label model, or anything else that gives their chances."""

    def read(self, statements: Sequence[Statement], wanted: Sequence[bool] = ()) -> Reading:
        """Return a reading of the statements of one document."""
        ...


def _samples(tokenise: Tokenise) -> Iterator[tuple[int, ...]]:
    """Yield the passages of the samples under each of the questions, and under none."""
    asked, told = PREFIXES["query"], PREFIXES["passage"]
    questions = [text.removeprefix(asked) for text in SAMPLES if text.startswith(asked)]
    texts = [text.removeprefix(told) for text in SAMPLES if text.startswith(told)]
    for question in ("", *questions):
        statements = [Statement(text, ("Reactie",), question) for text in texts]
        yield from (window.tokens for window in windows(tokenise, statements))


LABELS = AdaptedModel(
    name="standpunten",
    version=1,
    adapters=Path(__file__).with_name("labels.npz"),
    announcement="Het model dat standpunten herkent, wordt klaargezet. Dit gebeurt één keer.",
    samples=_samples,
)


class LabelReader:
    """The label model, loaded; safe to use from several threads."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Load the prepared model of a folder; raises what ONNX Runtime raises for a bad one."""
        self._states = States(folder, vocabulary)
        with np.load(LABELS.adapters) as arrays:
            self._heads = tuple(Head.of(arrays, name) for name in ("holder", "stance"))

    def read(self, statements: Sequence[Statement], wanted: Sequence[bool] = ()) -> Reading:
        """Return a reading of the statements of one document, which are given in order.

        Where none of a window is `wanted`, it is not read: each chance is the same there. Without
        `wanted` all are.
        """
        found = tuple(
            np.full((len(statements), len(names)), -np.log(len(names)), np.float32)
            for names in (HOLDERS, STANCES)
        )
        made = [
            window
            for window in windows(self._states.tokenise, statements)
            if not wanted or any(wanted[i] for i in window.sentences)
        ]
        with ThreadPoolExecutor(usable_cores()) as pool:
            for window, rows in zip(made, pool.map(self._rows, made), strict=True):
                for scores, head in zip(found, self._heads, strict=True):
                    scores[window.sentences] = _log_softmax(head(rows))
        return Reading(*found)

    def _rows(self, window: Window) -> NDArray[np.float32]:
        """Return the mean state of each sentence beside the first state of the window."""
        states = self._states.of(window.tokens)
        means = [states[each.start : each.stop].mean(axis=0) for each in window.ranges]
        return np.array([np.concatenate([mean, states[0]]) for mean in means], dtype=np.float32)


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def load_label_reader(
    encoder: Encoder, *, cache: Path | None = None, message: Callable[[str], None] | None = None
) -> LabelReader:
    """Load the label model, preparing it if need be; it shares the words of a built-in `encoder`.

    Raises ModelError when it can't be prepared.
    """
    builtin = prepare_builtin(cache, message)
    return LabelReader(LABELS.prepare(builtin, cache, message), vocabulary_of(encoder, builtin))
