"""What was written comes back as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.embedding import Encoder
from search.labels import Labeller, label_passages
from search.passages import make_passages
from search.records import Document, Holder, Kind, Passage, Stance
from search.storage import LocalStore
from search.storage.local.index import LocalIndex


@pytest.fixture(scope="module")
def index(built: tuple[Path, Path]) -> Iterator[LocalIndex]:
    """Open the real index."""
    opened = LocalStore(built[1]).open()
    yield opened
    opened.close()


def test_documents_come_back_as_they_were_read(
    index: LocalIndex, letter: Document, news: Document
) -> None:
    assert index.document(letter.id) == letter
    assert index.document(news.id) == news
    assert index.document("bestaat-niet") is None


def test_passages_come_back_as_they_were_made(
    index: LocalIndex, letter: Document, builtin: Encoder
) -> None:
    stored = index.passages(range(index.manifest.passages))
    assert len(stored) == index.manifest.passages
    of_letter = [p for _, p in sorted(stored.items()) if p.document == letter.id]
    made = make_passages(letter, builtin.count_tokens)
    assert list(map(_unlabelled, of_letter)) == list(map(_unlabelled, made))


def _unlabelled(passage: Passage) -> tuple[object, ...]:
    spans = [(s.start, s.end) for s in passage.sentences]
    return (
        passage.kind,
        passage.start,
        passage.end,
        passage.text,
        passage.section,
        spans,
        passage.lead,
        passage.anchor,
    )


def test_labels_come_back_as_they_were_given(
    index: LocalIndex, letter: Document, builtin: Encoder, labeller: Labeller
) -> None:
    stored = index.passages_of(letter.id)
    bare = make_passages(letter, builtin.count_tokens)
    labelled = label_passages(letter, bare, labeller)
    given = [[(s.start, s.end, s.label) for s in p.sentences] for p in labelled]
    assert [[(s.start, s.end, s.label) for s in p.sentences] for p in stored] == given
    assert all(
        bool(s.label) == (p.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM))
        for p in stored
        for s in p.sentences
    )


def test_stances_are_counted_by_document_theme_and_holder(index: LocalIndex) -> None:
    counts = index.stance_counts()
    labels = [
        s.label
        for p in index.passages(range(index.manifest.passages)).values()
        for s in p.sentences
        if s.label
    ]
    assert sum(each.number for each in counts) == len(labels)
    supported = [each for each in counts if each.stance is Stance.SUPPORT]
    assert {each.holder for each in supported} == {Holder.CABINET}
    assert sum(each.number for each in supported) == sum(
        label.stance is Stance.SUPPORT for label in labels
    )


def test_counts_of_the_manifest(index: LocalIndex) -> None:
    manifest = index.manifest
    assert manifest.documents == len(index.listed()) == 2
    assert manifest.passages == index.vectors.passages == index.lexical.passages
    assert manifest.sentences == len(index.sentence_vectors)
    assert manifest.passages == sum(each.passages for each in index.listed())
    assert manifest.dimensions == index.vectors.dimensions == 384
    assert manifest.model
    assert manifest.fingerprint


def test_manifest_names_every_file_of_the_corpus(
    built: tuple[Path, Path], index: LocalIndex
) -> None:
    assert set(index.manifest.corpus) == {p.name for p in built[0].iterdir()}


def test_unknown_passages_are_left_out(index: LocalIndex) -> None:
    assert index.passages([]) == {}
    assert index.passages([10**9]) == {}


def test_sentence_vectors_belong_to_their_passage(index: LocalIndex, builtin: Encoder) -> None:
    passage = index.passages([20])[20]
    texts = [
        passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences
    ]
    stored = index.sentence_rows([passage])[20]
    assert stored == pytest.approx(builtin.encode_passages(texts), abs=2e-3)


def test_index_may_be_read_from_several_threads(index: LocalIndex) -> None:
    found: list[int] = []

    def read() -> None:
        found.extend(len(index.passages([i])) for i in range(20))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 120
