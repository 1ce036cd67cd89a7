"""The retrieval suite: is the right document found?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from search.answers import answer_question
from search.embedding import Encoder, Reranker
from search.evaluation.bootstrap import estimate
from search.evaluation.measures.hit import hit
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.measures.recall import recall
from search.evaluation.measures.reciprocal_rank import reciprocal_rank
from search.evaluation.sets import RetrievalSet
from search.indexing import index_documents
from search.reader import Reader
from search.reading import read_text
from search.records import Filters
from search.retrieval import Ranking, Retriever
from search.storage import Index, store_of

__all__ = ["ARMS", "MEASURES", "evaluate_retrieval", "indexed"]

MEASURES: dict[str, Callable[[Sequence[str], dict[str, int]], float]] = {
    "ndcg@10": lambda ranking, relevance: ndcg(ranking, relevance, 10),
    "recall@10": lambda ranking, relevance: recall(ranking, relevance, 10),
    "recall@100": lambda ranking, relevance: recall(ranking, relevance, 100),
    "mrr@10": lambda ranking, relevance: reciprocal_rank(ranking, relevance, 10),
    "hit@1": lambda ranking, relevance: hit(ranking, relevance, 1),
}
ARMS = ("lexical", "dense", "product")
_TOP = 10


@contextmanager
def indexed(
    data: RetrievalSet,
    encoder: Encoder,
    without: frozenset[str] = frozenset(),
    reranker: Reranker | None = None,
    reader: Reader | None = None,
) -> Iterator[tuple[Index, Retriever]]:
    """Index the documents of a set except those in `without`, in a temporary folder.

    Texts are read, cut, analysed and embedded as files of a corpus are.
    """
    documents = [
        read_text(text, identifier, title)
        for identifier, (title, text) in data.documents.items()
        if identifier not in without
    ]
    with TemporaryDirectory(prefix="kamerwijzer-") as folder:
        index_documents(documents, Path(folder), encoder)
        index = store_of(Path(folder)).open()
        try:
            yield index, Retriever(index, encoder, reranker, reader)
        finally:
            index.close()


def evaluate_retrieval(
    data: RetrievalSet,
    encoder: Encoder,
    reranker: Reranker | None = None,
    reader: Reader | None = None,
) -> dict[str, Any]:
    """Return figures of each arm on a set, with intervals and milliseconds per question.

    A document scores by its best passage. Questions without a relevant document are left out.
    """
    values: dict[str, dict[str, list[float]]] = {
        arm: {name: [] for name in MEASURES} for arm in ARMS
    }
    milliseconds: list[float] = []
    queries = {
        q: text
        for q, text in data.queries.items()
        if any(grade > 0 for grade in data.relevance.get(q, {}).values())
    }
    with indexed(data, encoder, reranker=reranker, reader=reader) as (index, retriever):
        documents = index.documents_of_passages()
        for query, text in queries.items():
            start = time.perf_counter()
            answer_question(index, retriever, text, Filters(), _TOP)
            milliseconds.append(1000 * (time.perf_counter() - start))
            ranking = retriever.search(text)
            for arm in ARMS:
                found = _documents(ranking, arm, documents)
                for name, measure in MEASURES.items():
                    values[arm][name].append(measure(found, data.relevance[query]))
        size = index.manifest.passages
    return {
        **_estimated(values),
        "questions": len(queries),
        "documents": len(data.documents),
        "passages": size,
        "milliseconds": {"median": median(milliseconds), "p95": _p95(milliseconds)},
        "failures": _failures(queries, values["product"]["ndcg@10"]),
    }


def _estimated(values: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    estimates = {
        arm: {name: estimate(each) for name, each in by_name.items()}
        for arm, by_name in values.items()
    }
    means = {arm: {name: each[0] for name, each in by.items()} for arm, by in estimates.items()}
    ends = {arm: {n: list(e[1:]) for n, e in by.items()} for arm, by in estimates.items()}
    return {**means, "intervals": ends}


def _documents(ranking: Ranking, arm: str, documents: Sequence[str]) -> list[str]:
    """Return documents by their best passage in one arm, best first."""
    if arm == "product":
        ordered = list(ranking.ranked)
    else:
        found = [s for s in ranking.ranked if getattr(s, arm)]
        ordered = sorted(found, key=lambda s: -float(getattr(s, arm)))
    return list(dict.fromkeys(documents[s.passage] for s in ordered))


def _failures(queries: dict[str, str], values: Sequence[float]) -> list[dict[str, str]]:
    return [
        {"id": query, "question": text}
        for (query, text), value in zip(queries.items(), values, strict=True)
        if value == 0
    ]


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else 0.0
