"""Make the contents of a file, its source and blocks, of a word processor's paragraphs.

The source holds the text of each paragraph in the order of the document, tables cell by cell, text
boxes after the paragraph in which they are anchored, then the notes in the order of their marks.
The numbers that the program counts ("Artikel 3", "2.1") are in it too, each before its paragraph.
Left out are the labels of notes, which the program counts, page headers and footers, and the
stationery of a letter (return address, the column with telephone and contact).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from search.dutch.question_markers import is_marker, marker_of
from search.errors import ReadingError
from search.reading.assemble import fill_empty
from search.reading.contents import Contents
from search.reading.letters import (
    ANSWERS,
    is_colophon,
    opens_answers,
    read_answers_heading,
    read_fields,
)
from search.reading.office.contents_lists import without_contents_lists
from search.reading.office.end_notes import convert_end_notes
from search.reading.office.list_numbers import roman
from search.reading.office.paragraphs import TITLE, Paragraph
from search.reading.office.source_builder import SourceBuilder, StyledLine, is_heading
from search.reading.raw_blocks import RawBlock, RawKind, Style
from search.reading.sourced_text import SourcedText, join
from search.records import Limits, Metadata

__all__ = ["Manuscript", "contents_of"]

_HEAD_PARAGRAPHS = 25
_MAX_HEADLINE_PARAGRAPHS = 4
_BOLD_LINE_DEPTH = 20
"""The depth of bold lines in a text that has headings by style: below all of those."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a word processor's file holds; notes are identified by kind and id."""

    paragraphs: Sequence[Paragraph]
    notes: Mapping[tuple[str, str], Sequence[Paragraph]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The marks of notes, where the format holds them; else they are counted."""
    headers: Sequence[Paragraph] = ()
    """The page headers: not part of the text, but letters have their fields there."""
    title: str = ""
    """From the file's properties."""
    saved: str = ""
    """When the file was last saved, ISO 8601."""
    remarks: tuple[str, ...] = ()
    """What was left out of the text, in Dutch."""


def contents_of(manuscript: Manuscript, name: str, limits: Limits) -> Contents:
    """Make the contents of a file of its paragraphs.

    Raises ReadingError when the text is longer than `limits` allow.
    """
    paragraphs = without_contents_lists(
        [each for p in manuscript.paragraphs for each in _with_boxes(p)]
    )
    stationery, kept = _split_stationery(paragraphs)
    labels = _labels(kept, manuscript.labels)
    builder = SourceBuilder(labels)
    body = [(each, builder.write(each)) for each in kept]
    footnotes = list(_footnotes(builder, manuscript, labels))
    if builder.length > limits.characters:
        raise ReadingError(
            f"{name} bevat {builder.length} tekens; hooguit {limits.characters} kan. "
            "Knip het bestand in delen."
        )
    blocks, number_formats = _blocks_of(body)
    blocks = convert_end_notes(blocks, number_formats, builder.raised)
    blocks, headline = _with_headline(blocks)
    metadata = _metadata(manuscript, [*stationery, *kept], blocks, headline)
    return Contents(builder.source, (*blocks, *footnotes), metadata, remarks=manuscript.remarks)


def _with_boxes(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield a paragraph and those in its text boxes, placed in the same cell of a table."""
    yield paragraph
    for box in paragraph.boxes:
        yield replace(box, cell=paragraph.cell or box.cell, boxes=())


def _split_stationery(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Split off the stationery in the head of a letter.

    It is in cells and text boxes before the first paragraph outside a table.
    """
    stationery: list[Paragraph] = []
    kept: list[Paragraph] = []
    in_head = True
    for cell, group in groupby(paragraphs, key=lambda p: p.cell):
        members = list(group)
        in_head = in_head and (cell is not None or not any(p.text.strip() for p in members))
        lines = [line for p in members for line in p.text.split("\n")]
        (stationery if in_head and is_colophon(lines) else kept).extend(members)
    return stationery, kept


def _labels(
    paragraphs: Iterable[Paragraph], known: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Return the label of each note in the order of their marks; endnotes count i, ii, iii."""
    labels: dict[tuple[str, str], str] = {}
    counts = {"footnote": 0, "endnote": 0}
    for run in (run for p in paragraphs for run in p.runs):
        if run.note is None or run.note in labels:
            continue
        kind = run.note[0]
        counts[kind] += 1
        number = str(counts[kind]) if kind == "footnote" else roman(counts[kind])
        labels[run.note] = known.get(run.note) or number
    return labels


def _footnotes(
    builder: SourceBuilder, manuscript: Manuscript, labels: Mapping[tuple[str, str], str]
) -> Iterator[RawBlock]:
    """Write the notes to the source and yield their blocks."""
    for label, notes in groupby(labels, key=lambda note: labels[note]):
        lines: list[SourcedText] = []
        for paragraph in (p for note in notes for p in manuscript.notes.get(note, ())):
            # Marks of notes within notes are left out: nothing says what they belong to.
            runs = tuple(run for run in paragraph.runs if run.note is None)
            lines += [line.sourced for line in builder.write(replace(paragraph, runs=runs))]
        if any(line.text.strip() for line in lines):
            yield RawBlock(RawKind.FOOTNOTE, tuple(lines), label=label)


_StyledParagraph = tuple[Paragraph, list[StyledLine]]


def _blocks_of(body: Sequence[_StyledParagraph]) -> tuple[list[RawBlock], dict[int, str]]:
    """Return the blocks of paragraphs, and the number formats of list items by block index."""
    builder = _BlockBuilder(any(paragraph.outline_level for paragraph, _ in body))
    for table, group in groupby(body, key=lambda each: each[0].cell and each[0].cell.table):
        members = [each for each in group if any(line.text.strip() for line in each[1])]
        if table is None:
            for paragraph, lines in members:
                builder.add(paragraph, lines)
        else:
            builder.add_table(members)
    return builder.blocks, builder.number_formats


@dataclass(slots=True)
class _BlockBuilder:
    """Makes blocks of paragraphs, and keeps track of questions and answers."""

    has_headings: bool
    """Whether the document has headings by style."""
    blocks: list[RawBlock] = field(default_factory=list)
    number_formats: dict[int, str] = field(default_factory=dict)
    """Of list items, by the index of the block."""
    within: Literal["", "question", "answer"] = ""

    def add(self, paragraph: Paragraph, lines: Sequence[StyledLine]) -> None:
        """Add a paragraph that is not a cell of a table."""
        if paragraph.outline_level:
            depth = 1 if paragraph.outline_level == TITLE else paragraph.outline_level + 1
            self._put(RawKind.HEADING, lines, depth=depth)
            self._enter(self.blocks[-1].text)
            return
        kind = RawKind.LIST_ITEM if paragraph.is_list_item else RawKind.TEXT
        rest: list[StyledLine] = []
        filled = [line for line in lines if line.text.strip()]
        for line in filled:
            if self._is_marker(line.text):
                self._put(kind, rest)
                rest = []
                self._enter(line.text)
                self._put_heading(line, Style.BOLD)
            else:
                rest.append(line)
        if kind is RawKind.TEXT and len(rest) == len(filled) and self._begins_with_heading(rest):
            self._put_heading(rest[0], Style.ITALIC if self.within else rest[0].style)
            rest = rest[1:]
        if paragraph.is_list_item:
            self.number_formats[len(self.blocks)] = paragraph.number_format
        self._put(kind, rest)

    def _is_marker(self, line: str) -> bool:
        """Return whether a line opens a question or an answer; the latter needs no number."""
        found = marker_of(line)
        if found is None:
            return False
        return bool(found.numbers) or (self.within == "question" and found.answers)

    def _begins_with_heading(self, lines: Sequence[StyledLine]) -> bool:
        if self.within == "question" or not is_heading(lines[0]):
            return False
        return len(lines) == 1 or lines[1].style is not lines[0].style

    def _enter(self, heading: str) -> None:
        found = marker_of(heading)
        self.within = ("answer" if found.answers else "question") if found else ""

    def _put_heading(self, line: StyledLine, style: Style | None) -> None:
        style = style or Style.PLAIN
        if self.has_headings:
            # Styles rank the headings; the formatting of bold lines ranks those lines only.
            self._put(RawKind.HEADING, [line], depth=_BOLD_LINE_DEPTH + style.value)
        else:
            self._put(RawKind.HEADING, [line], style=style)

    def _put(
        self, kind: RawKind, lines: Sequence[StyledLine], depth: int = 0, style: Style = Style.PLAIN
    ) -> None:
        if lines:
            sourced = tuple(line.sourced for line in lines)
            self.blocks.append(RawBlock(kind, sourced, depth=depth, style=style))

    def add_table(self, members: Sequence[_StyledParagraph]) -> None:
        """Add the filled paragraphs of a table: rows of cells, or text for which it is the layout.

        An empty cell is an empty text between tabs, so that each other one stays in its column.
        """
        rows = [
            [list(cell) for _, cell in groupby(row, key=lambda each: each[0].cell)]
            for _, row in groupby(members, key=lambda each: each[0].cell and each[0].cell.row)
        ]
        is_table = any(len(row) > 1 for row in rows)
        columns = sorted({_column(each) for each in members})
        texts: list[SourcedText] = []
        for row in rows:
            if is_table and (len(row) > 1 or len(row[0]) == 1):
                texts.append(_row_text(row, columns))
                continue
            self._put_rows(texts)
            texts = []
            for paragraph, lines in row[0]:
                self.add(paragraph, lines)
        self._put_rows(texts)

    def _put_rows(self, rows: Sequence[SourcedText]) -> None:
        if rows:
            self.blocks.append(RawBlock(RawKind.TABLE, tuple(rows)))


def _column(member: _StyledParagraph) -> int:
    cell = member[0].cell
    return cell.column if cell else 0


def _row_text(row: Sequence[Sequence[_StyledParagraph]], columns: Sequence[int]) -> SourcedText:
    """Return the cells of a row between tabs, with an empty text for each column without one."""
    cells: dict[int, SourcedText] = {}
    last = -1
    for cell in row:
        # Cells of a damaged table may share a column, but never change places.
        last = max(last, _column(cell[0]))
        text = _cell_text(cell)
        cells[last] = join((cells[last], text), " ") if last in cells else text
    return join((cells.get(each, SourcedText()) for each in columns), "\t")


def _cell_text(cell: Sequence[_StyledParagraph]) -> SourcedText:
    return join((line.sourced for _, lines in cell for line in lines), " ").squeeze().strip()


def _with_headline(blocks: list[RawBlock]) -> tuple[list[RawBlock], str]:
    """Make a heading of the line above answers to questions, and return that line too.

    It may continue over several paragraphs. Without markers of answers after it, there is none.
    """
    markers = [index for index, block in enumerate(blocks) if is_marker(block.text)]
    for first, block in enumerate(blocks[: markers[-1]] if markers else ()):
        if block.kind not in (RawKind.TEXT, RawKind.HEADING) or not opens_answers(block.text):
            continue
        for last in range(first + 1, min(first + _MAX_HEADLINE_PARAGRAPHS, len(blocks)) + 1):
            joined = blocks[first:last]
            if any(is_marker(each.text) for each in joined):
                break
            line = " ".join(each.text for each in joined)
            asking = read_answers_heading(line)
            if asking and asking.about:
                lines = tuple(text for each in joined for text in each.lines)
                # Ranked with the markers of the questions, which are not below it.
                heading = replace(blocks[markers[-1]], lines=lines)
                return [*blocks[:first], heading, *blocks[last:]], line
    return blocks, ""


def _metadata(
    manuscript: Manuscript,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[RawBlock],
    headline: str,
) -> Metadata:
    """Return what the head says, and the title and date of the file's properties."""
    fields = fill_empty(read_fields(_groups(paragraphs)), read_fields(_groups(manuscript.headers)))
    answers = any(b.kind is RawKind.HEADING and is_marker(b.text) for b in blocks)
    if answers and (asking := read_answers_heading(headline or fields.title)):
        fields = replace(
            fields,
            kind=ANSWERS,
            title=headline or fields.title,
            subject=asking.about,
            issuer=asking.answerer or fields.issuer,
            askers=asking.askers,
        )
    return fill_empty(fields, Metadata(title=manuscript.title, file_date=manuscript.saved))


def _groups(paragraphs: Iterable[Paragraph]) -> Iterator[list[str]]:
    """Yield the lines of each row of a table and of each other paragraph, at the top."""
    outside_tables = 0
    for row, group in groupby(paragraphs, key=lambda p: p.cell and p.cell.row):
        members = [p for p in group if p.text.strip()]
        if row is not None:
            yield [line for p in members for line in p.text.split("\n")]
        for paragraph in members if row is None else ():
            yield paragraph.text.split("\n")
            outside_tables += 1
        if outside_tables > _HEAD_PARAGRAPHS:
            return
