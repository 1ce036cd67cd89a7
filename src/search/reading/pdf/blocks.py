"""Make blocks of lines in reading order: paragraphs, headings, lists, tables and footnotes.

A PDF holds no structure; it is derived from line spacing, indents, the room that is left at the
end of a line, and the size and weight of the letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.reading.pdf.body_style import BodyStyle, measure_body
from search.reading.pdf.column_lines import Column, ColumnLine, PageLayout
from search.reading.pdf.lines import LineFragment
from search.reading.pdf.marks import DIGITS, RAISED, with_marks
from search.reading.pdf.sentence_ends import ends_sentence
from search.reading.pdf.tables import table_rows
from search.reading.raw_blocks import RawBlock, RawKind, Style
from search.reading.repair import join_lines
from search.reading.sourced_text import SourcedText, join

__all__ = ["blocks_of"]

_BULLET = re.compile(r"[•·▪‣◦●○■□➢►✓\ue000-\uf8ff](?:\s+|(?=\w))")
_DASH = re.compile(r"[-–—*]\s+")
_NUMBER = re.compile(r"(?:\d{1,3}[.)°º]|[a-z][.)]|[ivx]{1,4}[.)]|\((?:\d{1,2}|[a-z])\))\s+")
_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")
_NOTE_LABEL = re.compile(r"([⁰¹²³⁴-⁹]{1,3}|\d{1,3}[.)]?(?=\s))\s*(?=\S)")
_ADDRESS = re.compile(r"https?://|\bwww\.")
_NOTE_SIZE = 0.93
"""Largest size of a footnote's letters, as a share of the running text's."""
_HEADING_SIZE = 1.08
"""Smallest size of a heading that needs no bold or italic, as a share of the running text's."""
_MAX_HEADING_CHARACTERS = 200
_MAX_ITALIC_CHARACTERS = 120
_MAX_HEADING_LINES = 4


@dataclass(slots=True)
class _Part:
    """A block under construction."""

    kind: RawKind
    lines: list[ColumnLine]
    skipped: int = 0
    """Characters at the start of the first line that are not text: a bullet, a note's label."""
    inset: float = 0.0
    """Where the text of a list item begins, after its bullet or number."""
    label: str = ""
    is_table: bool = False
    scanned: bool = False
    """Whether its font is unknown."""

    @property
    def top(self) -> float:
        return self.lines[0].baseline


def blocks_of(source: str, pages: Sequence[PageLayout]) -> list[RawBlock]:
    """Make the blocks of a document, with a break after each column and page."""
    body_style = measure_body(pages)
    parts: list[_Part | None] = []
    for page in pages:
        body: list[_Part | None] = []
        for column in page.columns:
            body += [*_parts_of(column, body_style, page.scanned), None]
        for text in page.margin_texts:
            _insert_margin_text(body, _parts_of(text, body_style, page.scanned))
        for part in body:
            _add(parts, part)
        parts.append(None)
    return _raw_blocks(source, parts, body_style)


# Lines to parts


def _parts_of(column: Column, body_style: BodyStyle, scanned: bool) -> list[_Part]:
    """Split the lines of a column in blocks, footnotes last."""
    end = len(column.lines) if scanned else _first_note(column.lines, body_style)
    parts: list[_Part] = []
    for number, line in enumerate(column.lines[:end]):
        before = column.lines[number - 1] if number else None
        is_row = _is_row(line) or _is_short_row(column.lines, number, body_style)
        opened = _opened(column, before, line, is_row, parts[-1] if parts else None, body_style)
        if opened is None:
            parts[-1].lines.append(line)
        else:
            opened.scanned = scanned
            parts.append(opened)
    return parts + list(_notes(column.lines[end:]))


