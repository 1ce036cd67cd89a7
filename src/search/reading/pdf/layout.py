"""Put the line fragments of PDF pages in reading order: columns of lines, and text in the margins.

Running heads and page numbers are removed, text in the margin is separated from the column, and
two columns are read one after the other, in whatever order the file draws them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from search.reading.pdf.cells import mark_cells, parts_of
from search.reading.pdf.column_lines import Column, ColumnLine, PageLayout
from search.reading.pdf.columns import split_columns
from search.reading.pdf.lines import LineFragment, PageText, join_fragments
from search.reading.repair import is_running_head
from search.reading.running_heads import recurring_lines, running_head_key

__all__ = ["in_reading_order", "lay_out", "printed_page_numbers"]

_LONG = 25
"""Characters from which a fragment shows how wide a column is."""
_MIN_COLUMN_LINES = 5
_MIN_FIXED_PAGES = 4
_MAX_RUNNING_ROWS = 4
"""Rows of a running head or foot."""
_HEADING_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|§\s?\d{1,3}|[IVX]{1,5})[.)]?$")
_BARE_NUMBER = re.compile(
    r"\W*(?:(?:pagina|blad|blz\.?|p\.)\s?)?(\d{1,4})(?:\s?(?:/|\||van|-)\s?\d{1,4})?\W*$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^\W*(?:pagina|blad|blz\.|p\.)?\s*(\d{1,4})\b|\b(\d{1,4})(?:\s(?:van|/)\s\d{1,4})?\W*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Page:
    """A page during layout: the fragments that are still to be placed."""

    source: str
    fragments: list[LineFragment]
    scanned: bool
    running_heads: list[LineFragment] = field(default_factory=list)

    def text(self, fragment: LineFragment) -> str:
        return self.source[fragment.start : fragment.end]

    def texts(self) -> list[tuple[LineFragment, str]]:
        return [(fragment, self.text(fragment)) for fragment in self.fragments]

    def take_running_heads(self, is_running: Callable[[LineFragment], bool]) -> None:
        self.running_heads += [f for f in self.fragments if is_running(f)]
        self.fragments = [f for f in self.fragments if not is_running(f)]


def lay_out(source: str, pages: Sequence[PageText]) -> list[PageLayout]:
    """Lay out the pages of a document, whose fragments have offsets in `source`."""
    recurring = {(span.start, span.end) for span in recurring_lines(source)}
    unplaced = [_Page(source, list(page.fragments), page.scanned) for page in pages]
    fixed = _fixed(unplaced, recurring)
    for page in unplaced:
        _take_edges(page, recurring, fixed)
    first = _first_page_number(unplaced)
    for ordinal, page in enumerate(unplaced):
        if first is not None:
            _take_page_number(page, first + ordinal)
    extent = _extent([each for page in unplaced for each in page.texts()])
    return [_laid_out(page, extent) for page in unplaced]


def in_reading_order(page: PageText) -> PageText:
    """Return a page with its text from top to bottom, column by column.

    Only the places of the lines count, so that a sentence is whole in the text in whatever order
    the file draws its parts. Rotated text comes last.
    """
    ordered: list[LineFragment] = []
    for part in parts_of(mark_cells(page)):
        if part.is_table:
            ordered += part.fragments
        else:
            columns = split_columns(part.fragments)
            ordered += [f for column in columns for row in _rows(column) for f in row]
    ordered += [fragment for fragment in page.fragments if fragment.rotation]
    joined = join_fragments([(page.text[f.start : f.end], f) for f in ordered], page.height)
    return replace(page, text=joined.text, fragments=joined.fragments)


def printed_page_numbers(pages: Sequence[PageLayout], source: str) -> list[str] | None:
    """Return the page numbers as printed, or None when they don't count up.

    A page before the one that is numbered 1 has none: an empty text.
    """
    first = _first_number([[source[f.start : f.end] for f in page.running_heads] for page in pages])
    if first is None:
        return None
    return [str(n) if (n := first + ordinal) > 0 else "" for ordinal in range(len(pages))]


def _fixed(pages: Sequence[_Page], recurring: set[tuple[int, int]]) -> set[int]:
    """Return the places of recurring lines that are at one height on at least half of the pages."""
    heights: dict[tuple[str, int], list[int]] = {}
    for page in pages:
        for fragment in page.fragments:
            if (fragment.start, fragment.end) in recurring:
                key = running_head_key(page.text(fragment)), round(fragment.baseline / 3)
                heights.setdefault(key, []).append(fragment.start)
    least = max(_MIN_FIXED_PAGES, len(pages) / 2)
    return {start for same in heights.values() if len(same) >= least for start in same}


def _take_edges(page: _Page, recurring: set[tuple[int, int]], fixed: set[int]) -> None:
    """Take the running heads and feet off a page, and what official prints have at its foot."""

    def recurs(fragment: LineFragment) -> bool:
        return (fragment.start, fragment.end) in recurring

    rows = _rows(page.fragments)
    ends = (_running_rows(page, each, recurs, fixed) for each in (rows, rows[::-1]))
    outer = [row for end in ends for row in end]
    left, right = _extent([(f, text) for f, text in page.texts() if not recurs(f)])
    at_edge = {fragment.start for row in outer for fragment in row if recurs(fragment)}

    def is_running(fragment: LineFragment) -> bool:
        in_margin = recurs(fragment) and (fragment.right <= left or fragment.left >= right)
        return in_margin or fragment.start in at_edge or is_running_head(page.text(fragment))

    page.take_running_heads(is_running)


def _running_rows(
    page: _Page,
    rows: list[list[LineFragment]],
    recurs: Callable[[LineFragment], bool],
    fixed: set[int],
) -> list[list[LineFragment]]:
    """Return the rows from the edge inwards that hold recurring text, and numbers between them.

    The last of them must be clear of the text, or one line that is fixed on most pages: the head
    of a table that is printed again on each page recurs too.
    """
    found: list[list[LineFragment]] = []
    for row in rows[:_MAX_RUNNING_ROWS]:
        is_number = len(row) == 1 and _BARE_NUMBER.match(page.text(row[0]))
        if not (is_number or any(map(recurs, row))):
            break
        found.append(row)
    while found and not any(map(recurs, found[-1])):
        found.pop()
    if len(found) == len(rows):
        return found
    while found:
        last, following = found[-1][0], rows[len(found)][0]
        clear = abs(last.baseline - following.baseline) >= 1.7 * min(last.size, following.size)
        if clear or (len(found[-1]) == 1 and last.start in fixed):
            break
        found.pop()
    return found


def _first_page_number(pages: Sequence[_Page]) -> int | None:
    """Return the printed number of the first page, derived from the edges of all pages."""
    texts = []
    for page in pages:
        outer = [page.text(fragment) for fragment in _outermost(page)]
        bare = [text for text in outer if _BARE_NUMBER.match(text)]
        texts.append([page.text(fragment) for fragment in page.running_heads] + bare)
    return _first_number(texts)


def _first_number(texts: Sequence[Sequence[str]]) -> int | None:
    """Return the number that, with each page's ordinal added, most pages have in their texts."""
    counts: Counter[int] = Counter()
    for ordinal, lines in enumerate(texts):
        found = {
            int(value) - ordinal
            for line in lines
            for match in _PAGE_NUMBER.finditer(line)
            for value in match.groups()
            if value
        }
        counts.update(found)
    if not counts:
        return None
    first, pages = max(counts.items(), key=lambda each: (each[1], -abs(each[0])))
    numbered = sum(any(re.search(r"\d", line) for line in lines) for lines in texts)
    enough = pages >= 2 or (len(texts) == 1 and first == 1)
    return first if enough and pages >= 0.6 * numbered else None


