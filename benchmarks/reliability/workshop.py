"""A small corpus with its index, and the real `kamerwijzer index` in processes of their own.

The commands run in forks of this process, in which everything is imported and the model is
loaded: so a kill falls in the work itself and not in the seconds before it, and hundreds of
builds take minutes. What a fork runs is `search.cli.main`, the whole command.
"""

from __future__ import annotations

import gc
import os
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
from numpy.typing import NDArray

import search.engine
import search.indexing.build
from search.__main__ import main
from search.embedding import Encoder, load_encoder
from search.engine import Engine
from search.errors import KamerwijzerError
from search.settings import Settings
from search.storage import LocalStore

__all__ = ["FIXED", "QUESTION", "Ended", "Fork", "Tally", "Workshop", "fork", "is_clear", "load"]

FIXED = "De burgemeester van Veendam opent op maandag het zwembad aan de Parklaan."
QUESTION = "Wie opent het zwembad aan de Parklaan?"
_DOCUMENTS = 6
_SUBJECTS = ("de opvang", "het onderwijs", "de dijken", "het spoor", "de jeugdzorg", "de natuur")
_MENDS = ("kamerwijzer index", "--index")


class _Loaded:
    """An encoder that is loaded once; what questions it has had it remembers."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._questions: dict[tuple[str, ...], NDArray[np.float32]] = {}
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dimensions, self.max_tokens = encoder.dimensions, encoder.max_tokens
        self.encode_passages, self.count_tokens = encoder.encode_passages, encoder.count_tokens

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        key = tuple(texts)
        if key not in self._questions:
            self._questions[key] = self._encoder.encode_questions(texts)
        return self._questions[key]


def load() -> None:
    """Load the built-in model into this process, for all its forks.

    They answer without the reader: a runtime with threads of its own can't be forked, and what
    is tried here is the store.
    """
    # A fork has none of its parent's threads, so none may be waited for.
    faiss.omp_set_num_threads(1)
    encoder = _Loaded(load_encoder())

    def loaded(*_: object, **__: object) -> _Loaded:
        return encoder

    search.engine.load_encoder = loaded  # type: ignore[attr-defined]
    search.indexing.build.load_encoder = loaded  # type: ignore[attr-defined]
    # Much is imported and made where it is first needed: build and ask once, for that.
    with TemporaryDirectory() as folder:
        _warm(Path(folder))
    # No thread of an index that was open may be left.
    gc.collect()
    time.sleep(1)


def _warm(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    # Under a heading of its own, so that the sentence is a passage of its own.
    (corpus / "a.md").write_text(
        f"# Nieuws\n\n{FIXED}\n\n# Kabinet\n\nHet kabinet steunt dit plan.\n"
    )
    search.indexing.build.build_index(Settings(corpus, index))
    engine = Engine.open(Settings(corpus, index), reader=False)
    assert answers_right(engine)
    engine.close()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended and what it had said; `code` is negative for a signal."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Fork:
    """A process that was forked; what it says goes into a file."""

    process: int
    log: Path

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal, if it still runs."""
        if not self.has_ended():
            os.kill(self.process, number)

    def has_ended(self) -> bool:
        """Return whether it has ended, without reaping it."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process, options) is not None

    def wait(self) -> Ended:
        """Wait for the end and give it."""
        status = os.waitpid(self.process, 0)[1]
        said = self.log.read_text("utf-8", "replace")
        self.log.unlink()
        return Ended(os.waitstatus_to_exitcode(status), said)


def fork(work: Callable[[], int | None], log: Path) -> Fork:
    """Run a function in a fork of this process; its exit code is what the function gives."""
    # Before the fork, so that it is there however soon that ends.
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    process = os.fork()
    if process:
        os.close(file)
        return Fork(process, log)
    code = 70
    try:
        # Its output must be its own, down to what the libraries write.
        os.dup2(file, 1)
        os.dup2(file, 2)
        code = work() or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def is_clear(said: str) -> bool:
    """Return whether a command ended with a message that says what to run, and no traceback."""
    last = said.strip().rsplit("\n", 1)[-1]
    return "Traceback" not in said and any(words in last for words in _MENDS)


@dataclass(slots=True)
class Tally:
    """What came of the trials: counts, and an example of each thing that must not be."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, what: str, number: int = 1) -> None:
        """Count something that may be."""
        self.counts[what] += number

    def fault(self, what: str) -> None:
        """Record a fault."""
        self.faults.append(re.sub(r"gen-[0-9a-f-]+", "gen-…", what))


