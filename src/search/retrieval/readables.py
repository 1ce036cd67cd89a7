"""Passages as the reader reads them: with their document's name, section and what goes before."""

from __future__ import annotations

from collections.abc import Sequence

from search.passages import describe
from search.reader import Readable
from search.records import Metadata, Passage
from search.storage import Index

__all__ = ["readables"]

_BEFORE = 160
"""Characters of the end of the passage before; the reader cuts them to a few words."""


def readables(index: Index, ids: Sequence[int]) -> list[Readable]:
    """Return what the reader reads of passages, with the end of the passage before each.

    Passages are numbered in order of the documents, so that is the one with the number before.
    """
    found = index.passages([*ids, *(i - 1 for i in ids if i)])
    names = index.metadata
    return [_readable(found[i], found.get(i - 1), names[found[i].document]) for i in ids]


def _readable(passage: Passage, before: Passage | None, metadata: Metadata) -> Readable:
    same = before is not None and before.document == passage.document
    return Readable(
        metadata.name,
        describe(passage),
        before.text[-_BEFORE:] if before and same else "",
        tuple(passage.text_of(sentence) for sentence in passage.sentences),
    )
