"""Links to a span that outlive the index: a checksum of the words, and where they stand now.

The checksum is CRC-32 (ISO 3309, the one of zip and PNG) of the words in UTF-8. It needs no
secret: it tells a changed document, it does not guard against a forged link.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
import numpy.typing as npt

from search.records import Span

__all__ = ["locate", "words_checksum"]

Words = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

_WORD = re.compile(r"\b\w|(?<!\S)[^\w\s]")
_BITS: Words = np.uint32(1) << np.arange(32, dtype=np.uint32)
"""The shift over nothing: what becomes of each bit of a sum."""
_POLYNOMIAL = 0xEDB88320
"""CRC-32's polynomial, its bits in reverse as ISO 3309 sends them."""


def words_checksum(text: str) -> str:
    """Give the CRC-32 of a text in UTF-8 as eight lower-case hexadecimal digits."""
    return f"{zlib.crc32(text.encode()):08x}"


def locate(text: str, span: Span, proof: str) -> Span | None:
    """Find where the words that a link points at stand in a text.

    `proof` is the checksum of those words, as `words_checksum` writes it. Where the text at `span` still
    has it, that is the place; else the nearest run of as many characters that begins with a word
    and has it. Returns None when there is no such run: the words have changed, or are gone.
    """
    if span.end <= len(text) and words_checksum(text[span.start : span.end]) == proof:
        return span
    length = span.end - span.start
    last = len(text) - length
    starts = np.array([m.start() for m in _WORD.finditer(text) if m.start() <= last], np.int64)
    if not starts.size:
        return None
    found = starts[_sums(text, starts, length) == int(proof, 16)]
    if not found.size:
        return None
    start = int(found[np.argmin(np.abs(found - span.start))])
    return Span(start, start + length)


def _sums(text: str, starts: Offsets, length: int) -> Words:
    """Give the CRC-32 of each run of `length` characters that begins at one of `starts`.

    No run is read twice, however long it is: the sum of what goes before it, shifted over the
    run, is taken out of the sum up to its end, as zlib's crc32_combine puts two sums together.
    """
    places = _bytes_before(text)
    first, after = places[starts], places[starts + length]
    sums = _running_sums(text.encode(), np.unique(np.concatenate((first, after))))
    before, upto = sums[first], sums[after]
    lengths = after - first
    result = np.empty_like(before)
    shift, done = _BITS, 0
    # Runs of as many characters differ little in bytes, so each next shift is a small step.
    for size in np.unique(lengths):
        shift, done = _shifted(shift, int(size) - done), int(size)
        here = lengths == size
        result[here] = upto[here] ^ _apply(shift, before[here])
    return result


def _bytes_before(text: str) -> Offsets:
    """Give for each character, and for the end, how many bytes of UTF-8 go before it."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    sizes = 1 + (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000)
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))


def _running_sums(data: bytes, places: Offsets) -> Words:
    """Give the CRC-32 of all that goes before each place, in an array by place."""
    view, total, done = memoryview(data), 0, 0
    sums = np.zeros(len(data) + 1, np.uint32)
    totals: list[int] = []
    for place in places.tolist():
        total, done = zlib.crc32(view[done:place], total), place
        totals.append(total)
    sums[places] = totals
    return sums


def _shifted(shift: Words, steps: int) -> Words:
    """Give a shift that goes on for so many zero bytes more."""
    step = _BITS
    for _ in range(8):
        step = np.where(step & 1, (step >> np.uint32(1)) ^ _POLYNOMIAL, step >> np.uint32(1))
    while steps:
        if steps & 1:
            shift = _apply(step, shift)
        step, steps = _apply(step, step), steps >> 1
    return shift


def _apply(shift: Words, sums: Words) -> Words:
    """Shift sums: add up, without carrying, what becomes of each bit that is set."""
    result = np.zeros_like(sums)
    for bit in range(32):
        result ^= np.where((sums >> np.uint32(bit)) & 1, shift[bit], np.uint32(0))
    return result
