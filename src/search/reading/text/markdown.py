"""Markdown to raw blocks.

The block structure comes from markdown-it-py (CommonMark with tables); the text within a line is
read by `inline`, since each character must map back to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from search.reading.contents import Contents
from search.reading.raised_digits import plain_digits
from search.reading.raw_blocks import RawBlock, RawKind, Style
from search.reading.sourced_text import SourcedText, join
from search.reading.text.front_matter import split_front_matter
from search.reading.text.inline import read_inline, read_lines

__all__ = ["read_markdown"]

_FOOTNOTE = re.compile(r"\s*(?:<sup>\s*(\d{1,3})\s*</sup>|\[\^([^\]\s]{1,12})\]:|([⁰¹²³⁴-⁹]+))\s*")
_CONTAINER = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_BULLETS = re.compile(r"(?:[-*+•][ \t]+)+(?:>[ \t]?)*")
"""The bullet of an item, and of a list or a quote that begins with it ("- - een", "- > een")."""
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1[ \t]*", re.DOTALL)
_HASHES = re.compile(r"#{1,6}[ \t]*|[ \t]+#+[ \t]*$")
_NO_WORDS = re.compile(
    r"(?:\s|<!--(?:(?!-->).)*-->|<(?:meta|link)\b[^<>]*>)*+", re.DOTALL | re.IGNORECASE
)
_GLUED_HEADING = re.compile(r"^( {0,3}#{2,6})(?=[^\s#])", re.MULTILINE)
"""A heading without a space, which CommonMark takes for text; one "#" may be a hashtag."""
_LONGEST_HEADING = 120
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOTE_LABEL = re.compile(
    r"^[ \t>]*(?:<sup>\s*(\d{1,3})\s*</sup>|\[\^(\d{1,3})\]:|([⁰¹²³⁴-⁹]+))[ \t]*\S", re.MULTILINE
)


def read_markdown(source: str) -> Contents:
    """Read Markdown as raw blocks in file order, with the metadata of its front matter.

    An indented line is not code and a rule under a text makes no heading: converters of official
    documents write neither. YAML front matter is not text of the document.
    """
    # Without "inline" the text of a block is not parsed, which takes most of the memory.
    unwanted = ["code", "lheading", "reference", "inline"]
    parser = MarkdownIt("commonmark").enable("table").disable(unwanted)
    front = split_front_matter(source)
    # The parser only finds the lines of each block: their numbers must stay.
    blank = "\n" * len(_LINE_END.findall(source, 0, front.end))
    tokens = parser.parse(blank + _GLUED_HEADING.sub(r"\1 ", source[front.end :]))
    blocks = tuple(_blocks(_Lines(source), tokens))
    return Contents(source, blocks, front.metadata, is_record=bool(front.end))


class _Lines:
    """The lines of a source, by number, as markdown-it counts them."""

    def __init__(self, source: str) -> None:
        self.source = source
        kept = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)
        self._starts = list(accumulate((len(line) for line in kept), initial=0))
        self._notes = frozenset(
            plain_digits(note[1] or note[2] or note[3]) for note in _NOTE_LABEL.finditer(source)
        )

    def inline(self, start: int, end: int) -> SourcedText:
        """Read a part of a line."""
        return read_inline(self.source, start, end, self._notes)

    def paragraph(self, spans: Sequence[tuple[int, int]]) -> tuple[SourcedText, ...]:
        """Read the lines of a paragraph."""
        return read_lines(self.source, spans, self._notes)

    def span(self, number: int) -> tuple[int, int]:
        """Return where a line's text begins and ends, without its container marks and line end."""
        start, end = self._starts[number], self._starts[number + 1]
        end = start + len(self.source[start:end].rstrip("\r\n"))
        prefix = _CONTAINER.match(self.source, start, end)
        return (prefix.end() if prefix else start), end


