"""The page with the figures."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.reliability.workshop import Tally

__all__ = ["Part", "machine", "write_json", "write_page"]

_PACKAGES = ("tantivy", "faiss-cpu", "numpy", "onnxruntime", "filelock")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: what was done, what came of it, and how many seconds it took."""

    key: str
    name: str
    about: str
    tally: Tally
    seconds: float


def machine() -> str:
    """Return what machine this is and what it runs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB of memory, {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {packages}. Load when it began: {os.getloadavg()[0]:.1f}."
    )


def write_page(path: Path, parts: Sequence[Part], where: str, asked: str) -> None:
    """Write the page in Markdown."""
    faults = sum(len(part.tally.faults) for part in parts)
    lines = [
        "# How reliable the index is",
        "",
        "Made by `make soak`, which does it really: processes that are killed, disks that are "
        "full, files that are damaged. Written by the program; change nothing by hand.",
        "",
        f"{date.today().isoformat()}, {asked}. {where}",
        "",
        f"**Things that may not happen: {faults}.** These are: another ending than a good build or "
        "one message that names the command to run; an answer without the sentence that every "
        "generation holds; a reader that dies, goes back or falls behind; files left behind; a "
        "next build that fails or gives another index than that of the corpus; a thousand "
        "documents that take over 1.5 GB, or one more that takes over 5 seconds beside its own "
        "embedding.",
        "",
        "The builds of the first parts are forks of a process in which the model is loaded, each "
        "running the whole `kamerwijzer index` on a corpus of eight documents of which two have "
        "changed: so a kill falls in the work and not in loading Python. Counts of a reader are "
        "questions that it asked meanwhile: “right answer” is from a whole generation, “clear "
        "message” is the message that the corpus has changed and what to run.",
        "",
    ]
    for part in parts:
        tally = part.tally
        lines += [f"## {part.name}", "", part.about, ""]
        for what, number in tally.counts.items():
            lines.append(f"- {what}" + ("" if _is_sentence(what) else f": {number}"))
        lines += [f"- what may not happen: {len(tally.faults)}", f"- took {part.seconds:.0f} s", ""]
        for fault in tally.faults[:5]:
            lines += ["```", fault, "```", ""]
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def write_json(path: Path, parts: Sequence[Part]) -> None:
    """Write the counts and the faults of each part, by key."""
    told = {part.key: {"counts": part.tally.counts, "faults": part.tally.faults} for part in parts}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _is_sentence(what: str) -> bool:
    """Return whether a count is a measurement in words, whose number has no meaning."""
    return any(sign in what for sign in (" s (", " s after"))