def _first_note(lines: Sequence[ColumnLine], body_style: BodyStyle) -> int:
    """Return the index of the line at which the footnotes of a column begin.

    They are the small lines at its foot, from the first that begins with a number, or that
    continues a note of the page before.
    """
    first = len(lines)
    while first and lines[first - 1].size <= _NOTE_SIZE * body_style.size:
        if lines[first - 1].table >= 0:
            break
        first -= 1
    labelled = [i for i in range(first, len(lines)) if _NOTE_LABEL.match(lines[i].text)]
    if not labelled:
        return len(lines)
    # A note of one line, set in other letters than those after it.
    while labelled[0] == first and first and _counts_to(lines[first - 1], lines[first]):
        first -= 1
        labelled[0] = first
    continues = lines[first].text[:1].islower() and 0 < labelled[0] - first <= 12
    return first if continues else labelled[0]


def _counts_to(line: ColumnLine, following: ColumnLine) -> bool:
    """Return whether a line begins with the raised number before that of the following line."""
    numbers = [RAISED.match(each.text) for each in (line, following)]
    if numbers[0] is None or numbers[1] is None:
        return False
    one, next_one = (int(found.group().translate(DIGITS)) for found in numbers if found)
    return next_one == one + 1


def _notes(lines: Sequence[ColumnLine]) -> Iterator[_Part]:
    """Yield a footnote for each number that a line begins with, if it counts up."""
    part: _Part | None = None
    last = 0
    for line in lines:
        label = _NOTE_LABEL.match(line.text)
        number = int(re.sub(r"\D", "", label[1].translate(DIGITS))) if label else 0
        raised = bool(label and RAISED.match(label[1]))
        if label and (raised or part is None or number == last + 1):
            if part is not None:
                yield part
            last = number
            part = _Part(RawKind.FOOTNOTE, [line], label.end(), label=str(number))
        elif part is None:
            # The end of a note of the page before.
            part = _Part(RawKind.FOOTNOTE, [line])
        else:
            part.lines.append(line)
    if part is not None:
        yield part


def _opened(
    column: Column,
    before: ColumnLine | None,
    line: ColumnLine,
    is_row: bool,
    part: _Part | None,
    body_style: BodyStyle,
) -> _Part | None:
    """Return the block that a line opens, or None where it continues the one before."""
    if part is None or before is None:
        return _new(line, part, True)
    if part.is_table and line.table >= 0:
        return None
    gap = (line.baseline - before.baseline) / max(line.size, before.size)
    apart = (
        not 0 <= gap <= 1.25 * body_style.leading
        or abs(line.size - before.size) > 0.08 * before.size
        or part.is_table != is_row
    )
    if part.is_table and is_row and 0 <= gap < 2 * body_style.leading:
        return None
    full = _is_full(before, line, column)
    ends = ends_sentence(before.text, line.text)
    broken = apart or not full or ends or before.text.endswith(",")
    item = _new(line, part, broken or line.left > before.left + 0.5 * line.size)
    if item.kind is RawKind.LIST_ITEM or apart:
        return item
    restyled = line.bold != before.bold or line.italic != before.italic
    if restyled and (not full or ends):
        return item
    if part.kind is RawKind.LIST_ITEM:
        back = part.inset > part.lines[0].left and line.left < part.inset - 0.7 * line.size
        outdented = len(part.lines) > 1 and line.left < part.lines[-1].left - 0.7 * line.size
        if len(part.lines) == 1 and not full and line.left > part.inset + line.size:
            # The first line of a paragraph, indented beyond the text of a numbered heading.
            return item
        hangs = len(part.lines) > 1 and _hangs(part)
        closed = outdented or (back and (hangs or not full or (ends and len(part.lines) == 1)))
        return item if closed else None
    if not full and _is_set_apart(before, line):
        return item
    indented = line.left > before.left + 0.8 * line.size and before.left <= column.left + line.size
    return item if ends and (not full or indented) else None


def _is_set_apart(before: ColumnLine, line: ColumnLine) -> bool:
    """Return whether a line begins far to the right of the one before, and is not centred."""
    shift = line.left + line.right - before.left - before.right
    indented = line.left > before.left + 2 * line.size
    return indented and shift > 4 * line.size and line.text[:1].isupper()


def _hangs(part: _Part) -> bool:
    """Return whether the lines of an item are below its text, not below its bullet."""
    return part.lines[1].left >= part.inset - 0.7 * part.lines[1].size


