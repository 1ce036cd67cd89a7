"""The files of a corpus folder: which are read, and under which id."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from search.errors import ReadingError
from search.reading import ADVICE, READERS

__all__ = ["corpus_files", "identify"]

_DOCUMENTS = READERS.keys() | ADVICE.keys()


def corpus_files(corpus: Path) -> tuple[Path, ...]:
    """List the documents of a corpus folder, sorted by name; hidden ones are left.

    Those that can't be read but are documents (.doc) are among them, to be refused by name. Left
    are also links that lead out of the folder: nothing is read from elsewhere. Raises ReadingError
    when the folder does not exist or holds no such file.
    """
    if not corpus.is_dir():
        raise ReadingError(
            f"De corpusmap {corpus} bestaat niet. Maak de map, of wijs een andere aan met --corpus."
        )
    root = os.path.realpath(corpus)
    found = sorted(_readable(str(corpus), root), key=lambda path: path.split(os.sep))
    if not found:
        known = ", ".join(sorted(READERS))
        raise ReadingError(
            f"De corpusmap {corpus} bevat geen documenten. Zet er bestanden in ({known}) en "
            "draai daarna: kamerwijzer index"
        )
    return tuple(map(Path, found))


def _readable(folder: str, root: str) -> Iterator[str]:
    """Walk through a folder; a corpus may have tens of thousands of files, so without Paths."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            ending = os.path.splitext(entry.name)[1].lower()
            if entry.is_dir(follow_symlinks=False):
                yield from _readable(entry.path, root)
            elif ending in _DOCUMENTS and os.path.isfile(entry.path):
                real = os.path.realpath(entry.path) if entry.is_symlink() else root
                if os.path.commonpath([real, root]) == root:
                    yield entry.path


def identify(files: tuple[Path, ...], corpus: Path) -> dict[Path, str]:
    """Return each file its id: the path within the corpus without ending ("kst-29861-70").

    Where two files differ in the ending alone, the later one keeps its ending; so does one that
    can't be read.
    """
    taken: dict[str, Path] = {}
    for path in sorted(files, key=lambda path: path.suffix.lower() in ADVICE):
        whole = path.relative_to(corpus).as_posix()
        short = whole[: -len(path.suffix)]
        taken[whole if short in taken else short] = path
    return {path: identifier for identifier, path in taken.items()}
