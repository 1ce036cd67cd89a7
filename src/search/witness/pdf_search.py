"""Looking up a text in the lines of a PDF: whole lines, one after another, as they are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from search.witness.comparing import CONFIRMED, Reason, fault, finding
from search.witness.explaining import why
from search.witness.folding import TAB, Folded
from search.witness.matching import joined, places
from search.witness.pdf_lines import Line
from search.witness.pdf_notes import with_notes
from search.witness.pdf_order import Order
from search.witness.records import WitnessFinding

__all__ = ["Pages"]

_MOST_PLACES = 60
_HEAD = 10
"""Characters by which the beginning of a line is known."""
_SHORT = 30
"""Characters of a name that is on the same row as its text."""
_LEVEL = 0.05
"""Times the font size: baselines of cells in one row differ less."""
_WORDS = re.compile(r"[^\W\d_]{3}")
"""What a cell has that holds more than a figure."""
_MOST_STEPS = 4000
"""Lines that are tried for one text."""


class Pages:
    """The lines of a PDF, ready for texts to be looked up in them."""

    def __init__(self, lines: Sequence[Line], *, pictures: bool = False) -> None:
        """Index the lines; `pictures` says that there are pages without text."""
        self._lines = with_notes([line for line in lines if not line.hidden])
        self._hidden = "".join(line.text for line in lines if line.hidden)
        self._pictures = pictures
        self._order = Order(self._lines)
        self._text = "".join(line.text for line in self._lines)
        self._starts = list(accumulate((len(line.text) for line in self._lines), initial=0))
        self._by_head: defaultdict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self._lines):
            if line.text:
                self._by_head[line.text[:_HEAD]].append(i)
        self._at = 0
        self._whole: Folded | None = None

    def find(self, text: Folded, *, whole: bool) -> WitnessFinding:
        """Return what the pages say of a text."""
        wrong: Reason | None = None
        tried: set[tuple[int, ...]] = set()
        for chain, start in self._chains(text):
            if chain in tried:
                continue
            tried.add(chain)
            lines = joined([self._lines[i].folded for i in chain])
            found = fault(text, lines, start, whole=whole)
            if found is None and whole and self._is_cut(chain, start, text):
                found = Reason.PART
            if found is None:
                self._at = self._starts[chain[0]]
                return CONFIRMED
            wrong = wrong or found
        return finding(wrong or self._why(text))

    def _chains(self, text: Folded) -> Iterator[tuple[tuple[int, ...], int]]:
        """Return the runs of lines that may hold a text, and where in the first it begins."""
        for at in places(self._text, text.text, self._at, _MOST_PLACES):
            first = bisect_right(self._starts, at) - 1
            last = bisect_right(self._starts, at + len(text.text) - 1) - 1
            chain = tuple(range(first, last + 1))
            if self._is_chain(chain, at, text):
                yield chain, at - self._starts[first]
        yield from self._put_together(text)

    def _is_chain(self, chain: tuple[int, ...], at: int, text: Folded) -> bool:
        start = at - self._starts[chain[0]]
        return all(
            chain[n] in self._next(chain[:n], text, self._starts[chain[n]] - at, start)
            for n in range(1, len(chain))
        )

    def _next(self, chain: tuple[int, ...], text: Folded, place: int, start: int) -> Sequence[int]:
        """Return the lines in which a text may go on after a chain, at its character `place`."""
        i = chain[-1]
        right = self._order.right_of(i)
        if right is not None and (
            text.gaps[place] >= TAB or self._leads(i, right, opens=len(chain) == 1 and not start)
        ):
            return (*self._order.after(i), right)
        return self._order.after(i)

    def _leads(self, i: int, right: int, *, opens: bool) -> bool:
        """Return whether a line is a number or name before the text on its right."""
        line, other = self._lines[i], self._lines[right]
        if self._order.is_label(i):
            return True
        level = abs(line.base - other.base) < _LEVEL * line.size
        if level and not (_WORDS.search(line.text) and _WORDS.search(other.text)):
            return True
        drawn_next = line.number < other.number <= line.number + len(line.runs)
        return drawn_next and (line.text.endswith(":") or (opens and len(line.text) <= _SHORT))

    def _put_together(self, text: Folded) -> Iterator[tuple[tuple[int, ...], int]]:
        """Follow a text from line to line, in whatever order the file has them."""
        said, steps = text.text, 0
        for i, start in self._beginnings(said):
            line = self._lines[i].text
            if len(line) - start >= len(said):
                continue
            stack: list[tuple[tuple[int, ...], int]] = [((i,), len(line) - start)]
            while stack and steps < _MOST_STEPS:
                chain, place = stack.pop()
                for j in self._next(chain, text, place, start):
                    steps += 1
                    following = self._lines[j].text
                    if said.startswith(following, place) and place + len(following) < len(said):
                        stack.append(((*chain, j), place + len(following)))
                    elif following.startswith(said[place:]):
                        yield (*chain, j), start

    def _beginnings(self, said: str) -> Iterator[tuple[int, int]]:
        """Return the lines in whose end a text may begin, and where."""
        head, count = said[:_HEAD], 0
        at = self._text.find(head)
        while at >= 0 and count < _MOST_PLACES:
            count += 1
            i = bisect_right(self._starts, at) - 1
            if said.startswith(self._text[at : self._starts[i + 1]]):
                yield i, at - self._starts[i]
            at = self._text.find(head, at + 1)
        # A line that begins soon after the text does: the words before it end another line.
        for tail in range(1, _HEAD):
            for size in range(1, _HEAD + 1):
                for j in self._by_head.get(said[tail : tail + size], ())[:_MOST_PLACES]:
                    for i in self._order.before(j):
                        if self._lines[i].text.endswith(said[:tail]):
                            yield i, len(self._lines[i].text) - tail

    def _is_cut(self, chain: tuple[int, ...], start: int, text: Folded) -> bool:
        """Return whether a text that is said to be whole begins or ends where only a line does."""
        first, last = chain[0], chain[-1]
        taken = start + len(text.text) - sum(len(self._lines[i].text) for i in chain[:-1])
        ends = taken == len(self._lines[last].text)
        if TAB in text.gaps:
            return ends and self._row_goes_on(last)
        begins = not start and self._order.left_of(first) is None
        return (begins and self._order.runs_on(self._order.before(first), first)) or (
            ends and any(self._order.runs_on([last], j) for j in self._order.after(last))
        )

    def _row_goes_on(self, i: int) -> bool:
        """Return whether a row of figures goes on after its cell `i`."""
        right = self._order.right_of(i)
        return right is not None and not (
            _WORDS.search(self._lines[i].text) or _WORDS.search(self._lines[right].text)
        )

    def _why(self, text: Folded) -> Reason:
        if self._hidden and text.text in self._hidden:
            return Reason.HIDDEN_IN
        if text.text in self._text:
            return Reason.JUMP
        if self._whole is None:
            self._whole = joined([line.folded for line in self._lines])
        reason = why(text, self._whole)
        return Reason.SCANNED if reason is Reason.NOT_FOUND and self._pictures else reason