def _is_full(before: ColumnLine, line: ColumnLine, column: Column) -> bool:
    """Return whether the first word of `line` would not have fitted on the line before."""
    word = len(line.text.split(" ", 1)[0]) + 1
    width = (line.right - line.left) / max(1, len(line.text))
    return before.right + word * width > column.right - 0.3 * line.size


def _is_row(line: ColumnLine) -> bool:
    """Return whether a line has cells: wide gaps, other than that after a bullet or number."""
    if line.is_justified or line.table >= 0:
        return line.table >= 0
    first = line.text[: line.fragments[0].end - line.fragments[0].start] + " "
    is_label = _BULLET.match(first) or _DASH.match(first) or _NUMBER.fullmatch(first)
    label = bool(is_label or _HEADING_NUMBER.fullmatch(first) or len(first) < 3)
    return len(line.fragments) > (2 if label else 1)


def _is_short_row(lines: Sequence[ColumnLine], number: int, body_style: BodyStyle) -> bool:
    """Return whether a line is the one cell of a row between two others of a table."""
    if not 0 < number < len(lines) - 1:
        return False
    before, line, after = lines[number - 1 : number + 2]
    if not (_is_row(before) and _is_row(after)) or len(line.fragments) > 1:
        return False
    leading = 2 * body_style.leading * line.size
    near = line.baseline - before.baseline < leading and after.baseline - line.baseline < leading
    starts = [f.left for row in (before, after) for f in row.fragments]
    below = any(abs(line.left - start) < 2 for start in starts)
    return near and below and line.right < max(before.right, after.right) + 2


def _new(line: ColumnLine, before: _Part | None, broken: bool) -> _Part:
    """Open a block; `broken` says whether the line before was ended on purpose."""
    if _is_row(line):
        return _Part(RawKind.TABLE, [line], is_table=True)
    bullet = _BULLET.match(line.text)
    dash = _DASH.match(line.text) if broken or _is_sister(before, line, _DASH) else None
    number = _NUMBER.match(line.text) if broken else None
    label = bullet or dash or number
    if label is None or label.end() >= len(line.text):
        return _Part(RawKind.TEXT, [line])
    if len(line.fragments) > 1:
        inset = line.fragments[1].left
    else:
        inset = line.left + (line.right - line.left) * label.end() / len(line.text)
    return _Part(RawKind.LIST_ITEM, [line], 0 if number else label.end(), inset)


def _is_sister(before: _Part | None, line: ColumnLine, label: re.Pattern[str]) -> bool:
    """Return whether a line begins as the list item before does, at the same place."""
    if before is None or before.kind is not RawKind.LIST_ITEM:
        return False
    first = before.lines[0]
    hangs = len(before.lines) == 1 or before.lines[-1].left > first.left + 0.3 * first.size
    return bool(label.match(first.text)) and abs(first.left - line.left) < 2 and hangs


# Parts in the order of the document


def _insert_margin_text(body: list[_Part | None], parts: Sequence[_Part]) -> None:
    """Insert text of the margin before the block that begins at its height.

    Beside the middle of a block it comes after that block, so that no sentence is cut.
    """
    if not parts:
        return
    height = parts[0].top - 0.6 * parts[0].lines[0].size
    texts = [(i, p) for i, p in enumerate(body) if p and p.kind is not RawKind.FOOTNOTE]
    at = next((i for i, part in texts if part.top >= height), None)
    if at is None:
        at = texts[-1][0] + 1 if texts else 0
    elif at == 0 and body[0] is not None and body[0].lines[0].text[:1].islower():
        at = 1
    body[at:at] = parts


def _add(parts: list[_Part | None], part: _Part | None) -> None:
    """Append a block; the end of a footnote is appended to the note of the page before."""
    if part is not None and part.kind is RawKind.FOOTNOTE and not part.label:
        earlier = next((p for p in reversed(parts) if p and p.kind is RawKind.FOOTNOTE), None)
        if earlier is not None:
            earlier.lines += part.lines
            return
        part.kind = RawKind.TEXT
    parts.append(part)


