"""The training of the reader: groups of a question and passages, the loss, and the loop."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from benchmarks.adapted_network import make_batch
from benchmarks.learning import draw_steps, learn
from benchmarks.reader.network import Network
from torch import Tensor

from search.embedding.builtin.adapted_model import Tokenise
from search.reader.inputs import Readable, ReaderInput, make_input

__all__ = ["Group", "Schedule", "train"]

NEGATIVES = 2
"""Passages without the answer beside the one with it; three beside a question without one."""
WITHOUT_ANSWER = 0.1
"""Share of the answerable questions that are shown without their passage."""
DEPTH = 12
"""Wrong passages are taken from the best of the search, as when the reader is used."""
TEXT = 120
"""Tokens of a passage that are learned from; a longer one is cut to a run of sentences."""
TOGETHER = 6
"""Sequences that are padded to the same length."""
ALONE = 0.3
"""Weight of judging each passage by itself, beside choosing among the passages."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question, the passages that hold its answer, and others that the search finds, best first.

    `answers` marks, for each passage that holds it, the sentences that answer.
    """

    question: str
    right: tuple[Readable, ...]
    answers: tuple[tuple[bool, ...], ...]
    wrong: tuple[Readable, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: groups in a step, learning rates, and steps of warming up."""

    epochs: float = 2.0
    groups: int = 8
    rate: float = 6e-4
    head_rate: float = 1e-3
    warm: int = 60
    seed: int = 1


@dataclass(slots=True)
class _Drawn:
    """What one step reads of a group: passages, of which the first answers (0), or none (-1)."""

    question: str
    passages: list[Readable]
    right: int
    answers: tuple[bool, ...] = field(default=())


def _draw(group: Group, chance: random.Random) -> _Drawn:
    """Return a passage that answers, unless there is none, among some that do not."""
    pool = list(group.wrong[:DEPTH])
    has = bool(group.right) and chance.random() >= WITHOUT_ANSWER
    count = min(len(pool), NEGATIVES if has else NEGATIVES + 1)
    # The better a wrong passage ranks, the likelier it is drawn.
    wrong: list[Readable] = []
    while len(wrong) < count:
        wrong.append(pool.pop(int(len(pool) * chance.random() ** 1.7)))
    if not has:
        return _Drawn(group.question, wrong, -1)
    which = chance.randrange(len(group.right))
    return _Drawn(group.question, [group.right[which], *wrong], 0, group.answers[which])


def _cut(passage: Readable, answers: Sequence[bool], tokenise: Tokenise) -> range:
    """Return a run of sentences of about TEXT tokens, with those that answer if there are any."""
    sizes = [len(tokenise(sentence)) for sentence in passage.sentences]
    first, last = 0, len(sizes) - 1
    marked = [i for i, answer in enumerate(answers) if answer] or [0]
    while sum(sizes[first : last + 1]) > TEXT and (first < marked[0] or last > marked[-1]):
        # From the side that is farther from the answer.
        if marked[0] - first >= last - marked[-1]:
            first += 1
        else:
            last -= 1
    return range(first, last + 1)


def _shortened(drawn: _Drawn, tokenise: Tokenise) -> _Drawn:
    """Return what was drawn with its long passages cut."""
    passages, kept = [], drawn.answers
    for number, passage in enumerate(drawn.passages):
        answers = drawn.answers if number == drawn.right else ()
        run = _cut(passage, answers, tokenise)
        passages.append(replace(passage, sentences=passage.sentences[run.start : run.stop]))
        if answers:
            kept = answers[run.start : run.stop]
    return replace(drawn, passages=passages, answers=kept)


def _scores(network: Network, inputs: Sequence[ReaderInput]) -> tuple[list[Tensor], Tensor]:
    """Return the scores of each input's sentences, and of the inputs; like lengths together."""
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].tokens))
    sentences: dict[int, Tensor] = {}
    passages: dict[int, Tensor] = {}
    for start in range(0, len(order), TOGETHER):
        part = order[start : start + TOGETHER]
        found, scores = network(make_batch([(inputs[i].tokens, inputs[i].sentences) for i in part]))
        at = 0
        for i, score in zip(part, scores, strict=True):
            passages[i] = score
            sentences[i] = found[at : at + len(inputs[i].sentences)]
            at += len(inputs[i].sentences)
    count = range(len(inputs))
    return [sentences[i] for i in count], torch.stack([passages[i] for i in count])


def loss_of(network: Network, drawn: Sequence[_Drawn], tokenise: Tokenise) -> Tensor:
    """Return the mean loss of a step.

    Of each group the passage that answers is to be chosen, or none (whose score is 0); each
    passage is judged by itself too; and of the passage that answers the sentences that do.
    """
    drawn = [_shortened(each, tokenise) for each in drawn]
    inputs = [make_input(tokenise, d.question, p) for d in drawn for p in d.passages]
    sentences, passages = _scores(network, inputs)
    chosen, alone, within = [], [], []
    at = 0
    for each in drawn:
        scores = passages[at : at + len(each.passages)]
        with_none = torch.cat([scores, scores.new_zeros(1)])
        target = each.right if each.right >= 0 else len(scores)
        chosen.append(torch.logsumexp(with_none, 0) - with_none[target])
        truth = torch.zeros_like(scores)
        if each.right >= 0:
            truth[each.right] = 1.0
        alone.append(torch.nn.functional.binary_cross_entropy_with_logits(scores, truth))
        part = sentences[at]
        if each.right >= 0 and any(each.answers) and len(part) > 1:
            right = part[torch.tensor(each.answers)]
            within.append(torch.logsumexp(part, 0) - torch.logsumexp(right, 0))
        at += len(each.passages)
    total = torch.stack(chosen).mean() + ALONE * torch.stack(alone).mean()
    return total + torch.stack(within).mean() if within else total


def train(
    network: Network,
    groups: Sequence[Group],
    tokenise: Tokenise,
    schedule: Schedule,
    checkpoint: Path,
    progress: Callable[[int, int, float], None],
) -> None:
    """Train on groups, going on from `checkpoint` if that is there; see `learn`."""
    torch.manual_seed(schedule.seed)
    learned = network.learned()
    heads = [p for n, p in learned.items() if "head" in n]
    rest = [p for n, p in learned.items() if "head" not in n]
    optimiser: Any = torch.optim.AdamW(
        [{"params": rest, "lr": schedule.rate}, {"params": heads, "lr": schedule.head_rate}],
        weight_decay=0.01,
    )
    chance = random.Random(schedule.seed)
    steps = draw_steps(groups, schedule.groups, schedule.epochs, _draw, chance)

    def loss(drawn: Sequence[_Drawn]) -> Tensor:
        return loss_of(network, drawn, tokenise)

    network.train()
    learn(learned, optimiser, schedule.warm, steps, loss, checkpoint, progress)
    network.eval()
