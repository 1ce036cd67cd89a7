"""The reader reads the best passages of a search, and its scores are part of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from search.embedding import Encoder
from search.reader import Readable, Reading
from search.retrieval import Retriever
from search.retrieval.answerability import read_features
from search.retrieval.retriever import LEAST_READING, READ, READER_WEIGHT
from search.storage import Index, LocalStore

QUESTION = "Welke rol ziet de WRR voor gemeenten?"


class _Contrary:
    """Scores the passages in the contrary order, and keeps what it was given."""

    def __init__(self) -> None:
        self.seen: list[Readable] = []

    def read(self, question: str, passages: Sequence[Readable]) -> list[Reading]:
        assert question == QUESTION
        self.seen = list(passages)
        return [
            Reading(float(i), tuple(map(float, range(len(p.sentences)))))
            for i, p in enumerate(passages)
        ]


@pytest.fixture
def index(built: tuple[Path, Path]) -> Iterator[Index]:
    """Open the index of the corpus."""
    opened = LocalStore(built[1]).open()
    yield opened
    opened.close()


def test_only_the_best_are_read_in_their_order(index: Index, builtin: Encoder) -> None:
    plain = Retriever(index, builtin).search(QUESTION).ranked
    reader = _Contrary()
    found = Retriever(index, builtin, reader=reader).search(QUESTION)  # type: ignore[arg-type]
    assert list(found.readings) == [each.passage for each in plain[:READ]]
    passages = index.passages(list(found.readings))
    for passage, readable in zip(found.readings, reader.seen, strict=True):
        text = passages[passage].text
        assert all(sentence in text for sentence in readable.sentences)
        assert readable.title == index.metadata[passages[passage].document].name


def test_what_is_read_knows_the_end_of_the_passage_before(index: Index, builtin: Encoder) -> None:
    reader = _Contrary()
    found = Retriever(index, builtin, reader=reader).search(QUESTION)  # type: ignore[arg-type]
    for passage, readable in zip(found.readings, reader.seen, strict=True):
        here, before = (index.passages([i]).get(i) for i in (passage, passage - 1))
        same = here and before and before.document == here.document
        assert readable.before == (before.text[-160:] if before and same else "")


def test_scores_are_added_and_sorted(index: Index, builtin: Encoder) -> None:
    plain = {s.passage: s.score for s in Retriever(index, builtin).search(QUESTION).ranked}
    reader = _Contrary()
    found = Retriever(index, builtin, reader=reader).search(QUESTION)  # type: ignore[arg-type]
    scores = [each.score for each in found.ranked]
    assert scores == sorted(scores, reverse=True)
    assert {each.passage for each in found.ranked} == plain.keys()
    for each in found.ranked:
        reading = found.readings.get(each.passage)
        added = READER_WEIGHT * (reading.passage - LEAST_READING) if reading else 0.0
        assert each.score == pytest.approx(plain[each.passage] + added)


def test_a_topic_is_not_read(index: Index, builtin: Encoder) -> None:
    reader = _Contrary()
    retriever = Retriever(index, builtin, reader=reader)  # type: ignore[arg-type]
    assert not retriever.search(QUESTION, read=False).readings
    assert not reader.seen


def test_features_tell_what_the_reader_found(index: Index, builtin: Encoder) -> None:
    found = Retriever(index, builtin, reader=_Contrary()).search(QUESTION)  # type: ignore[arg-type]
    passages = list(index.passages([each.passage for each in found.ranked[:3]]).values())
    features = read_features(found, passages)
    assert features["reading"] == READ - 1
    assert features["reading_lead"] == 1.0
    # The search's own best is the reader's worst.
    assert features["agreement"] == 0.0
    assert "reading" not in read_features(Retriever(index, builtin).search(QUESTION), passages)
