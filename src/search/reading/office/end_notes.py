"""Notes that stand as plain paragraphs at the end of a letter of answers: to footnotes.

An MP numbers the sources in the questions ("… in handen van KPN? 1)") and lists them below; the
ministry copies both, so that they stand behind the last answer, to which they don't belong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.dutch.question_markers import marker_of
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["take_end_notes"]

_LABEL = re.compile(r"\s*\[?(\d{1,2})[)\]]\s+(?=\S)")
_RAISED_LABEL = re.compile(r"\s*(\d{1,2})\)?\s*(?=\S)")
_NUMBERED = ("%1)", "[%1]", "(%1)", "%1")
"""How lists of sources number their items. With a full stop ("%1.") it may be any list."""
_MOST_NOTES = 99
_MARK = re.compile(r"(?<=\S)\s?\[?(?<!\d)(\d{1,2})[)\]]")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mark stands: the block, its line, and the characters of that line."""

    block: int
    line: int
    start: int
    end: int


def take_end_notes(
    blocks: Sequence[RawBlock], numbers: Mapping[int, str], raised: Sequence[tuple[int, int]]
) -> list[RawBlock]:
    """Make footnotes of the numbered sources below the last answer, when that is safe.

    `numbers` says how the numbers of list items are written, by index, and `raised` where raised
    numbers stand in the source. Safe is: the notes are numbered from 1 on, and each number stands
    just once as a mark in the questions. Else all stays as it is.
    """
    markers = [i for i, b in enumerate(blocks) if b.kind is RawKind.HEADING and marker_of(b.text)]
    if not markers or blocks[markers[-1]].text[:1].lower() != "a":
        return list(blocks)
    lifted = {start for start, _ in raised}
    labels = _labels_at_end(blocks, markers[-1] + 1, numbers, lifted)
    first = len(blocks) - len(labels)
    # The last answer needs words of its own.
    if not 0 < len(labels) <= _MOST_NOTES or first <= markers[-1] + 1:
        return list(blocks)
    marks = _marks(blocks, markers, raised)
    if any(len(marks.get(number, ())) != 1 for number in range(1, len(labels) + 1)):
        return list(blocks)
    body = list(blocks[:first])
    # From the last mark to the first, so that the places before it stay where they are.
    marked = [(marks[number][0], f"{number})") for number in range(1, len(labels) + 1)]
    for place, label in sorted(marked, key=lambda each: _order(each[0]), reverse=True):
        body[place.block] = _with_mark(body[place.block], place, label)
    notes = [
        _as_note(block, label_end, f"{number})")
        for number, (block, label_end) in enumerate(
            zip(blocks[first:], labels, strict=True), start=1
        )
    ]
    return [*body, *notes]


def _order(place: _Place) -> tuple[int, int, int]:
    return place.block, place.line, place.start


def _labels_at_end(
    blocks: Sequence[RawBlock], earliest: int, numbers: Mapping[int, str], lifted: set[int]
) -> list[int]:
    """Give where the label of each note at the end ends in its first line; none if that fails."""
    items = len(blocks)
    while items > earliest and blocks[items - 1].kind is RawKind.LIST_ITEM:
        items -= 1
    if items < len(blocks):
        written = {numbers.get(i, "") for i in range(items, len(blocks))}
        return [0] * (len(blocks) - items) if written <= set(_NUMBERED) else []
    found: list[tuple[int, int]] = []
    for block in reversed(blocks[earliest:]):
        label = _label(block, lifted) if block.kind is RawKind.TEXT else None
        if label is None:
            break
        found.append(label)
        if label[0] == 1:
            break
    found.reverse()
    in_order = [number for number, _ in found] == list(range(1, len(found) + 1))
    return [end for _, end in found] if in_order else []


def _label(block: RawBlock, lifted: set[int]) -> tuple[int, int] | None:
    """Read the number before a note, and where its text begins."""
    line = block.lines[0]
    at = len(line.text) - len(line.text.lstrip())
    is_raised = at < len(line) and line.starts[at] in lifted
    found = (_RAISED_LABEL if is_raised else _LABEL).match(line.text)
    return (int(found[1]), found.end()) if found else None


def _marks(
    blocks: Sequence[RawBlock], markers: Sequence[int], raised: Sequence[tuple[int, int]]
) -> dict[int, list[_Place]]:
    """Find where numbers stand as marks in the questions."""
    found: dict[int, list[_Place]] = {}
    for at, after in pairwise(markers):
        if (opening := marker_of(blocks[at].text)) is None or opening.answers:
            continue
        for block in range(at + 1, after):
            for index, line in enumerate(blocks[block].lines):
                spans = [(m.span(), int(m[1])) for m in _MARK.finditer(line.text)]
                taken = [span for span, _ in spans]
                spans += [each for each in _raised_in(line, raised) if not _within(each[0], taken)]
                for span, number in spans:
                    found.setdefault(number, []).append(_Place(block, index, *span))
    return found


def _raised_in(
    line: SourcedText, raised: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int], int]]:
    """Give where raised numbers stand in a line, behind something, and the numbers."""
    if not line.starts:
        return []
    found = []
    near = bisect_left(raised, (line.starts[0], 0))
    for start, end in raised[near : bisect_left(raised, (line.ends[-1], 0))]:
        if start in line.starts[1:] and end in line.ends:
            span = line.starts.index(start), line.ends.index(end) + 1
            found.append((span, int(line.text[slice(*span)].strip(" \t\n\u00a0)"))))
    return found


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end + 1 for start, end in others)


def _with_mark(block: RawBlock, place: _Place, label: str) -> RawBlock:
    """Put a footnote's mark in the place of its number."""
    line = block.lines[place.line]
    rope = join([line.slice(0, place.start), line.slice(place.end, len(line))])
    marks = sorted((*rope.marks, Mark(place.start, label)), key=lambda mark: mark.offset)
    lines = list(block.lines)
    lines[place.line] = replace(rope, marks=tuple(marks))
    return replace(block, lines=tuple(lines))


def _as_note(block: RawBlock, label_end: int, label: str) -> RawBlock:
    first = block.lines[0]
    lines = (first.slice(label_end, len(first)), *block.lines[1:])
    return RawBlock(RawKind.FOOTNOTE, lines, label=label)
