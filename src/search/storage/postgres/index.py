"""An open generation in a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from search.errors import IndexDamaged
from search.records import (
    Document,
    DocumentConstraints,
    Filters,
    Holder,
    Metadata,
    Passage,
    Sentence,
    Stance,
    StanceCount,
)
from search.storage.catalogue import Catalogue
from search.storage.interface import ListedDocument, StoredDocument
from search.storage.manifest import Manifest
from search.storage.postgres.connecting import Address, Database
from search.storage.postgres.filters import Sieve, documents_meant
from search.storage.postgres.generations import Generation, hold
from search.storage.postgres.lexical import WordSearch
from search.storage.postgres.nearest import VectorSearch, rows_of, vector_literal, vector_similarity
from search.storage.postgres.phrases import PhraseSearch
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.reading import GenerationReader, Query
from search.storage.rows import (
    document_from_row,
    listed_from_row,
    metadata_from_json,
    passage_from_row,
    sentence_from_row,
    themes_from_json,
)

__all__ = ["PostgresIndex"]

Vectors = NDArray[np.float32]
Rows = list[dict[str, Any]]

_LISTED = "id, path, metadata, themes, words, passages"
_WHOLE = "id, path, text, metadata, structure, themes"
_PASSAGE = (
    'SELECT p.id, d.id AS document, p.kind, p.start, p.stop AS "end", p.section, p.theme, '
    "p.theme_origin, p.theme_uri, p.lead, p.anchor, p.page, p.run_start, p.run_end, p.text{0}, "
    "d.metadata FROM passages p JOIN documents d ON d.position = p.document WHERE {1} "
    "ORDER BY p.id"
)
_SENTENCES = (
    'SELECT passage, start, stop AS "end", holder, holder_name, stance, probability, cues '
    "FROM sentences WHERE {0} ORDER BY id"
)
_IN_DOCUMENT = (
    "{0} BETWEEN (SELECT first FROM documents WHERE id = %(id)s) AND "
    "(SELECT first + passages - 1 FROM documents WHERE id = %(id)s)"
)


class PostgresIndex:
    """An open generation. Safe to use from several threads; close it when done."""

    def __init__(self, address: Address, generation: Generation, plan: GraphPlan) -> None:
        """Open a generation and hold it.

        Raises IndexDamaged when it is not what was written or no longer there, IndexUnusable when
        the database can't be reached.
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
        """Make a connection ready to read this generation, and hold it."""
        settings = {
            # Nothing else: when this generation is gone, no table of another may take its place.
            "search_path": sql.Identifier(self.generation).as_string(None),
            "statement_timeout": str(int(self._plan.seconds * 1000)),
            "default_transaction_read_only": "on",
            # A plan that does not know the values would not use the graph of the vectors.
            "plan_cache_mode": "force_custom_plan",
            "hnsw.ef_search": str(int(self._plan.looked_at)),
            "hnsw.iterative_scan": "relaxed_order",
            "hnsw.max_scan_tuples": str(int(4 * self._plan.most_looked_at)),
        }
        calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        values = [part for pair in settings.items() for part in pair]
        connection.execute(f"SELECT {calls}", values)
        hold(connection, self._generation)

    def _open(self) -> None:
        manifest, reader = self.manifest, self._reader
        self._sieve = Sieve(reader, manifest.passages)
        self._words = WordSearch(reader, manifest.passages)
        self._phrases = PhraseSearch(reader, manifest.documents)
        self._likeness = vector_similarity(self._generation.extension)
        self._vectors = VectorSearch(reader, self._plan, manifest.passages, self._likeness)
        self._metadata: dict[str, Metadata] = {}

    def _check_counts(self) -> None:
        """Raise IndexDamaged unless the tables end where the manifest says."""
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
        """What the generation was built from and by."""
        return self._generation.manifest

    @property
    def generation(self) -> str:
        """The name of this generation."""
        return self._generation.name

    def close(self) -> None:
        """Let the generation go, so that it may be removed."""
        self._reader.close()

    def check(self, *, thorough: bool = False) -> None:
        """Raise IndexDamaged when the generation is no longer there, or not what was written.

        `thorough` counts the rows of all tables; what the server's own checksums guard is not read.
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

    # What is searched.

    def search_words(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        filters: Filters = Filters(),
    ) -> dict[int, float]:
        """Give the BM25 score of the best `top` passages that hold any of the terms."""
        return self._words.search(terms, boosts, top, self._sieve.passing(filters))

    def search_vectors(
        self,
        question: Vectors,
        top: int,
        filters: Filters = Filters(),
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Give the inner product of the best `top` passages with one question vector.

        Where not all are compared, those in `also` are; they pass the filters.
        """
        return self._vectors.search(question, top, self._sieve.passing(filters), also)

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Give, for each distinct term, the number of passages that hold it in their own field."""
        return self._words.frequencies(terms)

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give at most `top` documents that hold every phrase, word after word."""
        return self._phrases.holding_all(phrases, top)

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give the `top` documents that hold most of the phrases, the rarest counting most."""
        return self._phrases.holding_most(phrases, top)

    # What is shown.

    @cached_property
    def metadata(self) -> Mapping[str, Metadata]:
        """What is known of each document, by id, in order of the corpus."""
        return Catalogue(
            self.manifest.documents,
            self._metadata_of,
            lambda: {each.id: each.metadata for each in self._listed},
        )

    def _metadata_of(self, identifier: str) -> Metadata | None:
        """Give it; of documents whose passages were shown it is there already."""
        kept = self._metadata.pop(identifier, None)
        if kept is not None:
            return kept
        rows = self._rows("SELECT metadata FROM documents WHERE id = %s", identifier)
        return metadata_from_json(rows[0]["metadata"]) if rows else None

    def documents_of(self, reference: DocumentConstraints) -> list[str]:
        """Give the documents that a reference means, in order of the corpus."""
        return documents_meant(self._reader, reference)

    def listed(self) -> tuple[ListedDocument, ...]:
        """List the documents, in order of the corpus."""
        return self._listed

    @cached_property
    def _listed(self) -> tuple[ListedDocument, ...]:
        rows = self._rows(f"SELECT {_LISTED} FROM documents ORDER BY position")
        return tuple(listed_from_row(row) for row in rows)

    def path_of(self, identifier: str) -> str:
        """Give the file of a document, relative to the corpus; nothing when it is not there."""
        rows = self._rows("SELECT path FROM documents WHERE id = %s", identifier)
        return str(rows[0]["path"]) if rows else ""

    def document(self, identifier: str) -> Document | None:
        """Give a document whole, or None when there is none of that id."""
        rows = self._rows(f"SELECT {_WHOLE} FROM documents WHERE id = %s", identifier)
        return document_from_row(rows[0]) if rows else None

    def source(self, identifier: str) -> str | None:
        """Give the words of a document's file as they were when it was indexed."""
        rows = self._rows("SELECT source FROM documents WHERE id = %s", identifier)
        return rows[0]["source"] if rows else None

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Give passages by id, with their words and sentences."""
        chosen = [int(i) for i in ids if 0 <= i < self.manifest.passages]
        if not chosen:
            return {}
        found, spoken = self._reader.several(
            (_PASSAGE.format("", "p.id = ANY(%s)"), [chosen]),
            (_SENTENCES.format("passage = ANY(%s)"), [chosen]),
        )
        # Whoever asks for passages asks next what is known of their documents.
        self._metadata = {r["document"]: metadata_from_json(r["metadata"]) for r in found}
        return {passage.id: passage for passage in _passages(found, spoken)}

    def passages_of(self, document: str) -> list[Passage]:
        """Give all passages of a document, in order."""
        return list(_passages(*self._reader.several(*_queries_of(document))))

    def stored(self, identifier: str) -> StoredDocument | None:
        """Give a document with all that is kept of it; None when there is none of that id."""
        whole = f"SELECT {_WHOLE} FROM documents WHERE id = %s"
        documents, found, spoken = self._reader.several(
            (whole, [identifier]), *_queries_of(identifier)
        )
        if not documents:
            return None
        return StoredDocument(
            document_from_row(documents[0]),
            themes_from_json(documents[0]["themes"]),
            tuple(_passages(found, spoken)),
            tuple(range(row["run_start"], row["run_end"]) for row in found),
            tuple(tuple(row["terms"].split()) for row in found),
        )

    def documents_of_passages(self) -> list[str]:
        """Give the document of each passage, in order of the passages' ids."""
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
        """Count the labelled sentences by document, theme, holder and stance."""
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
        """Give the vectors of `count` passages from `first`, shape (count, dimensions)."""
        rows = self._rows(
            "SELECT vector FROM vectors WHERE id >= %s AND id < %s ORDER BY id",
            first,
            first + count,
        )
        return rows_of((row["vector"] for row in rows), self.manifest.dimensions)

    def sentence_rows(self, passages: Iterable[Passage]) -> dict[int, Vectors]:
        """Give the vectors of each passage's sentences, shape (sentences, dimensions)."""
        found: dict[int, list[bytes]] = {passage.id: [] for passage in passages}
        rows = self._rows(
            "SELECT passage, vector FROM sentences WHERE passage = ANY(%s) ORDER BY id",
            list(found),
        )
        for row in rows:
            found[row["passage"]].append(row["vector"])
        return {i: rows_of(packed, self.manifest.dimensions) for i, packed in found.items()}

    def nearest_sentences(self, question: Vectors, ids: Iterable[int]) -> dict[int, float]:
        """Give, for each passage, the largest cosine of one of its sentences with a question."""
        rows = self._reader.rows(
            f"SELECT passage, max(-({self._likeness})) AS nearest FROM sentences "
            "WHERE passage = ANY(%(ids)s) GROUP BY passage",
            {"question": vector_literal(question), "ids": [int(i) for i in ids]},
        )
        return {row["passage"]: float(row["nearest"]) for row in rows}

    def _rows(self, query: str, *values: Any) -> Rows:
        return self._reader.rows(query, values)


def _queries_of(document: str) -> tuple[Query, Query]:
    """Give the queries for the passages of a document and for their sentences."""
    values = {"id": document}
    return (
        (_PASSAGE.format(", p.terms", _IN_DOCUMENT.format("p.id")), values),
        (_SENTENCES.format(_IN_DOCUMENT.format("passage")), values),
    )


def _passages(rows: Rows, spoken: Rows) -> Iterator[Passage]:
    """Make passages of their rows and those of their sentences."""
    sentences: dict[int, list[Sentence]] = {}
    for row in spoken:
        sentences.setdefault(row["passage"], []).append(sentence_from_row(row))
    for row in rows:
        yield passage_from_row(row, row["text"], sentences.get(row["id"], []))
