"""(g) A thousand documents, by the real command: memory, time, and one document more."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.reliability.workshop import Fork, Tally, fork

from search.engine import Engine
from search.errors import KamerwijzerError
from search.settings import Settings

__all__ = ["a_thousand", "write_corpus"]

DOCUMENTS = 1000
_TEXTS = 3
_NEW = (
    "# Zwembad\n\nDe wethouder van Stadskanaal opent het zwembad aan de {} op dinsdag.\n\n"
    "De gemeente betaalt de bouw. Het Rijk draagt niets bij.\n"
)
_PLACES = ("Beukenlaan", "Lindelaan")


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run of the command took."""

    seconds: float
    cpu: float
    memory: int
    """The most that it held, in bytes."""
    said: str


def write_corpus(folder: Path, texts: Path) -> int:
    """Write 1,000 documents, three texts of the `corpus.jsonl` files each; returns their number."""
    lines = [
        json.loads(line)["text"]
        for path in sorted(texts.glob("*/corpus.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    if not lines:
        return 0
    folder.mkdir(parents=True)
    for number in range(DOCUMENTS):
        chosen = (lines[(number * _TEXTS + i) % len(lines)] for i in range(_TEXTS))
        body = "\n\n".join(chosen)
        (folder / f"brief-{number:04}.md").write_text(f"# Brief {number}\n\n{body}\n", "utf-8")
    return DOCUMENTS


def a_thousand(folder: Path, texts: Path) -> Tally:
    """Index 1,000 documents, add one, and see when an engine that is open shows it."""
    tally = Tally()
    corpus, index = folder / "corpus", folder / "index"
    if not write_corpus(corpus, texts):
        tally.fault(f"no texts in {texts}: not measured")
        return tally
    first = _index(corpus, index, tally)
    _tell(tally, "first build", first)
    asked = _watch(corpus, index, folder)
    time.sleep(8)  # it must have loaded its model
    (corpus / "nieuw.md").write_text(_NEW.format(_PLACES[0]))
    _tell(tally, "one more", _index(corpus, index, tally))
    _shown(asked, tally)
    (corpus / "nieuw.md").unlink()
    _tell(tally, "one less", _index(corpus, index, tally))
    (corpus / "nieuw.md").write_text(_NEW.format(_PLACES[0]))
    again = _index(corpus, index, tally)
    _tell(tally, "one more, its vectors known (all but its own embedding)", again)
    if again.seconds > 5:
        tally.fault(f"one document more took {again.seconds:.1f} s")
    if first.memory > 1_500_000_000:
        tally.fault(f"the build held {first.memory / 1e6:.0f} MB")
    shutil.rmtree(index)
    return tally


def _index(corpus: Path, index: Path, tally: Tally) -> _Run:
    """Run the command in a process of its own and measure it."""
    log = index.parent / "index.log"
    command = [
        sys.executable,
        "-m",
        "search",
        "index",
        "--corpus",
        str(corpus),
        "--index",
        str(index),
    ]
    begun = time.monotonic()
    with log.open("w") as file:
        actions = [(os.POSIX_SPAWN_DUP2, file.fileno(), 1), (os.POSIX_SPAWN_DUP2, file.fileno(), 2)]
        process = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    said = log.read_text("utf-8")
    if os.waitstatus_to_exitcode(status) or "Niet gelezen" in said:
        tally.fault(f"index ended with {os.waitstatus_to_exitcode(status)}: {said[-600:]}")
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return _Run(
        time.monotonic() - begun, usage.ru_utime + usage.ru_stime, memory, said.splitlines()[-1]
    )


def _tell(tally: Tally, what: str, run: _Run) -> None:
    said = run.said.partition(": ")[2]
    text = f"{what}: {run.seconds:.1f} s ({run.cpu:.1f} s of processor time), at most "
    tally.add(f"{text}{run.memory / 1e6:.0f} MB; {said}")


def _watch(corpus: Path, index: Path, folder: Path) -> Fork:
    """Start a process that keeps an engine open, as the app does, until it shows the new one."""
    until = time.monotonic() + 300

    def work() -> int:
        engine = Engine.open(Settings(corpus, index))
        slowest = 0.0
        while time.monotonic() < until:
            begun = time.monotonic()
            if not engine.is_current():
                engine.close()
                engine = Engine.open(Settings(corpus, index))
            hits = _ask(engine)
            slowest = max(slowest, time.monotonic() - begun)
            if hits and "Beukenlaan" in hits[0]:
                built = engine.generation
                appeared = (index / "CURRENT").stat().st_mtime
                print(json.dumps([built, time.time() - appeared, slowest]))
                return 0
            time.sleep(0.2)
        return 1

    return fork(work, folder / "watch.log")


def _ask(engine: Engine) -> Sequence[str]:
    try:
        answer = engine.ask("Wie opent het zwembad aan de Beukenlaan?", top=1)
    except KamerwijzerError:
        return ()
    return [hit.passage.text for hit in islice(answer.hits, 1)]


def _shown(asked: Fork, tally: Tally) -> None:
    ended = asked.wait()
    if ended.code:
        tally.fault(f"the open engine did not show the new document: {ended.said[-600:]}")
        return
    _, after, slowest = json.loads(ended.said.strip().rsplit("\n", 1)[-1])
    tally.add(
        f"an open engine shows the new document {after:.1f} s after the switch; "
        f"slowest question meanwhile {slowest:.1f} s"
    )
