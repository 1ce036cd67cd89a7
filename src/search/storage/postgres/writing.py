"""Writes a generation into the database, document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from typing import Any

from psycopg import sql

from search.errors import ReadingError
from search.progress import Progress
from search.records import Passage
from search.storage.interface import FIELDS, Indexable
from search.storage.manifest import Manifest
from search.storage.postgres.connecting import Database
from search.storage.postgres.generations import sql_statements
from search.storage.postgres.phrases import windows
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.postings import PostingWriter
from search.storage.postgres.texts import storable
from search.storage.postgres.vectors import pack_rows
from search.storage.rows import document_row, passage_row, sentence_row

__all__ = ["PostgresWriter"]

Row = tuple[Any, ...]

_BUFFER_SIZE = 16_000_000
"""Characters, roughly, that are collected before they are sent."""
_FINISHING = "Database ordenen"
_POLL_SECONDS = 0.5
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
    "vectors": ("int4", "bytea"),
    "windows": ("int4", "bytea"),
    "postings": ("int4", "int4", "bytea", "bytea"),
    "sentences": (*["int4"] * 4, *["text"] * 3, "float8", "text", "text", "bytea"),
}
"""Tables that are copied in binary form; vectors and tsvectors are encoded here, as bytes."""


class PostgresWriter:
    """Writes a generation into its empty tables."""

    def __init__(
        self, connection: Database, name: str, connect: Callable[[], Database], plan: GraphPlan
    ) -> None:
        """Write generation `name`, whose schema comes first in the connection's search path.

        `connect` opens another connection, for queries while this one is busy.
        """
        self._connection = connection
        self._name = name
        self._connect = connect
        self._plan = plan
        self._rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
        self._size = 0
        self._documents = self._passages = self._sentences = 0
        self._postings = PostingWriter(FIELDS)
        self._manifest: Manifest | None = None

    def manifest(self) -> Manifest:
        """Return the finished manifest."""
        if self._manifest is None:
            raise RuntimeError("the writer must be finished within its block")
        return self._manifest

    def add(self, document: Indexable) -> None:
        """Write one document; its passages are numbered on from those before."""
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
        packed = pack_rows(document.passage_vectors)
        rows["vectors"] += [(p.id, v) for p, v in zip(numbered, packed, strict=True)]
        self._add_sentences(numbered, pack_rows(document.sentence_vectors))
        rows["windows"] += [(self._documents, window) for window in windows(document.words)]
        self._documents += 1
        self._passages += len(numbered)
        self._size += 3 * len(stored.document.text) + 3_000 * len(numbered)
        for fields in document.fields:
            self._postings.add(fields)
            if self._postings.is_full:
                self._copy("postings", self._postings.take())
        if self._size >= _BUFFER_SIZE:
            self._flush()

    def _add_sentences(self, passages: Sequence[Passage], vectors: Sequence[bytes]) -> None:
        rows = [sentence_row(p.id, sentence) for p in passages for sentence in p.sentences]
        self._rows["sentences"] += [
            (self._sentences + i, *row, vector)
            for i, (row, vector) in enumerate(zip(rows, vectors, strict=True))
        ]
        self._sentences += len(rows)

    def _flush(self) -> None:
        """Send the collected rows, and note that the build is alive."""
        for table, rows in self._rows.items():
            self._copy(table, rows)
            rows.clear()
        self._size = 0
        self._touch(self._connection)

    def _touch(self, connection: Database) -> None:
        connection.execute(
            "UPDATE kamerwijzer.generations SET touched = now() WHERE name = %s", [self._name]
        )

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
        """Write what needs all documents; return the manifest with its counts."""
        indexes = [
            partial(self._connection.execute, each) for each in sql_statements("indexes.sql")
        ]
        steps: list[Callable[[], object]] = [self._write_postings, *indexes, self._vacuum]
        for number, step in enumerate(steps):
            progress(_FINISHING, number, len(steps))
            step()
            self._touch(self._connection)
        progress(_FINISHING, len(steps), len(steps))
        self._manifest = replace(
            manifest,
            documents=self._documents,
            passages=self._passages,
            sentences=self._sentences,
            vectors=self._index_vectors(progress),
        )
        return self._manifest

    def _write_postings(self) -> None:
        self._flush()
        self._copy("postings", self._postings.take())
        self._copy("terms", self._postings.terms())
        self._copy("fields", list(self._postings.totals.items()))

    def _vacuum(self) -> None:
        """Collect statistics for the planner; freeze rows, so that readers skip commit checks."""
        for table in (*_TABLES, "postings", "terms", "fields"):
            query = sql.SQL("VACUUM (FREEZE, ANALYZE) {}").format(sql.Identifier(table))
            self._connection.execute(query)

    def _index_vectors(self, progress: Progress) -> str:
        """Create the graph of the vectors if they are many; return in Dutch what was chosen."""
        plan = self._plan
        if self._passages <= plan.exact_up_to:
            return "vlak: elke vector wordt vergeleken"
        self._connection.execute(f"SET maintenance_work_mem = '{int(plan.memory_mb)}MB'")
        statement = (
            "CREATE INDEX vectors_by_nearness ON vectors USING hnsw (vector halfvec_ip_ops) "
            f"WITH (m = {int(plan.links)}, ef_construction = {int(plan.looked_at_in_building)})"
        )
        self._execute_with_progress(statement, progress)
        return f"HNSW met {plan.links} buren per vector, halve precisie"

    def _execute_with_progress(self, statement: str, progress: Progress) -> None:
        """Create an index in a thread, while another connection asks for its progress."""
        with ThreadPoolExecutor(1, thread_name_prefix="vectoren") as pool, self._connect() as other:
            created = pool.submit(self._connection.execute, statement)
            try:
                while not created.done():
                    wait([created], _POLL_SECONDS)
                    self._show(other, progress)
            except BaseException:
                self._connection.cancel_safe()
                raise
            created.result()

    def _show(self, other: Database, progress: Progress) -> None:
        row = other.execute(
            "SELECT blocks_done AS done, blocks_total AS total FROM pg_stat_progress_create_index "
            "WHERE pid = %s",
            [self._connection.info.backend_pid],
        ).fetchone()
        if row and row["total"]:
            self._touch(other)
            progress("Vectoren ordenen", row["done"], row["total"])


def _source_of(document: Indexable) -> str | None:
    """Return the words of a document's file; None when it was removed after it was read."""
    try:
        return document.source()
    except (ReadingError, OSError):
        return None