@dataclass(slots=True)
class Workshop:
    """A corpus of a few letters and one document that tells how often it was changed."""

    folder: Path
    chance: random.Random
    round: int = 0
    _logs: int = 0
    _before: dict[Path, str] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        """The folder of the corpus."""
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder / "index"

    def begin(self) -> None:
        """Write the corpus and build its first index."""
        self.corpus.mkdir(parents=True)
        (self.corpus / "vast.md").write_text(f"# Nieuws\n\n{FIXED}\n", "utf-8")
        for number in range(_DOCUMENTS):
            about = _SUBJECTS[number % len(_SUBJECTS)]
            body = "\n\n".join(
                f"Het kabinet steunt plan {number}.{i} voor {about}. De gemeente voert het uit."
                for i in range(6)
            )
            (self.corpus / f"brief-{number}.md").write_text(f"# Brief {number}\n\n{body}\n")
        self.change()
        ended = self.build().wait()
        assert ended.code == 0, ended.said

    def change(self) -> None:
        """Change the corpus: the document that counts the changes, and one of the letters."""
        self.round += 1
        counter = self.corpus / "stand.md"
        letter = self.corpus / f"brief-{self.round % _DOCUMENTS}.md"
        self._before = {path: path.read_text() for path in (counter, letter) if path.exists()}
        counter.write_text(f"# Stand\n\nDit is ronde {self.round} van alle.\n")
        letter.write_text(f"{letter.read_text()[:2000]}\nDe provincie betaalt mee aan dit plan.\n")

    def undo(self) -> None:
        """Take the last change back."""
        self.round -= 1
        for path, text in self._before.items():
            path.write_text(text)

    def run(self, work: Callable[[], int | None]) -> Fork:
        """Run a function in a fork."""
        self._logs += 1
        return fork(work, self.folder / f"{self._logs}.log")

    def build(self, before: Callable[[], object] = lambda: None) -> Fork:
        """Start `kamerwijzer index`; `before` is called in its process first."""
        command = ["index", "--corpus", str(self.corpus), "--index", str(self.index)]

        def work() -> int:
            before()
            return main(command)

        return self.run(work)

    def ask_once(self, before: Callable[[], object] = lambda: None) -> Fork:
        """Open the index in a fork and ask; code 0 when the answer is right, 1 with a message."""

        def work() -> int:
            before()
            try:
                engine = Engine.open(Settings(self.corpus, self.index), reader=False)
                return 0 if answers_right(engine) else 3
            except KamerwijzerError as error:
                print(error)
                return 1

        return self.run(work)

    def mend(self, tally: Tally, *, readers: int = 0) -> None:
        """Build, and record a fault unless it succeeds and leaves no files."""
        ended = self.build().wait()
        if ended.code:
            tally.fault(f"the next build failed ({ended.code}): {ended.said[-600:]}")
        self.look(tally, readers=readers)

    def look(self, tally: Tally, *, readers: int = 0) -> None:
        """Record a fault for leftover files and for an index that does not match the corpus."""
        names = sorted(path.name for path in self.index.iterdir())
        generations = [name for name in names if re.fullmatch(r"gen-\d{8}-\d{6}-\d{6}-\w{6}", name)]
        other = set(names) - set(generations) - {"CURRENT", ".bouw.lock"}
        # The one in use, the one before it, and what each reader still holds.
        if other or len(generations) > 2 + readers:
            tally.fault(f"left behind: {names}")
        ended = self.run(self._compare).wait()
        if ended.code:
            tally.fault(f"after the build: {ended.said[-600:]}")

    def _compare(self) -> int:
        """Return 0 if the index matches the current corpus.

        In a fork, as everything that opens an index: tantivy then locks files in a thread of its
        own, and a fork made in that moment would wait for ever for the lock it was born with.
        """
        opened = LocalStore(self.index).open()
        opened.manifest.check_corpus(self.corpus)
        counter = opened.document("stand")
        if counter and f"ronde {self.round} " in counter.text:
            return 0
        print(f"the index is not that of round {self.round}")
        return 1


def answers_right(engine: Engine) -> bool:
    """Return whether the engine finds the sentence that never changes, word for word."""
    answer = engine.ask(QUESTION, top=3)
    return any(hit.passage.text == FIXED for hit in answer.hits[:1])


def waited(begun: float) -> float:
    """Return the seconds since a moment."""
    return time.monotonic() - begun
