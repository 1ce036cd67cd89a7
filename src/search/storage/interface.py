"""The interfaces of an index, wherever it is stored.

A `Store` (a folder, a PostgreSQL database) holds generations of one index. It opens the one in
use as an `Index`, and receives a new one document by document through a `Writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.progress import Progress
from search.records import (
    Document,
    DocumentConstraints,
    Filters,
    Metadata,
    Passage,
    StanceCount,
    Theme,
)
from search.storage.manifest import Manifest

__all__ = [
    "FIELDS",
    "Index",
    "Indexable",
    "ListedDocument",
    "Store",
    "StoredDocument",
    "Vectors",
    "Writer",
]

FIELDS = ("passage", "surroundings")
"""Fields of the lexical index: terms of a passage and its headings, and of its surroundings."""

Vectors = NDArray[np.float32]
"""Rows of numbers, or one such row."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in the list of all documents."""

    id: str
    path: str
    metadata: Metadata
    themes: tuple[Theme, ...]
    words: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its official themes and its passages, as an index keeps them.

    `runs` holds, for each passage, the range of the document's passages that surround it, counted
    from the document's first; `terms` the analysed terms of its own text.
    """

    document: Document
    themes: tuple[Theme, ...]
    passages: tuple[Passage, ...]
    runs: tuple[range, ...]
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Indexable:
    """A document with all that an index stores or finds it by.

    `fields` has the terms of each passage for the lexical index, by the names in FIELDS; `words`
    all words of the document in order, for phrases. Row i of `passage_vectors` belongs to passage
    i; `sentence_vectors` has a row for each sentence of the passages in order. `source` reads the
    words of the document's file, against which quotes are checked.
    """

    stored: StoredDocument
    fields: Sequence[Mapping[str, Sequence[str]]]
    words: Sequence[str]
    passage_vectors: Vectors
    sentence_vectors: Vectors
    source: Callable[[], str]


class Index(Protocol):
    """An open generation, safe to use from several threads; close it when done.

    Passages are numbered 0, 1, 2, … through all documents, in order. A generation never changes.
    Each method may raise IndexDamaged, or IndexUnusable for a database that can't be reached.
    """

    @property
    def manifest(self) -> Manifest:
        """What the generation was built from, and with which model."""
        ...

    @property
    def generation(self) -> str:
        """The name of this generation."""
        ...

    def close(self) -> None:
        """Close the generation, so that it may be removed."""
        ...

    def check(self, *, thorough: bool = False) -> None:
        """Raise IndexDamaged when the generation is no longer what was written.

        Fast enough to do for each question; `thorough` reads all of it.
        """
        ...

    # Search. Filters hold labels and ids exactly as they are in the index.

    def search_words(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        filters: Filters = Filters(),
    ) -> dict[int, float]:
        """Return the BM25 scores of the best `top` passages that hold any of the terms.

        A score is the sum over FIELDS and distinct terms, each field times its boost. Only
        passages that pass the filters count.
        """
        ...

    def search_vectors(
        self,
        question: Vectors,
        top: int,
        filters: Filters = Filters(),
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Return the inner products of the best `top` passages with one question vector.

        Of many vectors only the most promising are compared. Those in `also`, which must pass the
        filters, always are: lexical candidates are scored even when their cell was not probed.
        """
        ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return, for each distinct term, how many passages hold it in their own field."""
        ...

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return at most `top` documents that hold every phrase, word for word."""
        ...

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return the `top` documents that hold most of the phrases; rare ones count for more."""
        ...

    # Documents and passages.

    @property
    def metadata(self) -> Mapping[str, Metadata]:
        """The metadata of each document, by id, in order of the corpus."""
        ...

    def documents_of(self, constraints: DocumentConstraints) -> list[str]:
        """Return the ids of the documents that meet constraints, in order of the corpus."""
        ...

    def listed(self) -> tuple[ListedDocument, ...]:
        """Return all documents, in order of the corpus."""
        ...

    def path_of(self, identifier: str) -> str:
        """Return the file of a document, relative to the corpus; empty for an unknown id."""
        ...

    def document(self, identifier: str) -> Document | None:
        """Return a whole document; None for an unknown id."""
        ...

    def source(self, identifier: str) -> str | None:
        """Return the words of a document's file as they were when it was indexed.

        None where the index does not keep them, since the file itself is available.
        """
        ...

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id, with their text and sentences; unknown ids are left out."""
        ...

    def passages_of(self, document: str) -> list[Passage]:
        """Return all passages of a document, in order."""
        ...

    def documents_of_passages(self) -> list[str]:
        """Return the document of each passage, in order of the passages' ids."""
        ...

    def theme_labels(self) -> tuple[str, ...]:
        """Return the theme labels of the passages, in order of the documents."""
        ...

    def document_theme_labels(self) -> tuple[str, ...]:
        """Return the official themes of the documents, sorted."""
        ...

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Return the number of labelled sentences by document, theme, holder and stance."""
        ...

    # Vectors, and what a later build reuses.

    def passage_rows(self, first: int, count: int) -> Vectors:
        """Return the vectors of `count` passages from `first`, shape (count, dimensions)."""
        ...

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, Vectors]:
        """Return the vectors of each passage's sentences, shape (sentences, dimensions)."""
        ...

    def nearest_sentences(self, question: Vectors, ids: Iterable[int]) -> dict[int, float]:
        """Return, for each passage, the largest cosine of one of its sentences with a question.

        A passage without sentences is left out.
        """
        ...

    def stored(self, identifier: str) -> StoredDocument | None:
        """Return a document with all that is kept of it; None for an unknown id."""
        ...


class Writer(Protocol):
    """Receives the documents of a new generation, in order of the corpus."""

    def add(self, document: Indexable) -> None:
        """Write one document; its passages are numbered on from those before."""
        ...

    def finish(self, manifest: Manifest, progress: Progress) -> Manifest:
        """Write what needs all documents, then the manifest; return it with counts and files.

        `progress` is called with what is being done (in Dutch), how much is done, of how much.
        """
        ...


class Store(Protocol):
    """Holds generations of one index; `str` names it in messages.

    `beside_corpus` says whether the corpus is on every machine that reads the index, so that the
    two can be compared: true of a folder, not of a database.
    """

    beside_corpus: bool

    def current(self) -> str:
        """Return the name of the generation in use; empty when there is none."""
        ...

    def open(self) -> Index:
        """Open the generation in use.

        Raises IndexMissing, IndexDamaged, IndexOutdated for another version's, IndexUnusable.
        """
        ...

    def manifest(self) -> Manifest:
        """Return the manifest of the generation in use; raises as `open` does."""
        ...

    def is_building(self) -> bool:
        """Return whether a build is running."""
        ...

    def build_lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the lock that allows one build at a time; call `waiting` when another holds it.

        Raises IndexUnusable when the store can't be written.
        """
        ...

    def new_generation(self, dimensions: int) -> AbstractContextManager[Writer]:
        """Yield the writer of a new generation, and switch to it when the block succeeds.

        The caller holds the build lock, and calls `finish` within the block. When the block
        raises, nothing of it is left and the generation in use stays. Raises IndexUnusable.
        """
        ...
