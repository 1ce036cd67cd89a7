"""Kamerwijzer: exact passages from Dutch government texts as answers to questions.

    from search import Engine, Settings

    with Engine.open(Settings.read()) as engine:
        print(engine.ask("Komt er een jaarlijkse Staat van migratie?").quote)

Everything in `__all__` is imported at its first use, so that `import search` costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.engine import Engine
    from search.errors import (
        IndexDamaged,
        IndexMissing,
        IndexOutdated,
        IndexUnusable,
        KamerwijzerError,
        ModelError,
        QuestionError,
        ReadingError,
        SourceError,
        UsageError,
    )
    from search.indexing import build_index
    from search.records import Filters
    from search.settings import Settings

__all__ = [
    "Engine",
    "Filters",
    "IndexDamaged",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnusable",
    "KamerwijzerError",
    "ModelError",
    "QuestionError",
    "ReadingError",
    "Settings",
    "SourceError",
    "UsageError",
    "__version__",
    "build_index",
]

_ROOMS = {
    "Engine": "search.engine",
    "Filters": "search.records",
    "Settings": "search.settings",
    "build_index": "search.indexing",
}

# Set here because every module of the package is imported after this one, and each of these
# libraries reads its variable when it is imported: onnxruntime and huggingface_hub report to
# their makers unless told otherwise. Child processes inherit it. What a user set stays.
for _name, _value in (
    ("ORT_DISABLE_TELEMETRY", "1"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"),
    ("HF_HUB_DISABLE_PROGRESS_BARS", "1"),
    ("TOKENIZERS_PARALLELISM", "false"),
):
    os.environ.setdefault(_name, _value)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kamerwijzer")
    if name not in __all__:
        raise AttributeError(f"module 'search' has no attribute {name!r}")
    return getattr(import_module(_ROOMS.get(name, "search.errors")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
