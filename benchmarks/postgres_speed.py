"""How fast an index in PostgreSQL is built and answers, beside one in a folder with the same rows.

    .venv/bin/python -m benchmarks.postgres_speed ../shared/eval ../shared/documents FOLDER \
        postgresql://…/empty --passages 20000 100000 --json benchmarks/results/postgres.json

FOLDER holds the vectors that `benchmarks.scale.embedding` made, and takes the indexes in folders.
The corpus is that of `benchmarks.scale`: real text, then real sentences shuffled.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psycopg
from benchmarks.scale.documents import stream
from benchmarks.scale.embedding import SEED, embedded, open_pool
from benchmarks.scale.vectors import Drawing, neighbour_steps

from search.answers import answer_question
from search.dutch import analyse
from search.embedding import Encoder
from search.engine import Engine
from search.indexing.stages import indexable
from search.records import Filters, Holder
from search.retrieval import BOOSTS, CANDIDATES, Retriever
from search.storage import FORMAT, Index, Indexable, LocalStore, Manifest, Store, StoredDocument
from search.storage.postgres.store import PostgresStore

_WARM, _QUESTIONS = 20, 200
_FILTERS = {
    "few": Filters(date_from="2021-03-01", date_to="2021-03-31"),
    "half": Filters(date_from="2017-01-01"),
    "labels": Filters(holders=(Holder.ADVISOR,)),
}


def _documents(options: argparse.Namespace, most: int) -> tuple[list[Indexable], Encoder]:
    """Make documents of at most so many passages, with vectors embedded and drawn."""
    pool, encoder = open_pool(options.evaluation, options.letters, options.folder / "memory")
    own = embedded(options.folder / "embedded")
    made, number = [], 0
    with TemporaryDirectory(dir=options.folder) as corpus:
        for each in stream(pool, Path(corpus), encoder, SEED):
            number += len(each.passages)
            if number > most:
                break
            made.append(each)
    topics = [topic for each in made for topic in each.topics][: len(own)]
    steps = neighbour_steps(own.astype(np.float32), SEED)
    drawing = Drawing(own[: len(topics)], topics, steps, SEED)
    documents = []
    for each in made:
        stored = StoredDocument(each.document, each.themes, each.passages, each.runs, each.terms)
        sentences = pool.vectors[list(each.rows)].astype(np.float32)
        text = each.document.text
        documents.append(
            indexable(stored, drawing.vectors(each), sentences, lambda text=text: text)  # type: ignore[misc]
        )
    return documents, encoder


def _build(
    store: Store, documents: Sequence[Indexable], encoder: Encoder
) -> tuple[Manifest, dict[str, float]]:
    """Build an index; returns the seconds that adding and finishing took."""
    manifest = Manifest(
        FORMAT, "", encoder.name, encoder.fingerprint, encoder.dimensions, 0, 0, 0, {}, {}
    )
    begun = time.perf_counter()
    with store.build_lock(lambda: None), store.new_generation(encoder.dimensions) as writer:
        for document in documents:
            writer.add(document)
        added = time.perf_counter()
        manifest = writer.finish(manifest, lambda *_: None)
    took = {"add_s": added - begun, "finish_s": time.perf_counter() - added}
    return manifest, {name: round(seconds, 1) for name, seconds in took.items()}


def _questions(folder: Path) -> list[str]:
    """Return questions of the development sets, alternating between sets."""
    sets = [
        [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
        for path in sorted(folder.glob("*/queries.jsonl"))
    ]
    return [text for row in zip(*sets, strict=False) for text in row][: _WARM + _QUESTIONS]


def _timed(work: Callable[[int], Any], number: int) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds; the first calls warm up."""
    took = []
    for i in range(number):
        begun = time.perf_counter()
        work(i)
        took.append(1000 * (time.perf_counter() - begun))
    kept = took[_WARM:]
    return {
        "median_ms": round(float(np.median(kept)), 1),
        "p95_ms": round(float(np.percentile(kept, 95)), 1),
    }


