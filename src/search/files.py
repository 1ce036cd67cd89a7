"""Files that are written whole or not at all, checksums of files, and the cache folder."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import platformdirs

__all__ = ["PART", "checksum", "default_cache", "holds", "stamp", "sync_folder", "write_atomically"]

PART = ".part"
"""Ending of a file that is being written; a run that is killed may leave one behind."""


def write_atomically(path: Path, content: bytes, *, sync: bool = False) -> None:
    """Write a file so that a reader, or a crash at any moment, sees all of it or the one before.

    With `sync` the folder is flushed too, so that the new name outlives a power cut. Raises
    OSError when the file can't be written; nothing is left behind then.
    """
    # Not mkstemp: its files are closed to other users, and a corpus or a cache may be shared.
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}{PART}")
    try:
        with open(part, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's names to the disk, where the system can (not on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimals; raises OSError when it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def holds(path: Path, content: bytes) -> bool:
    """Return whether a file holds exactly this; one that can't be read does not."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def stamp(path: Path) -> tuple[int, int] | None:
    """Return the size in bytes of a file and its time in nanoseconds; None when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def default_cache() -> Path:
    """Return the user's cache folder: where models and vectors are kept when nobody says where."""
    return Path(platformdirs.user_cache_dir("kamerwijzer"))
