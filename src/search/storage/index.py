"""An index on disk: written once, then only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamaged
from search.records import (
    Document,
    Filters,
    Holder,
    Metadata,
    Passage,
    Sentence,
    Stance,
    StanceCount,
    Theme,
)
from search.storage.filters import filter_query
from search.storage.generations import Hold
from search.storage.lexical import LexicalIndex, write_lexical
from search.storage.manifest import Manifest, read_manifest
from search.storage.phrases import PhraseIndex, write_phrases
from search.storage.rows import (
    document_from_row,
    document_row,
    metadata_from_json,
    passage_from_row,
    passage_row,
    sentence_from_row,
    sentence_row,
    themes_from_json,
)
from search.storage.vectors import (
    SentenceVectors,
    VectorIndex,
    write_sentence_vectors,
    write_vectors,
)

__all__ = ["Index", "Listed", "StoredDocument", "write_index"]

_TEXTS = "texts.sqlite"
_VECTORS = "passages.faiss"
_SENTENCES = "sentences.npy"
_LEXICAL = "lexical"
_PHRASES = "phrases"


@dataclass(frozen=True, slots=True)
class Listed:
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


def write_index(
    folder: Path,
    documents: Sequence[StoredDocument],
    terms: Iterable[Mapping[str, Sequence[str]]],
    words: Iterable[Sequence[str]],
    passage_vectors: NDArray[np.float32],
    sentence_vectors: NDArray[np.float32],
) -> None:
    """Write all of a generation but its manifest into an empty folder.

    Passages are numbered 0, 1, 2, … through all documents; these are the rows of
    `passage_vectors`, and `terms` holds the analysed terms of each, by field. `words` holds all
    words of each document, in order. `sentence_vectors` has a row for each sentence, in order.
    """
    _write_texts(folder / _TEXTS, documents)
    write_lexical(folder / _LEXICAL, terms)
    write_phrases(folder / _PHRASES, words)
    write_vectors(folder / _VECTORS, passage_vectors)
    write_sentence_vectors(folder / _SENTENCES, sentence_vectors)


def _write_texts(path: Path, documents: Sequence[StoredDocument]) -> None:
    connection = sqlite3.connect(path)
    try:
        # Nobody reads the file before it is whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript((files("search.storage") / "schema.sql").read_text("utf-8"))
        number = 0
        for position, each in enumerate(documents):
            _write_document(connection, each, position, number)
            number += len(each.passages)
        connection.commit()
    finally:
        connection.close()


def _write_document(
    connection: sqlite3.Connection, stored: StoredDocument, position: int, first: int
) -> None:
    """Write one document; its passages are numbered from `first`."""
    document = stored.document
    connection.execute(
        f"INSERT INTO documents VALUES ({','.join('?' * 9)})",
        document_row(document, position, stored.themes),
    )
    connection.executemany(
        "INSERT INTO document_themes VALUES (?, ?)",
        [(document.id, theme.label) for theme in stored.themes],
    )
    numbered = [replace(p, id=first + i) for i, p in enumerate(stored.passages)]
    connection.executemany(
        f"INSERT INTO passages VALUES ({','.join('?' * 14)})",
        [
            (*passage_row(passage), run.start, run.stop)
            for passage, run in zip(numbered, stored.runs, strict=True)
        ],
    )
    connection.executemany(
        "INSERT INTO terms VALUES (?, ?)",
        [(p.id, " ".join(own)) for p, own in zip(numbered, stored.terms, strict=True)],
    )
    connection.executemany(
        "INSERT INTO sentences (passage, start, end, holder, holder_name, stance, "
        "probability, cues) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [sentence_row(passage.id, s) for passage in numbered for s in passage.sentences],
    )


class Index:
    """An open generation. Safe to use from several threads; close it when done."""

    def __init__(self, folder: Path) -> None:
        """Open the generation in `folder`.

        Raises IndexDamaged when a file is missing or changed, IndexOutdated when another version
        of Kamerwijzer wrote it.
        """
        self.folder = folder
        self._held = Hold(folder)
        try:
            self._open(folder)
        except BaseException:
            self._held.close()
            raise

    def _open(self, folder: Path) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self.manifest.check_files(folder)
        try:
            self._texts = sqlite3.connect(
                f"{(folder / _TEXTS).resolve().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
            self._texts.row_factory = sqlite3.Row
            self.vectors = VectorIndex(folder / _VECTORS)
            self.sentence_vectors = SentenceVectors(folder / _SENTENCES)
            self.lexical = LexicalIndex(folder / _LEXICAL)
            self.phrases = PhraseIndex(folder / _PHRASES)
            self._check_counts()
            self._first_sentences = self._read_first_sentences()
        except (OSError, ValueError, RuntimeError, sqlite3.Error) as error:
            raise IndexDamaged(
                f"De index in {folder} kan niet worden geopend ({error}). "
                "Bouw hem opnieuw met: kamerwijzer index"
            ) from error

    def _check_counts(self) -> None:
        """Raise ValueError unless each part holds as much as the manifest says."""
        manifest = self.manifest
        found = (
            self.vectors.passages,
            self.lexical.passages,
            self.sentence_vectors.sentences,
            self.phrases.documents,
        )
        wanted = (manifest.passages, manifest.passages, manifest.sentences, manifest.documents)
        if found != wanted:
            raise ValueError(f"aantallen {found}, verwacht {wanted}")

    @property
    def generation(self) -> str:
        """The name of this generation."""
        return self.folder.name

    def close(self) -> None:
        """Close the files that are open, so that the generation may be removed."""
        self._texts.close()
        self._held.close()

    def _read_first_sentences(self) -> NDArray[np.int64]:
        """Give the row of each passage's first sentence, and the number of sentences at the end."""
        counts = np.zeros(self.manifest.passages + 1, dtype=np.int64)
        for row in self._texts.execute("SELECT passage, count(*) FROM sentences GROUP BY passage"):
            counts[row[0] + 1] = row[1]
        return np.cumsum(counts)

    def listed(self) -> tuple[Listed, ...]:
        """List the documents, in order of the corpus."""
        return tuple(self._listed.values())

    @cached_property
    def metadata(self) -> Mapping[str, Metadata]:
        """What is known of each document, by id, in order of the corpus."""
        return {name: each.metadata for name, each in self._listed.items()}

    @cached_property
    def _listed(self) -> dict[str, Listed]:
        # Read once: a generation never changes, and every answer names documents.
        rows = self._rows(
            "SELECT id, path, metadata, themes, words, (SELECT count(*) FROM passages p "
            "WHERE p.document = d.id) AS passages FROM documents d ORDER BY position"
        )
        return {
            row["id"]: Listed(
                row["id"],
                row["path"],
                metadata_from_json(row["metadata"]),
                themes_from_json(row["themes"]),
                row["words"],
                row["passages"],
            )
            for row in rows
        }

    def path_of(self, identifier: str) -> str:
        """Give the file of a document, relative to the corpus; nothing when it is not there."""
        listed = self._listed.get(identifier)
        return listed.path if listed else ""

    def document(self, identifier: str) -> Document | None:
        """Give a document whole, or None when there is none of that id."""
        rows = self._rows("SELECT * FROM documents WHERE id = ?", identifier)
        return document_from_row(rows[0]) if rows else None

    def stored(self, identifier: str) -> StoredDocument | None:
        """Give a document with all that is kept of it; None when there is none of that id."""
        document = self.document(identifier)
        if document is None:
            return None
        rows = self._rows(
            "SELECT p.run_start, p.run_end, t.terms FROM passages p "
            "JOIN terms t ON t.passage = p.id WHERE p.document = ? ORDER BY p.id",
            identifier,
        )
        return StoredDocument(
            document,
            self._listed[identifier].themes,
            tuple(self.passages_of(identifier)),
            tuple(range(row["run_start"], row["run_end"]) for row in rows),
            tuple(tuple(row["terms"].split()) for row in rows),
        )

    def theme_labels(self) -> tuple[str, ...]:
        """List the theme labels of the passages, in order of the documents."""
        return self._theme_labels

    @cached_property
    def _theme_labels(self) -> tuple[str, ...]:
        rows = self._rows(
            "SELECT theme FROM passages WHERE theme <> '' GROUP BY theme ORDER BY min(id)"
        )
        return tuple(row["theme"] for row in rows)

    def document_theme_labels(self) -> tuple[str, ...]:
        """List the official themes of the documents, by name."""
        rows = self._rows("SELECT DISTINCT theme FROM document_themes ORDER BY theme")
        return tuple(row["theme"] for row in rows)

    def allowed(self, filters: Filters) -> list[int] | None:
        """Give the ids of the passages that pass the filters; None when there is no filter.

        A theme filter lets a passage through by its own theme or by one of its document's, a
        holder or stance filter by one of its sentences.
        """
        if not filters:
            return None
        query, values = filter_query(filters)
        rows = self._rows(query, *values)
        return [row["id"] for row in rows]

    def passages_of(self, document: str) -> list[Passage]:
        """Give all passages of a document, in order."""
        rows = self._rows("SELECT id FROM passages WHERE document = ? ORDER BY id", document)
        found = self.passages([row["id"] for row in rows])
        return [found[row["id"]] for row in rows]

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Count the labelled sentences by document, theme, holder and stance."""
        rows = self._rows(
            "SELECT p.document, p.theme, s.holder, s.stance, count(*) AS number FROM sentences s "
            "JOIN passages p ON p.id = s.passage WHERE s.holder IS NOT NULL "
            "GROUP BY p.document, p.theme, s.holder, s.stance ORDER BY min(s.id)"
        )
        return tuple(
            StanceCount(
                row["document"],
                row["theme"],
                Holder(row["holder"]),
                Stance(row["stance"]),
                row["number"],
            )
            for row in rows
        )

    def documents_of_passages(self) -> list[str]:
        """Give the document of each passage, in order of the passages' ids."""
        return [row["document"] for row in self._rows("SELECT document FROM passages ORDER BY id")]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Give passages by id, with their words and sentences."""
        chosen = ",".join(str(int(i)) for i in ids)
        rows = self._rows(
            "SELECT p.*, substr(d.text, p.start + 1, p.end - p.start) AS text FROM passages p "
            f"JOIN documents d ON d.id = p.document WHERE p.id IN ({chosen})"
        )
        sentences: dict[int, list[Sentence]] = {}
        for row in self._rows(f"SELECT * FROM sentences WHERE passage IN ({chosen}) ORDER BY id"):
            sentences.setdefault(row["passage"], []).append(sentence_from_row(row))
        return {
            row["id"]: passage_from_row(row, row["text"], sentences.get(row["id"], []))
            for row in rows
        }

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, NDArray[np.float32]]:
        """Give the vectors of each passage's sentences, shape (sentences, dimensions)."""
        return {
            p.id: self.sentence_vectors.rows(self._first_sentences[p.id], len(p.sentences))
            for p in passages
        }

    def nearest_sentences(
        self, question: NDArray[np.float32], ids: Iterable[int]
    ) -> dict[int, float]:
        """Give, for each passage, the largest cosine of one of its sentences with a question."""
        nearest = {}
        for i in ids:
            first, end = self._first_sentences[i], self._first_sentences[i + 1]
            if first < end:
                nearest[i] = float(
                    (self.sentence_vectors.rows(first, end - first) @ question).max()
                )
        return nearest

    def _rows(self, query: str, *values: str | int) -> list[dict[str, Any]]:
        try:
            return [dict(row) for row in self._texts.execute(query, values)]
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"De index in {self.folder} is beschadigd ({error}). "
                "Bouw hem opnieuw met: kamerwijzer index"
            ) from error
