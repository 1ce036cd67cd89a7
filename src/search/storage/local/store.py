"""An index in a folder of this machine."""

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
        """Name a folder; it need not be there yet."""
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    def current(self) -> str:
        """Give the name of the generation in use, or an empty text where there is none."""
        return current_generation(self.folder)

    def open(self) -> LocalIndex:
        """Open the generation in use; when a newer one came in its place meanwhile, open that."""
        for _ in range(_TRIES):
            folder = current_folder(self.folder)
            try:
                return LocalIndex(folder)
            except IndexDamaged:
                if self.current() == folder.name:
                    raise
        return LocalIndex(current_folder(self.folder))

    def manifest(self) -> Manifest:
        """Read the manifest of the generation in use alone; raises as `open` does."""
        return read_manifest(current_folder(self.folder))

    def is_building(self) -> bool:
        """Tell whether a build is at work here."""
        return is_building(self.folder)

    def build_lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Let one build at a time be at work; `waiting` is called when this one waits."""
        return build_lock(self.folder, waiting)

    @contextmanager
    def new_generation(self, dimensions: int) -> Iterator[LocalWriter]:
        """Give a writer for a new generation, and switch to it when the block ends well."""
        with new_generation(self.folder) as folder:
            with closing(LocalWriter(folder, dimensions)) as writer:
                yield writer
            # What can't be opened must not come into use.
            LocalIndex(folder).close()
