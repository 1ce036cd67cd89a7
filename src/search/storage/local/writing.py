"""Writes the files of an index, document by document."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from search.files import checksum
from search.progress import Progress
from search.storage.interface import Indexable, StoredDocument
from search.storage.local.facets import FacetWriter
from search.storage.local.lexical import LexicalWriter
from search.storage.local.phrases import PhraseWriter
from search.storage.local.rowfiles import RowFile, RowWriter
from search.storage.local.vectors import CLUSTER_PLAN, write_vectors
from search.storage.manifest import LARGE, Manifest, sample_checksum
from search.storage.rows import document_row, passage_row, sentence_row

__all__ = [
    "FACETS",
    "LEXICAL",
    "PHRASES",
    "ROWS",
    "SENTENCES",
    "TEXTS",
    "VECTORS",
    "LocalWriter",
]

TEXTS = "texts.sqlite"
FACETS = "facets.npz"
VECTORS = "passages.faiss"
ROWS = "passages.npy"
SENTENCES = "sentences.npy"
LEXICAL = "lexical"
PHRASES = "phrases"


class LocalWriter:
    """Writes a generation into an empty folder. Close it when done or given up."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Begin a generation with vectors of that length; raises OSError or sqlite3.Error."""
        self._folder = folder
        self._documents = 0
        self._facets = FacetWriter()
        with ExitStack() as opened:
            self._texts = opened.enter_context(closing(_new_database(folder / TEXTS)))
            self._passage_rows = opened.enter_context(RowWriter(folder / ROWS, dimensions))
            self._sentence_rows = opened.enter_context(RowWriter(folder / SENTENCES, dimensions))
            self._lexical = LexicalWriter(folder / LEXICAL)
            self._phrases = PhraseWriter(folder / PHRASES)
            self._open = opened.pop_all()

    def close(self) -> None:
        """Close the files, complete or not."""
        self._open.close()

    def add(self, document: Indexable) -> None:
        """Write one document; its passages are numbered on from those before."""
        numbered = _numbered(document.stored, self._facets.passages)
        _write_texts(self._texts, numbered, self._documents, self._facets.sentences)
        self._facets.add(self._documents, numbered.passages)
        for fields in document.fields:
            self._lexical.add(fields)
        self._phrases.add(document.words)
        self._passage_rows.add(document.passage_vectors)
        self._sentence_rows.add(document.sentence_vectors)
        self._documents += 1

    def finish(self, manifest: Manifest, progress: Progress) -> Manifest:
        """Write what needs all documents, then the manifest; return it with counts and files."""
        self._facets.write(self._folder / FACETS)
        self._texts.commit()
        self._lexical.close()
        self._phrases.close()
        self.close()
        rows = self._folder / ROWS
        opened = RowFile(rows)
        chosen = write_vectors(
            self._folder / VECTORS,
            opened,
            progress=lambda done, total: progress("Vectoren ordenen", done, total),
        )
        if CLUSTER_PLAN.compares_all(len(opened)):
            # The index holds the same numbers.
            rows.unlink()
        written = _files_of(self._folder)
        manifest = replace(
            manifest,
            documents=self._documents,
            passages=self._facets.passages,
            sentences=self._facets.sentences,
            vectors=chosen,
            files={name: checksum(path) for name, path in written.items()},
            samples={
                name: sample_checksum(path)
                for name, path in written.items()
                if path.stat().st_size > LARGE
            },
        )
        manifest.write(self._folder)
        return manifest


def _new_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    # The file is not read before it is complete.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript((files("search.storage.local") / "schema.sql").read_text("utf-8"))
    return connection


def _numbered(stored: StoredDocument, first: int) -> StoredDocument:
    """Return a document with its passages numbered from `first`."""
    passages = tuple(replace(p, id=first + i) for i, p in enumerate(stored.passages))
    return replace(stored, passages=passages)


def _write_texts(
    connection: sqlite3.Connection, stored: StoredDocument, position: int, first_sentence: int
) -> None:
    document = stored.document
    connection.execute(
        f"INSERT INTO documents VALUES ({','.join('?' * 12)})", document_row(stored, position)
    )
    connection.executemany(
        "INSERT INTO document_dossiers VALUES (?, ?)",
        [(document.id, dossier.number) for dossier in document.metadata.dossiers],
    )
    connection.executemany(
        "INSERT INTO document_themes VALUES (?, ?)",
        [(document.id, theme.label) for theme in stored.themes],
    )
    connection.executemany(
        f"INSERT INTO passages VALUES ({','.join('?' * 14)})",
        [
            (*passage_row(passage), run.start, run.stop)
            for passage, run in zip(stored.passages, stored.runs, strict=True)
        ],
    )
    connection.executemany(
        "INSERT INTO terms VALUES (?, ?)",
        [(p.id, " ".join(own)) for p, own in zip(stored.passages, stored.terms, strict=True)],
    )
    rows = [sentence_row(p.id, sentence) for p in stored.passages for sentence in p.sentences]
    connection.executemany(
        f"INSERT INTO sentences VALUES ({','.join('?' * 10)})",
        [(first_sentence + i, *row) for i, row in enumerate(rows)],
    )


def _files_of(folder: Path) -> dict[str, Path]:
    """Return the files of a new generation by name, without tantivy's lock files."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path
        for path in found
        if not path.name.endswith(".lock")
    }
