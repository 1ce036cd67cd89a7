"""The main text of an HTML page to raw blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.reading.markup.html_main import HTML_BLOCKS
from search.reading.markup.html_notes import Notes
from search.reading.markup.table_grid import GridCell, TableGrid, span_of
from search.reading.markup.xml_text import Element, TextLine, TreeText, local_name, squeezed_text
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText, join

__all__ = ["HTML_INLINE", "height_of", "html_blocks"]

HTML_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt"
    " ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements within a line; every other one begins a line or a block of its own."""
_HEADINGS = {f"h{number}": number for number in range(1, 7)}
_LEVEL = 10
_SUBHEADINGS = 70
"""The depth of a paragraph that is emphasised as a whole: under all headings of the page."""
_RANKS = {"vet": 1, "halfvet": 2, "vetcur": 3, "cur": 4, "rom": 5, "ondlijn": 5}
_SET_AS = re.compile(r"(?:^|\s|_)(vetcur|halfvet|vet|cur|rom|ondlijn)(?:$|\s)")
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
_LONGEST_HEADING = 120
_BULLET = re.compile(r"[•·▪‣◦●○■–-][ \xa0]+")
_HEIGHTS = {"sup": 1, "super": 1, "sub": -1}
_SHIFTED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_LAYOUT = frozenset("h1 h2 h3 h4 h5 h6 table article section".split())


def height_of(element: Element) -> int:
    """Return 1 for an element whose text is raised, -1 for one whose text is lowered, else 0."""
    height = _HEIGHTS.get(local_name(element), 0)
    style = element.get("style") if isinstance(element.tag, str) else None
    if style and (set_as := _SHIFTED.search(style)):
        return _HEIGHTS[set_as[1].lower()]
    return height


def html_blocks(body: Element, words: TreeText, notes: Notes) -> tuple[RawBlock, ...]:
    """Return the blocks of a page's main text in their order, the footnotes last."""
    walk = _Walk(body, words, notes)
    walk.flow(body)
    return (*walk.body, *walk.notes)


