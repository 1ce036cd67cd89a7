"""The training of the encoder: pairs of a question and passages, the loss, and the loop."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from benchmarks.encoder.network import Network
from benchmarks.learning import draw_steps, learn
from benchmarks.reader.training import Group
from torch import Tensor

from search.embedding.builtin.adapted_model import Tokenise
from search.embedding.builtin.tokenizer import BOS, EOS
from search.embedding.builtin.weights import PREFIXES
from search.reader.inputs import Readable

__all__ = ["Pair", "Schedule", "loss_of", "train"]

DEPTH = 16
"""Hard negatives are taken from the best of the search."""
QUESTION_TOKENS, PASSAGE_TOKENS = 48, 150
"""Most tokens of a text that is learned from, with prefix and <s> and </s>; it is cut there."""
TEMPERATURE = 0.03


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: pairs in a step, the learning rate, and steps of warming up."""

    epochs: float = 2.0
    batch: int = 24
    rate: float = 4e-4
    warm: int = 20
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a passage that answers it, and a hard negative of the search if it has one.

    `right` holds the texts of all passages that answer it, of which `passage` is one.
    """

    question: str
    passage: str
    negative: str | None
    right: frozenset[str]


def _draw(group: Group, chance: random.Random) -> Pair:
    """Return a question with one of its right passages and one of the wrong ones."""
    passage = chance.choice(group.right)
    pool = group.wrong[:DEPTH]
    # The better a wrong passage ranks, the likelier it is drawn.
    negative = _text(pool[int(len(pool) * chance.random() ** 1.3)]) if pool else None
    return Pair(group.question, _text(passage), negative, frozenset(map(_text, group.right)))


def _text(passage: Readable) -> str:
    return " ".join(passage.sentences)


def _tokens(tokenise: Tokenise, prefix: str, text: str, most: int) -> list[int]:
    return [BOS, *tokenise(PREFIXES[prefix] + text)[: most - 2], EOS]


def loss_of(network: Network, pairs: Sequence[Pair], tokenise: Tokenise) -> Tensor:
    """Return the mean loss of a step: each question is to choose its passage (InfoNCE).

    It chooses among the passages and the hard negatives of all pairs (van den Oord et al., 2018,
    "Representation learning with contrastive predictive coding").
    """
    negatives = [each.negative for each in pairs if each.negative is not None]
    passages = [*(each.passage for each in pairs), *negatives]
    asked = network([_tokens(tokenise, "query", each.question, QUESTION_TOKENS) for each in pairs])
    read = network([_tokens(tokenise, "passage", each, PASSAGE_TOKENS) for each in passages])
    scores = (asked @ read.T / TEMPERATURE).masked_fill(_also_right(pairs, passages), -torch.inf)
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(pairs)))


def _also_right(pairs: Sequence[Pair], passages: Sequence[str]) -> Tensor:
    """Return which passages are right too, shape (pairs, passages), beside a pair's own.

    The first passages are the pairs' own, in order. Those that are right too are no negatives.
    """
    return torch.tensor(
        [
            [column != row and text in pair.right for column, text in enumerate(passages)]
            for row, pair in enumerate(pairs)
        ]
    )


def train(
    network: Network,
    groups: Sequence[Group],
    tokenise: Tokenise,
    schedule: Schedule,
    checkpoint: Path,
    progress: Callable[[int, int, float], None],
) -> None:
    """Train on groups, going on from `checkpoint` if that is there; see `learn`.

    Groups without a right passage are passed over.
    """
    learned = network.learned()
    optimiser: Any = torch.optim.AdamW(list(learned.values()), lr=schedule.rate, weight_decay=0.01)
    pairable = [each for each in groups if each.right]
    chance = random.Random(schedule.seed)
    steps = draw_steps(pairable, schedule.batch, schedule.epochs, _draw, chance)

    def loss(pairs: Sequence[Pair]) -> Tensor:
        return loss_of(network, pairs, tokenise)

    learn(learned, optimiser, schedule.warm, steps, loss, checkpoint, progress)