def _arms(index: Index, encoder: Encoder, questions: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Time each arm by itself, then whole questions, without and with a filter."""
    vectors = encoder.encode_questions(questions)
    terms = [tuple(dict.fromkeys(analyse(text))) for text in questions]
    found = [list(index.search_vectors(vector, CANDIDATES)) for vector in vectors]
    number = len(questions)
    yield "words", _timed(lambda i: index.search_words(terms[i], BOOSTS, CANDIDATES), number)
    yield "vectors", _timed(lambda i: index.search_vectors(vectors[i], CANDIDATES), number)
    yield "sentences", _timed(lambda i: index.nearest_sentences(vectors[i], found[i]), number)
    yield "passages", _timed(lambda i: index.passages(found[i][:20]), number)
    yield "encoding", _timed(lambda i: encoder.encode_questions([questions[i]]), number)
    retriever = Retriever(index, encoder)
    for name, filters in {"no filter": Filters(), **_FILTERS}.items():

        def ask(i: int, filters: Filters = filters) -> None:
            answer_question(index, retriever, questions[i], filters, 10)

        yield f"question, {name}", _timed(ask, number)


def _bytes(url: str, schema: str) -> dict[str, int]:
    """Return the bytes of each table with its indexes."""
    query = """SELECT c.relname, pg_total_relation_size(c.oid), pg_table_size(c.oid)
               FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = %s AND c.relkind = 'r' ORDER BY 2 DESC"""
    with psycopg.connect(url) as connection:
        rows = connection.execute(query, [schema]).fetchall()
    return {name: total for name, total, _ in rows} | {"rows alone": sum(row[2] for row in rows)}


def _recall(index: Index, encoder: Encoder, questions: Sequence[str]) -> dict[str, float]:
    """Return the share of the exact nearest 10 and 100 passages that a search finds."""
    vectors, step = encoder.encode_questions(questions), 20_000
    total = index.manifest.passages
    parts = (index.passage_rows(i, min(step, total - i)) for i in range(0, total, step))
    scores = np.concatenate([vectors @ part.T for part in parts], axis=1)
    shares = {}
    for top in (10, 100):
        found = [list(index.search_vectors(vector, CANDIDATES))[:top] for vector in vectors]
        wanted = [np.argsort(-row)[:top].tolist() for row in scores]
        pairs = zip(wanted, found, strict=True)
        shares[f"at_{top}"] = round(float(np.mean([_share(a, b) for a, b in pairs])), 4)
    return shares


def _overlap(
    one: Index, other: Index, encoder: Encoder, questions: Sequence[str]
) -> dict[str, float]:
    """Return the share of the best ten that both find: of each arm, and of both together."""
    vectors = encoder.encode_questions(questions)
    shares: dict[str, list[float]] = {"words": [], "vectors": [], "both arms": []}
    retrievers = [Retriever(index, encoder) for index in (one, other)]
    for text, vector in zip(questions, vectors, strict=True):
        terms = tuple(dict.fromkeys(analyse(text)))
        for name, search in (
            ("words", lambda index, terms=terms: index.search_words(terms, BOOSTS, 10)),
            ("vectors", lambda index, vector=vector: index.search_vectors(vector, 10)),
        ):
            shares[name].append(_share(list(search(one)), list(search(other))))
        ranked = [[s.passage for s in r.search(text).ranked[:10]] for r in retrievers]
        shares["both arms"].append(_share(*ranked))
    return {name: round(float(np.mean(values)), 4) for name, values in shares.items()}


def _share(one: Sequence[int], other: Sequence[int]) -> float:
    return len(set(one) & set(other)) / max(1, len(one))


def _measure(options: argparse.Namespace, documents: list[Indexable], encoder: Encoder) -> Any:
    """Build both indexes, and time and compare them."""
    database = PostgresStore(options.database)
    folder = LocalStore(options.folder / f"index-{os.getpid()}-{len(documents)}")
    manifest, took = _build(database, documents, encoder)
    _, local_took = _build(folder, documents, encoder)
    questions = _questions(options.evaluation)
    index, local = database.open(), folder.open()
    engine = Engine(options.folder, database, index, encoder)
    try:
        return {
            "documents": manifest.documents,
            "passages": manifest.passages,
            "sentences": manifest.sentences,
            "vectors": manifest.vectors,
            "build": {"database": took, "folder": local_took},
            "bytes": _bytes(options.database, index.generation),
            "recall": {
                "database": _recall(index, encoder, questions),
                "folder": _recall(local, encoder, questions),
            },
            "overlap_at_10": _overlap(local, index, encoder, questions),
            "database": dict(_arms(index, encoder, questions)),
            "folder": dict(_arms(local, encoder, questions)),
            "database, quotes checked": _timed(lambda i: engine.ask(questions[i]), len(questions)),
        }
    finally:
        index.close()
        local.close()
        database.close()


def main() -> None:
    """Measure at each size, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("database")
    parser.add_argument("--passages", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    documents, encoder = _documents(options, max(options.passages))
    results = []
    for size in options.passages:
        taken, number = [], 0
        for document in documents:
            number += len(document.stored.passages)
            if number > size:
                break
            taken.append(replace(document))
        results.append(_measure(options, taken, encoder))
        print(json.dumps(results[-1], indent=1), flush=True)
    with psycopg.connect(options.database) as connection:
        server = connection.execute("SELECT version()").fetchone()
    machine = {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "server": server and server[0],
    }
    text = json.dumps({"machine": machine, "results": results}, indent=1)
    options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
