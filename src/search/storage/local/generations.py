"""Generations of an index: built in a new folder, then switched to by one rename.

index/CURRENT            the name of the generation in use
index/<generation>/      its files and its manifest
index/.bouw.lock         locked during a build

A reader locks the generation that it opened; a locked one is not removed. What a killed build left
is removed by the next one before it begins, so that it does not fill the disk.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from search.errors import IndexMissing, IndexUnusable, KamerwijzerError
from search.files import PART, write_atomically

try:
    import fcntl
except ImportError:  # On Windows an open file can't be removed anyhow.
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "ReadLock",
    "build_lock",
    "current_folder",
    "current_generation",
    "is_building",
    "new_generation",
]

_CURRENT = "CURRENT"
_PREFIX = "gen-"
_READERS_LOCK = "lezers.lock"
_BUILD_LOCK = ".bouw.lock"
_GENERATIONS_KEPT = 2
"""The generation in use and the one before it, for readers that are about to open it."""
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DISK_FULL_TEXTS = (
    "No space left",
    "disk is full",
    "File too large",
    "requested and",
    "write error",
)
"""In the libraries' errors for a full disk, which have no errno. numpy's says how many bytes it
"requested and" how many were written."""
_WRITE_FAILED_TEXTS = ("IO error", "IoError", "I/O error", "could not open")
"""In their errors when a file can't be written for another reason."""


def current_generation(index: Path) -> str:
    """Return the name of the generation in use; empty when there is none."""
    try:
        return (index / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def current_folder(index: Path) -> Path:
    """Return the folder of the generation in use; raises IndexMissing when there is none."""
    while True:
        name = current_generation(index)
        folder = index / name
        if name.startswith(_PREFIX) and folder.is_dir():
            return folder
        # A build may have switched to another and removed this one since its name was read.
        if current_generation(index) == name:
            raise IndexMissing(f"Er is nog geen index in {index}. Bouw hem met: kamerwijzer index")


class ReadLock:
    """Keeps a generation from being removed until this is closed or garbage-collected."""

    def __init__(self, generation: Path) -> None:
        """Lock the generation in a folder; no permission to write in it is needed."""
        self._file = -1
        with suppress(OSError):
            self._file = os.open(
                generation / _READERS_LOCK, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)
            )
            if fcntl:
                fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def close(self) -> None:
        """Release the generation."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def __del__(self) -> None:
        self.close()


@contextmanager
def build_lock(index: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock that allows one build of an index at a time; call `waiting` when it is taken.

    The lock ends with the process that holds it, however that ends. Raises IndexUnusable when the
    index folder can't be written.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / _BUILD_LOCK)
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


def is_building(index: Path) -> bool:
    """Return whether a build of an index is running."""
    lock = FileLock(index / _BUILD_LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Yield an empty folder for a new generation, and switch to it when the block succeeds.

    The caller holds the build lock. When the block raises, the folder is removed and the
    generation in use stays. Raises IndexUnusable when the index folder can't be written or the
    disk is full.
    """
    # To the microsecond, since the names sort by age.
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    name = f"{_PREFIX}{stamp}-{secrets.token_hex(3)}"
    unfinished = index / f"{name}{PART}"
    try:
        _remove_old(index)
        unfinished.mkdir(parents=True)
        yield unfinished
        (unfinished / _READERS_LOCK).touch()
        _sync(unfinished)
        os.replace(unfinished, index / name)
        _switch(index, name)
    except BaseException as error:
        _discard(index, name)
        if _is_disk_error(error):
            raise _unusable(index, error) from error
        raise
    _remove_old(index)


def _discard(index: Path, name: str) -> None:
    """Remove what there is of a generation that was not switched to."""
    shutil.rmtree(index / f"{name}{PART}", ignore_errors=True)
    if current_generation(index) != name:
        shutil.rmtree(index / name, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Flush every file to disk before the switch, so that a power cut cannot leave empty files.

    All get the same permissions: tantivy opens some of its own to their owner only.
    """
    mode = (folder / _READERS_LOCK).stat().st_mode & 0o777
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(mode)
            # Windows flushes only files that are open for writing.
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _is_disk_error(error: BaseException) -> bool:
    if isinstance(error, KamerwijzerError) or not isinstance(error, Exception):
        return False
    if isinstance(error, OSError | sqlite3.OperationalError) or _is_disk_full(error):
        return True
    return any(text in str(error) for text in _WRITE_FAILED_TEXTS)


def _is_disk_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return True
    return any(text in str(error) for text in _DISK_FULL_TEXTS)


def _unusable(index: Path, error: BaseException) -> IndexUnusable:
    if _is_disk_full(error):
        kept = "; de vorige index is nog heel" if current_generation(index) else ""
        return IndexUnusable(
            f"De schijf van de indexmap {index} is vol{kept}. Maak ruimte en draai daarna opnieuw: "
            "kamerwijzer index"
        )
    reason = (isinstance(error, OSError) and error.strerror) or error
    return IndexUnusable(
        f"De indexmap {index} kan niet worden beschreven ({reason}). Kies een andere met --index."
    )


def _switch(index: Path, name: str) -> None:
    write_atomically(index / _CURRENT, f"{name}\n".encode())


def _remove_old(index: Path) -> None:
    """Remove all but the last generations, and what killed builds left.

    The caller holds the build lock, so no other build is running.
    """
    for path in index.glob(f"{_PREFIX}*{PART}"):
        shutil.rmtree(path, ignore_errors=True)
    for path in index.glob(f".{_CURRENT}.*{PART}"):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    current = current_generation(index)
    if not current:
        return
    finished = sorted(path for path in index.glob(f"{_PREFIX}*") if not path.name.endswith(PART))
    older = [path for path in finished if path.name != current]
    for path in older[: max(0, len(older) - (_GENERATIONS_KEPT - 1))]:
        if not _is_read(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_read(generation: Path) -> bool:
    if not fcntl:
        return False
    try:
        with (generation / _READERS_LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
