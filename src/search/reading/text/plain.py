"""Plain text to raw blocks: paragraphs, list items and unmarked headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText

__all__ = ["read_plain"]

_WRAPPED_AT = 120
"""In a text with a longer line, lines were not broken to fit a page: each is a paragraph."""
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
    unwrapped = any(end - start > _WRAPPED_AT for start, end in group)
    kind = RawKind.TEXT
    lines: list[SourcedText] = []
    for start, end in group:
        line = source[start:end]
        is_rule = _RULE.fullmatch(line) is not None
        bullet = _BULLET.match(line)
        is_item = bullet is not None or _NUMBER.match(line) is not None
        if lines and (is_rule or is_item or unwrapped):
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
