"""Whether an index in PostgreSQL finds what one in a folder finds, on the development sets.

    .venv/bin/python -m benchmarks.postgres_parity ../shared/eval postgresql://…/empty \
        --json benchmarks/results/postgres_parity.json

Each set is indexed in both places with the built-in model; every question is asked of both.
Fails when they share less than 98 % of the best ten, or differ by more than 0.3 points of nDCG.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from search.answers import answer_question
from search.embedding import Encoder, load_encoder
from search.evaluation.measures.ndcg import ndcg
from search.evaluation.sets import RetrievalSet, read_retrieval_set
from search.indexing import index_documents
from search.reading import read_text
from search.records import Filters
from search.retrieval import Retriever
from search.storage import Index, store_of

_LEAST_SHARED, _MOST_APART = 0.98, 0.3


def _answers(
    index: Index, data: RetrievalSet, encoder: Encoder
) -> tuple[list[list[int]], list[Any], float]:
    """Ask every question: the best ten passages, the quote of each, and the mean nDCG@10."""
    retriever, documents = Retriever(index, encoder), index.documents_of_passages()
    hits, quotes, values = [], [], []
    for query, text in data.queries.items():
        ranked = [each.passage for each in retriever.search(text).ranked]
        hits.append(ranked[:10])
        quotes.append(answer_question(index, retriever, text, Filters(), 10).quote)
        names = list(dict.fromkeys(documents[i] for i in ranked))
        if any(grade > 0 for grade in data.relevance.get(query, {}).values()):
            values.append(ndcg(names, data.relevance[query], 10))
    return hits, quotes, 100 * float(np.mean(values))


def _shared(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    pairs = zip(one, other, strict=True)
    return float(np.mean([len(set(a) & set(b)) / max(1, len(a)) for a, b in pairs]))


def _same(one: Sequence[Any], other: Sequence[Any]) -> float:
    return float(np.mean([a == b for a, b in zip(one, other, strict=True)]))


def _compare(data: RetrievalSet, database: str, encoder: Encoder) -> dict[str, float]:
    """Index a set in both places and compare what is found."""
    found = []
    with TemporaryDirectory(prefix="kamerwijzer-") as folder:
        for place in (Path(folder), database):
            read = [read_text(text, i, title) for i, (title, text) in data.documents.items()]
            index_documents(read, place, encoder)
            index = store_of(place).open()
            found.append(_answers(index, data, encoder))
            index.close()
    (hits, quotes, local), (other_hits, other_quotes, other) = found
    return {
        "questions": len(hits),
        "overlap_at_10": round(_shared(hits, other_hits), 5),
        "same_order": round(_same(hits, other_hits), 4),
        "same_quote": round(_same(quotes, other_quotes), 4),
        "ndcg_folder": round(local, 3),
        "ndcg_database": round(other, 3),
    }


def main() -> int:
    """Compare on each set, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("database")
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    encoder = load_encoder()
    results = {
        path.parent.name: _compare(read_retrieval_set(path.parent), options.database, encoder)
        for path in sorted(options.evaluation.glob("*/queries.jsonl"))
    }
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))
    bad = [
        name
        for name, each in results.items()
        if each["overlap_at_10"] < _LEAST_SHARED
        or abs(each["ndcg_folder"] - each["ndcg_database"]) > _MOST_APART
    ]
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
