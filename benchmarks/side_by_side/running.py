"""Runs a contender's script in a process of its own, and measures it from outside."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "CONTENDERS",
    "HERE",
    "PACKAGES",
    "Ran",
    "emptied",
    "environment",
    "processor",
    "run",
    "size_of",
    "versions",
]

HERE = Path(__file__).parent
CONTENDERS = {
    "Kamerwijzer": "kamerwijzer",
    "plain script": "plain",
    "txtai": "with_txtai",
    "Haystack": "with_haystack",
    "LlamaIndex": "with_llamaindex",
}
"""Names with their scripts. The second is what the others are held against."""
PACKAGES = {
    "Kamerwijzer": ("onnxruntime", "faiss-cpu", "tantivy", "numpy"),
    "plain script": ("torch", "transformers", "sentence-transformers", "faiss-cpu", "numpy"),
    "txtai": ("txtai",),
    "Haystack": ("haystack-ai", "sentence-transformers-haystack"),
    "LlamaIndex": ("llama-index-core", "llama-index-retrievers-bm25", "bm25s"),
}
"""What a contender's figures depend on besides its script; the last three use the second's too."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process said, how long it took from its start to that line, and what it held."""

    told: dict[str, Any]
    seconds: float
    memory: int
    """The most that it held, in bytes."""


def environment(folder: Path) -> Path:
    """Return the Python of the others' environment, which is made if it does not exist."""
    python = folder / "bin" / "python"
    wanted = (HERE.parent / "contenders.txt").read_text("utf-8")
    mark = folder / "wanted.txt"
    if not mark.exists() or mark.read_text("utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", "-r", HERE.parent / "contenders.txt"]
        subprocess.run(list(map(str, command)), check=True)
        mark.write_text(wanted, "utf-8")
    return python


def processor() -> str:
    """Return the name of the processor, if the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def versions(python: Path, packages: Sequence[str]) -> dict[str, str]:
    """Return the versions of packages in another environment."""
    code = (
        "import json, sys; from importlib.metadata import version; "
        "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
    )
    return run(python, ["-c", code, *packages], {}).told


def run(python: Path, words: Sequence[str | Path], variables: Mapping[str, str]) -> Ran:
    """Run a script to its end, and time it from its start to its last line of JSON.

    Raises RuntimeError with the last line of what it said when it fails or gives no JSON.
    """
    # A file, not a pipe: a process that fills a pipe that is not read (with progress bars) hangs.
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(python), *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            # Nothing may be fetched: the weights lie in a folder.
            env={
                **os.environ,
                "HF_HUB_OFFLINE": "1",
                "TOKENIZERS_PARALLELISM": "true",
                **variables,
            },
        )
        assert process.stdout
        told, seconds = "", 0.0
        with process.stdout as lines:
            for line in lines:
                if line.startswith("{"):
                    told, seconds = line, time.perf_counter() - begun
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or not told:
            said.seek(0)
            errors = said.read().strip().splitlines()
            raise RuntimeError(errors[-1] if errors else f"no answer ({process.returncode})")
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Ran(json.loads(told), seconds, memory)


def size_of(folder: Path) -> int:
    """Return the bytes that a folder's files take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def emptied(folder: Path) -> Path:
    """Return a folder that does not exist yet, for a new store."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder
