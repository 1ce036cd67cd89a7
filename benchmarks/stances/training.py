"""The training of the label model: windows of labelled sentences, the loss, and the loop."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmarks.adapted_network import make_batch
from benchmarks.learning import draw_steps, learn
from benchmarks.stances.data import LabelledDocument
from benchmarks.stances.network import Network
from numpy.typing import NDArray
from torch import Tensor

from search.embedding.builtin.adapted_model import Tokenise
from search.evaluation.stance_sets import GoldSentence
from search.labels.label_reader import HOLDERS, STANCES
from search.labels.windows import windows

__all__ = ["Example", "Schedule", "examples_of", "scores_of", "train"]

ALTERNATIVE = 0.3
"""Share of the truth that a label which can be defended too gets."""
RARE = 0.5
"""Power of a label's rarity in its weight: 0 is none, 1 makes all labels weigh the same."""
_LEAST_WEIGHT, _MOST_WEIGHT = 0.3, 3.0
TOGETHER = 6
"""Windows that are padded to the same length."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window: its tokens, the labelled sentences in it and their truth.

    `holders` and `stances` have shape (sentences, names), rows that sum to 1; `gold` are the
    sentences themselves, `weight` how much they count.
    """

    tokens: tuple[int, ...]
    ranges: tuple[range, ...]
    holders: NDArray[np.float32]
    stances: NDArray[np.float32]
    gold: tuple[GoldSentence, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: windows in a step, learning rates, and steps of warming up."""

    epochs: float = 4.0
    windows: int = 12
    rate: float = 5e-4
    head_rate: float = 1e-3
    warm: int = 30
    seed: int = 1


def examples_of(documents: Iterable[LabelledDocument], tokenise: Tokenise) -> Iterator[Example]:
    """Yield the windows of documents that hold a labelled sentence."""
    for document in documents:
        for window in windows(tokenise, document.statements):
            marked = [
                (gold, tokens)
                for i, tokens in zip(window.sentences, window.ranges, strict=True)
                if (gold := document.gold[i])
            ]
            if marked:
                gold = tuple(each for each, _ in marked)
                truth = np.array([_truth(each, HOLDERS, 0) for each in gold], np.float32)
                stances = np.array([_truth(each, STANCES, 1) for each in gold], np.float32)
                ranges = tuple(tokens for _, tokens in marked)
                yield Example(window.tokens, ranges, truth, stances, gold, document.weight)


def _truth(gold: GoldSentence, names: Sequence[str], part: int) -> list[float]:
    """Return the share of each name in the truth of a sentence."""
    own = (gold.holder, gold.stance)[part]
    other = gold.alternative[part] if gold.alternative else own
    return [(1 - ALTERNATIVE) * (own == name) + ALTERNATIVE * (other == name) for name in names]


def train(
    network: Network,
    examples: Sequence[Example],
    schedule: Schedule,
    checkpoint: Path,
    progress: Callable[[int, int, float], None],
) -> None:
    """Train on examples, going on from `checkpoint` if that is there; see `learn`."""
    torch.manual_seed(schedule.seed)
    learned = network.learned()
    heads = [p for n, p in learned.items() if "head" in n]
    rest = [p for n, p in learned.items() if "head" not in n]
    optimiser: Any = torch.optim.AdamW(
        [{"params": rest, "lr": schedule.rate}, {"params": heads, "lr": schedule.head_rate}],
        weight_decay=0.01,
    )
    chance = random.Random(schedule.seed)
    steps = draw_steps(
        examples, schedule.windows, schedule.epochs, lambda each, _chance: each, chance
    )
    weights = [_weights(examples, part) for part in ("holders", "stances")]
    network.train()
    learn(
        learned,
        optimiser,
        schedule.warm,
        steps,
        lambda drawn: _loss(network, drawn, weights),
        checkpoint,
        progress,
    )
    network.eval()


def _weights(examples: Sequence[Example], part: str) -> Tensor:
    """Return the weight of each label: the rarer the more."""
    counts = sum(each.weight * getattr(each, part).sum(axis=0) for each in examples)
    rarity = (counts.mean() / np.maximum(counts, 1)) ** RARE
    return torch.tensor(rarity, dtype=torch.float32).clamp(_LEAST_WEIGHT, _MOST_WEIGHT)


def _loss(network: Network, drawn: Sequence[Example], weights: Sequence[Tensor]) -> Tensor:
    """Return the cross-entropy of both labels, weighted by rarity, a window of a step."""
    total = torch.zeros(())
    for part in _alike(drawn):
        scores = network(make_batch([(each.tokens, each.ranges) for each in part]))
        counts = torch.tensor([each.weight for each in part for _ in each.gold])
        truths = [
            torch.tensor(np.concatenate([getattr(each, name) for each in part]))
            for name in ("holders", "stances")
        ]
        for score, truth, weight in zip(scores, truths, weights, strict=True):
            missed = -(weight * truth * score.log_softmax(dim=1)).sum(dim=1)
            total = total + (counts * missed).sum()
    return total / len(drawn) / 4


def _alike(examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
    """Yield examples of like length together."""
    order = sorted(examples, key=lambda each: len(each.tokens))
    for start in range(0, len(order), TOGETHER):
        yield order[start : start + TOGETHER]


def scores_of(
    network: Network, examples: Sequence[Example]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the log probabilities of the examples' sentences, in order: holders and stances."""
    found: tuple[list[NDArray[np.float32]], list[NDArray[np.float32]]] = ([], [])
    with torch.no_grad():
        for each in examples:
            scores = network(make_batch([(each.tokens, each.ranges)]))
            for kept, score in zip(found, scores, strict=True):
                kept.append(score.log_softmax(dim=1).numpy())
    return np.concatenate(found[0]), np.concatenate(found[1])
