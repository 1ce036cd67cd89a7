"""Ranks headings: which is under which, whatever depth a converter gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.reading.raw_blocks import RawBlock, RawKind, Style

__all__ = ["mark_numbered_headings", "rank_headings"]

_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_SUBNUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÀ-Þ]")
"""No list is numbered like this in Markdown, so a paragraph may begin so only as a heading."""
_LONGEST_HEADING = 90


def mark_numbered_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Turn a numbered item outside a list into the heading that it is ("2. Inleiding")."""
    return [
        replace(b, kind=RawKind.HEADING) if _is_lone_item(blocks, i) else b
        for i, b in enumerate(blocks)
    ]


def _is_lone_item(blocks: Sequence[RawBlock], i: int) -> bool:
    block = blocks[i]
    is_item = block.kind is RawKind.LIST_ITEM and _DECIMAL.match(block.text)
    if not is_item and not (block.kind is RawKind.TEXT and _SUBNUMBER.match(block.text)):
        return False
    before = blocks[i - 1] if i else None
    if len(block.text) > _LONGEST_HEADING or block.text[-1] in ".,;:?!":
        return False
    in_list = before is not None and is_item and before.kind is RawKind.LIST_ITEM
    if in_list or (before is not None and before.text.endswith(":")):
        return False
    following = (blocks[j] for j in range(i + 1, len(blocks)))
    after = next((b for b in following if not _SUBNUMBER.match(b.text)), None)
    return after is not None and after.kind is RawKind.TEXT and len(after.text) > len(block.text)


def rank_headings(headings: Sequence[RawBlock]) -> list[int]:
    """Return each heading's level, from 1 at the top.

    Numbers decide where most headings have one (1, 1.2, 1.2.3). Else the number of # decides,
    unless headings of the same style have different numbers of #: then a converter guessed them
    from the page, and the style decides, as in print: bold over bold italic over plain over
    italic.
    """
    numbers = [_DECIMAL.match(heading.text) for heading in headings]
    if sum(n is not None for n in numbers) >= max(2, 0.6 * len(headings)):
        keys = [n[1].count(".") if n else _UNNUMBERED for n in numbers]
        return _as_levels(_under_previous(keys))
    depths: dict[Style, set[int]] = {}
    for heading in headings:
        depths.setdefault(heading.style, set()).add(heading.depth)
    styled = any(heading.style is not Style.PLAIN for heading in headings)
    if styled and any(len(found) > 1 for found in depths.values()):
        return _as_levels([heading.style.value for heading in headings])
    return _as_levels([heading.depth * 10 + heading.style.value for heading in headings])


_UNNUMBERED = 99


def _under_previous(keys: Sequence[int]) -> list[int]:
    """Put a heading without a number just under the numbered one before it."""
    placed: list[int] = []
    numbered = -1
    for key in keys:
        if key != _UNNUMBERED:
            numbered = key
        placed.append(key if key != _UNNUMBERED else numbered + 1)
    return placed


def _as_levels(keys: Sequence[int]) -> list[int]:
    """Turn sort keys into levels: a heading is under the last one with a lower key."""
    open_: list[int] = []
    levels: list[int] = []
    for key in keys:
        while open_ and open_[-1] >= key:
            open_.pop()
        open_.append(key)
        levels.append(len(open_))
    return levels
