"""BM25 over terms that the caller has analysed, from packed lists in the database.

For each term and each block of passages the database holds one list for each field: who holds the
term, how often, and how long they are. The lists of a question's terms are fetched and added up
here. Measured at 100,000 passages this takes a tenth of the time of adding up in SQL, and the lists
two fifths of the room of arrays of weights; and since no weight is stored, a list is final as soon
as its block is full, though how rare its term is be known only when all passages are.

The scores are tantivy's: k1 1.2, b 0.75, idf ln(1 + (N - n + 0.5) / (n + 0.5)), and lengths that
are rounded to one of 256 as in Lucene.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BLOCK_SIZE",
    "PostingWriter",
    "WordMatches",
    "add_up",
    "length_of",
    "lengths_table",
    "packed",
    "unpacked",
]

BLOCK_SIZE = 65_536
"""Passages of a block: as many as two bytes can tell apart."""
_K1, _B = 1.2, 0.75
_EXACT_LENGTHS = 24
"""Lengths that stand for themselves at the start of Lucene's table."""

Scores = NDArray[np.float32]


def lengths_table() -> NDArray[np.int64]:
    """Give the 256 lengths that a length is rounded down to: exact up to 40, then ever coarser."""
    table = list(range(_EXACT_LENGTHS))
    for code in range(256 - _EXACT_LENGTHS):
        bits, shift = code & 7, (code >> 3) - 1
        table.append(_EXACT_LENGTHS + (bits if shift < 0 else (bits | 8) << shift))
    return np.array(table, dtype=np.int64)


def packed(
    places: NDArray[np.integer], counts: NDArray[np.integer], lengths: NDArray[np.uint8]
) -> bytes:
    """Pack a list: places in the block, how often each holds the term, codes of their lengths.

    The last byte says how many bytes a count takes.
    """
    width = 1 if int(counts.max(initial=0)) < 256 else 2
    return b"".join(
        (
            places.astype("<u2").tobytes(),
            counts.clip(max=65_535).astype(f"<u{width}").tobytes(),
            lengths.tobytes(),
            bytes([width]),
        )
    )


def length_of(data: bytes) -> int:
    """Give the number of passages in a packed list."""
    return (len(data) - 1) // (3 + data[-1])


def unpacked(
    data: bytes,
) -> tuple[NDArray[np.uint16], NDArray[np.unsignedinteger[Any]], NDArray[np.uint8]]:
    """Give the places, counts and codes of lengths of a packed list."""
    width, number = data[-1], length_of(data)
    places = np.frombuffer(data, "<u2", number)
    counts = np.frombuffer(data, f"<u{width}", number, 2 * number)
    return places, counts, np.frombuffer(data, np.uint8, number, (2 + width) * number)


@dataclass(slots=True)
class _Gathered:
    """One field of the passages of a block: for each its terms, how often, and how many in all."""

    terms: array[int] = field(default_factory=lambda: array("i"))
    counts: array[int] = field(default_factory=lambda: array("i"))
    distinct: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("i"))


