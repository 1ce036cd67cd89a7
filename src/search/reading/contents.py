"""What a reader of one format finds in a file."""

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
    returns them. The texts in `blocks` have their places in it, and a quote is checked against
    it. For a text file it is the file's text, markup included.
    """

    source: str
    blocks: tuple[RawBlock, ...]
    metadata: Metadata = Metadata()
    """From the format itself; metadata in the text go before these, unless they are a record."""
    pages: tuple[PageStart, ...] = ()
    """Where each page begins in `source`; empty for a format without pages."""
    is_record: bool = False
    """Whether `metadata` are the document's own record, as of a law or in front matter: then they
    go before what the text seems to say."""
    remarks: tuple[str, ...] = ()
    """What the user should know about how the file was read, in Dutch."""


Reader = Callable[[bytes, str, Limits], Contents]
"""Reads the bytes of a file; the string is its name, for messages. Raises ReadingError."""
