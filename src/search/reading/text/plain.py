"""Plain text to raw blocks: paragraphs, list items and unmarked headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText

__all__ = ["read_plain"]

_WRAPPED_AT = 120
"""Among lines with a longer one a paragraph may be a line; only those that a width broke go on."""
_NARROWEST = 45
_SAME_WIDTH = 0.8
"""A second line is at least so much of the width at which lines were broken."""
_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]]*\s*$")
_LONGEST_HEADING = 90
_BULLET = re.compile(r"[ \t]*[-–•*·][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(?:\d{1,2}|[a-z])[.)][ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:[-_*=][ \t]*){3,}|\f")


def read_plain(source: str) -> list[RawBlock]:
    """Read plain text as raw blocks in file order.

    Blocks are separated by empty lines. A short line by itself that ends without a full stop and
    has a longer text under it is a heading; so is the first line when it is short.
    """
    blocks = [block for group in _groups(source) for block in _group_blocks(source, group)]
    return [
        replace(block, kind=RawKind.HEADING, depth=2 if i else 1)
        if _is_heading(blocks, i)
        else block
        for i, block in enumerate(blocks)
    ]


def _groups(source: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the groups of lines (start, end) between empty lines."""
    group: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\r\n\f]+|\r\n|\r|\n|\f", source):
        if line.group() == "\f":
            if group:
                yield group
            yield [line.span()]
            group = []
        elif line.group() in ("\r\n", "\r", "\n"):
            if source[max(0, line.start() - 1) : line.start()] in ("\n", "\r") and group:
                yield group
                group = []
        elif line.group().strip():
            group.append(line.span())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _group_blocks(source: str, group: list[tuple[int, int]]) -> Iterator[RawBlock]:
    broken = _broken_lines([source[start:end] for start, end in group])
    kind = RawKind.TEXT
    lines: list[SourcedText] = []
    for number, (start, end) in enumerate(group):
        line = source[start:end]
        is_rule = _RULE.fullmatch(line) is not None
        bullet = _BULLET.match(line)
        is_item = bullet is not None or _NUMBER.match(line) is not None
        if lines and (is_rule or is_item or number - 1 not in broken):
            yield RawBlock(kind, tuple(lines))
            lines = []
        if is_rule:
            yield RawBlock(RawKind.BREAK)
            continue
        if not lines:
            kind = RawKind.LIST_ITEM if is_item else RawKind.TEXT
        text = start + (bullet.end() if bullet else 0)
        lines.append(SourcedText.of_source(source, text, end))
    if lines:
        yield RawBlock(kind, tuple(lines))


def _broken_lines(lines: Sequence[str]) -> Collection[int]:
    """Return the numbers of the lines that go on in the next one.

    All do, unless a line is longer than a page is wide. Then only those do at whose end no
    sentence ends and where the first word of the next line did not fit within the width that
    most lines keep.
    """
    sizes = [len(line.rstrip()) for line in lines]
    if max(sizes) <= _WRAPPED_AT:
        return range(len(lines))
    short = sorted((size for size in sizes if size <= _WRAPPED_AT), reverse=True)
    if len(short) < 2 or short[0] < _NARROWEST or short[1] < _SAME_WIDTH * short[0]:
        return ()
    width = short[0]
    return {
        number
        for number, (line, following) in enumerate(pairwise(lines))
        if sizes[number] <= width >= sizes[number + 1]
        and sizes[number] + 1 + len(following.split(maxsplit=1)[0]) > width
        and not _ENDS.search(line)
    }


def _is_heading(blocks: list[RawBlock], i: int) -> bool:
    block = blocks[i]
    if block.kind is not RawKind.TEXT or len(block.lines) != 1:
        return False
    text = block.text
    if (
        len(text) > _LONGEST_HEADING
        or text[-1] in ".,;:!"
        or not re.match(r"[\W\d]*[A-ZÀ-Þ]", text)
    ):
        return False
    if i == 0:
        return len(blocks) > 1
    following = (blocks[j] for j in range(i + 1, len(blocks)))
    under = next((b for b in following if b.kind is not RawKind.BREAK), None)
    if under is None or under.kind not in (RawKind.TEXT, RawKind.LIST_ITEM):
        return False
    return len(under.text) > max(1.5 * len(text), 60) and bool(
        re.search(r"[.:;?!]\W*$", under.text)
    )
