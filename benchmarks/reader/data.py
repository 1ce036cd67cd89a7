"""Questions to groups that the reader learns from: right and wrong passages of a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.questions.gather import Source
from benchmarks.questions.joining import Joined, by_checksum, find_place
from benchmarks.reader.training import Group

from search.errors import ReadingError
from search.reader import Readable
from search.reading import read_document
from search.records import Document, Metadata, Passage, Span
from search.retrieval import Retriever
from search.retrieval.readables import readable
from search.storage import Index

__all__ = ["Asked", "groups_of", "read_documents"]

_DEPTH = 24
"""Passages of the search that a group keeps."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its group, and the fold of its document."""

    question: Joined
    group: Group
    fold: int


def read_documents(
    sources: Sequence[Source], folder: Path, say: Callable[[str], None]
) -> list[Document]:
    """Return the documents that were gathered, under their ids in the table."""
    documents = []
    for source in sources:
        try:
            document = read_document(folder / source.file, folder, source.id)
        except (ReadingError, OSError) as error:
            say(f"{source.id}: {error}")
            continue
        documents.append(replace(document, id=source.id))
    return documents


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
    found = index.passages([*ranked, *(i - 1 for i in (*ranked, *holding) if i)])
    names = index.metadata
    right = list(holding.values()) if question.answerable else []
    # The nearest sentence of a near miss does not answer, so its passage is a wrong one.
    wrong = [i for i in ranked if not question.answerable or i not in holding]
    return Group(
        question.question,
        tuple(_readable(p, found.get(p.id - 1), names) for p in right),
        tuple(
            tuple(any(s.start < b.end and s.end > b.start for b in spans) for s in p.sentences)
            for p in right
        ),
        tuple(_readable(found[i], found.get(i - 1), names) for i in wrong),
    )


def _readable(passage: Passage, before: Passage | None, names: dict[str, Metadata]) -> Readable:
    return readable(passage, before, names[passage.document])
