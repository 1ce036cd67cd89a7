"""The manifest of a generation: what it was built from and by, and what its files must be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from search.errors import IndexDamaged, IndexOutdated
from search.reading import corpus_files, sidecar_of

__all__ = ["FORMAT", "CorpusFile", "Manifest", "checksum", "describe_corpus", "read_manifest"]

FORMAT = 10
"""Raised whenever reading, chunking, analysis or storage change what an index holds."""
NAME = "manifest.json"
_REBUILD = "Bouw de index opnieuw met: kamerwijzer index"


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
    failed: dict[str, str] = field(default_factory=dict)
    """Files of the corpus that could not be read, each with why, in Dutch."""
    recipe: str = ""
    """Checksum of what, besides the files, decided what the index keeps of a document."""

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    def check_files(self, folder: Path) -> None:
        """Raise IndexDamaged unless each file of the generation is what was written."""
        for name, wanted in self.files.items():
            path = folder / name
            if not path.is_file():
                raise IndexDamaged(f"De index is beschadigd: {path} ontbreekt. {_REBUILD}")
            if checksum(path) != wanted:
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
            if known is None or path is None:
                what = "is nieuw" if known is None else "is verdwenen"
                raise IndexOutdated(f"De index is verouderd: {corpus / name} {what}. {_REBUILD}")
            stat = path.stat()
            if (stat.st_size, stat.st_mtime_ns) == (known.size, known.modified):
                continue
            if stat.st_size != known.size or checksum(path) != known.sha256:
                raise IndexOutdated(
                    f"De index is verouderd: {path} is gewijzigd sinds de index is gebouwd. "
                    f"{_REBUILD}"
                )


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises IndexDamaged when it can't be read and IndexOutdated when an older or newer version of
    Kamerwijzer wrote it.
    """
    path = folder / NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise IndexOutdated(
                f"De index in {folder} is gebouwd met een andere versie van Kamerwijzer "
                f"(formaat {values['format']}, nu {FORMAT}). {_REBUILD}"
            )
        values["corpus"] = {k: CorpusFile(**v) for k, v in values["corpus"].items()}
        return Manifest(**values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"De index is beschadigd: {path} is onleesbaar. {_REBUILD}") from error


def describe_corpus(corpus: Path) -> dict[str, CorpusFile]:
    """Give each file of the corpus, sidecars too, with its size, time and checksum."""
    described = {}
    for name, path in _paths(corpus).items():
        stat = path.stat()
        described[name] = CorpusFile(stat.st_size, stat.st_mtime_ns, checksum(path))
    return described


def _paths(corpus: Path) -> dict[str, Path]:
    files = corpus_files(corpus)
    sidecars = {sidecar_of(path) for path in files}
    return {
        path.relative_to(corpus).as_posix(): path
        for path in (*files, *sorted(s for s in sidecars if s.is_file()))
    }


def checksum(path: Path) -> str:
    """Give the sha256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
