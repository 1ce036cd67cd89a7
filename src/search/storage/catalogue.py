"""The metadata of an index's documents, read only as far as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache

from search.records import Metadata

__all__ = ["Catalogue"]

_DOCUMENTS_CACHED = 4096


class Catalogue(Mapping[str, Metadata]):
    """Metadata by document id, in order of the corpus; read one by one until all are needed.

    A generation never changes, so the cache is never stale.
    """

    def __init__(
        self,
        size: int,
        read_one: Callable[[str], Metadata | None],
        read_all: Callable[[], Mapping[str, Metadata]],
    ) -> None:
        """Take the number of documents, and how to read the metadata of one of them and of all."""
        self._size = size
        self._one = lru_cache(maxsize=_DOCUMENTS_CACHED)(read_one)
        self._read_all = read_all
        self._has_all = False

    @cached_property
    def _all(self) -> Mapping[str, Metadata]:
        metadata = self._read_all()
        self._has_all = True
        return metadata

    def __getitem__(self, identifier: str) -> Metadata:
        found = self._all.get(identifier) if self._has_all else self._one(identifier)
        if found is None:
            raise KeyError(identifier)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return self._size
