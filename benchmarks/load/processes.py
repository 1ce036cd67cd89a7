"""Memory and processor time of processes, read from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Memory", "cpu_of", "memory_of", "own_cpu"]

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, in bytes.

    `own` is memory of its own (anonymous), `files` what it has read of mapped files; together,
    with what is shared, they are `resident`.
    """

    resident: int
    own: int
    files: int


def memory_of(process: int) -> Memory:
    """Read how much memory a process holds."""
    values = {}
    for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "RssAnon", "RssFile"):
            values[name] = int(value.split()[0]) * 1024
    return Memory(values["VmRSS"], values["RssAnon"], values["RssFile"])


def cpu_of(process: int, *, descendants: bool = False) -> float:
    """Read how many seconds of processor time a process has used.

    With `descendants` those of the processes that it started, and that still run, count too.
    """
    stats = _stats() if descendants else {process: _stat(process)}
    wanted = {process}
    while descendants:
        more = {p for p, (parent, _) in stats.items() if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    return sum(seconds for p, (_, seconds) in stats.items() if p in wanted)


def own_cpu() -> float:
    """Return the processor time of this process, in seconds."""
    times = os.times()
    return times.user + times.system


def _stats() -> dict[int, tuple[int, float]]:
    found = {}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                found[int(path.name)] = _stat(int(path.name))
            except OSError:
                continue  # it ended meanwhile
    return found


def _stat(process: int) -> tuple[int, float]:
    """Return the parent of a process, and its own processor time in seconds."""
    # The name is in brackets and may hold any character.
    fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICK
