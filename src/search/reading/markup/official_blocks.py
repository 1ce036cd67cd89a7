"""The body of an official publication (schema op-xsd-2012) to raw blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from search.dutch.question_markers import marker_of
from search.reading.markup.official_elements import (
    ASIDE,
    BLOCKS,
    INLINE,
    ON_ONE_LINE,
    PARTS_OF_NAMES,
    apart,
    emphasis_of,
    has_own_spaces,
    is_blank,
    is_label,
    label_of,
    leading_children,
    needs_space,
    tails_of,
)
from search.reading.markup.table_grid import CalsRows, GridCell
from search.reading.markup.xml_text import Element, TextLine, TreeText, local_name, squeezed_text
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText, join

__all__ = ["official_blocks_of"]

_RANKS = {"vet": 1, "halfvet": 2, "vetcur": 3, "cur": 4, "rom": 5, "ondlijn": 5}
_MEMBER = 95
"""The depth of the section of a member of an article ("lid 2"), under all divisions of a law."""
_SUBHEADING = 100
_SPEAKER = 200
_LEVEL = 10
"""A heading's depth: ten for each division around it. Headings within the text are deeper, by how
they are set, so that the next division ends them."""
_DEEP_ENOUGH = 9
_PARTS = {"inhoudsindicatie": "Inhoudsindicatie"} | dict.fromkeys(
    ("uitspraak", "conclusie", "wetsluiting", "regeling-sluiting"), ""
)
"""Parts of rulings and laws that end the section before them, with the name of their own."""
_LONGEST_HEADING = 120
"""Characters of a paragraph that may be a heading."""
_WORD = re.compile(r"[^\W_]")
_NOTHING = SourcedText()


_NUMBERS = ("li.nr", "lidnr", "nr")


def official_blocks_of(root: Element, words: TreeText) -> tuple[RawBlock, ...]:
    """Return the blocks of a publication in their order, the footnotes last."""
    walk = _Walk(root, words)
    walk.flow(root, 0)
    body = walk.body
    last = len(body)
    while last and _SUBHEADING <= body[last - 1].depth < _SPEAKER:
        # A subheading with nothing under it is no heading: a place, a date, who signs.
        last -= 1
        body[last] = RawBlock(RawKind.TEXT, (apart(body[last].lines[0]),))
    return (*body, *walk.notes)


class _Walk:
    """One walk over a publication: the blocks so far, and what is open."""

    def __init__(self, root: Element, words: TreeText) -> None:
        self.body: list[RawBlock] = []
        self.notes: list[RawBlock] = []
        self._words = words
        self._opening: tuple[SourcedText, RawKind] | None = None
        """The number of an item, and what kind of block it is, until its first text comes."""
        self._asides = 0
        self._spaced: tuple[Element, bool] = (None, False)
        self._ends = 0
        """How deep the section is that the next text ends: of a speech, a member of an article."""
        self._member = ""
        self._has_members = local_name(root) == "toestand"
        self._readers: dict[str, Callable[[Element, int], None]] = {
            "kop": self._heading,
            "intitule": self._heading,
            "item-titel": self._heading,
            "al": self._paragraph,
            "tussenkop": self._subheading,
            "tuskop": self._subheading,
            "li": self._item,
            "lid": self._item,
            "wijziging": self._item,
            "definitie-item": self._definition,
            "table": self._table,
            "noot": self._note,
            "ondertekening": self._signature,
            "spreekbeurt": self._speech,
            "spreker": self._speaker,
            "stuk": self._piece,
            "vraag": self._exchange,
            "antwoord": self._exchange,
            **dict.fromkeys(_PARTS, self._part),
        }

    def flow(self, element: Element, level: int, left_out: Collection[Element] = ()) -> None:
        """Read an element, but for some children: lines of its own, and blocks."""
        if any(local_name(child) == "kop" for child in element):
            level += 1
        line = TextLine()
        line.add(self._words.text(element))
        mixed = not is_blank(element.text) or not all(map(is_blank, tails_of(element)))
        for child in element:
            if child in left_out:
                pass
            elif self._is_inline(child, mixed):
                self._inline(child, line)
            elif not self._words.is_dropped(child):
                self._emit(line)
                line = TextLine()
                self._block(child, level)
            line.add(self._tail(child))
        self._emit(line)

    def _tail(self, child: Element) -> SourcedText:
        """Return the text after an element, but not a line end that a program put there.

        `<nadruk>2</nadruk><nadruk>3</nadruk><nadruk> december</nadruk>` is one date, also when
        each part is on a line of its own: the spaces that belong there are in the parts.
        """
        line = self._words.tail(child)
        if not (line.text.isspace() and "\n" in line.text) or local_name(child) not in INLINE:
            return line
        parent = child.getparent()
        if self._spaced[0] is not parent:
            self._spaced = (parent, has_own_spaces(parent))
        return _NOTHING if self._spaced[1] else line

    def _is_inline(self, child: Element, mixed: bool) -> bool:
        name = local_name(child)
        if name in INLINE:
            return name != "noot" or mixed or self._in_line(child)
        if not mixed or name in self._readers or name in BLOCKS:
            return False
        # An unknown element within a text that only holds text is a part of the line.
        return name in PARTS_OF_NAMES or not len(child)

    @staticmethod
    def _in_line(note: Element) -> bool:
        return local_name(note.getparent()) in ("al", "titel", "noot.al", "nadruk")

    def _block(self, element: Element, level: int) -> None:
        self._words.keep_time()
        name = local_name(element)
        reader = self._readers.get(name)
        if reader:
            reader(element, level)
        elif name in ON_ONE_LINE:
            self._emit(self._line(element))
        else:
            aside = name in ASIDE
            self._asides += aside
            self.flow(element, level)
            self._asides -= aside

    def _emit(self, line: TextLine, kind: RawKind = RawKind.TEXT) -> None:
        """Append a line to the blocks, with the number before it."""
        if line.has_text:
            self._put(line.finished(), kind)

    def _put(self, line: SourcedText, kind: RawKind) -> None:
        if self._opening:
            number, kind = self._opening
            self._opening = None
            line = join([number, line.strip()], " ") if number.text else line
        # The chair's words after a speech, or "In stemming komt de motie.", are not the speaker's:
        # the first of them ends the speaker's section.
        ends = self._ends if not self._asides else 0
        self.body.append(RawBlock(kind, (apart(line),), depth=ends, label=self._member))
        self._ends, self._member = 0, ""

    def _close(self) -> None:
        """Append a number without a text to the blocks."""
        if self._opening and _WORD.search(self._opening[0].text):
            number, kind = self._opening
            self.body.append(RawBlock(kind, (number,)))
        self._opening = None

    def _line(self, element: Element) -> TextLine:
        line = TextLine()
        self._inline(element, line)
        return line

    def _inline(self, element: Element, line: TextLine) -> None:
        """Append an element's text to a line, with spaces between elements that are whole words."""
        name = local_name(element)
        if is_label(element):
            line.mark(squeezed_text(element))
            return
        if self._words.is_dropped(element):
            return
        if name == "noot":
            self._note_in(element, line)
            return
        line.add(self._words.text(element))
        previous: Element | None = None
        for child in element:
            if needs_space(previous, child):
                line.space()
            self._inline(child, line)
            if local_name(child) in BLOCKS or local_name(child) in _NUMBERS:
                line.space()
            line.add(self._tail(child))
            previous = child

    def _heading(self, element: Element, level: int) -> None:
        """Read a heading: its label, number, title and subtitle on one line."""
        line = self._line(element)
        if self._asides:
            self._emit(line)
        elif line.has_text:
            self._put_heading(line.finished(), _LEVEL * min(level, _DEEP_ENOUGH))

    def _put_heading(self, line: SourcedText, depth: int) -> None:
        self._close()
        self._ends = 0
        self.body.append(RawBlock(RawKind.HEADING, (line,), depth=depth))

    def _subheading(self, element: Element, _level: int) -> None:
        line = self._line(element)
        if self._asides or not line.has_text:
            self._emit(line)
            return
        set_as = element.get("kopopmaak") or emphasis_of(element)
        rank = _RANKS.get(set_as, _RANKS["rom"])
        self._put_heading(line.finished(), _SUBHEADING + rank)

    def _paragraph(self, element: Element, level: int) -> None:
        """Read a paragraph; a short one that is emphasised as a whole is a heading."""
        text = squeezed_text(element)
        rank = _RANKS.get(emphasis_of(element), 0)
        apart = not (self._asides or self._opening) and local_name(element.getparent()) != "li"
        if rank and apart and len(text) <= _LONGEST_HEADING and text[-1:] not in (*".,;:?!", ""):
            self._put_heading(self._line(element).finished(), _SUBHEADING + rank)
        else:
            self.flow(element, level)

    def _item(self, element: Element, level: int) -> None:
        """Read an item of a list, or a numbered member of an article, with its number."""
        first = leading_children(element, _NUMBERS)[:1]
        number = self._number(first)
        is_list = local_name(element) == "li"
        is_member = self._has_members and local_name(element) == "lid" and not self._asides
        if is_member and number.text:
            self._ends, self._member = _MEMBER, f"lid {number.text.rstrip('.')}"
        self._open(number, RawKind.LIST_ITEM if is_list else RawKind.TEXT)
        self.flow(element, level, first)
        self._close()
        if is_member:
            self._ends, self._member = _MEMBER, ""

    def _open(self, number: SourcedText, kind: RawKind) -> None:
        """Keep a number for the text after it; "1." is kept with the "a." within it."""
        if self._opening and self._opening[0].text:
            number = join([self._opening[0], number], " ") if number.text else self._opening[0]
        self._opening = (number, kind)

    def _number(self, first: Sequence[Element]) -> SourcedText:
        """Return the number of an item, or nothing where it is a bullet."""
        line = join([self._line(each).finished() for each in first], " ").squeeze().strip()
        return line if _WORD.search(line.text) else _NOTHING

    def _part(self, element: Element, level: int) -> None:
        self._ends, self._member = _LEVEL, _PARTS[local_name(element)]
        self.flow(element, level)

    def _definition(self, element: Element, level: int) -> None:
        """Read a term and its definition as one item."""
        first = leading_children(element, ("li.nr", "term"))
        self._open(self._number(first), RawKind.LIST_ITEM)
        self.flow(element, level, first)
        self._close()

    def _table(self, element: Element, level: int) -> None:
        """Read a table (CALS): a line a row, its cells separated by tabs."""
        self._close()
        self._asides += 1
        rows: list[SourcedText] = []
        self._group(element, level, rows, CalsRows({}))
        self._put_rows(rows)
        self._asides -= 1

    def _group(self, element: Element, level: int, rows: list[SourcedText], grid: CalsRows) -> None:
        """Read the rows within a part of a table, and its other elements."""
        if local_name(element) in ("tgroup", "thead", "tbody", "tfoot"):
            grid = grid.within(element)
        self._put_loose(self._words.text(element), rows)
        for child in element:
            if local_name(child) == "row":
                rows.append(self._row(child, grid))
            elif any(local_name(each) == "row" for each in child.iterdescendants()):
                self._group(child, level, rows, grid)
            elif not self._words.is_dropped(child):
                self._put_rows(rows)
                self._block(child, level)
            self._put_loose(self._words.tail(child), rows)

    @staticmethod
    def _put_loose(line: SourcedText, rows: list[SourcedText]) -> None:
        rows.append(line.squeeze().strip())

    def _put_rows(self, rows: list[SourcedText]) -> None:
        lines = tuple(row for row in rows if row.text.strip())
        rows.clear()
        if lines:
            self.body.append(RawBlock(RawKind.TABLE, lines))
            self._ends = 0

    def _row(self, row: Element, grid: CalsRows) -> SourcedText:
        self._words.keep_time()
        cells = [GridCell(self._words.text(row).squeeze().strip())]
        for entry in row:
            cells.append(grid.cell(entry, self._line(entry).finished().squeeze().strip()))
            # Text between cells is against the schema, but is text.
            cells.append(GridCell(self._words.tail(entry).squeeze().strip()))
        is_entry = [False, *(n % 2 == 0 for n in range(2 * len(row)))]
        return grid.line(c for c, own in zip(cells, is_entry, strict=True) if own or c.text.text)

    def _note(self, element: Element, _level: int) -> None:
        """Read a footnote outside a line, as of a table or at the end."""
        self._words.keep_time()
        text = TextLine()
        text.add(self._words.text(element))
        for child in element:
            if not is_label(child):
                text.space()
                self._inline(child, text)
            text.add(self._tail(child))
        if text.has_text:
            note = RawBlock(RawKind.FOOTNOTE, (text.finished(),), label=label_of(element))
            self.notes.append(note)

    def _note_in(self, element: Element, line: TextLine) -> None:
        """Read a footnote with its mark in a line."""
        line.mark(label_of(element))
        self._note(element, 0)

    def _signature(self, element: Element, level: int) -> None:
        """Read who signed: a line for each function and each name."""
        lines = []
        for child in element:
            line = self._line(child)
            if line.has_text:
                lines.append(line.finished())
        if not lines or not all(map(is_blank, (element.text, *tails_of(element)))):
            self.flow(element, level)
            return
        self._close()
        self._ends = 0
        self.body.append(RawBlock(RawKind.TEXT, tuple(lines)))

    def _speech(self, element: Element, level: int) -> None:
        """Read a speech, under a heading with the speaker."""
        self._ends = 0
        self._asides += 1
        self.flow(element, level)
        self._asides -= 1
        self._close()
        self._ends = _SPEAKER

    def _speaker(self, element: Element, _level: int) -> None:
        line = self._line(element).finished().squeeze().strip()
        end = len(line.text.rstrip(" :"))
        if end:
            self._put_heading(line.slice(0, end), _SPEAKER)

    def _piece(self, element: Element, level: int) -> None:
        """Read a Kamerstuk's piece: its number and its title are one line of the head."""
        head = leading_children(element, ("stuknr", "titel"))
        line = TextLine()
        for child in head:
            line.space()
            self._inline(child, line)
        self._emit(line)
        self.flow(element, level, head)

    def _exchange(self, element: Element, level: int) -> None:
        """Read a question of an MP, or the answer to it, under its number ("Vraag 1")."""
        marker = leading_children(element, ("nr", "al"))[:1]
        if not marker or marker_of(squeezed_text(marker[0])) is None:
            self._item(element, level)
            return
        line = self._line(marker[0])
        self._put_heading(line.finished(), _SUBHEADING)
        self.flow(element, level, marker)