def _take_page_number(page: _Page, number: int) -> None:
    """Take the page's number off it, where it is alone at the top or the foot."""
    outer = {fragment.start for fragment in _outermost(page)}

    def is_number(fragment: LineFragment) -> bool:
        found = _BARE_NUMBER.match(page.text(fragment)) if fragment.start in outer else None
        return found is not None and int(found[1]) == number

    page.take_running_heads(is_number)


def _outermost(page: _Page) -> list[LineFragment]:
    """Return the fragments of the first and the last row of a page."""
    rows = _rows(page.fragments)
    return [fragment for row in (*rows[:1], *rows[-1:]) for fragment in row]


def _rows(fragments: Iterable[LineFragment]) -> list[list[LineFragment]]:
    """Group fragments by line, from the top of the page down and from left to right."""
    rows = _on_one_line(sorted(fragments, key=lambda f: (f.baseline, f.left)))
    return [sorted(row, key=lambda f: f.left) for row in rows]


def _on_one_line(fragments: Iterable[LineFragment]) -> list[list[LineFragment]]:
    """Group successive fragments that have about the same baseline."""
    rows: list[list[LineFragment]] = []
    for fragment in fragments:
        if rows and _is_level(fragment, rows[-1][0]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _is_level(one: LineFragment, other: LineFragment) -> bool:
    if one.cell and other.cell:
        return one.cell[:2] == other.cell[:2]
    return abs(one.baseline - other.baseline) <= 0.4 * min(one.size, other.size)


def _extent(fragments: Iterable[tuple[LineFragment, str]]) -> tuple[float, float]:
    """Return the left and right side of the running text, measured on long lines."""
    long = [fragment for fragment, text in fragments if len(text) >= _LONG]
    if not long:
        return (float("-inf"), float("inf"))
    lefts, rights = sorted(f.left for f in long), sorted(f.right for f in long)
    return lefts[len(lefts) // 12], rights[-1 - len(rights) // 20]


def _laid_out(page: _Page, document_extent: tuple[float, float]) -> PageLayout:
    """Separate the columns of a page from what is in its margins."""
    texts = page.texts()
    has_own = sum(len(text) >= _LONG for _, text in texts) >= 3 * _MIN_COLUMN_LINES
    left, right = _extent(texts) if has_own else document_extent
    rotated = [f for f in page.fragments if f.rotation]
    body: list[LineFragment] = []
    margin: list[LineFragment] = []
    for f in (f for f in page.fragments if not f.rotation):
        slack = 0.3 * f.size
        (margin if f.right < left - slack or f.left > right + slack else body).append(f)
    labels = _heading_labels(page, margin, body)
    body += labels
    label_starts = {fragment.start for fragment in labels}
    margin = [fragment for fragment in margin if fragment.start not in label_starts]
    columns = [
        _column(page, column)
        for part in parts_of(body)
        for column in ([part.fragments] if part.is_table else split_columns(part.fragments))
    ]
    margin_texts = [_column(page, cluster) for cluster in _clusters(margin)]
    margin_texts += [_column(page, [fragment]) for fragment in rotated]
    return PageLayout(tuple(columns), tuple(margin_texts), tuple(page.running_heads), page.scanned)


def _heading_labels(
    page: _Page, margin: Sequence[LineFragment], body: Sequence[LineFragment]
) -> list[LineFragment]:
    """Return the numbers of headings that hang in the margin, beside the heading itself."""
    return [
        label
        for label in margin
        if _HEADING_LABEL.match(page.text(label))
        and any(
            abs(f.baseline - label.baseline) < 0.3 * label.size
            and 0 < f.left - label.right < 6 * label.size
            and abs(f.size - label.size) < 0.1 * label.size
            for f in body
        )
    ]


def _column(page: _Page, fragments: Iterable[LineFragment]) -> Column:
    """Put the fragments of a column on lines, in the order of the source."""
    rows = _on_one_line(sorted(fragments, key=lambda f: f.start))
    lefts = sorted(min(f.left for f in row) for row in rows)
    rights = sorted(max(f.right for f in row) for row in rows)
    left = lefts[len(lefts) // 12] if rows else 0.0
    right = rights[-1 - len(rights) // 20] if rows else 0.0
    prose = sum(len(row) == 1 and " " in page.text(row[0]) for row in rows)
    lines = []
    for number, row in enumerate(rows):
        around = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
        may_be = len(row) > 1 and prose > 1 and row[0].cell is None
        justified = may_be and _is_stretched(page, row, around, left, right)
        lines.append(ColumnLine(tuple(row), " ".join(map(page.text, row)), justified))
    return Column(tuple(lines), min(lefts, default=0.0), right)


def _is_stretched(
    page: _Page,
    row: Sequence[LineFragment],
    around: Sequence[Sequence[LineFragment]],
    left: float,
    right: float,
) -> bool:
    """Return whether a line fills its column by wide spaces, all alike, between single words.

    The cells of a table begin where those of the row above or below begin.
    """
    size = row[0].size
    gaps = [after.left - before.right for before, after in pairwise(row)]
    fills = abs(row[0].left - left) < 0.5 * size and abs(row[-1].right - right) < 0.5 * size
    words = not any(" " in page.text(f) for f in row)
    alike = max(gaps) - min(gaps) < 0.3 * size
    starts = [f.left for other in around for f in other[1:]]
    aligned = any(abs(f.left - start) < 1 for f in row[1:] for start in starts)
    return fills and words and alike and (not aligned or len(row) > 2)


def _clusters(fragments: Sequence[LineFragment]) -> list[list[LineFragment]]:
    """Group the fragments of a margin by closeness."""
    clusters: list[list[LineFragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.baseline, f.left)):
        for cluster in clusters:
            last = cluster[-1]
            near = fragment.baseline - last.baseline < 1.7 * max(fragment.size, last.size)
            if near and abs(fragment.left - last.left) < 2 * fragment.size:
                cluster.append(fragment)
                break
        else:
            clusters.append([fragment])
    return clusters
