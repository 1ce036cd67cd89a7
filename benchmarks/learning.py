"""What each training run needs: its options, steps, loop, checkpoint, progress and file."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from search.progress import message

__all__ = ["Progress", "draw_steps", "learn", "options_of", "write_arrays"]

_SAVED = 50
"""Steps between two checkpoints."""
_SHOWN = 5
"""Steps between two lines of progress."""
_LEAST_RATE = 0.02
"""Share of the learning rate that is left at the end."""

From = TypeVar("From")
Drawn = TypeVar("Drawn")


def options_of(doc: str, epochs: float) -> argparse.ArgumentParser:
    """Return a parser of what each run takes: two folders, epochs, and the fold left out."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=float, default=epochs)
    parser.add_argument("--held-out", type=int, default=0, help="the fold that is left out")
    return parser


def draw_steps(
    groups: Sequence[From],
    size: int,
    epochs: float,
    draw: Callable[[From, random.Random], Drawn],
    chance: random.Random,
) -> list[list[Drawn]]:
    """Return what each step reads; a group does not come back before all others have been.

    All is drawn beforehand, so that a run that goes on reads what it would have read.
    """
    steps: list[list[Drawn]] = []
    order: list[From] = []
    for _ in range(int(epochs * len(groups)) // size):
        # What is left is less than a step, and waits for another epoch.
        if len(order) < size:
            order = list(groups)
            chance.shuffle(order)
        steps.append([draw(order.pop(), chance) for _ in range(size)])
    return steps


def learn(
    learned: Mapping[str, Tensor],
    optimiser: Any,
    warm: int,
    steps: Sequence[Sequence[Drawn]],
    loss_of: Callable[[Sequence[Drawn]], Tensor],
    checkpoint: Path,
    progress: Callable[[int, int, float], None],
) -> None:
    """Take the steps, going on from `checkpoint` if that is there; it is written as it goes.

    The rate rises for `warm` steps and then falls. `progress` is called after each step with steps
    done, steps in all, and the mean loss of the last fifty.
    """
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(_LEAST_RATE, 1 - n / len(steps)))
    )
    start = _resume(checkpoint, learned, optimiser, plan)
    recent: list[float] = []
    for number, drawn in enumerate(steps[start:], start=start + 1):
        loss = loss_of(drawn)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(learned.values()), 1.0)
        optimiser.step()
        plan.step()
        recent = [*recent[-49:], loss.item()]
        progress(number, len(steps), sum(recent) / len(recent))
        if number % _SAVED == 0 or number == len(steps):
            _save(checkpoint, learned, optimiser, plan, number)


def write_arrays(path: Path, arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Write what is shipped, in half precision."""
    halves: dict[str, Any] = {name: values.astype(np.float16) for name, values in arrays.items()}
    np.savez_compressed(path, **halves)


def _save(path: Path, learned: Mapping[str, Tensor], optimiser: Any, plan: Any, step: int) -> None:
    """Write what was learned in `step` steps; an older checkpoint is there until it is whole."""
    state = {
        "learned": {name: parameter.detach() for name, parameter in learned.items()},
        "optimiser": optimiser.state_dict(),
        "plan": plan.state_dict(),
        "step": step,
    }
    beside = path.with_suffix(".new")
    torch.save(state, beside)
    beside.replace(path)


def _resume(path: Path, learned: Mapping[str, Tensor], optimiser: Any, plan: Any) -> int:
    """Return the steps that a checkpoint had done, 0 without one; load it into the parameters."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, parameter in learned.items():
            parameter.copy_(state["learned"][name])
    optimiser.load_state_dict(state["optimiser"])
    plan.load_state_dict(state["plan"])
    return int(state["step"])


class Progress:
    """Shows steps, the loss and the time that is left."""

    def __init__(self) -> None:
        self._start, self._first = time.monotonic(), 0

    def __call__(self, done: int, total: int, loss: float) -> None:
        self._first = self._first or done - 1
        if done % _SHOWN and done != total:
            return
        each = (time.monotonic() - self._start) / (done - self._first)
        message(f"step {done}/{total}  loss {loss:.3f}  {each * (total - done) / 60:.0f} min left")