class _Walk:
    """One walk over a page: the blocks so far, and what is open."""

    def __init__(self, body: Element, words: TreeText, notes: Notes) -> None:
        self.body: list[RawBlock] = []
        self.notes: list[RawBlock] = []
        self._words = words
        self._found = notes
        self._lines: list[TextLine] = []
        """The lines of the block that is being read."""
        self._opening: tuple[SourcedText, RawKind] | None = None
        self._asides = 0
        self._holders = {above for e in body.iter(*HTML_BLOCKS) for above in e.iterancestors()}
        """Elements with blocks in them, which are not part of a line whatever their name."""
        self._readers: dict[str, Callable[[Element], None]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            "p": self._paragraph,
            "li": self._item,
            "dt": self._term,
            "table": self._table,
            "blockquote": self._aside,
            "figure": self._aside,
        }

    def flow(self, element: Element) -> None:
        """Read an element: lines of its own, and blocks."""
        self._add(self._words.text(element))
        for child in element:
            self._child(child)
            self._add(self._words.tail(child))
        self._emit()

    def _child(self, child: Element) -> None:
        self._words.keep_time()
        if child in self._found.notes:
            self._emit()
            self._note(child)
        elif child in self._found.marks:
            self._line().mark(self._found.marks[child])
        elif self._words.is_dropped(child):
            return
        elif local_name(child) == "br":
            if self._is_bold_lead(child):
                self._emit_heading()
            else:
                self._break()
        elif local_name(child) in HTML_BLOCKS or child in self._holders:
            self._emit()
            self._block(child)
        else:
            self._inline(child)

    def _block(self, element: Element) -> None:
        reader = self._readers.get(local_name(element))
        if reader:
            reader(element)
        else:
            self.flow(element)

    def _inline(self, element: Element) -> None:
        if _is_part_of_signature(element):
            self._break()
        self._add(self._words.text(element))
        for child in element:
            self._child(child)
            self._add(self._words.tail(child))

    def _line(self) -> TextLine:
        if not self._lines:
            self._lines.append(TextLine())
        return self._lines[-1]

    def _add(self, line: SourcedText) -> None:
        if line.text:
            self._line().add(line)

    def _break(self) -> None:
        """Begin a new line; two breaks one after the other end the block."""
        if self._lines and not self._lines[-1].has_text:
            self._emit()
        elif self._lines:
            self._lines.append(TextLine())

    def _is_bold_lead(self, br: Element) -> bool:
        """Return whether a line end follows a bold line that begins a paragraph, as its heading."""
        bold = br.getprevious()
        if bold is None or local_name(bold) not in _BOLD or self._asides or self._opening:
            return False
        text, parent = squeezed_text(bold), br.getparent()
        is_first = parent.index(bold) == 0 and not (parent.text or "").strip()
        has_text = (br.tail or "").strip() or br.getnext() is not None
        alone = is_first and has_text and not (bold.tail or "").strip()
        return bool(alone and 0 < len(text) <= _LONGEST_HEADING and text[-1] not in ".,;:?!")

    def _emit_heading(self) -> None:
        lines = self._taken()
        if lines:
            depth = _SUBHEADINGS + _RANKS["vet"]
            self.body.append(RawBlock(RawKind.HEADING, lines, depth=depth))

    def _taken(self) -> tuple[SourcedText, ...]:
        """Return the lines that were being read, and begin anew."""
        lines, self._lines = self._lines, []
        return tuple(line.finished() for line in lines if line.has_text)

    def _emit(self) -> None:
        """Append the lines that were being read to the blocks."""
        lines = self._taken()
        if not lines:
            return
        kind = RawKind.TEXT
        if self._opening:
            number, kind = self._opening
            self._opening = None
            first = lines[0].squeeze().strip()
            bullet = _BULLET.match(first.text) if kind is RawKind.LIST_ITEM else None
            first = first.slice(bullet.end(), len(first)) if bullet else first
            lines = (join([number, first], " ") if number.text else first, *lines[1:])
        # Text after inserted white space continues no sentence: see `repair`.
        apart = join([SourcedText.inserted(" "), lines[0]])
        self.body.append(RawBlock(kind, (apart, *lines[1:])))

    def _close(self) -> None:
        if self._opening and self._opening[0].text:
            self.body.append(RawBlock(self._opening[1], (self._opening[0],)))
        self._opening = None

    def _one_line(self, element: Element) -> SourcedText:
        """Read an element as one line."""
        line = TextLine()
        self._gather(element, line)
        return line.finished()

    def _gather(self, element: Element, line: TextLine) -> None:
        line.add(self._words.text(element))
        for child in element:
            if child in self._found.marks:
                line.mark(self._found.marks[child])
            elif not self._words.is_dropped(child):
                apart = local_name(child) not in HTML_INLINE
                if apart:
                    line.space()
                self._gather(child, line)
                if apart:
                    line.space()
            line.add(self._words.tail(child))

    def _heading(self, element: Element) -> None:
        if self._asides:
            self.flow(element)
            return
        self._put_heading(element, _LEVEL * _HEADINGS[local_name(element)])

    def _put_heading(self, element: Element, depth: int) -> None:
        self._close()
        line = self._one_line(element)
        if line.text.strip():
            self.body.append(RawBlock(RawKind.HEADING, (line,), depth=depth))

    def _paragraph(self, element: Element) -> None:
        rank = 0 if self._asides or self._opening else _rank_of(element)
        if rank and element not in self._holders:
            self._put_heading(element, _SUBHEADINGS + rank)
        else:
            self.flow(element)

    def _item(self, element: Element) -> None:
        number = self._opening[0] if self._opening else SourcedText()
        self._opening = (number, RawKind.LIST_ITEM)
        self._asides += 1
        self.flow(element)
        self._asides -= 1
        self._close()

    def _term(self, element: Element) -> None:
        """Read a term; its definition follows it, on the same line."""
        self._close()
        term = self._one_line(element).squeeze().strip()
        self._opening = (term, RawKind.LIST_ITEM)
        following = element.getnext()
        if following is None or local_name(following) != "dd":
            self._close()

    def _aside(self, element: Element) -> None:
        """Read a quotation or a figure: headings in it do not apply to what follows it."""
        self._asides += 1
        self.flow(element)
        self._asides -= 1

    def _table(self, element: Element) -> None:
        """Read a table: a line a row, its cells separated by tabs; if it is lay-out, its parts."""
        self._close()
        if not _is_data(element):
            self.flow(element)
            return
        self._asides += 1
        rows: list[SourcedText] = []
        cells = ([span_of(c.get("colspan")) for c in row] for row in element.iter("tr"))
        # A title over all columns may ask for more than there are.
        grid = TableGrid(max((sum(row) for row in cells if len(row) > 1), default=1))
        for each in element.iter("caption", "tr"):
            if local_name(each) == "tr":
                rows.append(self._row(each, grid))
            else:
                self._put_rows(rows)
                self.flow(each)
        self._put_rows(rows)
        self._asides -= 1

    def _put_rows(self, rows: list[SourcedText]) -> None:
        lines = tuple(row for row in rows if row.text.strip())
        rows.clear()
        if lines:
            self.body.append(RawBlock(RawKind.TABLE, lines))

    def _row(self, row: Element, grid: TableGrid) -> SourcedText:
        self._words.keep_time()
        return grid.line(
            GridCell(
                self._one_line(cell).squeeze().strip(),
                span_of(cell.get("colspan")),
                span_of(cell.get("rowspan")),
            )
            for cell in row
            if not self._words.is_dropped(cell)
        )

    def _note(self, element: Element) -> None:
        line = self._one_line(element)
        if line.text.strip():
            label = self._found.notes[element]
            self.notes.append(RawBlock(RawKind.FOOTNOTE, (line,), label=label))


