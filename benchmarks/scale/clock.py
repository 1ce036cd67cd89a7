"""Seconds by part: what calls of a running program take, without changing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["Clock", "disk", "memory"]


class Clock:
    """Adds up the seconds that calls take, by name; a call within another counts for both."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Count what a block takes."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def watch(self, owner: object, method: str, name: str) -> None:
        """Count what a method of an object takes from now on."""
        before: Callable[..., Any] = getattr(owner, method)

        def timed(*values: Any, **named: Any) -> Any:
            with self.running(name):
                return before(*values, **named)

        setattr(owner, method, timed)

    def taken(self) -> dict[str, float]:
        """Return the seconds since the previous call, and restart."""
        seconds, self.seconds = self.seconds, {}
        return seconds


def memory() -> dict[str, int]:
    """Return this process's memory in bytes: resident, its own, mapped files, and the peak."""
    names = {"VmRSS": "resident", "RssAnon": "own", "RssFile": "files", "VmHWM": "most"}
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    values = dict(line.split(":", 1) for line in lines)
    return {name: int(values[key].split()[0]) * 1024 for key, name in names.items()}


def disk(folder: Path) -> dict[str, int]:
    """Return the bytes that each file or folder in a folder takes, by name."""
    return {
        path.name: sum(f.stat().st_size for f in (path, *path.rglob("*")) if f.is_file())
        for path in sorted(folder.iterdir())
    }
