"""The engine that is open on the app's index, shared by all sessions."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

from search.errors import KamerwijzerError
from search.settings import Settings
from search.storage import store_of
from search.ui.collection import Collection
from search.ui.jobs import jobs
from search.ui.served import app_settings

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["CHECKED_EVERY", "Checks", "Opened", "open_engine"]

CHECKED_EVERY = 2.0
"""Seconds within which a change of the corpus is noticed; a large corpus may take longer."""
_SHARE = 0.05
"""Largest share of the time that is spent on checking: 50,000 files take a while."""


class Checks:
    """Checks for all sessions of the app together whether the corpus is still what was indexed.

    Checking every file in each run of each session would take too long. Until a change is noticed
    nothing false is quoted: each quote is verified against its file.
    """

    def __init__(self, check: Callable[[], None], clock: Callable[[], float]) -> None:
        """Begin with a corpus that was just checked; `check` raises when it has changed.

        `clock` returns monotonic seconds.
        """
        self._check = check
        self._clock = clock
        self._due = clock() + CHECKED_EVERY
        self._fault: KamerwijzerError | None = None
        self._checking = threading.Lock()

    def look(self) -> None:
        """Raise the error of the last check, after a new one when it is due.

        While one session checks, the others do not wait for it.
        """
        if self._clock() >= self._due and self._checking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._checking.release()
        if fault := self._fault:
            # A copy, because raising an error adds to its traceback.
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


@dataclass(frozen=True, slots=True)
class Opened:
    """The engine on one generation, its collection and its checks, for all sessions."""

    engine: Engine
    collection: Collection
    checks: Checks


def open_engine() -> Opened:
    """Return the engine on the index's current generation, opened once for each generation.

    Raises IndexMissing, IndexDamaged or ModelError, and IndexOutdated within CHECKED_EVERY
    seconds of a change of the corpus, unless the app itself is changing it.
    """
    settings = app_settings()
    opened = _opened(settings, store_of(settings.index).current())
    if not jobs().busy:
        opened.checks.look()
    return opened


@st.cache_resource(show_spinner="Het model wordt geladen…", max_entries=2)
def _opened(settings: Settings, generation: str) -> Opened:  # noqa: ARG001 - part of the key
    from search.engine import Engine

    engine = Engine.open(settings)
    collection = Collection(engine.documents(), engine.themes(), engine.stance_counts)
    # What is open now stays open: frozen, it is not traversed by each garbage collection while
    # every session waits. First, what an earlier generation left is collected.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return Opened(engine, collection, Checks(engine.check, lambda: monotonic()))
