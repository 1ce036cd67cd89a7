"""Where the app's corpus and index lie, and the engine that is open on them."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

from search.errors import KamerwijzerError
from search.records import IndexLocation, read_location
from search.settings import variable
from search.storage import store_of
from search.ui.collection import Collection
from search.ui.jobs import jobs

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["CHECKED_EVERY", "CORPUS", "INDEX", "Checks", "Opened", "folders", "open_engine"]

CORPUS = "KAMERWIJZER_CORPUS"
INDEX = "KAMERWIJZER_INDEX"
CHECKED_EVERY = 2.0
"""Seconds within which a change of the corpus is told; of a large one it may take longer."""
_SHARE = 0.05
"""Share of the time that may go into checking: with 50,000 files one look takes a while."""


class Checks:
    """Looks whether the corpus is still what was indexed, for all sessions of the app together.

    To look at every file at each turn of each session would take a large part of the time that
    there is. What has changed is not quoted meanwhile: each quote is held against its file.
    """

    def __init__(self, check: Callable[[], None], clock: Callable[[], float]) -> None:
        """Begin with a corpus that was just looked at; `check` raises when it has changed.

        `clock` gives seconds that never go back.
        """
        self._check = check
        self._clock = clock
        self._due = clock() + CHECKED_EVERY
        self._fault: KamerwijzerError | None = None
        self._looking = threading.Lock()

    def look(self) -> None:
        """Raise what the last look raised, looking anew when it is time to.

        While one session looks the others don't wait for it.
        """
        if self._clock() >= self._due and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        if fault := self._fault:
            # A copy: every place where an error is raised adds to its traceback.
            raise copy(fault)

    def _look(self) -> None:
        began = self._clock()
        try:
            self._check()
            self._fault = None
        except KamerwijzerError as error:
            self._fault = error.with_traceback(None)
        ended = self._clock()
        self._due = ended + max(CHECKED_EVERY, (ended - began) / _SHARE)


def folders() -> tuple[Path, IndexLocation]:
    """Give the corpus folder and where the index is: by the environment, else beside app.py."""
    root = Path(__file__).resolve().parents[3]
    corpus = Path(os.environ.get(CORPUS) or root / "corpus")
    named = os.environ.get(INDEX) or os.environ.get(variable("database_url"))
    index = read_location(named or str(root / "index"))
    return corpus, index


@dataclass(frozen=True, slots=True)
class Opened:
    """The engine on one generation, with what all sessions share beside it."""

    engine: Engine
    collection: Collection
    checks: Checks


def open_engine() -> Opened:
    """Give the engine on the index's current generation, opening it when it is a new one.

    Raises IndexMissing, IndexDamaged or ModelError, and IndexOutdated within CHECKED_EVERY
    seconds of a change that makes the corpus another one than was indexed, unless the app is at
    work on that.
    """
    corpus, index = folders()
    opened = _opened(str(corpus), str(index), store_of(index).current())
    if not jobs().busy:
        opened.checks.look()
    return opened


@st.cache_resource(show_spinner="Het model wordt geladen…", max_entries=2)
def _opened(corpus: str, index: str, generation: str) -> Opened:  # noqa: ARG001 - part of the key
    from search.engine import Engine

    engine = Engine.open(Path(corpus), read_location(index))
    collection = Collection(engine.documents(), engine.themes(), engine.stance_counts)
    # What is open stays so: a search for garbage need not go through all of it, each time, while
    # every session waits. What an earlier generation left may be garbage by now.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return Opened(engine, collection, Checks(engine.check, lambda: monotonic()))
