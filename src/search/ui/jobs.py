"""Background work of the app: commands in a process of their own, one at a time."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import streamlit as st

from search.progress import PROGRESS
from search.progress import time_left as left_of
from search.records import is_database
from search.settings import variable
from search.ui.served import app_settings

__all__ = ["Command", "Job", "Jobs", "jobs", "time_left"]

Command = tuple[str, ...]
"""The arguments of one `kamerwijzer` command."""

_MOST_LINES = 200
_CRASH = "Traceback (most recent call last):"
_STOPPED = "Het werk is onverwacht gestopt. Waarom, staat in het logboek van de server."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that runs or has run: its current step, how far that is, its messages."""

    name: str
    commands: tuple[Command, ...] = ()
    """They run one after another, also when one of them fails."""
    running: bool = True
    step: str = ""
    done: int = 0
    total: int = 0
    step_began: float = 0.0
    """In seconds of the monotonic clock."""
    said: tuple[str, ...] = ()
    """For the user, in Dutch."""
    code: int | None = None
    """The first exit code that is not 0, once the work has ended; else 0."""

    @property
    def share(self) -> float:
        """How much of the step is done, from 0 to 1."""
        return max(0.0, min(1.0, self.done / self.total)) if self.total else 0.0


def time_left(job: Job, now: float) -> float | None:
    """Return an estimate in seconds of the rest of the step, or None when it is too early.

    `now` is on the clock of `Job.step_began`.
    """
    return left_of(job.done, job.total, now - job.step_began)


@dataclass(slots=True)
class Jobs:
    """The work of this app, which every session sees: one job at a time, the others wait."""

    _job: Job | None = None
    _waiting: deque[Job] = field(default_factory=deque)
    _changing: int = 0
    _crashed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def current(self) -> Job | None:
        """The job that runs, or the last one that ran."""
        return self._job

    @property
    def busy(self) -> bool:
        """Whether the corpus is being changed, or the index is being updated."""
        return bool(self._changing or (self._job and self._job.running))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Mark the app as busy within the block, which adds or removes files of the corpus."""
        with self._lock:
            self._changing += 1
        try:
            yield
        finally:
            with self._lock:
                self._changing -= 1

    def start(self, name: str, *commands: Sequence[str]) -> bool:
        """Run `kamerwijzer` commands one after another; return False when they must wait first.

        Work that is already waiting is not queued again.
        """
        job = Job(name, tuple(tuple(each) for each in commands))
        with self._lock:
            if self._job and self._job.running:
                if job not in self._waiting:
                    self._waiting.append(job)
                return False
            self._job = job
        threading.Thread(target=self._work, daemon=True).start()
        return True

    def dismiss(self) -> None:
        """Forget a job that has ended."""
        with self._lock:
            if self._job and not self._job.running:
                self._job = None

    def _work(self) -> None:
        """Run the job, and then those that wait."""
        job = self._job
        while job:
            code = 0
            for command in job.commands:
                code = self._run(command) or code
            with self._lock:
                if self._waiting:
                    job = self._job = self._waiting.popleft()
                elif self._job:
                    self._job, job = replace(self._job, running=False, code=code), None

    def _run(self, command: Command) -> int:
        """Run one command to its end and return its exit code."""
        self._crashed = False
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "search", *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=_environment(),
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except (OSError, ValueError):
            # No memory for a process, or an argument that can't be one.
            _LOG.exception("A command could not be started")
            self._say(_STOPPED)
            return 1
        with process:
            for line in process.stdout or ():
                self._take(line.rstrip())
        if self._crashed or process.returncode < 0:
            _LOG.error("%s ended with %s", command[0], process.returncode)
            self._say(_STOPPED)
        return process.returncode

    def _take(self, line: str) -> None:
        """Handle a line that the command wrote: progress, or a message for the user."""
        self._crashed = self._crashed or line == _CRASH
        if self._crashed:
            # A traceback is for the log of the server, not for users.
            _LOG.error("%s", line)
            return
        try:
            step, done, total = json.loads(line)["progress"]
        except (ValueError, KeyError, TypeError):
            self._say(line)
            return
        with self._lock:
            if job := self._job:
                began = job.step_began if step == job.step else time.monotonic()
                self._job = replace(job, step=step, done=done, total=total, step_began=began)

    def _say(self, line: str) -> None:
        with self._lock:
            if self._job and line.strip():
                said = (*self._job.said, line)[-_MOST_LINES:]
                self._job = replace(self._job, said=said)


def _environment() -> dict[str, str]:
    """Return the environment of a command, with the settings that its options do not hold.

    The address of a database holds a password, which must not be seen in a list of processes.
    """
    own = {PROGRESS: "json", "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    index = app_settings().index
    if is_database(index):
        own[variable("database_url")] = str(index)
    return os.environ | own


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """Return the app's jobs."""
    return Jobs()
