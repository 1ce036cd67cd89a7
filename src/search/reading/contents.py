"""What a reader of one format finds in a file, and what it may spend on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.reading.raw_blocks import RawBlock
from search.records import Limits, Metadata, PageStart

__all__ = ["Contents", "Reader"]


@dataclass(frozen=True, slots=True)
class Contents:
    """The words of a file and the blocks that they make.

    `source` holds the words of the file in their order, as the library that opens the format
    gives them: the places of the ropes in `blocks` count its characters, and a quote is checked
    against it. Of a text file it is the file's text, markup and all.
    """

    source: str
    blocks: tuple[RawBlock, ...]
    metadata: Metadata = Metadata()
    """What the format itself says of the document; what its text says goes before it."""
    pages: tuple[PageStart, ...] = ()
    """Where each page begins in `source`, where the format has pages."""
    remarks: tuple[str, ...] = ()
    """What the user should know of how the file was read, in Dutch."""


Reader = Callable[[bytes, str, Limits], Contents]
"""Reads the bytes of a file; the text is its name, for messages. Raises ReadingError."""
