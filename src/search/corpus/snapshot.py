"""The files of a corpus as they were when they were read, and whether they have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.corpus.files import corpus_files
from search.files import checksum, stamp
from search.reading import is_sidecar, sidecar_of

__all__ = ["CorpusFile", "change_since", "describe_corpus"]


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


def describe_corpus(corpus: Path) -> dict[str, CorpusFile]:
    """Return each file of the corpus, sidecars too, with its size, time and checksum.

    One that may not be read has an empty checksum; one that is removed meanwhile is left out.
    """
    described = {}
    for name, path in _paths(corpus).items():
        found = stamp(path)
        if found:
            try:
                described[name] = CorpusFile(*found, checksum(path))
            except OSError:
                described[name] = CorpusFile(*found, "")
    return described


def change_since(corpus: Path, known: Mapping[str, CorpusFile]) -> str:
    """Return in Dutch which file is new, gone or changed since; empty when none is.

    A file whose size and time are the same counts as unchanged; any other is read again. Raises
    ReadingError when the corpus folder is gone or empty.
    """
    now = _paths(corpus)
    for name in sorted(now.keys() | known.keys()):
        before, path = known.get(name), now.get(name)
        if before is None:
            return f"{corpus / name} is nieuw"
        if path is None:
            return f"{corpus / name} is verdwenen"
        if _has_changed(path, before):
            return f"{corpus / name} is gewijzigd sinds de index is gebouwd"
    return ""


def _paths(corpus: Path) -> dict[str, Path]:
    files = corpus_files(corpus)
    sidecars = {sidecar_of(path) for path in files}
    return {
        path.relative_to(corpus).as_posix(): path
        for path in (*files, *sorted(s for s in sidecars if is_sidecar(s)))
    }


def _has_changed(path: Path, known: CorpusFile) -> bool:
    found = stamp(path)
    if found == (known.size, known.modified):
        return False
    if found is None or found[0] != known.size:
        return True
    try:
        return checksum(path) != known.sha256
    except OSError:
        return True
