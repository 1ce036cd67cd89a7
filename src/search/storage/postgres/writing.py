"""Writes a generation into the database, document by document."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, LiteralString

from psycopg import sql

from search.errors import ReadingError
from search.records import Passage
from search.storage.interface import FIELDS, Indexable
from search.storage.manifest import Manifest
from search.storage.postgres.connecting import Database
from search.storage.postgres.generations import statements
from search.storage.postgres.nearest import packed_rows
from search.storage.postgres.phrases import windows
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.texts import storable
from search.storage.postgres.words import PostingWriter
from search.storage.rows import document_row, passage_row, sentence_row

__all__ = ["PostgresWriter"]

Progress = Callable[[str, int, int], None]
Row = tuple[Any, ...]

_TOGETHER = 16_000_000
"""Characters that are gathered before they are sent."""
_ORDERING = "Database ordenen"
_PAUSE = 0.5
_TABLES = (
    "documents",
    "document_themes",
    "document_dossiers",
    "passages",
    "vectors",
    "sentences",
    "windows",
)
_BINARY = {
    # The types' binary forms are made here, and sent as the bytes that they are.
    "vectors": ("int4", "bytea"),
    "windows": ("int4", "bytea"),
    "postings": ("int4", "int4", "bytea", "bytea"),
    "sentences": (
        "int4",
        "int4",
        "int4",
        "int4",
        "text",
        "text",
        "text",
        "float8",
        "text",
        "bytea",
    ),
}


class PostgresWriter:
    """Writes all of a generation into its empty tables."""

    def __init__(
        self, connection: Database, name: str, beside: Callable[[], Database], plan: GraphPlan
    ) -> None:
        """Write generation `name`, whose schema is where the connection makes its tables.

        `beside` gives another connection, to ask through while this one is at work.
        """
        self._connection = connection
        self._name = name
        self._beside = beside
        self._plan = plan
        self._rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
        self._size = 0
        self._documents = self._passages = self._sentences = 0
        self._words = PostingWriter(FIELDS)
        self._manifest: Manifest | None = None

    def manifest(self) -> Manifest:
        """Give the manifest that was finished with."""
        if self._manifest is None:
            raise RuntimeError("the writer must be finished within its block")
        return self._manifest

    def add(self, document: Indexable) -> None:
        """Write one document; its passages get the numbers after those of the one before."""
        stored, first = document.stored, self._passages
        numbered = [replace(p, id=first + i) for i, p in enumerate(stored.passages)]
        rows, name = self._rows, stored.document.id
        row = document_row(stored, self._documents)
        rows["documents"].append((*row, first, _source_of(document)))
        rows["document_themes"] += [(name, theme.label) for theme in stored.themes]
        dossiers = stored.document.metadata.dossiers
        rows["document_dossiers"] += [(name, dossier.number) for dossier in dossiers]
        rows["passages"] += [
            (
                each.id,
                self._documents,
                *passage_row(each)[2:],
                run.start,
                run.stop,
                each.text,
                " ".join(terms),
            )
            for each, run, terms in zip(numbered, stored.runs, stored.terms, strict=True)
        ]
        packed = packed_rows(document.passage_vectors)
        rows["vectors"] += [(p.id, v) for p, v in zip(numbered, packed, strict=True)]
        self._add_sentences(numbered, packed_rows(document.sentence_vectors))
        rows["windows"] += [(self._documents, window) for window in windows(document.words)]
        self._documents += 1
        self._passages += len(numbered)
        self._size += 3 * len(stored.document.text) + 3_000 * len(numbered)
        for fields in document.fields:
            self._words.add(fields)
            if self._words.is_full:
                self._copy("postings", self._words.take())
        if self._size >= _TOGETHER:
            self._flush()

    def _add_sentences(self, passages: Sequence[Passage], vectors: Sequence[bytes]) -> None:
        spoken = [sentence_row(p.id, sentence) for p in passages for sentence in p.sentences]
        self._rows["sentences"] += [
            (self._sentences + i, *row, vector)
            for i, (row, vector) in enumerate(zip(spoken, vectors, strict=True))
        ]
        self._sentences += len(spoken)

    def _flush(self) -> None:
        """Send what was gathered, and tell that the build lives."""
        for table, rows in self._rows.items():
            self._copy(table, rows)
            rows.clear()
        self._size = 0
        self._tell()

    def _tell(self) -> None:
        self._connection.execute(*self._touch())

    def _touch(self) -> tuple[LiteralString, list[str]]:
        return "UPDATE kamerwijzer.generations SET touched = now() WHERE name = %s", [self._name]

    def _copy(self, table: str, rows: Iterator[Row] | list[Row]) -> None:
        binary = _BINARY.get(table)
        form = sql.SQL("(FORMAT binary)" if binary else "")
        query = sql.SQL("COPY {} FROM STDIN {}").format(sql.Identifier(table), form)
        with self._connection.cursor() as cursor, cursor.copy(query) as copy:
            if binary:
                copy.set_types(binary)
            for row in rows:
                copy.write_row([storable(value) for value in row])

    def finish(self, manifest: Manifest, progress: Progress) -> Manifest:
        """Write what needs all documents; give the manifest with its counts."""
        steps = [self._write_words, *map(self._made, statements("indexes.sql")), self._tidied]
        for number, step in enumerate(steps):
            progress(_ORDERING, number, len(steps))
            step()
            self._tell()
        progress(_ORDERING, len(steps), len(steps))
        self._manifest = replace(
            manifest,
            documents=self._documents,
            passages=self._passages,
            sentences=self._sentences,
            vectors=self._index_vectors(progress),
        )
        return self._manifest

    def _write_words(self) -> None:
        self._flush()
        self._copy("postings", self._words.take())
        self._copy("terms", self._words.terms())
        self._copy("fields", list(self._words.totals.items()))

    def _made(self, statement: str) -> Callable[[], None]:
        def run() -> None:
            self._connection.execute(statement)

        return run

    def _tidied(self) -> None:
        """Have the planner know the tables, and whoever reads not look what is committed."""
        for table in (*_TABLES, "postings", "terms", "fields"):
            query = sql.SQL("VACUUM (FREEZE, ANALYZE) {}").format(sql.Identifier(table))
            self._connection.execute(query)

    def _index_vectors(self, progress: Progress) -> str:
        """Make the graph of the vectors where they are many; say in Dutch how they are compared."""
        plan = self._plan
        if self._passages <= plan.exact_up_to:
            return "vlak: elke vector wordt vergeleken"
        self._connection.execute(f"SET maintenance_work_mem = '{int(plan.memory_mb)}MB'")
        statement = (
            "CREATE INDEX vectors_by_nearness ON vectors USING hnsw (vector halfvec_ip_ops) "
            f"WITH (m = {int(plan.links)}, ef_construction = {int(plan.looked_at_in_building)})"
        )
        self._watched(statement, progress)
        return f"HNSW met {plan.links} buren per vector, halve precisie"

    def _watched(self, statement: str, progress: Progress) -> None:
        """Make an index in a thread, while its progress is asked for through another connection."""
        failed: list[BaseException] = []

        def make() -> None:
            try:
                self._connection.execute(statement)
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=make, name="vectoren")
        with self._beside() as other:
            thread.start()
            try:
                while thread.is_alive():
                    thread.join(_PAUSE)
                    self._show(other, progress)
            except BaseException:
                self._connection.cancel_safe()
                raise
            finally:
                thread.join()
        if failed:
            raise failed[0]

    def _show(self, other: Database, progress: Progress) -> None:
        row = other.execute(
            "SELECT blocks_done AS done, blocks_total AS total FROM pg_stat_progress_create_index "
            "WHERE pid = %s",
            [self._connection.info.backend_pid],
        ).fetchone()
        if row and row["total"]:
            other.execute(*self._touch())
            progress("Vectoren ordenen", row["done"], row["total"])


def _source_of(document: Indexable) -> str | None:
    """Give the words of a document's file; None when it is gone since it was read."""
    try:
        return document.source()
    except (ReadingError, OSError):
        return None
