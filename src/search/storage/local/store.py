"""An index in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from search.errors import IndexDamaged
from search.storage.local.generations import (
    build_lock,
    current_folder,
    current_generation,
    is_building,
    new_generation,
)
from search.storage.local.index import LocalIndex
from search.storage.local.writing import LocalWriter
from search.storage.manifest import Manifest, read_manifest

__all__ = ["LocalStore"]

_TRIES = 5


class LocalStore:
    """A folder with the generations of an index."""

    beside_corpus = True

    def __init__(self, folder: Path) -> None:
        """Take a folder, which need not exist yet."""
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    def current(self) -> str:
        """Return the name of the generation in use; empty when there is none."""
        return current_generation(self.folder)

    def open(self) -> LocalIndex:
        """Open the generation in use, or the one that replaces it in the meantime."""
        for _ in range(_TRIES):
            folder = current_folder(self.folder)
            try:
                return LocalIndex(folder)
            except IndexDamaged:
                if self.current() == folder.name:
                    raise
        return LocalIndex(current_folder(self.folder))

    def manifest(self) -> Manifest:
        """Return the manifest of the generation in use; raises as `open` does."""
        return read_manifest(current_folder(self.folder))

    def is_building(self) -> bool:
        """Return whether a build is running."""
        return is_building(self.folder)

    def build_lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the lock that allows one build at a time; call `waiting` when it is taken."""
        return build_lock(self.folder, waiting)

    @contextmanager
    def new_generation(self, dimensions: int) -> Iterator[LocalWriter]:
        """Yield the writer of a new generation, and switch to it when the block succeeds."""
        with new_generation(self.folder) as folder:
            with closing(LocalWriter(folder, dimensions)) as writer:
                yield writer
            # Never switch to an index that can't be opened.
            LocalIndex(folder).close()
