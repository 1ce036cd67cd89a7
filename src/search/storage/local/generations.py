"""Generations of an index: built beside the one in use, then switched to by one rename.

index/CURRENT            the name of the generation in use
index/<generation>/      its files and its manifest
index/.bouw.lock         held by whoever builds

A reader holds a lock on the generation that it opened; one that is held is not removed. What a
killed build left is removed by the next one before it begins, so that it does not fill the disk.
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

try:
    import fcntl
except ImportError:  # Windows keeps an open file from being removed by itself.
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "Hold",
    "build_lock",
    "current_folder",
    "current_generation",
    "is_building",
    "new_generation",
]

_CURRENT = "CURRENT"
_PREFIX = "gen-"
_UNFINISHED = ".part"
_HELD = "lezers.lock"
_LOCK = ".bouw.lock"
_KEPT = 2
"""The generation in use and the one before it, for readers that are about to open it."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = (
    "No space left",
    "disk is full",
    "File too large",
    "requested and",
    "write error",
)
"""What the libraries say of a full disk: only the system itself gives a number. numpy says how
many bytes it "requested and" how many were written."""
_FAILED_WORDS = ("IO error", "IoError", "I/O error", "could not open")
"""What they say when a file can't be written for another reason."""


def current_generation(index: Path) -> str:
    """Give the name of the generation in use, or an empty text where there is none."""
    try:
        return (index / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def current_folder(index: Path) -> Path:
    """Give the folder of the generation in use; raises IndexMissing where there is none."""
    while True:
        name = current_generation(index)
        folder = index / name
        if name.startswith(_PREFIX) and folder.is_dir():
            return folder
        # A build may have switched to a newer one and removed this one between the two.
        if current_generation(index) == name:
            raise IndexMissing(f"Er is nog geen index in {index}. Bouw hem met: kamerwijzer index")


class Hold:
    """A generation that is held so that it is not removed, until this is closed or forgotten."""

    def __init__(self, generation: Path) -> None:
        """Hold the generation in a folder.

        For reading: who may not write in the index holds what he reads too.
        """
        self._file = -1
        with suppress(OSError):
            self._file = os.open(generation / _HELD, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            if fcntl:
                fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def close(self) -> None:
        """Let the generation go."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def __del__(self) -> None:
        self.close()


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


def is_building(index: Path) -> bool:
    """Tell whether a build of an index is at work."""
    lock = FileLock(index / _LOCK)
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
    """Give an empty folder to build a generation in, and switch to it when the block ends well.

    The caller holds the build lock. When the block raises, the folder is removed and the
    generation in use stays. Raises IndexUnusable when the index folder can't be written or the
    disk is full.
    """
    # To the microsecond, since names are sorted to tell old from new.
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    name = f"{_PREFIX}{stamp}-{secrets.token_hex(3)}"
    unfinished = index / f"{name}{_UNFINISHED}"
    try:
        _remove_old(index)
        unfinished.mkdir(parents=True)
        yield unfinished
        (unfinished / _HELD).touch()
        _settle(unfinished)
        os.replace(unfinished, index / name)
        _switch(index, name)
    except BaseException as error:
        _discard(index, name)
        if _is_of_the_disk(error):
            raise _unusable(index, error) from error
        raise
    _remove_old(index)


def _discard(index: Path, name: str) -> None:
    """Remove what there is of a generation that did not come into use."""
    shutil.rmtree(index / f"{name}{_UNFINISHED}", ignore_errors=True)
    if current_generation(index) != name:
        shutil.rmtree(index / name, ignore_errors=True)
        with suppress(OSError):
            (index / f"{_CURRENT}.{name}").unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have all of a generation on the disk before it comes into use, lest a power cut empty it.

    Whoever may read one file of it may read all: tantivy makes some for its own user only.
    """
    mode = (folder / _HELD).stat().st_mode & 0o777
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(mode)
            # Windows flushes only what is open for writing.
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _is_of_the_disk(error: BaseException) -> bool:
    """Tell whether an error means that a file could not be written."""
    if isinstance(error, KamerwijzerError) or not isinstance(error, Exception):
        return False
    known = isinstance(error, OSError | sqlite3.OperationalError)
    return known or _is_full(error) or any(words in str(error) for words in _FAILED_WORDS)


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error) for words in _FULL_WORDS)


def _unusable(index: Path, error: BaseException) -> IndexUnusable:
    if _is_full(error):
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
    temporary = index / f"{_CURRENT}.{name}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, index / _CURRENT)


def _remove_old(index: Path) -> None:
    """Remove what nobody needs: all but the last generations, and what killed builds left."""
    for path in index.glob(f"{_PREFIX}*{_UNFINISHED}"):
        # Whoever builds holds the build lock, which goes with him: nobody works on this any more.
        shutil.rmtree(path, ignore_errors=True)
    for path in index.glob(f"{_CURRENT}.{_PREFIX}*"):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    current = current_generation(index)
    if not current:
        return
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
        with (generation / _HELD).open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
