"""Links to a span that outlive the index: a checksum of the words, and where they are now.

The checksum is CRC-32 (ISO 3309, the one of zip and PNG) of the words in UTF-8. It needs no
secret: it tells a changed document, it does not guard against a forged link.
"""

from __future__ import annotations

import re
import zlib
from itertools import accumulate

from search.records import Span

__all__ = ["locate", "words_checksum"]

_WORD = re.compile(r"\b\w|(?<!\S)[^\w\s]")
_LONGEST = 20_000
"""Characters of a span that is looked for elsewhere; a forged link may claim any length."""


def words_checksum(text: str) -> str:
    """Return the CRC-32 of a text in UTF-8 as eight lower-case hexadecimal digits."""
    return f"{zlib.crc32(text.encode()):08x}"


def locate(text: str, span: Span, checksum: str) -> Span | None:
    """Return where the words that a link points at are in a text now.

    `checksum` is that of those words, by `words_checksum`. Where the text at `span` still has it,
    that is the place; else the nearest run of as many characters that begins with a word and has
    it. Returns None when there is no such run: the words have changed, or are gone.
    """
    length = span.end - span.start
    if words_checksum(text[span.start : span.end]) == checksum and span.end <= len(text):
        return span
    if length > _LONGEST:
        return None
    starts = [m.start() for m in _WORD.finditer(text) if m.start() + length <= len(text)]
    # Runs are taken from the bytes of the whole text, which need not be encoded again for each.
    data, wanted = memoryview(text.encode()), int(checksum, 16)
    at = [0, *accumulate(len(character.encode()) for character in text)]
    for start in sorted(starts, key=lambda place: (abs(place - span.start), place)):
        if zlib.crc32(data[at[start] : at[start + length]]) == wanted:
            return Span(start, start + length)
    return None
