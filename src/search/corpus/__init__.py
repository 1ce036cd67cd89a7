"""Corpus: the folder of documents, what is in it, and putting files in and out."""

from __future__ import annotations

from search.corpus.files import corpus_files, identify
from search.corpus.folder import CorpusFolder
from search.corpus.snapshot import CorpusFile, change_since, describe_corpus

__all__ = [
    "CorpusFile",
    "CorpusFolder",
    "change_since",
    "corpus_files",
    "describe_corpus",
    "identify",
]
