"""Paragraphs of a word processor (.docx, .odt) to the contents of a file: its words, its blocks.

The source is made here: the words of each paragraph in the order of the document, tables cell by
cell, text boxes behind the paragraph they hang on, then the notes in the order of their marks.
Left out are the labels of notes, which the program counts, page headers and footers, and the
stationery of a letter (return address, the column with telephone and contact).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from search.dutch.question_markers import is_marker, marker_of
from search.errors import ReadingError
from search.reading.assemble import filled
from search.reading.contents import Contents
from search.reading.letterhead import part_head, read_letterhead
from search.reading.letters import ANSWERS, is_colophon, opens_answers, read_asking, read_fields
from search.reading.office.end_notes import take_end_notes
from search.reading.office.paragraphs import TITLE, Paragraph
from search.reading.office.source_builder import SourceBuilder, StyledLine, is_heading
from search.reading.raw_blocks import RawBlock, RawKind, Style
from search.reading.sourced_text import SourcedText, join
from search.records import Limits, Metadata

__all__ = ["Manuscript", "contents_of"]

_HEAD_PARAGRAPHS = 25
_MOST_JOINED = 4
"""Of how many paragraphs the line above answers may be made."""
_BELOW_HEADINGS = 20
"""The depth of bold lines in a text that has headings of its own."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a format holds: paragraphs in order, notes by kind and id, and what is known."""

    paragraphs: Sequence[Paragraph]
    notes: Mapping[tuple[str, str], Sequence[Paragraph]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The marks of notes, where the format writes them; else they are counted."""
    headers: Sequence[Paragraph] = ()
    """The page headers: no text of the document, but letters have their fields there."""
    title: str = ""
    """As the file's properties give it."""
    saved: str = ""
    """When the file was last saved, ISO 8601."""


def contents_of(manuscript: Manuscript, name: str, limits: Limits) -> Contents:
    """Make the contents of a file of its paragraphs.

    Raises ReadingError when the text is longer than it may be.
    """
    paragraphs = [each for p in manuscript.paragraphs for each in _with_boxes(p)]
    head, kept = _part_stationery(paragraphs)
    labels = _labels(kept, manuscript.labels)
    notes = [each for note in labels for each in _note(manuscript, note, labels[note])]
    sheet = SourceBuilder(labels)
    body = [(each, sheet.write(each)) for each in kept]
    footnotes = [replace(_note_block(sheet.write(p)), label=label) for p, label in notes]
    if sheet.length > limits.characters:
        raise ReadingError(
            f"{name} bevat {sheet.length} tekens; hooguit {limits.characters} kan. "
            "Knip het bestand in delen."
        )
    blocks, numbers = _blocks_of(body)
    blocks = take_end_notes(blocks, numbers, sheet.raised)
    blocks, headline = _with_headline(blocks)
    metadata, remarks = _metadata(manuscript, [*head, *kept], blocks, headline)
    return Contents(sheet.source, (*blocks, *_merged(footnotes)), metadata, (), remarks)


def _with_boxes(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Give a paragraph and those in its text boxes, which stand in the same cell of a table."""
    yield paragraph
    for box in paragraph.boxes:
        yield replace(box, cell=paragraph.cell or box.cell, boxes=(), number=box.number)


def _part_stationery(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the stationery in the head of a letter from the rest.

    It stands in cells and text boxes before the first paragraph that stands free.
    """
    left: list[Paragraph] = []
    kept: list[Paragraph] = []
    in_head = True
    for cell, group in groupby(paragraphs, key=lambda p: p.cell):
        members = list(group)
        in_head = in_head and (cell is not None or not any(p.text.strip() for p in members))
        lines = [line for p in members for line in p.text.split("\n")]
        (left if in_head and is_colophon(lines) else kept).extend(members)
    return left, kept


def _labels(
    paragraphs: Iterable[Paragraph], written: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Give the label of each note, in the order of their marks; endnotes are counted i, ii, iii."""
    labels: dict[tuple[str, str], str] = {}
    counted = {"footnote": 0, "endnote": 0}
    for piece in (piece for p in paragraphs for piece in p.pieces):
        if piece.note is None or piece.note in labels:
            continue
        kind = piece.note[0]
        counted[kind] += 1
        number = str(counted[kind]) if kind == "footnote" else _roman(counted[kind])
        labels[piece.note] = written.get(piece.note) or number
    return labels


def _roman(number: int) -> str:
    steps = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    written = ""
    for value, letters in steps:
        written += letters * (number // value)
        number %= value
    return written


def _note(
    manuscript: Manuscript, note: tuple[str, str], label: str
) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in manuscript.notes.get(note, ()):
        # Marks of notes within notes are left out: nothing says what they belong to.
        pieces = tuple(piece for piece in paragraph.pieces if piece.note is None)
        yield replace(paragraph, pieces=pieces), label


def _note_block(lines: Sequence[StyledLine]) -> RawBlock:
    return RawBlock(RawKind.FOOTNOTE, tuple(line.rope for line in lines))


def _merged(notes: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """Make one block of the paragraphs of one note."""
    for label, group in groupby(notes, key=lambda note: note.label):
        lines = tuple(line for note in group for line in note.lines)
        if any(line.text.strip() for line in lines):
            yield RawBlock(RawKind.FOOTNOTE, lines, label=label)


_Laid = tuple[Paragraph, list[StyledLine]]


def _blocks_of(body: Sequence[_Laid]) -> tuple[list[RawBlock], dict[int, str]]:
    """Make the blocks of paragraphs, and say how the numbers of list items are written."""
    maker = _Maker(any(paragraph.outline for paragraph, _ in body))
    for table, group in groupby(body, key=lambda laid: laid[0].cell and laid[0].cell.table):
        members = [laid for laid in group if any(line.text.strip() for line in laid[1])]
        if table is None:
            for paragraph, lines in members:
                maker.add(paragraph, lines)
        else:
            maker.add_table(members)
    return maker.blocks, maker.numbers


@dataclass(slots=True)
class _Maker:
    """Makes blocks of paragraphs; knows whether it is in a question or an answer."""

    outlined: bool
    """Whether the document has headings by style."""
    blocks: list[RawBlock] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    """How the numbers of list items are written, by the index of the block."""
    reading: str = ""
    """"v" in a question, "a" in an answer."""

    def add(self, paragraph: Paragraph, lines: Sequence[StyledLine]) -> None:
        """Add a paragraph that stands free."""
        if paragraph.outline:
            depth = 1 if paragraph.outline == TITLE else paragraph.outline + 1
            self._put(RawKind.HEADING, lines, depth=depth)
            self._pass(join((line.rope for line in lines), " ").squeeze().strip().text)
            return
        kind = RawKind.LIST_ITEM if paragraph.listed else RawKind.TEXT
        rest: list[StyledLine] = []
        filled = [line for line in lines if line.text.strip()]
        for line in filled:
            if self._turns(line.text):
                self._put(kind, rest)
                rest = []
                self._pass(line.text)
                self._put_heading(line, Style.BOLD)
            else:
                rest.append(line)
        if kind is RawKind.TEXT and len(rest) == len(filled) and self._opens(rest):
            self._put_heading(rest[0], Style.ITALIC if self.reading else rest[0].style)
            rest = rest[1:]
        if paragraph.listed:
            self.numbers[len(self.blocks)] = paragraph.number
        self._put(kind, rest)

    def _turns(self, line: str) -> bool:
        """Tell whether a line opens a question or an answer; the latter needs no number."""
        found = marker_of(line)
        if found is None:
            return False
        return bool(found.numbers) or (self.reading == "v" and found.answers)

    def _opens(self, lines: Sequence[StyledLine]) -> bool:
        """Tell whether a paragraph is, or begins with, a line that is set as a heading."""
        if self.reading == "v" or not is_heading(lines[0]):
            return False
        return len(lines) == 1 or lines[1].style is not lines[0].style

    def _pass(self, line: str) -> None:
        """Take a heading that may open a question or an answer."""
        found = marker_of(line)
        self.reading = ("a" if found.answers else "v") if found else ""

    def _put_heading(self, line: StyledLine, style: Style | None) -> None:
        style = style or Style.PLAIN
        if self.outlined:
            # Where styles tell the depth, what bold lines look like tells it below those only.
            self._put(RawKind.HEADING, [line], depth=_BELOW_HEADINGS + style.value)
        else:
            self._put(RawKind.HEADING, [line], style=style)

    def _put(
        self, kind: RawKind, lines: Sequence[StyledLine], depth: int = 0, style: Style = Style.PLAIN
    ) -> None:
        if lines:
            ropes = tuple(line.rope for line in lines)
            self.blocks.append(RawBlock(kind, ropes, depth=depth, style=style))

    def add_table(self, members: Sequence[_Laid]) -> None:
        """Add paragraphs that stand in one table: rows of cells, or text that a table lays out."""
        rows = [
            [list(cell) for _, cell in groupby(row, key=lambda laid: laid[0].cell)]
            for _, row in groupby(members, key=lambda laid: laid[0].cell and laid[0].cell.row)
        ]
        is_table = any(len(row) > 1 for row in rows)
        lines: list[SourcedText] = []
        for row in rows:
            if is_table and (len(row) > 1 or len(row[0]) == 1):
                cells = [[line.rope for _, set_ in cell for line in set_] for cell in row]
                lines.append(join((join(c, " ").squeeze().strip() for c in cells), "\t"))
                continue
            self._put_rows(lines)
            lines = []
            for paragraph, set_ in row[0]:
                self.add(paragraph, set_)
        self._put_rows(lines)

    def _put_rows(self, lines: Sequence[SourcedText]) -> None:
        if lines:
            self.blocks.append(RawBlock(RawKind.TABLE, tuple(lines)))


def _with_headline(blocks: list[RawBlock]) -> tuple[list[RawBlock], str]:
    """Make a heading of the line above answers to questions, and give it.

    It may go on over several paragraphs. Without numbered answers after it, it is none.
    """
    markers = [number for number, block in enumerate(blocks) if is_marker(block.text)]
    for first, block in enumerate(blocks[: markers[-1]] if markers else ()):
        if block.kind not in (RawKind.TEXT, RawKind.HEADING) or not opens_answers(block.text):
            continue
        for last in range(first + 1, min(first + _MOST_JOINED, len(blocks)) + 1):
            joined = blocks[first:last]
            if any(is_marker(each.text) for each in joined):
                break
            line = " ".join(each.text for each in joined)
            asking = read_asking(line)
            if asking and asking.about:
                lines = tuple(rope for each in joined for rope in each.lines)
                # Set as the lines that open the questions are, which it does not stand above.
                heading = replace(blocks[markers[-1]], lines=lines)
                return [*blocks[:first], heading, *blocks[last:]], line
    return blocks, ""


def _metadata(
    manuscript: Manuscript,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[RawBlock],
    headline: str,
) -> tuple[Metadata, tuple[str, ...]]:
    """Say what is known of the document, and what the user should know of that."""
    fields = filled(read_fields(_groups(paragraphs)), read_fields(_groups(manuscript.headers)))
    answers = any(b.kind is RawKind.HEADING and is_marker(b.text) for b in blocks)
    if answers and (asking := read_asking(headline or fields.title)):
        fields = replace(
            fields,
            kind=ANSWERS,
            title=headline or fields.title,
            subject=asking.about,
            issuer=asking.answerer or fields.issuer,
            askers=asking.askers,
        )
    remarks: tuple[str, ...] = ()
    said = fields.date or read_letterhead(part_head(blocks)).metadata.date
    if manuscript.saved and not said:
        remarks = (
            "In de kop van het document is geen datum gevonden; de getoonde datum is de dag waarop "
            "het bestand het laatst is opgeslagen.",
        )
    saved = "" if said else manuscript.saved
    return filled(fields, Metadata(title=manuscript.title, date=saved)), remarks


def _groups(paragraphs: Iterable[Paragraph]) -> Iterator[list[str]]:
    """Give the lines of each row of a table, and of each paragraph that stands free, at the top."""
    free = 0
    for row, group in groupby(paragraphs, key=lambda p: p.cell and p.cell.row):
        members = [p for p in group if p.text.strip()]
        if row is not None:
            yield [line for p in members for line in p.text.split("\n")]
        for paragraph in members if row is None else ():
            yield paragraph.text.split("\n")
            free += 1
        if free > _HEAD_PARAGRAPHS:
            return
