"""The packed posting lists, and that their scores are those of the local lexical index."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from search.storage.bm25 import term_weight
from search.storage.filter_mask import FilterMask
from search.storage.interface import FIELDS
from search.storage.local.lexical import LexicalIndex, LexicalWriter
from search.storage.postgres import postings
from search.storage.postgres.postings import (
    BLOCK_SIZE,
    PostingList,
    PostingWriter,
    best_sums,
    lengths_table,
    pack_postings,
    posting_count,
    unpack_postings,
)

BOOSTS = {"passage": 0.25, "surroundings": 0.75}


def test_lengths_are_those_of_lucene() -> None:
    table = lengths_table()
    assert len(table) == 256
    assert table[:41].tolist() == list(range(41))
    assert table[41:59].tolist() == [
        42,
        44,
        46,
        48,
        50,
        52,
        54,
        56,
        60,
        64,
        68,
        72,
        76,
        80,
        84,
        88,
        96,
        104,
    ]
    assert (np.diff(table) > 0).all()
    assert table[-1] == 2_013_265_944


@pytest.mark.parametrize("most", [255, 256, 70_000])
def test_a_list_comes_back_as_it_was_packed(most: int) -> None:
    places, counts = np.array([0, 7, BLOCK_SIZE - 1]), np.array([1, 3, most])
    data = pack_postings(places, counts, np.array([1, 2, 255], dtype=np.uint8))
    assert posting_count(data) == 3
    assert [each.tolist() for each in unpack_postings(data)] == [
        [0, 7, BLOCK_SIZE - 1],
        [1, 3, min(most, 65_535)],
        [1, 2, 255],
    ]


def rows_of(number: int, seed: int) -> list[dict[str, list[str]]]:
    """Make passages of both fields, some empty, some long, with one term a hundred times."""
    chance = random.Random(seed)
    vocabulary = [f"term{i}" for i in range(60)]
    rows = []
    for _ in range(number):
        own = [
            vocabulary[min(59, int(chance.expovariate(0.1)))]
            for _ in range(chance.choice((0, 3, 30, 45, 300)))
        ]
        rows.append({"passage": own, "surroundings": [*own, *(chance.sample(vocabulary, 20))]})
    rows.append({"passage": ["term1"] * 300, "surroundings": []})
    return rows


def scores_of(rows: list[dict[str, list[str]]], terms: list[str], top: int) -> dict[int, float]:
    """Score passages by packed lists alone, without a database."""
    writer = PostingWriter(FIELDS)
    taken = []
    for row in rows:
        writer.add(row)
        if writer.is_full:
            taken += list(writer.take())
    taken += list(writer.take())
    numbers = {term: number for number, term, _ in writer.terms()}
    lists = []
    for term in dict.fromkeys(terms):
        own = [row for row in taken if row[0] == numbers.get(term)]
        for name, at in zip(FIELDS, (2, 3), strict=True):
            held: list[tuple[int, bytes]] = [(row[1], row[at]) for row in own if row[at]]  # type: ignore[misc]
            idf = term_weight(len(rows), sum(posting_count(data) for _, data in held))
            mean = writer.totals[name] / len(rows)
            lists += [PostingList(term, b, data, BOOSTS[name], idf, mean) for b, data in held]
    return best_sums(lists, top, None)


@pytest.mark.parametrize("block", [BLOCK_SIZE, 50])
def test_scores_are_tantivys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(postings, "BLOCK_SIZE", block)
    rows = rows_of(400, 1)
    writer = LexicalWriter(tmp_path / "lexical")
    for row in rows:
        writer.add(row)
    writer.close()
    index = LexicalIndex(tmp_path / "lexical")
    chance = random.Random(2)
    for _ in range(40):
        terms = [f"term{chance.randrange(70)}" for _ in range(chance.randint(1, 8))]
        # Terms that no passage has are looked for a letter away there, by a number: not here.
        known = [term for term in terms if index.document_frequency(term)]
        wanted = index.search(known, BOOSTS, 401)
        assert scores_of(rows, known, 401) == pytest.approx(wanted, abs=1e-4)


def test_the_best_are_taken_and_of_equals_the_first() -> None:
    data = pack_postings(np.arange(10), np.ones(10, dtype=np.int64), np.full(10, 5, dtype=np.uint8))
    found = [PostingList("a", 0, data, 1.0, 2.0, 5.0), PostingList("a", 2, data, 1.0, 2.0, 5.0)]
    assert list(best_sums(found, 3, None)) == [0, 1, 2]
    passes = np.zeros(2 * BLOCK_SIZE + 10, dtype=np.bool_)
    passes[[4, 2 * BLOCK_SIZE + 7]] = True
    assert list(best_sums(found, 3, FilterMask(passes))) == [4, 2 * BLOCK_SIZE + 7]
    assert best_sums([], 3, None) == {}


def test_what_is_a_letter_away_counts_one_once() -> None:
    one = pack_postings(np.array([1, 2]), np.array([5, 1]), np.array([9, 9], dtype=np.uint8))
    found = [
        PostingList("typo", 0, one, 0.25, None, 0.0),
        PostingList("typo", 0, one, 0.25, None, 0.0),
    ]
    assert best_sums(found, 9, None) == {1: 0.25, 2: 0.25}


def test_terms_are_counted_by_the_passages_that_hold_them() -> None:
    writer = PostingWriter(FIELDS)
    writer.add({"passage": ["a", "a", "b"], "surroundings": ["c"]})
    writer.add({"passage": ["a"], "surroundings": []})
    assert {term: holding for _, term, holding in writer.terms()} == {"a": 2, "b": 1, "c": 0}
    assert writer.totals == {"passage": 4, "surroundings": 1}
