"""Corpus: the folder of documents, what is in it, and putting files in and out."""

from __future__ import annotations

from search.corpus.folder import CorpusFolder

__all__ = [
    "CorpusFolder",
]
