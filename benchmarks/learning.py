"""What each training run needs: a checkpoint to go on from, and lines that tell how far it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from search.progress import message

__all__ = ["Progress", "resume", "save_checkpoint"]

_SHOWN = 5
"""Steps between two lines of progress."""


def save_checkpoint(
    path: Path, learned: Mapping[str, Tensor], optimiser: Any, plan: Any, step: int
) -> None:
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


def resume(path: Path, learned: Mapping[str, Tensor], optimiser: Any, plan: Any) -> int:
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
