"""What an index is to the rest of the program, wherever it is kept.

A `Store` is a place (a folder, a PostgreSQL database) that holds generations of one index. It
opens the one in use as an `Index`, and takes a new one document by document through a `Writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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

__all__ = ["FIELDS", "Index", "Indexable", "ListedDocument", "Store", "StoredDocument", "Writer"]

FIELDS = ("passage", "surroundings")
"""Fields of the lexical index: a passage's own terms with its place's, and its surroundings'."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the index lists it."""

    id: str
    path: str
    metadata: Metadata
    themes: tuple[Theme, ...]
    words: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its official themes and its passages, as an index keeps them.

    `runs` gives, for each passage, the run of the document's passages around it, counted from
    the document's first; `terms` the analysed terms of its own text.
    """

    document: Document
    themes: tuple[Theme, ...]
    passages: tuple[Passage, ...]
    runs: tuple[range, ...]
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Indexable:
    """A document with all that an index keeps of it or finds it by.

    `fields` has the terms of each passage for the lexical index, by the names in FIELDS; `words`
    all words of the document in order, for phrases. Row i of `passage_vectors` belongs to passage
    i; `sentence_vectors` has a row for each sentence of the passages in order. `source` reads the
    words of the document's file, as quotes are checked against them.
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
    Each method may raise IndexDamaged, IndexUnusable for a database that can't be reached.
    """

    @property
    def manifest(self) -> Manifest:
        """What the generation was built from and by."""
        ...

    @property
    def generation(self) -> str:
        """The name of this generation."""
        ...

    def close(self) -> None:
        """Let the generation go, so that it may be removed."""
        ...

    def check(self, *, thorough: bool = False) -> None:
        """Raise IndexDamaged when the generation is no longer what was written.

        Quick enough for each question; `thorough` reads all of it.
        """
        ...

    # What is searched. Filters hold labels and ids exactly as they are in the index.

    def search_words(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        filters: Filters = Filters(),
    ) -> dict[int, float]:
        """Give the BM25 score of the best `top` passages that hold any of the terms.

        The score is the sum over FIELDS and distinct terms, each field times its boost. Only
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
        """Give the inner product of the best `top` passages with one question vector.

        Where not all are compared, those in `also` are: what the words found must not look far
        from the question because its neighbourhood was not searched. They pass the filters.
        """
        ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Give, for each distinct term, the number of passages that hold it in their own field."""
        ...

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give at most `top` documents that hold every phrase, word after word."""
        ...

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give the `top` documents that hold most of the phrases, the rarest counting most."""
        ...

    # What is shown.

    @property
    def metadata(self) -> Mapping[str, Metadata]:
        """What is known of each document, by id, in order of the corpus."""
        ...

    def documents_of(self, reference: DocumentConstraints) -> list[str]:
        """Give the documents that a reference means, in order of the corpus."""
        ...

    def listed(self) -> tuple[ListedDocument, ...]:
        """List the documents, in order of the corpus."""
        ...

    def path_of(self, identifier: str) -> str:
        """Give the file of a document, relative to the corpus; nothing when it is not there."""
        ...

    def document(self, identifier: str) -> Document | None:
        """Give a document whole, or None when there is none of that id."""
        ...

    def source(self, identifier: str) -> str | None:
        """Give the words of a document's file as they were when it was indexed.

        None where the index does not keep them: then the file itself is at hand.
        """
        ...

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Give passages by id, with their words and sentences."""
        ...

    def passages_of(self, document: str) -> list[Passage]:
        """Give all passages of a document, in order."""
        ...

    def documents_of_passages(self) -> list[str]:
        """Give the document of each passage, in order of the passages' ids."""
        ...

    def theme_labels(self) -> tuple[str, ...]:
        """List the theme labels of the passages, in order of the documents."""
        ...

    def document_theme_labels(self) -> tuple[str, ...]:
        """List the official themes of the documents, by name."""
        ...

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Count the labelled sentences by document, theme, holder and stance."""
        ...

    # Vectors, and what a later build takes over.

    def passage_rows(self, first: int, count: int) -> Vectors:
        """Give the vectors of `count` passages from `first`, shape (count, dimensions)."""
        ...

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, Vectors]:
        """Give the vectors of each passage's sentences, shape (sentences, dimensions)."""
        ...

    def nearest_sentences(self, question: Vectors, ids: Iterable[int]) -> dict[int, float]:
        """Give, for each passage, the largest cosine of one of its sentences with a question.

        A passage without sentences is left out.
        """
        ...

    def stored(self, identifier: str) -> StoredDocument | None:
        """Give a document with all that is kept of it; None when there is none of that id."""
        ...


class Writer(Protocol):
    """Takes the documents of a new generation, in order of the corpus."""

    def add(self, document: Indexable) -> None:
        """Write one document; its passages get the numbers after those of the one before."""
        ...

    def finish(self, manifest: Manifest, progress: Callable[[str, int, int], None]) -> Manifest:
        """Write what needs all documents, and the manifest; give it with counts and files.

        `progress` is called with what is being done in Dutch, how much is done and of how much.
        """
        ...


class Store(Protocol):
    """A place that holds generations of one index, and says so in messages as `str` gives it.

    `beside_corpus` tells whether the corpus is at hand wherever the index is, so that one can be
    held against the other: a folder's is, a database's need not be.
    """

    beside_corpus: bool

    def current(self) -> str:
        """Give the name of the generation in use, or an empty text where there is none."""
        ...

    def open(self) -> Index:
        """Open the generation in use.

        Raises IndexMissing, IndexDamaged, IndexOutdated for another version's, IndexUnusable.
        """
        ...

    def manifest(self) -> Manifest:
        """Read the manifest of the generation in use alone; raises as `open` does."""
        ...

    def is_building(self) -> bool:
        """Tell whether a build is at work here."""
        ...

    def build_lock(self, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Let one build at a time be at work; `waiting` is called when this one waits.

        Raises IndexUnusable when the place can't be written.
        """
        ...

    def new_generation(self, dimensions: int) -> AbstractContextManager[Writer]:
        """Give a writer for a new generation, and switch to it when the block ends well.

        The caller holds the build lock, and calls `finish` within the block. When the block
        raises, nothing of it is left and the generation in use stays. Raises IndexUnusable.
        """
        ...
