"""Vectors on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.storage.vectors import (
    SentenceVectors,
    VectorIndex,
    write_sentence_vectors,
    write_vectors,
)

ROWS = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [-1.0, 0.0]], dtype=np.float32)
QUESTION = np.array([1.0, 0.0], dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> VectorIndex:
    """Write four vectors and open them."""
    write_vectors(tmp_path / "v.faiss", ROWS)
    return VectorIndex(tmp_path / "v.faiss")


def test_inner_products_by_hand(index: VectorIndex) -> None:
    assert index.search(QUESTION, 10) == pytest.approx({0: 1.0, 1: 0.6, 2: 0.0, 3: -1.0})
    assert list(index.search(QUESTION, 2)) == [0, 1]
    assert (index.passages, index.dimensions) == (4, 2)


def test_filter_applies_before_the_best_are_taken(index: VectorIndex) -> None:
    assert index.search(QUESTION, 1, [3]) == pytest.approx({3: -1.0})
    assert index.search(QUESTION, 4, [2, 3]) == pytest.approx({2: 0.0, 3: -1.0})
    assert index.search(QUESTION, 4, []) == {}


def test_index_without_passages_finds_nothing(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v.faiss", np.zeros((0, 2), dtype=np.float32))
    assert VectorIndex(tmp_path / "v.faiss").search(QUESTION, 5) == {}


def test_sentence_rows_come_back(tmp_path: Path) -> None:
    write_sentence_vectors(tmp_path / "s.npy", ROWS)
    opened = SentenceVectors(tmp_path / "s.npy")
    assert opened.sentences == 4
    assert opened.rows(1, 2) == pytest.approx(ROWS[1:3], abs=1e-3)
    assert opened.rows(4, 0).shape == (0, 2)
