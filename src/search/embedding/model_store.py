"""Prepared models on disk: how a folder of one is written, checked and put in its place.

A folder is filled under another name and then renamed, so it is there whole or not at all.
`manifest.json` lists each file with its size and SHA-256. Hashing all of them takes 70 ms, too
much for each question; so `stamps.json` records size and times of the files as they were when
last hashed, and a file is hashed again only when one of these has changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from search.errors import ModelError
from search.files import checksum, write_atomically

__all__ = [
    "CacheUnusable",
    "ModelManifest",
    "check_folder",
    "install_folder",
    "is_intact",
    "seal_folder",
]

_MANIFEST, _STAMPS = "manifest.json", "stamps.json"
_SECONDS_UNTIL_ABANDONED = 24 * 3600.0


class CacheUnusable(Exception):
    """The folder is missing or is not what was written; the message says which, in Dutch."""


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """Describes a prepared model; `files` maps a name to (bytes, SHA-256 in hex)."""

    version: int
    source: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    files: dict[str, tuple[int, str]]


def seal_folder(folder: Path, manifest: ModelManifest) -> None:
    """Write the manifest, with the sizes and hashes of the files in `folder`, and the stamps.

    Everything is flushed to disk first, so that a power cut cannot leave files of the right size
    and time with nothing in them. `manifest.files` is ignored: the folder says what they are.
    """
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        with open(folder / name, "rb+") as file:
            os.fsync(file.fileno())
    fields = asdict(manifest)
    fields["files"] = {
        name: [(folder / name).stat().st_size, checksum(folder / name)] for name in names
    }
    fields["checksum"] = _seal(fields)
    _write_json(folder / _MANIFEST, fields)
    _write_json(folder / _STAMPS, {name: _stamp(folder / name) for name in names})


def check_folder(folder: Path, version: int) -> ModelManifest:
    """Return the manifest of a prepared model whose files are what was written.

    Raises CacheUnusable when the folder is missing, of another version, or damaged.
    """
    try:
        if not folder.is_dir():
            raise CacheUnusable(f"{folder} bestaat nog niet")
        manifest = _read_manifest(folder / _MANIFEST)
        if manifest.version != version:
            raise CacheUnusable(f"{folder} is van een andere versie")
        _check_files(folder, manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CacheUnusable(f"{folder} is beschadigd ({problem})") from problem
    return manifest


def is_intact(folder: Path, version: int) -> bool:
    """Return whether `check_folder` finds nothing wrong with a prepared model."""
    try:
        check_folder(folder, version)
    except CacheUnusable:
        return False
    return True


def install_folder(
    target: Path, fill: Callable[[Path], None], is_good: Callable[[Path], bool]
) -> None:
    """Let `fill` write a new folder and rename it to `target`, unless a good one is there by then.

    Two processes may do this at once: the first to finish wins, the other's work is dropped.
    Raises ModelError when it can't be written; then nothing is left behind.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=_working_prefix(target), ignore_cleanup_errors=True
        ) as working:
            made = Path(working) / "new"
            made.mkdir()
            fill(made)
            _swap(made, target, is_good)
    except OSError as problem:
        raise ModelError(
            f"Het taalmodel kan niet worden bewaard in {target.parent} "
            f"({problem.strerror or problem}). Maak daar 150 MB ruimte of geef schrijfrechten, "
            "of kies een andere map met de omgevingsvariabele KAMERWIJZER_CACHE."
        ) from problem


def _swap(made: Path, target: Path, is_good: Callable[[Path], bool]) -> None:
    for attempt in range(5):
        if is_good(target):
            return
        # Move what is there, which is damaged, into our own folder, which is deleted afterwards.
        with contextlib.suppress(FileNotFoundError):
            os.rename(target, made.parent / f"old{attempt}")
        try:
            os.rename(made, target)
            return
        except OSError:
            # Another process put a folder there between the two renames; check that one.
            if not target.exists():
                raise
    raise OSError(f"{target} is steeds in gebruik")


def _working_prefix(target: Path) -> str:
    return f".{target.name}."


def _remove_abandoned(target: Path) -> None:
    """Remove the working folders of killed processes, if they are a day old."""
    for path in target.parent.glob(f"{_working_prefix(target)}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _SECONDS_UNTIL_ABANDONED:
                shutil.rmtree(path, ignore_errors=True)


def _read_manifest(path: Path) -> ModelManifest:
    fields = json.loads(path.read_bytes())
    if fields.pop("checksum") != _seal(fields):
        raise ValueError(f"{path.name} is gewijzigd")
    files = {name: (int(size), str(sha)) for name, (size, sha) in fields.pop("files").items()}
    return ModelManifest(files=files, **fields)


def _check_files(folder: Path, manifest: ModelManifest) -> None:
    known = _read_stamps(folder / _STAMPS)
    stamps = {name: _stamp(folder / name) for name in manifest.files}
    for name, (size, digest) in manifest.files.items():
        if stamps[name][0] != size:
            raise ValueError(f"{name} telt {stamps[name][0]} bytes in plaats van {size}")
        if known.get(name) != stamps[name] and checksum(folder / name) != digest:
            raise ValueError(f"de inhoud van {name} is gewijzigd")
    if known != stamps:
        # Files in a folder that can't be written are hashed each time: slow, but right.
        with contextlib.suppress(OSError):
            _write_json(folder / _STAMPS, stamps)


def _read_stamps(path: Path) -> dict[str, object]:
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _stamp(path: Path) -> list[int]:
    """Return size, mtime and ctime (ns); unlike mtime, ctime can't be set by a program."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _seal(fields: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _write_json(path: Path, value: object) -> None:
    write_atomically(path, json.dumps(value, indent=1, sort_keys=True).encode("utf-8"))
