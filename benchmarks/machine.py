"""What machine this is, what runs on it, and how loaded it was."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from search.concurrency import usable_cores

__all__ = ["hold_to", "machine", "versions"]

_PACKAGES = (
    "streamlit",
    "uvicorn",
    "starlette",
    "websockets",
    "protobuf",
    "onnxruntime",
    "tantivy",
    "faiss-cpu",
    "numpy",
    "playwright",
)


def hold_to(number: int) -> None:
    """Let this process, and all that it starts, use no more than so many processors."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:number])


def machine() -> dict[str, str | int | float]:
    """Describe the machine: processors in use, memory in GB, system, load when it began."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": usable_cores(),
        "processor": platform.machine(),
        "memory_gb": round(memory),
        "system": f"{platform.system()} {platform.release()}",
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Return the version of Python and of each package that is used."""
    return {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES}
