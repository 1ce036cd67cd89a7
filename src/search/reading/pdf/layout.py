"""The pieces of a page to columns of lines in reading order: what a reader's eye does.

Running heads and page numbers are left, text beside the column is told from the column itself, and
two columns are read one after the other, in whatever order the file draws them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from search.reading.pdf.lines import LineFragment, PageText, put_together
from search.reading.repair import is_furniture
from search.reading.running_heads import recurring_lines
from search.records import Span

__all__ = ["Flow", "Laid", "Line", "in_reading_order", "lay_out", "printed_numbers"]

_LONG = 25
"""Characters of a piece that shows how wide a column is."""
_SHORTEST_COLUMN = 5
"""Lines that a column must have to be one."""
_MOST_ROWS = 4
"""Of a running head or foot."""
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|§\s?\d{1,3}|[IVX]{1,5})[.)]?$")
_NUMBER = re.compile(r"\W*(\d{1,4})\W*$")
_NUMBERED = re.compile(
    r"^\W*(?:pagina|blad|blz\.|p\.)?\s*(\d{1,4})\b|\b(\d{1,4})(?:\s(?:van|/)\s\d{1,4})?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces that stand beside one another on one line of a column, from left to right."""

    pieces: tuple[LineFragment, ...]
    text: str

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def base(self) -> float:
        return self._main.base

    @property
    def size(self) -> float:
        return self._main.size

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)

    @property
    def italic(self) -> bool:
        return all(piece.italic for piece in self.pieces)

    @property
    def _main(self) -> LineFragment:
        return max(self.pieces, key=lambda piece: piece.end - piece.start)


