"""What is known of the documents of an index, without reading of all to know of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache

from search.records import Metadata

__all__ = ["Catalogue"]

_KEPT = 4096


class Catalogue(Mapping[str, Metadata]):
    """Metadata by document, in order of the corpus; read one by one until all are asked for.

    A generation never changes, so what was read once is kept.
    """

    def __init__(
        self,
        size: int,
        one: Callable[[str], Metadata | None],
        every: Callable[[], Mapping[str, Metadata]],
    ) -> None:
        """Take the number of documents, and how to read one of them and all."""
        self._size = size
        self._one = lru_cache(maxsize=_KEPT)(one)
        self._read = every
        self._has_all = False

    @cached_property
    def _every(self) -> Mapping[str, Metadata]:
        every = self._read()
        self._has_all = True
        return every

    def __getitem__(self, identifier: str) -> Metadata:
        found = self._every.get(identifier) if self._has_all else self._one(identifier)
        if found is None:
            raise KeyError(identifier)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return self._size
