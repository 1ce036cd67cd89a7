"""Links to a span that outlive the index: a checksum of the words, and where they are now.

The checksum is CRC-32 (ISO 3309, the one of zip and PNG) of the words in UTF-8. It detects a
changed document; it does not protect against a forged link.
"""

from __future__ import annotations

import re
import zlib

from search.records import Span

__all__ = ["locate", "words_checksum"]

_WORD = re.compile(r"\b\w|(?<!\S)[^\w\s]")
_LONGEST = 20_000
"""Most characters of a span that is looked for elsewhere; a forged link may claim any length."""


def words_checksum(text: str) -> str:
    """Return the CRC-32 of a text in UTF-8 as eight lower-case hexadecimal digits."""
    return f"{zlib.crc32(text.encode()):08x}"


def locate(text: str, span: Span, checksum: str) -> Span | None:
    """Return where the words that a link points at are in a text now.

    `checksum` is that of those words, by `words_checksum`. If the text at `span` still has it,
    that is the place; else the nearest run of as many characters that begins with a word and has
    it. Returns None if there is no such run: the words have changed, or are gone.
    """
    length = span.end - span.start
    last = len(text) - length if length <= _LONGEST else -1
    starts = (m.start() for m in _WORD.finditer(text) if m.start() <= last)
    for start in (span.start, *sorted(starts, key=lambda at: (abs(at - span.start), at))):
        if words_checksum(text[start : start + length]) == checksum:
            return Span(start, start + length)
    return None
