"""Questions to groups that the reader learns from: right and wrong passages of a search."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.questions.gather import read_sources
from benchmarks.questions.joining import (
    Joined,
    by_checksum,
    find_place,
    read_documents,
    read_questions,
)
from benchmarks.reader.training import Group

from search.embedding import CachedEncoder, load_encoder
from search.indexing import index_documents
from search.progress import message
from search.records import Passage, Span
from search.retrieval import Retriever
from search.retrieval.readables import readables
from search.storage import Index, store_of

__all__ = ["Asked", "groups_of", "read_groups"]

_DEPTH = 24
"""Passages of the search that a group keeps."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its group, and the fold of its document."""

    question: Joined
    group: Group
    fold: int


def read_groups(documents: Path, work: Path) -> list[Asked]:
    """Return the groups, from the work folder if they are there; in the same order each time.

    Else they are made with the model as it is installed, from the files in `documents`.
    """
    kept = work / "groups.pickle"
    if not kept.exists():
        sources = read_sources()
        encoder = CachedEncoder(load_encoder())
        store = store_of(work / "index")
        if not store.current():
            index_documents(read_documents(sources, documents, message), work / "index", encoder)
        index = store.open()
        folds = {each.id: each.fold for each in sources}
        made = groups_of(read_questions(), folds, index, Retriever(index, encoder))
        index.close()
        kept.write_bytes(pickle.dumps(made))
    asked: list[Asked] = pickle.loads(kept.read_bytes())
    random.Random(0).shuffle(asked)
    return asked


def groups_of(
    questions: Iterable[Joined], folds: dict[str, int], index: Index, retriever: Retriever
) -> list[Asked]:
    """Return a group for each question whose document and sentences are in the index."""
    made = []
    kept: dict[str, tuple[list[Passage], dict[str, list[Span]]]] = {}
    for each in questions:
        if each.document not in index.metadata:
            continue
        if each.document not in kept:
            kept[each.document] = _sentences(index, each.document)
        passages, sentences = kept[each.document]
        spans = [
            span
            for answer in each.answers
            for place in answer
            if (span := find_place(place, sentences))
        ]
        if spans:
            group = _group(each, spans, passages, index, retriever)
            made.append(Asked(each, group, folds[each.document]))
    return made


def _sentences(index: Index, identifier: str) -> tuple[list[Passage], dict[str, list[Span]]]:
    document = index.document(identifier)
    passages = index.passages_of(identifier)
    return passages, by_checksum(document.text if document else "", passages)


def _group(
    question: Joined,
    spans: Sequence[Span],
    passages: Sequence[Passage],
    index: Index,
    retriever: Retriever,
) -> Group:
    ranked = [each.passage for each in retriever.search(question.question).ranked[:_DEPTH]]
    holding = {p.id: p for p in passages if any(p.start <= s.start < p.end for s in spans)}
    right = list(holding.values()) if question.answerable else []
    # The nearest sentence of a near miss does not answer, so its passage is a wrong one.
    wrong = [i for i in ranked if not question.answerable or i not in holding]
    return Group(
        question.question,
        tuple(readables(index, [p.id for p in right])),
        tuple(
            tuple(any(s.start < b.end and s.end > b.start for b in spans) for s in p.sentences)
            for p in right
        ),
        tuple(readables(index, wrong)),
    )
