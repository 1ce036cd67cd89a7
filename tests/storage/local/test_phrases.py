"""Which documents hold a phrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.storage.local.phrases import PhraseIndex, PhraseWriter

DOCUMENTS = ["de raad zegt dit", "dit zegt de raad", "het rijk zegt de raad dit", ""]


@pytest.fixture
def index(tmp_path: Path) -> PhraseIndex:
    """Index four documents, of which one holds no word."""
    writer = PhraseWriter(tmp_path / "phrases")
    for document in DOCUMENTS:
        writer.add(document.split())
    writer.close()
    return PhraseIndex(tmp_path / "phrases")


def test_every_document_is_counted(index: PhraseIndex) -> None:
    assert index.documents == 4


def test_a_phrase_is_words_in_order_and_side_by_side(index: PhraseIndex) -> None:
    assert sorted(index.with_all([["de", "raad"]], 10)) == [0, 1, 2]
    assert index.with_all([["raad", "zegt"]], 10) == [0]
    assert index.with_all([["raad", "de"]], 10) == []
    assert index.with_all([["de", "dit"]], 10) == []


def test_all_phrases_must_stand_in_a_document(index: PhraseIndex) -> None:
    assert sorted(index.with_all([["zegt", "de", "raad"], ["dit"]], 10)) == [1, 2]
    assert index.with_all([["zegt", "de", "raad"], ["rijk"]], 10) == [2]


def test_the_document_with_most_phrases_comes_first(index: PhraseIndex) -> None:
    found = index.with_most([["raad", "zegt"], ["zegt", "dit"], ["de", "raad"]], 10)
    assert found[0] == 0
    assert sorted(found) == [0, 1, 2]


def test_no_more_documents_than_are_asked_for(index: PhraseIndex) -> None:
    assert len(index.with_most([["raad"]], 2)) == 2
    assert index.with_all([["raad"]], 0) == []


@pytest.mark.parametrize("phrases", [[], [[]], [["onbekend"]], [["a" * 200, "b"]], [['"', "OR"]]])
def test_nothing_is_found(index: PhraseIndex, phrases: list[list[str]]) -> None:
    assert index.with_all(phrases, 10) == []
    assert index.with_most(phrases, 10) == []
