"""Which line of a page a sentence may go on in from another line: a plain look at their places.

From a line a sentence goes on in the line right under it, with nothing between; from the last one
of a column at the head of the next column or page. Running heads, page numbers and smaller letters
at a page's edge (notes) are passed over there, and nowhere else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from search.witness.comparing import SENTENCE_ENDS
from search.witness.pdf_lines import LARGE, Line
from search.witness.pdf_sheet import ROW, Sheet, overlaps
from search.witness.records import Flag

__all__ = ["Order"]

_NEXT = 2.6
"""Times the font size: a line further down is not the next one of a paragraph."""
_ALIKE = 1.08
"""How many times larger letters may be that are set alike."""
_NEARLY = 1.25
"""How many times larger they may be on lines that follow each other."""
_CLOSE = 1.7
"""Times the font size: lines nearer than this are of one paragraph."""
_HANGS = 3.0
"""Times the font size: how far to the right of its others the first line of an item begins."""
_COLUMN = 8
"""Lines by which the width of a column is known."""
_PAGES_ON = 3
"""Pages that a sentence may pass over: full of tables or pictures."""
_ENOUGH = 3
"""Pages on which a running head stands."""
_BAND = 4
"""Points within which it is at one height."""
_LONGEST_LABEL = 8
_MOST_LINES = 1200
"""Lines and cells on a page that still holds sentences; one with more is a map or drawing."""
_PAGE_NUMBER = re.compile(
    r"(?:pagina|blad|blz\.|p\.)?\d{1,4}(?:(?:van|/)\d{1,4})?|[ivxl]{1,6}", re.IGNORECASE
)
_LABEL = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.):\]°]{1,2}"
    r"|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z](?=$)|[^\w\s]{1,2}"
)


class Order:
    """The lines of a document and which may follow which; lines are meant by their number."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Take the lines that are seen, in the order of the file."""
        self._lines = lines
        pages: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for i, line in enumerate(lines):
            pages[line.page, line.turn].append(i)
        self._sheets = {key: Sheet(lines, numbers) for key, numbers in pages.items()}
        self._recurring = _recurring(lines)
        self._after: dict[int, tuple[int, ...]] = {}
        self._before: dict[int, tuple[int, ...]] = {}
        self._heads: dict[tuple[int, int], list[int]] = {}
        self._right: dict[int, int | None] = {}

    def after(self, i: int) -> tuple[int, ...]:
        """Return the lines in which a sentence may go on after the end of line `i`."""
        if i not in self._after:
            crowded = len(self._sheet(i).order) > _MOST_LINES
            self._after[i] = () if crowded else tuple(self._find_after(i))
        return self._after[i]

    def before(self, j: int) -> tuple[int, ...]:
        """Return the lines from whose end a sentence may go on in line `j`."""
        if j not in self._before:
            line = self._lines[j]
            near: list[int] = []
            for page in range(line.page - _PAGES_ON, line.page + 1):
                near += self._order_of(page, line.turn)
            self._before[j] = tuple(i for i in near if j in self.after(i) or j == self.right_of(i))
        return self._before[j]

    def right_of(self, i: int) -> int | None:
        """Return the nearest line on the same row to the right of line `i`."""
        if i not in self._right:
            row = self._sheet(i).row(i)
            at = row.index(i) + 1
            self._right[i] = row[at] if at < len(row) else None
        return self._right[i]

    def left_of(self, i: int) -> int | None:
        """Return the nearest line on the same row to the left of line `i`."""
        row = self._sheet(i).row(i)
        at = row.index(i)
        return row[at - 1] if at else None

    def is_label(self, i: int) -> bool:
        """Return whether line `i` is no more than a number or sign before a text."""
        text = self._lines[i].text
        return len(text) <= _LONGEST_LABEL and bool(not text or _LABEL.fullmatch(text))

    def runs_on(self, over: Sequence[int], j: int) -> bool:
        """Return whether one of the lines `over` line `j` goes on in it within a sentence."""
        line = self._lines[j]
        is_item = bool(line.folded.marks_in(0, 0)) or _LABEL.match(line.text) is not None
        if is_item or not line.text[:1].islower():
            return False
        for i in over:
            before = self._lines[i]
            near = 0 < before.base - line.base < _CLOSE * line.size and before.page == line.page
            if near and self._alike(i, j) and before.text[-1:] not in SENTENCE_ENDS | {","}:
                return True
        return False

    def _sheet(self, i: int) -> Sheet:
        return self._sheets[self._lines[i].page, self._lines[i].turn]

    def _order_of(self, page: int, turn: int) -> Sequence[int]:
        """Return the lines of a page from top to bottom."""
        sheet = self._sheets.get((page, turn))
        return sheet.order if sheet else ()

    def _find_after(self, i: int) -> Sequence[int]:
        if len(self._lines[i].text) == 1 and self._lines[i].text.isupper():
            beside = self._beside_initial(i)
            if beside is not None:
                return (beside,)
        natural = [j for j in self._below(i) if self._is_next(i, j)][:1]
        if natural:
            # The number of an item hangs to the left of the lines over it.
            label = self.left_of(natural[0])
            counted = label is not None and self.is_label(label)
            if label is not None and counted and not self._lines[label].text.isdigit():
                natural.append(label)
            return natural
        if not self._is_last(i):
            return ()
        return self._next_columns(i) or self._next_pages(i)

    def _beside_initial(self, i: int) -> int | None:
        """Return the first line beside a large letter with which a text begins, if it is one."""
        initial = self._lines[i]
        for j in self._order_of(initial.page, initial.turn):
            line = self._lines[j]
            beside = 0 <= line.base - initial.base < initial.size and (
                -0.2 * initial.size < line.left - initial.right < 0.5 * initial.size
            )
            if beside and initial.size > LARGE * line.size:
                return j
        return None

    def _below(self, i: int) -> list[int]:
        """Return the lines of the nearest row under a line, from left to right."""
        line, sheet = self._lines[i], self._sheet(i)
        plain = sheet.next_row(i, line.left)
        # The first line of an item may begin to the right of its others.
        hanging = sheet.next_row(i, line.left - _HANGS * line.size)
        if hanging and not any(map(self.is_label, hanging)):
            base = self._lines[hanging[0]].base
            if not plain or base > self._lines[plain[0]].base + ROW * line.size:
                return hanging
        return plain

    def _is_next(self, i: int, j: int) -> bool:
        line, other = self._lines[i], self._lines[j]
        size = max(line.size, other.size)
        if _starts_note(other):
            return False
        if line.base - other.base <= _NEXT * size:
            return size <= _NEARLY * min(line.size, other.size)
        return self._alike(i, j) and j not in self._recurring

    def _alike(self, i: int, j: int) -> bool:
        one, other = self._lines[i].size, self._lines[j].size
        return max(one, other) <= _ALIKE * min(one, other)

    def _is_passed(self, j: int, i: int) -> bool:
        """Return whether line `j` at a page's edge is no part of the text of line `i`."""
        return (
            j in self._recurring
            or not self._alike(i, j)
            or bool(_PAGE_NUMBER.fullmatch(self._lines[j].text))
        )

    def _is_last(self, i: int) -> bool:
        """Return whether nothing under a line belongs to the same text."""
        line = self._lines[i]
        for j in self._sheet(i).under(i):
            other = self._lines[j]
            if overlaps(line.left, line.right, other):
                if _starts_note(other):
                    return True
                if not self._is_passed(j, i):
                    return False
        return True

    def _next_columns(self, i: int) -> list[int]:
        """Return the heads of the columns to the right of a line."""
        line = self._lines[i]
        edge = self._edge(i) - line.size
        heads = [
            j
            for j in self._heads_of(line.page, line.turn)
            if self._lines[j].left >= edge and self._lines[j].base > line.base and self._alike(i, j)
        ]
        return sorted(heads, key=lambda j: self._lines[j].left)[:2]

    def _edge(self, i: int) -> float:
        """Return where the lines of a column end, by the ones over its last line."""
        edge, count = self._lines[i].right, 0
        for j in self._sheet(i).over(i):
            if self._alike(i, j):
                edge, count = max(edge, self._lines[j].right), count + 1
            if count == _COLUMN:
                break
        return edge

    def _next_pages(self, i: int) -> list[int]:
        line = self._lines[i]
        for page in range(line.page + 1, line.page + 1 + _PAGES_ON):
            heads = [
                j
                for j in self._heads_of(page, line.turn)
                if self._alike(i, j) and not self._is_passed(j, i)
            ]
            if heads:
                return [j for j in heads if not any(self._is_beside(k, j) for k in heads)]
        return []

    def _is_beside(self, k: int, j: int) -> bool:
        """Return whether line `k` heads a column to the left of the one that line `j` heads."""
        left, line = self._lines[k], self._lines[j]
        level = left.base > line.base - 3 * line.size
        return level and left.right <= line.left + line.size and not self.is_label(k)

    def _heads_of(self, page: int, turn: int) -> list[int]:
        """Return the lines of a page with nothing over them that is set alike."""
        if (page, turn) not in self._heads:
            self._heads[page, turn] = [
                j
                for j in self._order_of(page, turn)
                if j not in self._recurring
                and all(self._is_passed(k, j) for k in self._sheet(j).over(j))
            ]
        return self._heads[page, turn]


def _starts_note(line: Line) -> bool:
    """Return whether a line begins with a raised number, as notes do."""
    first = next((run for run in line.runs if run.text.strip()), None)
    if first is None or not first.flags & Flag.RAISED:
        return False
    return first.text.strip("()[]. ").isdigit()


def _recurring(lines: Sequence[Line]) -> frozenset[int]:
    """Find running heads and feet: the same words at the same height on several pages."""
    places: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        key = re.sub(r"\d+", "#", line.text.lower())
        places[key, line.turn, round(line.base / _BAND)].append(i)
    pages = len({line.page for line in lines})
    enough = 2 if pages <= _ENOUGH else _ENOUGH
    return frozenset(
        i
        for found in places.values()
        if len({lines[i].page for i in found}) >= enough
        for i in found
    )
