"""Passage vectors: few are compared one by one, many by their cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search.errors import IndexDamaged
from search.storage.filter_mask import FilterMask
from search.storage.local.rowfiles import RowFile, RowWriter
from search.storage.local.vectors import ClusterPlan, VectorIndex, write_vectors

ROWS = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [-1.0, 0.0]], dtype=np.float32)
QUESTION = np.array([1.0, 0.0], dtype=np.float32)
CELLS = ClusterPlan(flat_up_to=100, exact_up_to=50, probed=50)


def ids(*chosen: int) -> NDArray[np.int64]:
    """Return ids as an array."""
    return np.array(chosen, dtype=np.int64)


def mask(ids: Sequence[int] | NDArray[np.int64], total: int) -> FilterMask:
    """Return a filter that passes those passages of all."""
    return FilterMask(np.isin(np.arange(total), ids))


def written(folder: Path, rows: NDArray[np.float32], plan: ClusterPlan) -> tuple[VectorIndex, str]:
    """Write vectors as a build does; return them opened, and which kind of index it is."""
    with RowWriter(folder / "v.npy", rows.shape[1]) as writer:
        writer.add(rows)
    chosen = write_vectors(folder / "v.faiss", RowFile(folder / "v.npy"), plan)
    if len(rows) <= plan.flat_up_to:
        (folder / "v.npy").unlink()
    return VectorIndex(folder / "v.faiss", folder / "v.npy", plan), chosen


@pytest.fixture
def index(tmp_path: Path) -> VectorIndex:
    """Write four vectors and open them."""
    opened, chosen = written(tmp_path, ROWS, ClusterPlan())
    assert chosen.startswith("vlak")
    return opened


def test_inner_products_by_hand(index: VectorIndex) -> None:
    expected = pytest.approx({0: 1.0, 1: 0.6, 2: 0.0, 3: -1.0}, abs=1e-3)
    assert index.search(QUESTION, 10) == expected
    assert list(index.search(QUESTION, 2)) == [0, 1]
    assert (index.passages, index.dimensions) == (4, 2)


def test_filter_applies_before_the_best_are_taken(index: VectorIndex) -> None:
    assert index.search(QUESTION, 1, mask([3], 4)) == pytest.approx({3: -1.0})
    assert index.search(QUESTION, 4, mask([2, 3], 4)) == pytest.approx({2: 0.0, 3: -1.0})
    assert index.search(QUESTION, 4, mask([], 4)) == {}


def test_rows_come_back(index: VectorIndex) -> None:
    assert index.rows(1, 2) == pytest.approx(ROWS[1:3], abs=1e-3)


def test_index_without_passages_finds_nothing(tmp_path: Path) -> None:
    opened, _ = written(tmp_path, np.zeros((0, 2), dtype=np.float32), ClusterPlan())
    assert opened.search(QUESTION, 5) == {}


@pytest.fixture
def many() -> NDArray[np.float32]:
    """Draw 2,000 vectors in twenty clusters, each of length about 1."""
    chance = np.random.default_rng(4)
    centres = chance.normal(size=(20, 16))
    drawn = centres[chance.integers(0, 20, 2000)] + 0.3 * chance.normal(size=(2000, 16))
    lengths = np.linalg.norm(drawn, axis=1, keepdims=True)
    return np.asarray(drawn / lengths, dtype=np.float32)


def test_many_are_found_by_their_cells(tmp_path: Path, many: NDArray[np.float32]) -> None:
    opened, chosen = written(tmp_path, many, CELLS)
    assert chosen.startswith("IVF")
    kept = many.astype(np.float16).astype(np.float32)
    shared = 0
    for question in many[:50]:
        found = opened.search(question, 10)
        scores = kept @ question
        shared += len(set(found) & set(np.argsort(-scores)[:10].tolist()))
        # The scores are those of the vectors themselves, best first, not of a byte a number.
        assert found == pytest.approx({i: float(scores[i]) for i in found}, abs=1e-5)
        assert list(found.values()) == sorted(found.values(), reverse=True)
    assert shared >= 0.95 * 500
    assert opened.rows(1990, 10) == pytest.approx(kept[1990:])


@pytest.mark.parametrize("count", [1, 30, 50])
def test_few_that_are_allowed_are_all_compared(
    tmp_path: Path, many: NDArray[np.float32], count: int
) -> None:
    opened, _ = written(tmp_path, many, CELLS)
    allowed = np.sort(np.random.default_rng(count).choice(2000, count, replace=False))
    scores = many.astype(np.float16).astype(np.float32)[allowed] @ many[7]
    best = allowed[np.argsort(-scores, kind="stable")[:10]]
    assert list(opened.search(many[7], 10, mask(allowed, 2000))) == best.tolist()


def test_many_that_are_allowed_are_the_only_ones(tmp_path: Path, many: NDArray[np.float32]) -> None:
    opened, _ = written(tmp_path, many, CELLS)
    allowed = np.arange(0, 2000, 3)
    found = opened.search(many[3], 20, mask(allowed, 2000))
    assert len(found) == 20
    assert set(found) <= set(allowed.tolist())


def test_rows_are_written_a_part_at_a_time(tmp_path: Path) -> None:
    with RowWriter(tmp_path / "s.npy", 2) as writer:
        writer.add(ROWS[:1])
        writer.add(ROWS[1:])
    opened = RowFile(tmp_path / "s.npy")
    assert (len(opened), opened.dimensions) == (4, 2)
    assert opened.rows(1, 2) == pytest.approx(ROWS[1:3], abs=1e-3)
    assert opened.rows(4, 0).shape == (0, 2)
    assert opened.chosen(ids(3, 0)) == pytest.approx(ROWS[[3, 0]])
    assert np.load(tmp_path / "s.npy").shape == (4, 2)
    with (tmp_path / "s.npy").open("rb+") as file:
        file.truncate((tmp_path / "s.npy").stat().st_size - 3)
    assert opened.rows(0, 3) == pytest.approx(ROWS[:3], abs=1e-3)
    with pytest.raises(IndexDamaged, match="afgekapt"):
        opened.chosen(ids(3))


def test_what_the_words_found_is_compared_wherever_it_lies(
    tmp_path: Path, many: NDArray[np.float32]
) -> None:
    narrow = ClusterPlan(flat_up_to=100, exact_up_to=50, probed=1)
    opened, _ = written(tmp_path, many, narrow)
    kept = many.astype(np.float16).astype(np.float32)
    missed = 0
    for question in many[:50]:
        best = [int(i) for i in np.argsort(-(kept @ question))[:10]]
        alone = opened.search(question, 10)
        missed += len(set(best) - alone.keys())
        assert opened.search(question, 10, also=best).keys() == set(best)
        # What lies far from the question does not push out what lies near.
        far = [int(i) for i in np.argsort(kept @ question)[:10]]
        assert list(opened.search(question, 10, also=far))[: len(alone)] == list(alone)
    assert missed, "one cell of many was to miss some"
