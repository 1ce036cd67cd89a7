"""A reranker reorders the best passages; the others stay after them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from search.embedding import Encoder
from search.retrieval import Retriever
from search.storage import LocalStore

QUESTION = "Welke rol ziet de WRR voor gemeenten?"


class _Shortest:
    """Scores by length, an order that no search would give."""

    name = "kortste"

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        assert question == QUESTION
        return [-float(len(passage)) for passage in passages]


def test_reranker_changes_the_order_of_the_best_alone(
    built: tuple[Path, Path], builtin: Encoder
) -> None:
    index = LocalStore(built[1]).open()
    plain = Retriever(index, builtin).search(QUESTION).ranked
    anew = Retriever(index, builtin, _Shortest()).search(QUESTION).ranked
    index.close()
    best, rest = [s.passage for s in plain[:30]], [s.passage for s in plain[30:]]
    assert {s.passage for s in anew[:30]} == set(best)
    assert [s.passage for s in anew[:30]] != best
    assert [s.passage for s in anew[30:]] == rest
    scores = [s.score for s in anew]
    assert scores == sorted(scores, reverse=True)
