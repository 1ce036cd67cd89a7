"""Corpus: the folder of documents, what is in it, and putting files in and out."""

from __future__ import annotations

from search.corpus.folder import Shelf

__all__ = [
    "Shelf",
]
