"""Reads a generation in a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any

from psycopg import sql

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
from search.storage.manifest import Manifest
from search.storage.postgres.connecting import Address, Database
from search.storage.postgres.filters import documents_meeting, filter_mask
from search.storage.postgres.generations import Generation, lock_for_reading
from search.storage.postgres.lexical import LexicalSearch
from search.storage.postgres.phrases import PhraseSearch
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.reading import GenerationReader, Query, Rows
from search.storage.postgres.vectors import (
    VectorSearch,
    distance_expression,
    unpack_rows,
    vector_literal,
)
from search.storage.rows import (
    document_from_row,
    listed_from_row,
    metadata_from_json,
    passages_from_rows,
    themes_from_json,
)

__all__ = ["PostgresIndex"]

_FILTERS_CACHED = 16
_LISTED = "id, path, metadata, themes, words, passages"
_WHOLE = "id, path, text, metadata, structure, themes"
_PASSAGE = (
    'SELECT p.id, d.id AS document, p.kind, p.start, p.stop AS "end", p.section, p.theme, '
    "p.theme_origin, p.theme_uri, p.lead, p.anchor, p.page, p.run_start, p.run_end, p.text{0}, "
    "d.metadata FROM passages p JOIN documents d ON d.position = p.document WHERE {1} "
    "ORDER BY p.id"
)
_SENTENCES = (
    'SELECT passage, start, stop AS "end", holder, holder_name, stance, probability, cues, doubt '
    "FROM sentences WHERE {0} ORDER BY id"
)
_IN_DOCUMENT = (
    "{0} BETWEEN (SELECT first FROM documents WHERE id = %(id)s) AND "
    "(SELECT first + passages - 1 FROM documents WHERE id = %(id)s)"
)


class PostgresIndex:
    """An open generation. Safe to use from several threads; close it when done."""

    def __init__(self, address: Address, generation: Generation, plan: GraphPlan) -> None:
        """Open a generation and lock it for reading.

        Raises IndexDamaged when it is not what was written or was removed, IndexUnusable when the
        database can't be reached.
        """
        self._address = address
        self._generation = generation
        self._plan = plan
        self._reader = GenerationReader(address, self._prepare, plan.seconds)
        try:
            self._check_counts()
            self._open()
        except BaseException:
            self._reader.close()
            raise

    def _prepare(self, connection: Database) -> None:
        """Configure a connection to read this generation, and lock that."""
        settings = {
            # No other schema, so that no other table is read when this generation is gone.
            "search_path": sql.Identifier(self.generation).as_string(None),
            "statement_timeout": str(int(self._plan.seconds * 1000)),
            "default_transaction_read_only": "on",
            # A generic plan, made without the values, would not use the graph of the vectors.
            "plan_cache_mode": "force_custom_plan",
            "hnsw.ef_search": str(int(self._plan.looked_at)),
            "hnsw.iterative_scan": "relaxed_order",
            "hnsw.max_scan_tuples": str(int(4 * self._plan.most_looked_at)),
        }
        calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        values = [part for pair in settings.items() for part in pair]
        connection.execute(f"SELECT {calls}", values)
        lock_for_reading(connection, self._generation)

    def _open(self) -> None:
        manifest, reader = self.manifest, self._reader
        self._filter_mask = lru_cache(maxsize=_FILTERS_CACHED)(
            partial(filter_mask, reader, manifest.passages)
        )
        self._lexical = LexicalSearch(reader, manifest.passages)
        self._phrases = PhraseSearch(reader, manifest.documents)
        self._distance = distance_expression(self._generation.extension)
        self._vectors = VectorSearch(reader, self._plan, manifest.passages, self._distance)
        self._metadata: dict[str, Metadata] = {}

    def _check_counts(self) -> None:
        """Raise IndexDamaged unless the last rows of the tables have the manifest's numbers."""
        manifest = self.manifest
        row = self._reader.rows(
            "SELECT (SELECT max(position) FROM documents) AS documents, "
            "(SELECT max(id) FROM passages) AS passages, (SELECT max(id) FROM vectors) AS vectors, "
            "(SELECT max(id) FROM sentences) AS sentences"
        )[0]
        found = [-1 if value is None else value for value in row.values()]
        passages = manifest.passages
        wanted = [n - 1 for n in (manifest.documents, passages, passages, manifest.sentences)]
        if found != wanted:
            raise IndexDamaged(
                f"De index in {self._address} is beschadigd (aantallen {found}, verwacht {wanted})."
                f" Bouw hem opnieuw met: kamerwijzer index --to {self._address}"
            )

    @property
    def manifest(self) -> Manifest:
        """What the generation was built from, and with which model."""
        return self._generation.manifest

    @property
    def generation(self) -> str:
        """The name of this generation."""
        return self._generation.name

    def close(self) -> None:
        """Close the connections, so that the generation may be removed."""
        self._reader.close()

    def check(self, *, thorough: bool = False) -> None:
        """Raise IndexDamaged when the generation was removed or is not what was written.

        `thorough` counts the rows of all tables; the server's own checksums guard their content.
        """
        if not thorough:
            self._reader.rows("SELECT FROM fields LIMIT 1")
            return
        self._check_counts()
        row = self._reader.rows(
            "SELECT (SELECT count(*) FROM documents) AS documents, "
            "(SELECT count(*) FROM passages) AS passages, (SELECT count(*) FROM vectors) AS "
            "vectors, (SELECT count(*) FROM sentences) AS sentences"
        )[0]
        manifest = self.manifest
        wanted = [manifest.documents, *[manifest.passages] * 2, manifest.sentences]
        if list(row.values()) != wanted:
            raise IndexDamaged(
                f"De index in {self._address} is beschadigd (rijen {list(row.values())}, verwacht "
                f"{wanted}). Bouw hem opnieuw met: kamerwijzer index --to {self._address}"
            )

    # Search.

    def search_words(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        filters: Filters = Filters(),
    ) -> dict[int, float]:
        """Return the BM25 scores of the best `top` passages that hold any of the terms."""
        return self._lexical.search(terms, boosts, top, self._filter_mask(filters))

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
        return self._vectors.search(question, top, self._filter_mask(filters), also)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return, for each distinct term, how many passages hold it in their own field."""
        return self._lexical.frequencies(terms)

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return at most `top` documents that hold every phrase, word for word."""
        return self._phrases.holding_all(phrases, top)

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return the `top` documents that hold most of the phrases; rare ones count for more."""
        return self._phrases.holding_most(phrases, top)

    # Documents and passages.

    @cached_property
    def metadata(self) -> Mapping[str, Metadata]:
        """The metadata of each document, by id, in order of the corpus."""
        return Catalogue(
            self.manifest.documents,
            self._metadata_of,
            lambda: {each.id: each.metadata for each in self._listed},
        )

    def _metadata_of(self, identifier: str) -> Metadata | None:
        # Read with the passages that were asked for last.
        kept = self._metadata.pop(identifier, None)
        if kept is not None:
            return kept
        rows = self._rows("SELECT metadata FROM documents WHERE id = %s", identifier)
        return metadata_from_json(rows[0]["metadata"]) if rows else None

    def documents_of(self, constraints: DocumentConstraints) -> list[str]:
        """Return the ids of the documents that meet constraints, in order of the corpus."""
        return documents_meeting(self._reader, constraints)

    def listed(self) -> tuple[ListedDocument, ...]:
        """Return all documents, in order of the corpus."""
        return self._listed

    @cached_property
    def _listed(self) -> tuple[ListedDocument, ...]:
        rows = self._rows(f"SELECT {_LISTED} FROM documents ORDER BY position")
        return tuple(listed_from_row(row) for row in rows)

    def path_of(self, identifier: str) -> str:
        """Return the file of a document, relative to the corpus; empty for an unknown id."""
        rows = self._rows("SELECT path FROM documents WHERE id = %s", identifier)
        return str(rows[0]["path"]) if rows else ""

    def document(self, identifier: str) -> Document | None:
        """Return a whole document; None for an unknown id."""
        rows = self._rows(f"SELECT {_WHOLE} FROM documents WHERE id = %s", identifier)
        return document_from_row(rows[0]) if rows else None

    def source(self, identifier: str) -> str | None:
        """Return the words of a document's file as they were when it was indexed."""
        rows = self._rows("SELECT source FROM documents WHERE id = %s", identifier)
        return rows[0]["source"] if rows else None

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return passages by id, with their text and sentences; unknown ids are left out."""
        chosen = [int(i) for i in ids if 0 <= i < self.manifest.passages]
        if not chosen:
            return {}
        rows, sentences = self._reader.several(
            (_PASSAGE.format("", "p.id = ANY(%s)"), [chosen]),
            (_SENTENCES.format("passage = ANY(%s)"), [chosen]),
        )
        # The metadata of the documents of these passages are asked for next.
        self._metadata = {row["document"]: metadata_from_json(row["metadata"]) for row in rows}
        return {passage.id: passage for passage in passages_from_rows(rows, sentences)}

    def passages_of(self, document: str) -> list[Passage]:
        """Return all passages of a document, in order."""
        return list(passages_from_rows(*self._reader.several(*_queries_of(document))))

    def stored(self, identifier: str) -> StoredDocument | None:
        """Return a document with all that is kept of it; None for an unknown id."""
        whole = f"SELECT {_WHOLE} FROM documents WHERE id = %s"
        documents, rows, sentences = self._reader.several(
            (whole, [identifier]), *_queries_of(identifier)
        )
        if not documents:
            return None
        return StoredDocument(
            document_from_row(documents[0]),
            themes_from_json(documents[0]["themes"]),
            tuple(passages_from_rows(rows, sentences)),
            tuple(range(row["run_start"], row["run_end"]) for row in rows),
            tuple(tuple(row["terms"].split()) for row in rows),
        )

    def documents_of_passages(self) -> list[str]:
        """Return the document of each passage, in order of the passages' ids."""
        rows = self._rows("SELECT id, passages FROM documents ORDER BY position")
        return [row["id"] for row in rows for _ in range(row["passages"])]

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

    def stance_counts(self) -> tuple[StanceCount, ...]:
        """Return the number of labelled sentences by document, theme, holder and stance."""
        rows = self._rows(
            "SELECT d.id AS document, p.theme, s.holder, s.stance, count(*) AS number "
            "FROM sentences s JOIN passages p ON p.id = s.passage "
            "JOIN documents d ON d.position = p.document WHERE s.holder IS NOT NULL "
            "GROUP BY d.id, p.theme, s.holder, s.stance ORDER BY min(s.id)"
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

    # Vectors.

    def passage_rows(self, first: int, count: int) -> Vectors:
        """Return the vectors of `count` passages from `first`, shape (count, dimensions)."""
        rows = self._rows(
            "SELECT vector FROM vectors WHERE id >= %s AND id < %s ORDER BY id",
            first,
            first + count,
        )
        return unpack_rows((row["vector"] for row in rows), self.manifest.dimensions)

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, Vectors]:
        """Return the vectors of each passage's sentences, shape (sentences, dimensions)."""
        found: dict[int, list[bytes]] = {passage.id: [] for passage in passages}
        rows = self._rows(
            "SELECT passage, vector FROM sentences WHERE passage = ANY(%s) ORDER BY id",
            list(found),
        )
        for row in rows:
            found[row["passage"]].append(row["vector"])
        return {i: unpack_rows(packed, self.manifest.dimensions) for i, packed in found.items()}

    def nearest_sentences(self, question: Vectors, ids: Iterable[int]) -> dict[int, float]:
        """Return, for each passage, the largest cosine of one of its sentences with a question."""
        rows = self._reader.rows(
            f"SELECT passage, max(-({self._distance})) AS nearest FROM sentences "
            "WHERE passage = ANY(%(ids)s) GROUP BY passage",
            {"question": vector_literal(question), "ids": [int(i) for i in ids]},
        )
        return {row["passage"]: float(row["nearest"]) for row in rows}

    def _rows(self, query: str, *values: Any) -> Rows:
        return self._reader.rows(query, values)


def _queries_of(document: str) -> tuple[Query, Query]:
    """Return the queries for the passages of a document and for their sentences."""
    values = {"id": document}
    return (
        (_PASSAGE.format(", p.terms", _IN_DOCUMENT.format("p.id")), values),
        (_SENTENCES.format(_IN_DOCUMENT.format("passage")), values),
    )
