"""A reader: a process that asks, over and over, as the app does."""

from __future__ import annotations

import json
import re
import signal
import time
from collections import Counter
from pathlib import Path

from benchmarks.reliability.workshop import Fork, Tally, Workshop, answers_right

from search.engine import Engine
from search.errors import KamerwijzerError
from search.settings import Settings

__all__ = ["end_reader", "start_reader"]

_PAUSE = 0.1


def start_reader(workshop: Workshop, *, stays: bool = False) -> Fork:
    """Start a process that asks until it gets SIGTERM, and then says what came of it.

    It opens each new generation by itself, as the app does; one that `stays` keeps the first.
    """
    return workshop.run(lambda: _read(workshop.corpus, workshop.index, stays))


def end_reader(reader: Fork, tally: Tally, who: str = "reader") -> None:
    """Stop a reader and count what it saw; its end by anything but our signal is a fault."""
    died = reader.has_ended()
    reader.kill(signal.SIGTERM)
    ended = reader.wait()
    if died or ended.code:
        tally.fault(f"{who} ended ({ended.code}): {ended.said[-800:]}")
        return
    told = json.loads(ended.said.strip().rsplit("\n", 1)[-1])
    for what, number in told["counts"].items():
        tally.add(f"{who}: {what}", number)
    for fault in told["faults"]:
        tally.fault(f"{who}: {fault}")


def _read(corpus: Path, index: Path, stays: bool) -> int:
    asked = True

    def stop(*_: object) -> None:
        nonlocal asked
        asked = False

    signal.signal(signal.SIGTERM, stop)
    seen = _Seen(corpus, index, stays)
    while asked:
        seen.once()
        time.sleep(_PAUSE)
    if not stays:
        seen.at_the_end()
    print(json.dumps({"counts": seen.counts, "faults": seen.faults[:20]}, ensure_ascii=False))
    return 0


class _Seen:
    """What one reader saw."""

    def __init__(self, corpus: Path, index: Path, stays: bool) -> None:
        self._corpus, self._index, self._stays = corpus, index, stays
        self._engine: Engine | None = None
        self._round = 0
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    def once(self) -> None:
        """Ask once, on the newest generation."""
        try:
            engine = self._newest()
            if not self._stays:
                engine.check()
            if answers_right(engine):
                self.counts["right answer"] += 1
            else:
                self.faults.append("an answer without the sentence that is always there")
        except KamerwijzerError as error:
            clear = "kamerwijzer index" in str(error)
            if clear:
                self.counts["clear message"] += 1
            else:
                self.faults.append(f"message without a command: {error}")
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")

    def at_the_end(self) -> None:
        """Look whether the newest generation is the one that is open after a last question."""
        self.once()
        if self._engine is None or not self._engine.is_current():
            self.faults.append("stayed behind the newest generation")

    def _newest(self) -> Engine:
        if self._engine and (self._stays or self._engine.is_current()):
            return self._engine
        engine = Engine.open(Settings(self._corpus, self._index), reader=False)
        if self._engine:
            self._engine.close()
        self._engine = engine
        self.counts["generations opened"] += 1
        found = re.search(r"ronde (\d+) ", engine.document("stand").text)
        number = int(found[1]) if found else -1
        if number < self._round:
            self.faults.append(f"went back from round {self._round} to {number}")
        self._round = number
        return engine
