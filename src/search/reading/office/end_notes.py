"""Make footnotes of notes that are plain paragraphs at the end of a letter of answers.

An MP numbers the sources in the questions ("… in handen van KPN? 1)") and lists them below; the
ministry copies both, so that the notes follow the last answer, to which they don't belong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from search.dutch.question_markers import marker_of
from search.reading.raised_digits import plain_digits
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["convert_end_notes"]

_LABEL = re.compile(r"\s*\[?(\d{1,2})[)\]]\s+(?=\S)")
_RAISED_LABEL = re.compile(r"\s*(\d{1,2})\)?\s*(?=\S)")
_ITEM_NUMBER = re.compile(r"[\[(]?(\d{1,2})[)\]]?\t")
_NUMBER_FORMATS = ("%1)", "[%1]", "(%1)", "%1")
"""Of lists of sources. With a full stop ("%1.") it may be any list."""
_MAX_NOTES = 99
_MARK = re.compile(r"(?<=\S)\s?\[?(?<!\d)(\d{1,2})[)\]]")


class _MarkPlace(NamedTuple):
    """The place of a note's mark; `start` and `end` are offsets in the line."""

    block: int
    line: int
    start: int
    end: int


def convert_end_notes(
    blocks: Sequence[RawBlock],
    number_formats: Mapping[int, str],
    raised: Sequence[tuple[int, int]],
) -> list[RawBlock]:
    """Make footnotes of the numbered sources below the last answer, when that is safe.

    `number_formats` are those of the list items, by index of the block, and `raised` are the spans
    of raised numbers in the source. It is safe when the notes are numbered from 1 on, and each
    number is a mark in the questions just once. Otherwise the blocks are returned unchanged.
    """
    markers = [i for i, b in enumerate(blocks) if b.kind is RawKind.HEADING and marker_of(b.text)]
    if not markers or blocks[markers[-1]].text[:1].lower() != "a":
        return list(blocks)
    raised_starts = {start for start, _ in raised}
    label_ends = _label_ends(blocks, markers[-1] + 1, number_formats, raised_starts)
    first = len(blocks) - len(label_ends)
    # The last answer needs words of its own.
    if not 0 < len(label_ends) <= _MAX_NOTES or first <= markers[-1] + 1:
        return list(blocks)
    places = _mark_places(blocks, markers, raised)
    numbers = range(1, len(label_ends) + 1)
    if any(len(places.get(number, ())) != 1 for number in numbers):
        return list(blocks)
    body = list(blocks[:first])
    # From the last mark to the first, so that the offsets before it stay valid.
    for place, number in sorted(((places[n][0], n) for n in numbers), reverse=True):
        body[place.block] = _with_mark(body[place.block], place, f"{number})")
    notes = zip(blocks[first:], label_ends, numbers, strict=True)
    return [*body, *(_as_note(block, end, f"{number})") for block, end, number in notes)]


def _label_ends(
    blocks: Sequence[RawBlock],
    earliest: int,
    number_formats: Mapping[int, str],
    raised_starts: set[int],
) -> list[int]:
    """Return the end of the label in the first line of each note at the end, if there are any."""
    items = len(blocks)
    while items > earliest and blocks[items - 1].kind is RawKind.LIST_ITEM:
        items -= 1
    if items < len(blocks):
        formats = {number_formats.get(i, "") for i in range(items, len(blocks))}
        numbers = [_ITEM_NUMBER.match(each.lines[0].text) for each in blocks[items:]]
        known = [(int(each[1]), each.end()) for each in numbers if each]
        complete = len(known) == len(numbers) and formats <= set(_NUMBER_FORMATS)
        return _ends_in_order(known) if complete else []
    found: list[tuple[int, int]] = []
    for block in reversed(blocks[earliest:]):
        label = _label(block, raised_starts) if block.kind is RawKind.TEXT else None
        if label is None:
            break
        found.append(label)
        if label[0] == 1:
            break
    found.reverse()
    return _ends_in_order(found)


def _ends_in_order(labels: Sequence[tuple[int, int]]) -> list[int]:
    """Return the ends of labels that are numbered from 1 on, else none."""
    in_order = [number for number, _ in labels] == list(range(1, len(labels) + 1))
    return [end for _, end in labels] if in_order else []


def _label(block: RawBlock, raised_starts: set[int]) -> tuple[int, int] | None:
    """Return the number before a note, and the offset at which its text begins."""
    line = block.lines[0]
    at = len(line.text) - len(line.text.lstrip())
    is_raised = at < len(line) and line.source_start(at) in raised_starts
    found = (_RAISED_LABEL if is_raised else _LABEL).match(_plain(line.text))
    return (int(found[1]), found.end()) if found else None


def _mark_places(
    blocks: Sequence[RawBlock], markers: Sequence[int], raised: Sequence[tuple[int, int]]
) -> dict[int, list[_MarkPlace]]:
    """Return the places where numbers are marks in the questions, by number."""
    places: dict[int, list[_MarkPlace]] = {}
    for at, after in pairwise(markers):
        if (opening := marker_of(blocks[at].text)) is None or opening.answers:
            continue
        for block in range(at + 1, after):
            for index, line in enumerate(blocks[block].lines):
                marks = _MARK.finditer(_plain(line.text))
                spans = [(m.span(), int(m[1])) for m in marks]
                taken = [span for span, _ in spans]
                spans += [each for each in _raised_in(line, raised) if not _within(each[0], taken)]
                for span, number in spans:
                    places.setdefault(number, []).append(_MarkPlace(block, index, *span))
    return places


def _raised_in(
    line: SourcedText, raised: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int], int]]:
    """Return the spans of raised numbers in a line, its start excepted, with the numbers."""
    if not line.text:
        return []
    found = []
    near = bisect_left(raised, (line.source_start(), 0))
    for start, end in raised[near : bisect_left(raised, (line.source_end, 0))]:
        span = line.offset_of(start), line.offset_of(end - 1) + 1
        if span[0] > 0 and span[1] > 0:
            number = _plain(line.text[slice(*span)]).strip(" \t\n\u00a0)")
            found.append((span, int(number)))
    return found


def _plain(text: str) -> str:
    return plain_digits(text).replace("⁾", ")")


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end + 1 for start, end in others)


def _with_mark(block: RawBlock, place: _MarkPlace, label: str) -> RawBlock:
    """Return the block with a footnote's mark in the place of its number."""
    line = block.lines[place.line]
    rest = join([line.slice(0, place.start), line.slice(place.end, len(line))])
    marks = sorted((*rest.marks, Mark(place.start, label)), key=lambda mark: mark.offset)
    lines = list(block.lines)
    lines[place.line] = replace(rest, marks=tuple(marks))
    return replace(block, lines=tuple(lines))


def _as_note(block: RawBlock, label_end: int, label: str) -> RawBlock:
    first = block.lines[0]
    lines = (first.slice(label_end, len(first)), *block.lines[1:])
    return RawBlock(RawKind.FOOTNOTE, lines, label=label)
