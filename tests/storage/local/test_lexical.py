"""tantivy's BM25 against values worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from search.storage.filter_mask import FilterMask
from search.storage.interface import FIELDS
from search.storage.local import lexical
from search.storage.local.lexical import LexicalIndex, LexicalWriter

FIELD, OTHER = FIELDS[0], FIELDS[1]
DOCUMENTS = ["a a b c", "a d", "d d d d d d", "e"]


def write_lexical(folder: Path, rows: Iterable[Mapping[str, Sequence[str]]]) -> None:
    """Write passages as a build does."""
    writer = LexicalWriter(folder)
    for row in rows:
        writer.add(row)
    writer.close()


def mask(*ids: int, total: int = 4) -> FilterMask:
    """Return a filter that passes those passages of all."""
    return FilterMask(np.isin(np.arange(total), ids))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    """Index four passages, each of one field."""
    folder = tmp_path / "lexical"
    rows = [{f: d.split() if f == FIELD else [] for f in FIELDS} for d in DOCUMENTS]
    write_lexical(folder, rows)
    return LexicalIndex(folder)


def bm25(count: int, length: int, found: int, total: int = 4, mean: float = 13 / 4) -> float:
    """Return BM25 of one term with k1 1.2 and b 0.75."""
    idf = math.log(1 + (total - found + 0.5) / (found + 0.5))
    return idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / mean))


def test_score_of_one_term_by_hand(index: LexicalIndex) -> None:
    # "a" is in 2 of 4 passages: twice in one of 4 terms, once in one of 2.
    scores = index.search(["a"], {FIELD: 1.0}, 10)
    assert scores == pytest.approx({0: bm25(2, 4, 2), 1: bm25(1, 2, 2)}, rel=1e-5)
    # ln(1 + 2.5/2.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3.25)) = 0.8950
    assert scores[0] == pytest.approx(0.8950, abs=1e-4)


def test_terms_add_up_and_count_once(index: LexicalIndex) -> None:
    scores = index.search(["a", "d", "a"], {FIELD: 1.0}, 10)
    assert scores[1] == pytest.approx(bm25(1, 2, 2) + bm25(1, 2, 2), rel=1e-5)


def test_boost_multiplies(index: LexicalIndex) -> None:
    scores = index.search(["e"], {FIELD: 0.5}, 10)
    assert scores == pytest.approx({3: 0.5 * bm25(1, 1, 1)}, rel=1e-5)


def test_field_without_boost_is_not_searched(index: LexicalIndex) -> None:
    assert index.search(["a"], {FIELD: 0.0, OTHER: 1.0}, 10) == {}


def test_filter_does_not_change_scores(index: LexicalIndex) -> None:
    every = index.search(["a", "d"], {FIELD: 1.0}, 10)
    assert index.search(["a", "d"], {FIELD: 1.0}, 10, mask(1, 3)) == pytest.approx({1: every[1]})


def test_filter_applies_before_the_best_are_taken(index: LexicalIndex) -> None:
    every = index.search(["a", "d"], {FIELD: 1.0}, 3)
    worst = min(every, key=lambda i: every[i])
    assert list(index.search(["a", "d"], {FIELD: 1.0}, 1, mask(worst))) == [worst]


@pytest.mark.parametrize("allowed", [[0], [1, 3], [0, 1, 2, 3], list(range(7, 90, 2))])
def test_many_that_are_allowed_give_what_few_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: list[int]
) -> None:
    chance = np.random.default_rng(2)
    rows = [
        {f: [f"t{n}" for n in chance.zipf(1.6, 12) if n < 40] for f in FIELDS} for _ in range(90)
    ]
    write_lexical(tmp_path / "lexical", rows)
    index = LexicalIndex(tmp_path / "lexical")
    boosts = {"passage": 0.3, "surroundings": 0.7}
    by_ids = index.search(["t1", "t3", "t5"], boosts, 5, mask(*allowed, total=90))
    monkeypatch.setattr(lexical, "_ID_QUERY_UP_TO", 0)
    by_ranking = index.search(["t1", "t3", "t5"], boosts, 5, mask(*allowed, total=90))
    assert list(by_ranking.values()) == pytest.approx(list(by_ids.values()))
    assert set(by_ranking) <= set(allowed)
    assert by_ranking == {i: pytest.approx(by_ids.get(i, s)) for i, s in by_ranking.items()}


@pytest.mark.parametrize("terms", [[], ["onbekend"]])
def test_nothing_found(index: LexicalIndex, terms: list[str]) -> None:
    assert index.search(terms, {FIELD: 1.0}, 10) == {}


def test_nothing_allowed_or_wanted(index: LexicalIndex) -> None:
    assert index.search(["a"], {FIELD: 1.0}, 10, mask()) == {}
    assert index.search(["a"], {FIELD: 1.0}, 0) == {}


@pytest.mark.parametrize("term", ["a AND b", '"a', "text:a", "a*", "[a TO z]", "-a", "(", "\\", ""])
def test_query_syntax_is_no_syntax(index: LexicalIndex, term: str) -> None:
    assert index.search([term], {FIELD: 1.0}, 10) == {}


def test_document_frequency(index: LexicalIndex) -> None:
    assert [index.document_frequency(t) for t in ("a", "b", "x")] == [2, 1, 0]
    assert index.passages == 4


def test_a_typo_finds_the_term_a_letter_away(tmp_path: Path) -> None:
    rows = [
        {"passage": ["inburger", "gemeent"], "surroundings": []},
        {"passage": ["migratie", "wet"], "surroundings": []},
    ]
    write_lexical(tmp_path / "lexical", rows)
    index = LexicalIndex(tmp_path / "lexical")
    boosts = {"passage": 1.0}
    assert list(index.search(["inbuger"], boosts, 10)) == [0]
    assert list(index.search(["migartie"], boosts, 10)) == [1]
    assert index.search(["web"], boosts, 10) == {}, "a short word a letter away is another word"
    assert index.search(["2021"], boosts, 10) == {}