# Parts to blocks


def _raw_blocks(
    source: str, parts: Sequence[_Part | None], body_style: BodyStyle
) -> list[RawBlock]:
    """Make raw blocks of the parts, headings ranked by size and style."""
    styles = [None if p is None or p.scanned else _heading_style(p, body_style) for p in parts]
    known = sorted({style for style in styles if style}, key=lambda s: (-s[0], s[1].value))
    depth = {style: min(number + 1, 6) for number, style in enumerate(known)}
    of_style = Counter(style for _, style in known)
    ranked_by_style = all(count == 1 for count in of_style.values())
    notes = frozenset(part.label for part in parts if part and part.label)
    blocks = []
    for part, style in zip(parts, styles, strict=True):
        if part is None:
            blocks.append(RawBlock(RawKind.BREAK))
        elif style:
            # Where size tells headings of one style apart, the style must not rank them again.
            shown = style[1] if ranked_by_style else Style.PLAIN
            blocks.append(_block(source, part, RawKind.HEADING, notes, depth[style], shown))
        else:
            blocks.append(_block(source, part, part.kind, notes))
    return blocks


def _heading_style(part: _Part, body_style: BodyStyle) -> tuple[float, Style] | None:
    """Return the size and style of a block that is a heading, else None."""
    text = " ".join(line.text for line in part.lines)
    if part.kind is RawKind.LIST_ITEM and not _HEADING_NUMBER.match(text):
        return None
    if part.kind not in (RawKind.TEXT, RawKind.LIST_ITEM) or not re.search(r"[^\W\d_]", text):
        return None
    size = round(part.lines[0].size * 2) / 2
    large = size >= _HEADING_SIZE * body_style.size
    bold = all(line.bold for line in part.lines) and not body_style.bold
    italic = all(line.italic for line in part.lines) and not body_style.italic
    if not (large or bold or italic) or size < _NOTE_SIZE * body_style.size:
        return None
    strong = large or bold
    too_long = len(part.lines) > (_MAX_HEADING_LINES if strong else 2) or len(text) > (
        _MAX_HEADING_CHARACTERS if strong else _MAX_ITALIC_CHARACTERS
    )
    if too_long or text.rstrip()[-1:] in ".,;:" or text[:1].islower() or _ADDRESS.search(text):
        return None
    style = (Style.PLAIN, Style.ITALIC, Style.BOLD, Style.BOLD_ITALIC)[2 * bold + italic]
    return max(size, body_style.size), style


def _block(
    source: str,
    part: _Part,
    kind: RawKind,
    notes: frozenset[str],
    depth: int = 0,
    style: Style = Style.PLAIN,
) -> RawBlock:
    separator = "\t" if part.is_table else " "
    if kind is RawKind.TABLE and len(part.lines) == 1:
        kind = RawKind.TEXT
    if kind is RawKind.TABLE:
        rows = table_rows([line.fragments for line in part.lines])
        lines = [
            join([join_lines(list(_cell(source, cell, notes))) for cell in row], "\t")
            for row in rows
        ]
    else:
        lines = [
            _sourced_line(source, line, 0 if number else part.skipped, separator, notes)
            for number, line in enumerate(part.lines)
        ]
    return RawBlock(kind, tuple(lines), depth=depth, style=style, label=part.label)


def _cell(
    source: str, cell: Sequence[LineFragment], notes: frozenset[str]
) -> Iterator[SourcedText]:
    for fragment in cell:
        yield join(with_marks(source, fragment.start, fragment.end, notes))


def _sourced_line(
    source: str, line: ColumnLine, skipped: int, separator: str, notes: frozenset[str]
) -> SourcedText:
    """Take a line from the source; raised numbers become footnote marks."""
    texts: list[SourcedText] = []
    for fragment in line.fragments:
        start = min(fragment.start + skipped, fragment.end)
        skipped = max(0, skipped - (fragment.end - fragment.start) - 1)
        if start < fragment.end:
            texts.append(join(with_marks(source, start, fragment.end, notes)))
    return join(texts, separator)