@dataclass(frozen=True, slots=True)
class Flow:
    """A column, or text beside one, as lines from top to bottom; `right` is where lines may end."""

    lines: tuple[Line, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A page in reading order: its columns, and what stands beside them."""

    flows: tuple[Flow, ...]
    beside: tuple[Flow, ...] = ()
    edge: tuple[LineFragment, ...] = ()
    """The pieces of running heads and feet, page numbers among them."""
    scanned: bool = False


@dataclass(slots=True)
class _Page:
    """A page on its way: the pieces that are left of it."""

    source: str
    pieces: list[LineFragment]
    scanned: bool
    edge: list[LineFragment] = field(default_factory=list)

    def text(self, piece: LineFragment) -> str:
        return self.source[piece.start : piece.end]

    def leave(self, is_left: Callable[[LineFragment], bool]) -> None:
        """Take pieces off the page as its edge."""
        self.edge += [piece for piece in self.pieces if is_left(piece)]
        self.pieces = [piece for piece in self.pieces if not is_left(piece)]


def lay_out(source: str, pages: Sequence[PageText]) -> list[Laid]:
    """Lay out the pages of a document; their pieces count characters of `source`."""
    recurring = {(span.start, span.end) for span in recurring_lines(source)}
    laid = [_Page(source, list(page.pieces), page.scanned) for page in pages]
    for page in laid:
        _leave_edges(page, recurring)
    shift = _shift(laid)
    for number, page in enumerate(laid):
        _leave_number(page, None if shift is None else number + shift)
    wide = _extent([(p, pg.text(p)) for pg in laid for p in pg.pieces])
    return [_laid(page, wide) for page in laid]


def in_reading_order(page: PageText) -> PageText:
    """Give a page with its text from top to bottom, and where it has columns, one after another.

    Only where the lines stand is looked at, so that a sentence is whole in the text in whatever
    order the file draws its parts. What is turned comes last.
    """
    upright = [piece for piece in page.pieces if not piece.turn]
    ordered = [piece for column in _columns(upright) for row in _rows(column) for piece in row]
    ordered += [piece for piece in page.pieces if piece.turn]
    made = put_together([(page.text[p.start : p.end], p) for p in ordered], page.height)
    return replace(page, text=made.text, pieces=made.pieces)


def printed_numbers(laid: Sequence[Laid], source: str) -> list[str] | None:
    """Give the numbers that the pages bear in print, or None when they don't count up."""
    shift = _shift_of([[source[p.start : p.end] for p in page.edge] for page in laid])
    return None if shift is None else [str(number + shift) for number in range(len(laid))]


def _leave_edges(page: _Page, recurring: set[tuple[int, int]]) -> None:
    """Take the running heads and feet off a page, and what official prints put at its foot."""

    def is_running(piece: LineFragment) -> bool:
        return (piece.start, piece.end) in recurring

    rows = _rows(page.pieces)
    outer = (*_outer(rows, is_running), *_outer(rows[::-1], is_running))
    left, right = _extent([(p, page.text(p)) for p in page.pieces if not is_running(p)])
    at_edge = {piece.start for row in outer for piece in row if is_running(piece)}

    def is_left(piece: LineFragment) -> bool:
        aside = is_running(piece) and (piece.right <= left or piece.left >= right)
        return aside or piece.start in at_edge or is_furniture(page.text(piece))

    page.leave(is_left)


def _outer(
    rows: list[list[LineFragment]], is_running: Callable[[LineFragment], bool]
) -> list[list[LineFragment]]:
    """Give the rows from the edge inwards that hold nothing but running text and numbers.

    The last of them must stand clear of the text, lest the head of a table go that is printed
    again on each page.
    """
    found: list[list[LineFragment]] = []
    for row in rows[:_MOST_ROWS]:
        if not any(map(is_running, row)):
            break
        found.append(row)
    if len(found) == len(rows):
        return found
    while found:
        last, following = found[-1][0], rows[len(found)][0]
        if abs(last.base - following.base) >= 1.7 * min(last.size, following.size):
            break
        found.pop()
    return found


def _shift(pages: Sequence[_Page]) -> int | None:
    """Give the number of the first page by what the edges of all pages say."""
    told = []
    for page in pages:
        rows = _rows(page.pieces)
        outer = [*rows[:1], *rows[-1:]]
        alone = [page.text(p) for row in outer for p in row if _NUMBER.match(page.text(p))]
        told.append([page.text(p) for p in page.edge] + alone)
    return _shift_of(told)


def _shift_of(told: Sequence[Sequence[str]]) -> int | None:
    """Find the number that, added to a page's ordinal, most pages bear in print."""
    shifts: Counter[int] = Counter()
    for number, lines in enumerate(told):
        found = {
            int(value) - number
            for line in lines
            for each in _NUMBERED.finditer(line)
            for value in each.groups()
            if value
        }
        shifts.update(found)
    if not shifts:
        return None
    shift, pages = max(shifts.items(), key=lambda each: (each[1], -abs(each[0])))
    said = sum(any(re.search(r"\d", line) for line in lines) for lines in told)
    enough = pages >= 2 or (len(told) == 1 and shift == 1)
    return shift if enough and pages >= 0.6 * said else None


def _leave_number(page: _Page, number: int | None) -> None:
    """Take the page's number off it, where it stands alone at the top or the foot."""
    if number is None:
        return
    rows = _rows(page.pieces)
    outer = {piece.start for row in (*rows[:1], *rows[-1:]) for piece in row}

    def is_left(piece: LineFragment) -> bool:
        said = _NUMBER.match(page.text(piece)) if piece.start in outer else None
        return said is not None and int(said[1]) == number

    page.leave(is_left)


def _rows(pieces: Iterable[LineFragment]) -> list[list[LineFragment]]:
    """Put pieces on one line together, from the top of the page down."""
    rows: list[list[LineFragment]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.left)):
        near = 0.4 * min(piece.size, rows[-1][0].size) if rows else 0.0
        if rows and abs(piece.base - rows[-1][0].base) <= near:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _extent(pieces: Iterable[tuple[LineFragment, str]]) -> tuple[float, float]:
    """Give from where to where the running text of a page goes, by its long lines."""
    long = [piece for piece, text in pieces if len(text) >= _LONG]
    if not long:
        return (float("-inf"), float("inf"))
    lefts, rights = sorted(p.left for p in long), sorted(p.right for p in long)
    return lefts[len(lefts) // 12], rights[-1 - len(rights) // 20]


def _laid(page: _Page, wide: tuple[float, float]) -> Laid:
    """Part a page in columns and what stands beside them."""
    long = [(p, page.text(p)) for p in page.pieces]
    own = sum(len(text) >= _LONG for _, text in long) >= 3 * _SHORTEST_COLUMN
    left, right = _extent(long) if own else wide
    turned = [p for p in page.pieces if p.turn]
    body: list[LineFragment] = []
    beside: list[LineFragment] = []
    for piece in (p for p in page.pieces if not p.turn):
        slack = 0.3 * piece.size
        (beside if piece.right < left - slack or piece.left > right + slack else body).append(piece)
    labels = _labels(page, beside, body)
    body += labels
    hanging = {piece.start for piece in labels}
    beside = [piece for piece in beside if piece.start not in hanging]
    flows = [_flow(page, column) for column in _columns(body)]
    notes = [_flow(page, part) for part in _clusters(beside)]
    notes += [_flow(page, [piece]) for piece in turned]
    return Laid(tuple(flows), tuple(notes), tuple(page.edge), page.scanned)


def _labels(
    page: _Page, beside: Sequence[LineFragment], body: Sequence[LineFragment]
) -> list[LineFragment]:
    """Give the numbers of headings that hang in the margin, beside the heading itself."""
    return [
        piece
        for piece in beside
        if _LABEL.match(page.text(piece))
        and any(
            abs(each.base - piece.base) < 0.3 * piece.size
            and 0 < each.left - piece.right < 6 * piece.size
            and abs(each.size - piece.size) < 0.1 * piece.size
            for each in body
        )
    ]


def _flow(page: _Page, pieces: Iterable[LineFragment]) -> Flow:
    """Put the pieces of a column on lines, in the order of the source: no line goes against it."""
    rows: list[list[LineFragment]] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        if rows and abs(piece.base - rows[-1][0].base) <= 0.4 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = tuple(Line(tuple(row), " ".join(page.text(piece) for piece in row)) for row in rows)
    rights = sorted(line.right for line in lines)
    return Flow(
        lines,
        min((line.left for line in lines), default=0.0),
        rights[-1 - len(rights) // 20] if rights else 0.0,
    )


def _clusters(pieces: Sequence[LineFragment]) -> list[list[LineFragment]]:
    """Put what stands in a margin together by closeness."""
    clusters: list[list[LineFragment]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.left)):
        for cluster in clusters:
            last = cluster[-1]
            near = piece.base - last.base < 1.7 * max(piece.size, last.size)
            if near and abs(piece.left - last.left) < 2 * piece.size:
                cluster.append(piece)
                break
        else:
            clusters.append([piece])
    return clusters


def _columns(pieces: Sequence[LineFragment]) -> list[list[LineFragment]]:
    """Part pieces in columns in reading order; what crosses a gutter ends the columns above it."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)] if pieces else []
    crossing = [p for p in pieces if p.left < gutter < p.right]
    columns: list[list[LineFragment]] = []
    above = float("-inf")
    for cross in [*sorted(crossing, key=lambda p: p.base), None]:
        below = cross.base if cross else float("inf")
        band = [p for p in pieces if not p.left < gutter < p.right and above <= p.base < below]
        for side in ([p for p in band if p.right <= gutter], [p for p in band if p.left >= gutter]):
            columns += _columns(side)
        if cross:
            columns.append([cross])
        above = below
    return _joined(columns, crossing)


def _joined(
    columns: list[list[LineFragment]], crossing: Sequence[LineFragment]
) -> list[list[LineFragment]]:
    """Put lines that cross the gutter one under another back together."""
    joined: list[list[LineFragment]] = []
    for column in columns:
        if joined and column[0] in crossing and joined[-1][0] in crossing:
            joined[-1] += column
        else:
            joined.append(column)
    return joined


def _gutter(pieces: Sequence[LineFragment]) -> float | None:
    """Find where two columns are parted: few lines cross it, and many fill either side."""
    long = [p for p in pieces if p.end - p.start >= _LONG // 2]
    if len(long) < 2 * _SHORTEST_COLUMN:
        return None
    first, last = min(p.left for p in long), max(p.right for p in long)
    steps = [first + (last - first) * share / 100 for share in range(28, 73)]
    crossed = [sum(p.left < x < p.right for p in long) for x in steps]
    fewest = min(crossed)
    best = [x for x, count in zip(steps, crossed, strict=True) if count == fewest]
    gutter = best[len(best) // 2]
    left = [p for p in long if p.right <= gutter]
    right = [p for p in long if p.left >= gutter]
    if min(len(left), len(right)) < _SHORTEST_COLUMN or fewest > (len(left) + len(right)) / 4:
        return None
    overlap = Span(
        int(max(min(p.base for p in left), min(p.base for p in right))),
        int(min(max(p.base for p in left), max(p.base for p in right))),
    )
    tall = min(max(p.base for p in side) - min(p.base for p in side) for side in (left, right))
    filled = all(
        median(p.right - p.left for p in side) >= 0.6 * width
        for side, width in ((left, gutter - first), (right, last - gutter))
    )
    return gutter if filled and overlap.end - overlap.start >= 0.4 * tall else None
