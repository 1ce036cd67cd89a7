"""Runs a contender's script in a process of its own, and measures it from outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CONTENDERS", "Ran", "environment", "run", "size_of"]

HERE = Path(__file__).parent
CONTENDERS = {
    "Kamerwijzer": "kamerwijzer",
    "plain script": "plain",
    "txtai": "with_txtai",
    "Haystack": "with_haystack",
    "LlamaIndex": "with_llamaindex",
}
"""Names with their scripts. The second is what the others are held against."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process said, how long it took from its start to that line, and what it held."""

    told: dict[str, Any]
    seconds: float
    memory: int
    """The most that it held, in bytes."""


def environment(folder: Path) -> Path:
    """Give the Python of the others' environment, made when it is not there yet."""
    python = folder / "bin" / "python"
    wanted = (HERE.parent / "contenders.txt").read_text("utf-8")
    mark = folder / "wanted.txt"
    if not mark.exists() or mark.read_text("utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", "-r", HERE.parent / "contenders.txt"]
        subprocess.run(list(map(str, command)), check=True)
        mark.write_text(wanted, "utf-8")
    return python


def run(python: Path, words: Sequence[str | Path], variables: Mapping[str, str]) -> Ran:
    """Run a script; raises RuntimeError with what it said when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(python), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Nothing may be fetched: the weights lie in a folder.
        env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"} | variables,
    )
    assert process.stdout
    assert process.stderr
    told, seconds = "", 0.0
    for line in process.stdout:
        if line.startswith("{"):
            told, seconds = line, time.perf_counter() - begun
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not told:
        raise RuntimeError(error.strip().splitlines()[-1] if error.strip() else "no answer")
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Ran(json.loads(told), seconds, memory)


def size_of(folder: Path) -> int:
    """Give the bytes that a folder's files take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def emptied(folder: Path) -> Path:
    """Give a folder that is not there, to make a store in."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder
