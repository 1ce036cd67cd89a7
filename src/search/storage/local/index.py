"""Reads an index in a folder: SQLite, FAISS, tantivy and rows of vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from search.errors import IndexDamaged
from search.records import (
    Document,
    DocumentConstraints,
    Filters,
    Holder,
    Metadata,
    Passage,
    Stance,
    StanceCount,
)
from search.storage.catalogue import Catalogue
from search.storage.interface import ListedDocument, StoredDocument, Vectors
from search.storage.local.facets import Facets
from search.storage.local.filters import constraint_query, filter_mask
from search.storage.local.generations import ReadLock
from search.storage.local.lexical import LexicalIndex
from search.storage.local.phrases import PhraseIndex
from search.storage.local.rowfiles import RowFile
from search.storage.local.vectors import VectorIndex
from search.storage.local.writing import FACETS, LEXICAL, PHRASES, ROWS, SENTENCES, TEXTS, VECTORS
from search.storage.manifest import Manifest, Watch, read_manifest
from search.storage.rows import (
    document_from_row,
    listed_from_row,
    metadata_from_json,
    passages_from_rows,
    themes_from_json,
)

__all__ = ["LocalIndex"]

_FILTERS_CACHED = 8
_LISTED = "id, path, metadata, themes, words, passages"


class LocalIndex:
    """An open generation. Safe to use from several threads; close it when done."""

    def __init__(self, folder: Path) -> None:
        """Open the generation in `folder`.

        Raises IndexDamaged when a file is missing or changed, IndexOutdated when another version
        of Kamerwijzer wrote it.
        """
        self.folder = folder
        self._lock = ReadLock(folder)
        try:
            self._open(folder)
        except BaseException:
            self._lock.close()
            raise

    def _open(self, folder: Path) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self.manifest.check_files(folder)
        try:
            self._texts = sqlite3.connect(
                f"{(folder / TEXTS).resolve().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
            self._texts.row_factory = sqlite3.Row
            self._facets = Facets(folder / FACETS)
            self.vectors = VectorIndex(folder / VECTORS, folder / ROWS)
            self.sentence_vectors = RowFile(folder / SENTENCES)
            self.lexical = LexicalIndex(folder / LEXICAL)
            self.phrases = PhraseIndex(folder / PHRASES)
            self._check_counts()
        except (OSError, ValueError, KeyError, RuntimeError, sqlite3.Error) as error:
            raise IndexDamaged(
                f"De index in {folder} kan niet worden geopend ({error}). "
                "Bouw hem opnieuw met: kamerwijzer index"
            ) from error
        self._watch = Watch(self.manifest, folder)
        self.filter_mask = lru_cache(maxsize=_FILTERS_CACHED)(
            partial(filter_mask, self._facets, self._rows)
        )

    def _check_counts(self) -> None:
        """Raise ValueError unless each part has the numbers of the manifest."""
        manifest, facets = self.manifest, self._facets
        found = (
            self.vectors.passages,
            self.lexical.passages,
            len(facets.documents),
            len(self.sentence_vectors),
            int(facets.first_sentences[-1]),
            self.phrases.documents,
        )
        wanted = (*[manifest.passages] * 3, *[manifest.sentences] * 2, manifest.documents)
        if found != wanted:
            raise ValueError(f"aantallen {found}, verwacht {wanted}")

    @property
    def generation(self) -> str:
        """The name of this generation."""
        return self.folder.name

    def close(self) -> None:
        """Close the open files, so that the generation may be removed."""
        self._texts.close()
        self._lock.close()

    def check(self, *, thorough: bool = False) -> None:
        """Raise IndexDamaged when a file of the generation is no longer what was written.

        Many files are memory-mapped: reading beyond the end of one that was cut off would end the
        process. `thorough` reads all files; on opening, only samples of large ones are read.
        """
        if thorough:
            self.manifest.check_files(self.folder, thorough=True)
        self._watch.check()

    def search_words(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        filters: Filters = Filters(),
    ) -> dict[int, float]:
        """Return the BM25 scores of the best `top` passages that hold any of the terms."""
        return self.lexical.search(terms, boosts, top, self.filter_mask(filters))

    def search_vectors(
        self,
        question: Vectors,
        top: int,
        filters: Filters = Filters(),
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Return the inner products of the best `top` passages with one question vector.

        Where not all are compared, those in `also` are; they must pass the filters.
        """
        return self.vectors.search(question, top, self.filter_mask(filters), also)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return, for each distinct term, how many passages hold it in their own field."""
        return {term: self.lexical.document_frequency(term) for term in terms}

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return at most `top` documents that hold every phrase, word for word."""
        return [self._ids[i] for i in self.phrases.with_all(phrases, top)]

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return the `top` documents that hold most of the phrases; rare ones count for more."""
        return [self._ids[i] for i in self.phrases.with_most(phrases, top)]

    @cached_property
    def _ids(self) -> list[str]:
        return [row["id"] for row in self._rows("SELECT id FROM documents ORDER BY position")]

    def listed(self) -> tuple[ListedDocument, ...]:
        """Return all documents, in order of the corpus."""
        return tuple(self._listed.values())

    @cached_property
    def _listed(self) -> dict[str, ListedDocument]:
        rows = self._rows(f"SELECT {_LISTED} FROM documents ORDER BY position")
        return {row["id"]: listed_from_row(row) for row in rows}

    @cached_property
    def metadata(self) -> Mapping[str, Metadata]:
        """The metadata of each document, by id, in order of the corpus."""
        return Catalogue(
            self.manifest.documents,
            self._metadata_of,
            lambda: {name: each.metadata for name, each in self._listed.items()},
        )

    def documents_of(self, constraints: DocumentConstraints) -> list[str]:
        """Return the ids of the documents that meet constraints, in order of the corpus."""
        query, values = constraint_query(constraints)
        return [row["id"] for row in self._rows(query, **values)]

    def _metadata_of(self, identifier: str) -> Metadata | None:
        rows = self._rows("SELECT metadata FROM documents WHERE id = ?", identifier)
        return metadata_from_json(rows[0]["metadata"]) if rows else None

    def path_of(self, identifier: str) -> str:
        """Return the file of a document, relative to the corpus; empty for an unknown id."""
        rows = self._rows("SELECT path FROM documents WHERE id = ?", identifier)
        return rows[0]["path"] if rows else ""

    def document(self, identifier: str) -> Document | None:
        """Return a whole document; None for an unknown id."""
        rows = self._rows("SELECT * FROM documents WHERE id = ?", identifier)
        return document_from_row(rows[0]) if rows else None

    def stored(self, identifier: str) -> StoredDocument | None:
        """Return a document with all that is kept of it; None for an unknown id."""
        documents = self._rows("SELECT * FROM documents WHERE id = ?", identifier)
        if not documents:
            return None
        rows = self._rows(
            "SELECT p.run_start, p.run_end, t.terms FROM passages p "
            "JOIN terms t ON t.passage = p.id WHERE p.document = ? ORDER BY p.id",
            identifier,
        )
        return StoredDocument(
            document_from_row(documents[0]),
            themes_from_json(documents[0]["themes"]),
            tuple(self.passages_of(identifier)),
            tuple(range(row["run_start"], row["run_end"]) for row in rows),
            tuple(tuple(row["terms"].split()) for row in rows),
        )

    def source(self, identifier: str) -> str | None:  # noqa: ARG002 - the file itself is used
        """Return None: quotes are checked against the file itself."""
        return None

    def theme_labels(self) -> tuple[str, ...]:
        """Return the theme labels of the passages, in order of the documents."""
        return self._facets.theme_labels

    def document_theme_labels(self) -> tuple[str, ...]:
        """Return the official themes of the documents, sorted."""
        rows = self._rows("SELECT DISTINCT theme FROM document_themes ORDER BY theme")
        return tuple(row["theme"] for row in rows)

    def passages_of(self, document: str) -> list[Passage]:
        """Return all passages of a document, in order."""
        rows = self._rows("SELECT id FROM passages WHERE document = ? ORDER BY id", document)
        found = self.passages([row["id"] for row in rows])
        return [found[row["id"]] for row in rows]

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Return the number of labelled sentences by document, theme, holder and stance."""
        return tuple(
            StanceCount(self._ids[document], theme, Holder(holder), Stance(stance), number)
            for document, theme, holder, stance, number in self._facets.label_counts()
        )

    def documents_of_passages(self) -> list[str]:
        """Return the document of each passage, in order of the passages' ids."""
        return [self._ids[position] for position in self._facets.documents]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id, with their text and sentences; unknown ids are left out."""
        chosen = ",".join(str(int(i)) for i in ids)
        rows = self._rows(
            "SELECT p.*, substr(d.text, p.start + 1, p.end - p.start) AS text FROM passages p "
            f"JOIN documents d ON d.id = p.document WHERE p.id IN ({chosen})"
        )
        sentences = self._rows(f"SELECT * FROM sentences WHERE passage IN ({chosen}) ORDER BY id")
        return {passage.id: passage for passage in passages_from_rows(rows, sentences)}

    def passage_rows(self, first: int, count: int) -> Vectors:
        """Return the vectors of `count` passages from `first`, shape (count, dimensions)."""
        return self.vectors.rows(first, count)

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, Vectors]:
        """Return the vectors of each passage's sentences, shape (sentences, dimensions)."""
        firsts = self._facets.first_sentences
        return {
            p.id: self.sentence_vectors.rows(int(firsts[p.id]), len(p.sentences)) for p in passages
        }

    def nearest_sentences(self, question: Vectors, ids: Iterable[int]) -> dict[int, float]:
        """Return, for each passage, the largest cosine of one of its sentences with a question."""
        nearest = {}
        firsts = self._facets.first_sentences
        for i in ids:
            first, end = int(firsts[i]), int(firsts[i + 1])
            if first < end:
                cosines = self.sentence_vectors.rows(first, end - first) @ question
                nearest[i] = float(cosines.max())
        return nearest

    def _rows(self, query: str, *values: str, **named: str) -> list[dict[str, Any]]:
        try:
            return [dict(row) for row in self._texts.execute(query, named or values)]
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"De index in {self.folder} is beschadigd ({error}). "
                "Bouw hem opnieuw met: kamerwijzer index"
            ) from error
