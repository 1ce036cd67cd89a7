"""The manifest of a generation: what it was built from and by, and what its files must be."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from search.corpus import CorpusFile, change_since
from search.errors import IndexDamaged, IndexOutdated
from search.files import checksum, stamp

__all__ = ["FORMAT", "Manifest", "Watch", "manifest_from", "read_manifest", "sample_checksum"]

FORMAT = 17
"""Raised whenever reading, chunking, analysis or storage change what an index holds."""
NAME = "manifest.json"
_REBUILD = "Bouw de index opnieuw met: kamerwijzer index"
LARGE = 64_000_000
"""Bytes from which a file is checked by samples when it is opened."""
_PIECES, _PIECE = 64, 65_536
_SEAL = "checksum"
"""The key in the manifest's file of the checksum of all its other values."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds. Paths are relative, with forward slashes."""

    format: int
    built: str
    model: str
    fingerprint: str
    dimensions: int
    documents: int
    passages: int
    sentences: int
    corpus: dict[str, CorpusFile]
    files: dict[str, str]
    """The generation's own files with their sha256."""
    samples: dict[str, str] = field(default_factory=dict)
    """Of those that are large, a checksum of their length and of parts of them."""
    failed: dict[str, str] = field(default_factory=dict)
    """Files of the corpus that could not be read, each with why, in Dutch."""
    vectors: str = ""
    """How the passages' vectors are compared, in Dutch."""
    recipe: str = ""
    """Checksum of what, besides the files, decided what the index keeps of a document."""
    folder: str = ""
    """The corpus folder that it was built from: absolute, with forward slashes."""
    folder_from_here: str = ""
    """The same, relative to the folder of the index, for when both are moved together."""

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        (folder / NAME).write_text(self.as_text() + "\n", encoding="utf-8")

    def as_text(self) -> str:
        """Return the manifest as JSON with a checksum; `manifest_from` reads it back."""
        values = asdict(self)
        sealed = values | {_SEAL: _seal(values)}
        return json.dumps(sealed, ensure_ascii=False, indent=1, sort_keys=True)

    def check_files(self, folder: Path, *, thorough: bool = False) -> None:
        """Raise IndexDamaged unless each file of the generation is what was written.

        Of large files only samples are read, unless `thorough`: hashing an index of gigabytes
        would take seconds at each start.
        """
        for name, whole in self.files.items():
            path = folder / name
            sampled = None if thorough else self.samples.get(name)
            wanted = sampled or whole
            try:
                found = sample_checksum(path) if sampled else checksum(path)
            except OSError as error:
                missing = isinstance(error, FileNotFoundError)
                what = "ontbreekt" if missing else f"is onleesbaar ({error.strerror or error})"
                raise IndexDamaged(f"De index is beschadigd: {path} {what}. {_REBUILD}") from error
            if found != wanted:
                raise IndexDamaged(
                    f"De index is beschadigd: {path} is niet meer wat er is geschreven. {_REBUILD}"
                )

    def check_corpus(self, corpus: Path) -> None:
        """Raise IndexOutdated unless the corpus is what the index was built from.

        Raises ReadingError when the corpus folder is gone or empty.
        """
        if change := change_since(corpus, self.corpus):
            raise IndexOutdated(f"De index is verouderd: {change}. {_REBUILD}")

    def corpus_folder(self, index: Path) -> Path | None:
        """Return the folder that the index in `index` was built from, if it is still known."""
        beside = index / self.folder_from_here
        if self.folder_from_here and beside.is_dir():
            return Path(os.path.relpath(beside))
        return Path(self.folder) if self.folder else None


class Watch:
    """Notices that a file of an open generation is written over, cut off or removed.

    Only names, sizes and times are looked at each time; the files are read again when one of
    these is another, so that it may be done before each question.
    """

    def __init__(self, manifest: Manifest, folder: Path) -> None:
        self._manifest = manifest
        self._folder = folder
        self._seen = self._stamps()

    def check(self) -> None:
        """Raise IndexDamaged unless each file is still what was written."""
        now = self._stamps()
        if now != self._seen:
            self._manifest.check_files(self._folder, thorough=True)
            self._seen = now

    def _stamps(self) -> list[tuple[int, int] | None]:
        return [stamp(self._folder / name) for name in self._manifest.files]


def _seal(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises IndexDamaged when it can't be read and IndexOutdated when an older or newer version of
    Kamerwijzer wrote it.
    """
    path = folder / NAME
    try:
        return manifest_from(path.read_text(encoding="utf-8"), str(folder))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"De index is beschadigd: {path} is onleesbaar. {_REBUILD}") from error


def manifest_from(text: str, place: str) -> Manifest:
    """Return the manifest in a text; `place` is named in messages.

    Raises ValueError when it is none, and IndexOutdated when another version wrote it.
    """
    try:
        values = json.loads(text)
        if values["format"] != FORMAT:
            raise IndexOutdated(
                f"De index in {place} is gebouwd met een andere versie van Kamerwijzer "
                f"(formaat {values['format']}, nu {FORMAT}). {_REBUILD}"
            )
        if values.pop(_SEAL) != _seal(values):
            raise ValueError("its checksum is another")
        values["corpus"] = {k: CorpusFile(**v) for k, v in values["corpus"].items()}
        return Manifest(**values)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def sample_checksum(path: Path) -> str:
    """Return the sha256 of a file's length and of pieces of it that lie evenly apart."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for i in range(_PIECES):
            file.seek((size - _PIECE) * i // (_PIECES - 1) if size > _PIECE else 0)
            digest.update(file.read(_PIECE))
    return digest.hexdigest()
