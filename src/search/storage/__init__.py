"""Storage: everything that is searched, in a folder or a database, and back."""

from __future__ import annotations

from search.storage.bm25 import term_weight
from search.storage.interface import Index, Indexable, ListedDocument, Store, StoredDocument, Writer
from search.storage.local.store import LocalStore
from search.storage.location import corpus_of, store_of
from search.storage.manifest import FORMAT, Manifest

__all__ = [
    "FORMAT",
    "Index",
    "Indexable",
    "ListedDocument",
    "LocalStore",
    "Manifest",
    "Store",
    "StoredDocument",
    "Writer",
    "corpus_of",
    "store_of",
    "term_weight",
]
