"""Generations of an index: built beside the one in use, then switched to by one rename.

index/CURRENT            the name of the generation in use
index/<generation>/      its files and its manifest
index/.bouw.lock         held by whoever builds

A reader holds a lock on the generation that it opened; one that is held is not removed.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from search.errors import IndexMissing, IndexUnusable

try:
    import fcntl
except ImportError:  # Windows keeps an open file from being removed by itself.
    fcntl = None  # type: ignore[assignment]

__all__ = ["build_lock", "current_folder", "current_generation", "hold", "new_generation"]

_CURRENT = "CURRENT"
_PREFIX = "gen-"
_UNFINISHED = ".part"
_HELD = "lezers.lock"
_LOCK = ".bouw.lock"
_KEPT = 2
"""The generation in use and the one before it, for readers that are about to open it."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("No space left", "disk is full", "disk full", "File too large")
"""What the libraries say, which give the system's error as words only."""


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


def hold(generation: Path) -> IO[bytes]:
    """Hold a generation so that it is not removed; close what this gives to let it go."""
    try:
        held = (generation / _HELD).open("ab")
    except OSError:
        # On a disk that can't be written nobody removes anything either.
        return open(os.devnull, "rb")
    if fcntl:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return held


@contextmanager
def build_lock(index: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let one build at a time be at work on an index; `waiting` is called when this one waits.

    The lock goes with the process that holds it, however that ends. Raises IndexUnusable when
    the index folder can't be written.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
    except OSError as error:
        raise _unusable(index, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Give an empty folder to build a generation in, and switch to it when the block ends well.

    When the block raises, the folder is removed and the generation in use stays. Raises
    IndexUnusable when the index folder can't be written or the disk is full.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = f"{_PREFIX}{stamp}-{secrets.token_hex(3)}"
    unfinished = index / f"{name}.{os.getpid()}{_UNFINISHED}"
    try:
        unfinished.mkdir(parents=True)
    except OSError as error:
        raise _unusable(index, error) from error
    try:
        yield unfinished
        (unfinished / _HELD).touch()
        os.replace(unfinished, index / name)
        _switch(index, name)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, Exception) and _is_full(error):
            raise _unusable(index, error) from error
        raise
    _remove_old(index, name)


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error) for words in _FULL_WORDS)


def _unusable(index: Path, error: Exception) -> IndexUnusable:
    if _is_full(error):
        return IndexUnusable(
            f"De schijf van de indexmap {index} is vol; de vorige index is nog heel. Maak ruimte "
            "en draai daarna opnieuw: kamerwijzer index"
        )
    reason = error.strerror if isinstance(error, OSError) else error
    return IndexUnusable(
        f"De indexmap {index} kan niet worden beschreven ({reason}). Kies een andere met --index."
    )


def _switch(index: Path, name: str) -> None:
    temporary = index / f"{_CURRENT}.{name}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, index / _CURRENT)


def _remove_old(index: Path, current: str) -> None:
    """Remove what nobody needs: all but the last generations, and what killed builds left."""
    for path in index.glob(f"{_PREFIX}*{_UNFINISHED}"):
        builder = path.name.removesuffix(_UNFINISHED).rpartition(".")[2]
        if builder.isdigit() and not _is_running(int(builder)):
            shutil.rmtree(path, ignore_errors=True)
    for path in index.glob(f"{_CURRENT}.{_PREFIX}*"):
        path.unlink(missing_ok=True)
    finished = sorted(
        path for path in index.glob(f"{_PREFIX}*") if not path.name.endswith(_UNFINISHED)
    )
    older = [path for path in finished if path.name != current]
    for path in older[: max(0, len(older) - (_KEPT - 1))]:
        if not _is_held(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_held(generation: Path) -> bool:
    """Tell whether somebody reads a generation."""
    if not fcntl:
        return False
    try:
        with (generation / _HELD).open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It runs, for somebody else.
        return True
    return True