def _blocks(lines: _Lines, tokens: list[Token]) -> Iterator[RawBlock]:
    item_starts: set[int] = set()
    for token in tokens:
        if token.map is None:
            continue
        first, after = token.map
        if token.type == "list_item_open":
            item_starts.add(first)
        elif token.type == "heading_open":
            yield _heading(lines, first, int(token.tag[1:]))
        elif token.type == "hr":
            yield RawBlock(RawKind.BREAK)
        elif token.type == "table_open":
            yield _table(lines, first, after)
        elif token.type in ("paragraph_open", "html_block", "fence", "code_block"):
            is_empty = token.type == "html_block" and _NO_WORDS.fullmatch(token.content)
            if is_empty and first not in item_starts:
                yield RawBlock(RawKind.BREAK)
                continue
            numbers = range(first, after)
            if token.type == "fence":
                # Counted, since the last line of an unclosed fence is text too.
                count = len(token.content.removesuffix("\n").split("\n")) if token.content else 0
                numbers = range(first + 1, first + 1 + count)
            yield from _paragraph(lines, numbers, first in item_starts)


def _heading(lines: _Lines, number: int, depth: int) -> RawBlock:
    start, end = lines.span(number)
    hashes = _HASHES.match(lines.source, start, end)
    start = hashes.end() if hashes else start
    closing = _HASHES.search(lines.source, start, end)
    end = closing.start() if closing and closing.end() == end and closing.start() > start else end
    line = lines.inline(start, end)
    style = _whole_emphasis(lines.source[start:end]) or Style.PLAIN
    return RawBlock(RawKind.HEADING, (line,), depth=depth, style=style)


def _whole_emphasis(text: str) -> Style | None:
    """Return the style of a text that is emphasised from end to end, else None."""
    found = _EMPHASIS.fullmatch(re.sub(r"<[^<>]*>", "", text).strip())
    if found is None or found[1] in found[2]:
        return None
    return (Style.ITALIC, Style.BOLD, Style.BOLD_ITALIC)[len(found[1]) - 1]


def _table(lines: _Lines, first: int, after: int) -> RawBlock:
    """Read a table's rows as lines, their cells separated by tabs."""
    rows = []
    for number in range(first, after):
        start, end = lines.span(number)
        if number == first + 1:
            continue
        cells = [
            lines.inline(start + left, start + right).squeeze().strip()
            for left, right in _cells(lines.source[start:end])
        ]
        rows.append(join(cells, "\t"))
    return RawBlock(RawKind.TABLE, tuple(row for row in rows if row.text.strip()))


def _cells(row: str) -> Iterator[tuple[int, int]]:
    """Yield where each cell of a row begins and ends; the bars at its ends are optional."""
    bars = [bar.start() for bar in re.finditer(r"(?<!\\)\|", row)]
    first, last = len(row) - len(row.lstrip()), len(row.rstrip())
    edges = [*([] if first in bars else [first - 1]), *bars, *([] if last - 1 in bars else [last])]
    for before, after in pairwise(edges):
        yield before + 1, after


def _paragraph(lines: _Lines, numbers: range, opens_item: bool) -> Iterator[RawBlock]:
    """Read a paragraph; footnotes on lines of it become blocks of their own."""
    kind, label = RawKind.LIST_ITEM if opens_item else RawKind.TEXT, ""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        start, end = lines.span(number)
        note = _FOOTNOTE.match(lines.source, start, end)
        if note and note.end() < end and not opens_item:
            if spans:
                block = RawBlock(kind, lines.paragraph(spans), label=label)
                yield _finished(lines, block, numbers)
            kind, label = RawKind.FOOTNOTE, plain_digits(note[1] or note[2] or note[3])
            spans = [(note.end(), end)]
            continue
        if not spans and opens_item:
            bullet = _BULLETS.match(lines.source, start, end)
            start = bullet.end() if bullet else start
        spans.append((start, end))
    if spans:
        block = RawBlock(kind, lines.paragraph(spans), label=label)
        yield _finished(lines, block, numbers)


def _finished(lines: _Lines, block: RawBlock, numbers: range) -> RawBlock:
    """Turn a line that is underlined, or emphasised as a whole, into the heading that it is."""
    if block.kind is not RawKind.TEXT:
        return block
    if len(numbers) == 2 and re.fullmatch(r"={3,}", block.lines[-1].strip().text):
        return RawBlock(RawKind.HEADING, block.lines[:1], depth=1)
    if len(numbers) != 1:
        return block
    style = _whole_emphasis(lines.source[slice(*lines.span(numbers[0]))])
    text = block.text
    if style is None or len(text) > _LONGEST_HEADING or text[-1:] in ".,;:?!":
        return block
    return RawBlock(RawKind.HEADING, block.lines, style=style)
