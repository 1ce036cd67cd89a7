"""Storage: everything that is searched, on disk and back."""

from __future__ import annotations

from search.storage.generations import (
    build_lock,
    current_folder,
    current_generation,
    is_building,
    new_generation,
)
from search.storage.index import Index, Listed, StoredDocument, write_index
from search.storage.manifest import (
    FORMAT,
    CorpusFile,
    Manifest,
    Watch,
    checksum,
    describe_corpus,
    read_manifest,
)

__all__ = [
    "FORMAT",
    "CorpusFile",
    "Index",
    "Listed",
    "Manifest",
    "StoredDocument",
    "Watch",
    "build_lock",
    "checksum",
    "current_folder",
    "current_generation",
    "describe_corpus",
    "is_building",
    "new_generation",
    "read_manifest",
    "write_index",
]