def _is_part_of_signature(element: Element) -> bool:
    """Return whether an element names an office or its holder, on the official pages."""
    if not (element.get("class") or "").startswith(("functie", "naam")):
        return False
    above = element.getparent()
    return above is not None and "ondertekening" in (above.get("class") or "")


def _rank_of(element: Element) -> int:
    """Return the rank of a paragraph that is a heading by how it is set, else 0."""
    text = squeezed_text(element)
    named = element.get("class") or ""
    if "tussenkop" in named:
        inner = " ".join(each.get("class") or "" for each in element.iter())
        found = _SET_AS.search(inner)
        return _RANKS[found[1]] if found else _emphasis(element, text) or _RANKS["rom"]
    if not text or len(text) > _LONGEST_HEADING or text[-1] in ".,;:?!":
        return 0
    return _emphasis(element, text)


def _emphasis(element: Element, text: str) -> int:
    """Return the rank of the emphasis on all of a text, 0 where there is none."""
    bold = any(squeezed_text(each) == text for each in element.iter(*_BOLD))
    italic = any(squeezed_text(each) == text for each in element.iter(*_ITALIC))
    if bold:
        return _RANKS["vetcur" if italic else "vet"]
    return _RANKS["cur"] if italic else 0


def _is_data(table: Element) -> bool:
    """Return whether a table only holds data in cells, not parts of a page."""
    if any(local_name(each) in _LAYOUT for each in table.iterdescendants()):
        return False
    rows = [[c for c in row if local_name(c) in ("td", "th")] for row in table.iter("tr")]
    if not any(len(row) > 1 for row in rows):
        return False
    parts = [*table.iter("caption"), *(cell for row in rows for cell in row)]
    return sum(map(_signs, parts)) == _signs(table)


def _signs(element: Element) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())