class PostingWriter:
    """Gathers the terms of passages, numbered from 0 in the order given, block by block."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = tuple(fields)
        self._table = lengths_table()
        self._gathered = {name: _Gathered() for name in self._fields}
        self._numbers: dict[str, int] = {}
        self._holding = array("i")
        self._block = 0
        self.totals = dict.fromkeys(self._fields, 0)
        """Terms in each field of all passages together."""

    def add(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Add a passage: the terms of each field."""
        for name in self._fields:
            gathered, counted = self._gathered[name], Counter(fields[name])
            numbers = [self._number(term) for term in counted]
            gathered.terms.extend(numbers)
            gathered.counts.extend(counted.values())
            gathered.distinct.append(len(numbers))
            gathered.lengths.append(len(fields[name]))
            self.totals[name] += len(fields[name])
            if name == self._fields[0]:
                for number in numbers:
                    self._holding[number] += 1

    def _number(self, term: str) -> int:
        number = self._numbers.setdefault(term, len(self._numbers))
        if number == len(self._holding):
            self._holding.append(0)
        return number

    @property
    def is_full(self) -> bool:
        """Tell whether a block has all its passages, so that it can be taken."""
        return len(self._gathered[self._fields[0]].lengths) == BLOCK_SIZE

    def take(self) -> Iterator[tuple[int, int, bytes | None, bytes | None]]:
        """Give the rows of the block: term, block, and the list of each field; begin the next."""
        lists = [dict(self._lists(self._gathered[name])) for name in self._fields]
        for term in sorted(set().union(*lists)):
            first, second = (each.get(term) for each in lists)
            yield term, self._block, first, second
        self._gathered = {name: _Gathered() for name in self._fields}
        self._block += 1

    def _lists(self, gathered: _Gathered) -> Iterator[tuple[int, bytes]]:
        terms = np.array(gathered.terms, dtype=np.int32)
        if not len(terms):
            return
        counts = np.array(gathered.counts, dtype=np.int32)
        lengths = np.array(gathered.lengths, dtype=np.int64)
        codes = (np.searchsorted(self._table, lengths, side="right") - 1).astype(np.uint8)
        distinct = np.array(gathered.distinct, dtype=np.int32)
        places = np.repeat(np.arange(len(distinct), dtype=np.int32), distinct)
        order = np.argsort(terms, kind="stable")
        terms, counts, places = terms[order], counts[order], places[order]
        starts = np.flatnonzero(np.diff(terms, prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(terms)], strict=True):
            at = places[start:end]
            yield int(terms[start]), packed(at, counts[start:end], codes[at])

    def terms(self) -> Iterator[tuple[int, str, int]]:
        """Give each term with its number and how many passages hold it in the first field."""
        for term, number in self._numbers.items():
            yield number, term, self._holding[number]


@dataclass(frozen=True, slots=True)
class WordMatches:
    """A list of one field for a term, and what each passage of it is worth.

    `idf` None stands for a term that is a letter away: each passage that has one such counts 1,
    once for all that belong to one `key`.
    """

    key: object
    block: int
    data: bytes
    boost: float
    idf: float | None
    mean: float
    """Terms of the field in a passage, on average."""


def add_up(
    found: Sequence[WordMatches], top: int, passing: NDArray[np.bool_] | None
) -> dict[int, float]:
    """Give the `top` passages with the highest sums of what was found, best first.

    `passing` tells of each passage whether it counts.
    """
    blocks: dict[int, list[WordMatches]] = {}
    for each in found:
        blocks.setdefault(each.block, []).append(each)
    ids, scores = [], []
    for number, lists in sorted(blocks.items()):
        sums = _sums(lists)
        if passing is not None:
            allowed = passing[number * BLOCK_SIZE : (number + 1) * BLOCK_SIZE]
            sums[: len(allowed)] *= allowed
        best = _best(sums, top)
        ids.append(best + number * BLOCK_SIZE)
        scores.append(sums[best])
    if not ids:
        return {}
    every, sums = np.concatenate(ids), np.concatenate(scores)
    order = np.lexsort((every, -sums))[:top]
    return {int(every[i]): float(sums[i]) for i in order}


def _best(sums: Scores, top: int) -> NDArray[np.intp]:
    """Give the places of the `top` highest sums above 0, in any order."""
    held = np.flatnonzero(sums > 0)
    if len(held) <= top:
        return held
    # Of equals at the edge those that come first are kept, so that any order of work gives them.
    edge = np.partition(sums[held], len(held) - top)[len(held) - top]
    above, level = held[sums[held] > edge], held[sums[held] == edge]
    return np.concatenate([above, level[: top - len(above)]])


def _sums(lists: Sequence[WordMatches]) -> Scores:
    sums = np.zeros(BLOCK_SIZE, dtype=np.float32)
    alike: dict[object, list[WordMatches]] = {}
    for each in lists:
        places, counts, codes = unpacked(each.data)
        if each.idf is None:
            alike.setdefault(each.key, []).append(each)
            continue
        rest = _K1 * (1 - _B + _B * _LENGTHS / (each.mean or 1.0))
        weights = counts / (counts + rest[codes])
        sums[places] += (each.boost * each.idf * (_K1 + 1) * weights).astype(np.float32)
    for several in alike.values():
        held = np.zeros(BLOCK_SIZE, dtype=np.bool_)
        for each in several:
            held[unpacked(each.data)[0]] = True
        sums[held] += np.float32(several[0].boost)
    return sums


_LENGTHS = lengths_table().astype(np.float32)
