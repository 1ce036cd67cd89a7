"""Generations of an index: built beside the one in use, then switched to by one rename.

index/CURRENT            the name of the generation in use
index/<generation>/      its files and its manifest
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from search.errors import IndexMissing, IndexUnusable

__all__ = ["current_folder", "current_generation", "new_generation"]

_CURRENT = "CURRENT"
_PREFIX = "gen-"
_UNFINISHED = ".part"
_KEPT = 2
"""The generation in use and the one before it, for readers that still have it open."""


def current_generation(index: Path) -> str:
    """Give the name of the generation in use, or an empty text where there is none."""
    try:
        return (index / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def current_folder(index: Path) -> Path:
    """Give the folder of the generation in use; raises IndexMissing where there is none."""
    name = current_generation(index)
    folder = index / name
    if not name.startswith(_PREFIX) or not folder.is_dir():
        raise IndexMissing(f"Er is nog geen index in {index}. Bouw hem met: kamerwijzer index")
    return folder


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Give an empty folder to build a generation in, and switch to it when the block ends well.

    When the block raises, the folder is removed and the generation in use stays. Raises
    IndexUnusable when the index folder can't be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = f"{_PREFIX}{stamp}-{secrets.token_hex(3)}"
    unfinished = index / f"{name}.{os.getpid()}{_UNFINISHED}"
    try:
        unfinished.mkdir(parents=True)
    except OSError as error:
        raise IndexUnusable(
            f"De indexmap {index} kan niet worden beschreven ({error.strerror}). "
            "Kies een andere met --index."
        ) from error
    try:
        yield unfinished
        os.replace(unfinished, index / name)
        _switch(index, name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _remove_old(index, name)


def _switch(index: Path, name: str) -> None:
    temporary = index / f"{_CURRENT}.{name}"
    temporary.write_text(f"{name}\n", encoding="utf-8")
    os.replace(temporary, index / _CURRENT)


def _remove_old(index: Path, current: str) -> None:
    """Remove what nobody needs: all but the last generations, and what killed builds left."""
    for path in index.glob(f"{_PREFIX}*{_UNFINISHED}"):
        builder = path.name.removesuffix(_UNFINISHED).rpartition(".")[2]
        if builder.isdigit() and not _is_running(int(builder)):
            shutil.rmtree(path, ignore_errors=True)
    finished = sorted(
        path for path in index.glob(f"{_PREFIX}*") if not path.name.endswith(_UNFINISHED)
    )
    older = [path for path in finished if path.name != current]
    for path in older[: max(0, len(older) - (_KEPT - 1))]:
        shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It runs, for somebody else.
        return True
    return True
