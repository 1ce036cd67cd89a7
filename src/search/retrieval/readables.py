"""Passages as the reader reads them: with their document's name, section and what goes before."""

from __future__ import annotations

from search.passages import describe
from search.reader import Readable
from search.records import Metadata, Passage

__all__ = ["readable"]

_BEFORE = 160
"""Characters of the end of the passage before; the reader cuts them to a few words."""


def readable(passage: Passage, before: Passage | None, metadata: Metadata) -> Readable:
    """Return what the reader reads of a passage; `before` is the one before it in the corpus."""
    offset = passage.start
    same = before is not None and before.document == passage.document
    return Readable(
        metadata.name,
        describe(passage),
        before.text[-_BEFORE:] if before and same else "",
        tuple(passage.text[s.start - offset : s.end - offset] for s in passage.sentences),
    )
