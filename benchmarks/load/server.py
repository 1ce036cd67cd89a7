"""The app as it is served, in a process of its own, and the index that it serves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load.corpus import Question

__all__ = ["Served", "answers", "index", "serving"]

_ROOT = Path(__file__).resolve().parents[2]
_READY = re.compile(r"Kamerwijzer staat klaar op (http://\S+)\n")
_PATIENCE = 90.0
_COMMAND = (sys.executable, "-m", "search")


@dataclass(frozen=True, slots=True)
class Served:
    """The app that runs: its address and the id of its process."""

    url: str
    process: int


def index(corpus: Path, folder: Path) -> str:
    """Build the index of a corpus with the real command; returns its last line of output.

    Raises CalledProcessError when the command fails.
    """
    done = subprocess.run(
        [*_COMMAND, "index", *_where(corpus, folder)],
        cwd=_ROOT,
        check=True,
        text=True,
        capture_output=True,
    )
    return (done.stdout + done.stderr).strip().splitlines()[-1]


def answers(corpus: Path, folder: Path, questions: Sequence[str]) -> list[Question]:
    """Ask the command line all questions; returns each with what the app must show.

    Raises CalledProcessError when the command fails.
    """
    asked = folder.parent / "questions.jsonl"
    lines = (json.dumps({"id": i, "question": q}) for i, q in enumerate(questions))
    asked.write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [*_COMMAND, "ask", "--json", "--questions", str(asked), *_where(corpus, folder)],
        cwd=_ROOT,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    found = []
    for line in done.stdout.splitlines():
        told = json.loads(line)
        quote = told["answer"]["text"] if told["answer"] else ""
        passage = told["hits"][0]["text"] if told["hits"] else ""
        found.append(Question(questions[told["id"]], quote, passage))
    return found


@contextmanager
def serving(corpus: Path, folder: Path, log: Path) -> Iterator[Served]:
    """Run `kamerwijzer serve` until done; what it says on standard error goes into `log`.

    Raises RuntimeError when it does not start, or had something to say.
    """
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*_COMMAND, "serve", "--port", "0", *_where(corpus, folder)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")},
        ) as process,
    ):
        try:
            yield Served(_address(process, log), process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    if said := log.read_text(encoding="utf-8").strip():
        raise RuntimeError(f"The app had something to say:\n{said[-3000:]}")


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    watchdog = threading.Timer(_PATIENCE, process.kill)
    watchdog.start()
    try:
        line = process.stdout.readline()
    finally:
        watchdog.cancel()
        watchdog.join()
    found = _READY.fullmatch(line)
    if not found:
        raise RuntimeError(f"The app did not start: {line!r}\n{log.read_text(encoding='utf-8')}")
    return found[1]


def _where(corpus: Path, folder: Path) -> list[str]:
    return ["--corpus", str(corpus), "--index", str(folder)]
