"""How far long work is: on a terminal, in a log, or as JSON for another program."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from search.wording import duration

__all__ = ["PROGRESS", "Progress", "ProgressLine", "message", "time_left"]

PROGRESS = "KAMERWIJZER_PROGRESS"
"""The environment variable by which a program asks for progress as JSON."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""
_BAR = 30
_SOON = 3.0
"""Seconds before which the time that is left can't be estimated well."""


def message(text: str) -> None:
    """Write a line for the user to standard error."""
    print(text, file=sys.stderr, flush=True)


class ProgressLine:
    """Shows how far a long piece of work is, on one line that is written over.

    With `as_json` each is a line of JSON, for the program that runs the command. Where standard
    error is no terminal, only the end of each step is printed.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json
        self._step = ""
        self._began = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done of a step."""
        if what != self._step:
            self._step, self._began = what, time.monotonic()
        if self._as_json:
            message(json.dumps({"progress": [what, done, total]}, ensure_ascii=False))
        elif sys.stderr.isatty():
            self._draw(done, total)
        elif done == total:
            message(f"{what}: {total}")

    def _draw(self, done: int, total: int) -> None:
        full = _BAR * done // max(1, total)
        bar = "█" * full + "·" * (_BAR - full)
        left = time_left(done, total, time.monotonic() - self._began)
        rest = "" if left is None or done == total else f"  nog {duration(left)}"
        end = "\n" if done == total else ""
        line = f"{self._step:<20} {bar} {done}/{total}{rest}"
        # What stood there before may be longer: clear to the end of the line.
        print(f"\r{line}\x1b[K", end=end, file=sys.stderr, flush=True)


def time_left(done: int, total: int, spent: float) -> float | None:
    """Guess how many seconds a step still takes, once there is something to go by.

    `spent` is how many it took so far.
    """
    if not done or not total or spent < _SOON:
        return None
    return spent / done * max(0, total - done)
