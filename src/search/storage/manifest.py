"""The manifest of a generation: what it was built from and by, and what its files must be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from search.errors import IndexDamaged, IndexOutdated
from search.reading import corpus_files, is_sidecar, sidecar_of

__all__ = [
    "FORMAT",
    "CorpusFile",
    "Manifest",
    "Watch",
    "checksum",
    "describe_corpus",
    "manifest_from",
    "read_manifest",
    "sample_checksum",
]

FORMAT = 15
"""Raised whenever reading, chunking, analysis or storage change what an index holds."""
NAME = "manifest.json"
_REBUILD = "Bouw de index opnieuw met: kamerwijzer index"
LARGE = 64_000_000
"""Bytes from which a file is checked by samples when it is opened."""
_PIECES, _PIECE = 64, 65_536
_SEAL = "checksum"
"""The key of the manifest's file under which the checksum of all its other values stands."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus as it was when it was read."""

    size: int
    modified: int
    """Nanoseconds since 1970, as the file system gives it."""
    sha256: str
    added: str = ""
    """When it was first indexed, as ISO 8601."""
    changed: str = ""
    """When its text was last seen to have changed since; empty when it never did."""


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

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        (folder / NAME).write_text(self.as_text() + "\n", encoding="utf-8")

    def as_text(self) -> str:
        """Give the manifest as JSON, sealed with a checksum; `manifest_from` reads it back."""
        values = asdict(self)
        sealed = values | {_SEAL: _seal(values)}
        return json.dumps(sealed, ensure_ascii=False, indent=1, sort_keys=True)

    def check_files(self, folder: Path, *, thorough: bool = False) -> None:
        """Raise IndexDamaged unless each file of the generation is what was written.

        Of large files only samples are read, lest an index of gigabytes take as many seconds to
        open; unless it is to be `thorough`.
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

        A file whose size and time are the same counts as unchanged; any other is read again.
        Raises ReadingError when the corpus folder is gone or empty.
        """
        now = _paths(corpus)
        for name in sorted(now.keys() | self.corpus.keys()):
            known, path = self.corpus.get(name), now.get(name)
            if known is None:
                what = "is nieuw"
            elif path is None:
                what = "is verdwenen"
            elif _has_changed(path, known):
                what = "is gewijzigd sinds de index is gebouwd"
            else:
                continue
            raise IndexOutdated(f"De index is verouderd: {corpus / name} {what}. {_REBUILD}")


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
        return [_stamp(self._folder / name) for name in self._manifest.files]


def _stamp(path: Path) -> tuple[int, int] | None:
    """Give the size and the time in nanoseconds of a file; None when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _has_changed(path: Path, known: CorpusFile) -> bool:
    stamp = _stamp(path)
    if stamp == (known.size, known.modified):
        return False
    if stamp is None or stamp[0] != known.size:
        return True
    try:
        return checksum(path) != known.sha256
    except OSError:
        return True


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
    """Read a manifest that stands in a place of that name.

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


def describe_corpus(corpus: Path) -> dict[str, CorpusFile]:
    """Give each file of the corpus, sidecars too, with its size, time and checksum.

    One that may not be read has an empty checksum; one that is removed meanwhile is left out.
    """
    described = {}
    for name, path in _paths(corpus).items():
        stamp = _stamp(path)
        if stamp:
            try:
                described[name] = CorpusFile(*stamp, checksum(path))
            except OSError:
                described[name] = CorpusFile(*stamp, "")
    return described


def _paths(corpus: Path) -> dict[str, Path]:
    files = corpus_files(corpus)
    sidecars = {sidecar_of(path) for path in files}
    return {
        path.relative_to(corpus).as_posix(): path
        for path in (*files, *sorted(s for s in sidecars if is_sidecar(s)))
    }


def checksum(path: Path) -> str:
    """Give the sha256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sample_checksum(path: Path) -> str:
    """Give the sha256 of a file's length and of pieces of it that lie evenly apart."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for i in range(_PIECES):
            file.seek((size - _PIECE) * i // (_PIECES - 1) if size > _PIECE else 0)
            digest.update(file.read(_PIECE))
    return digest.hexdigest()
