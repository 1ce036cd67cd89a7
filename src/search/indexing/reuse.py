"""What a build takes over from the generation before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from search.corpus import CorpusFile
from search.errors import IndexUnusable
from search.indexing.stages import taken_over
from search.storage import Index, Indexable, Store

__all__ = ["Reuse"]


class Reuse:
    """The generation in use, from which documents are taken over when the recipe is the same."""

    def __init__(self, store: Store, recipe: str) -> None:
        """Open the generation in use; without a usable one everything is made anew."""
        self.recipe = recipe
        self._index: Index | None = None
        try:
            self._index = store.open()
        except IndexUnusable:
            return

    def close(self) -> None:
        """Close that generation."""
        if self._index:
            self._index.close()

    @property
    def _files(self) -> Mapping[str, CorpusFile]:
        return self._index.manifest.corpus if self._index else MappingProxyType({})

    def with_history(self, described: dict[str, CorpusFile]) -> dict[str, CorpusFile]:
        """Return the files with when each was first indexed and last seen to have changed."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = {}
        for name, file in described.items():
            before = self._files.get(name)
            changed = now if before and before.sha256 != file.sha256 else ""
            told[name] = replace(
                file,
                added=(before.added if before else "") or now,
                changed=changed or (before.changed if before else ""),
            )
        return told

    def taken_over(
        self,
        document: str,
        name: str,
        sidecar: str,
        described: Mapping[str, CorpusFile],
        source: Callable[[], str],
    ) -> Indexable | None:
        """Return a document as it was indexed, or None when its file or sidecar has changed."""
        if self._index is None or self._index.manifest.recipe != self.recipe:
            return None
        same = all(
            _checksum(self._files, each) == _checksum(described, each) for each in (name, sidecar)
        )
        is_its_file = same and self._index.path_of(document) == name
        return taken_over(self._index, document, source) if is_its_file else None


def _checksum(files: Mapping[str, CorpusFile], name: str) -> str:
    return files[name].sha256 if name in files else ""
