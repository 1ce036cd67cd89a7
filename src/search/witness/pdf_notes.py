"""Raised numbers of a PDF that are marks of notes, and no powers: by the notes of their page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from search.witness.folding import Sort
from search.witness.pdf_lines import Line
from search.witness.records import Flag

__all__ = ["with_notes"]

_SMALL = 0.93
"""The letters of a note, as a share of the page's."""
_LABEL = re.compile(r"\s*(\d{1,3})[.)]?\s")


def with_notes(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with such raised numbers as marks of notes, which a text may lack.

    A number after a figure or unit ("12⁴", "10⁶") is one when its page has a note of that number,
    and no other raised number can be the mark of that note.
    """
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    labels = {page: _labels(found) for page, found in pages.items()}
    return [_with_notes(line, labels[line.page]) if labels[line.page] else line for line in lines]


def _labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the numbers of a page's notes of which one raised number alone can be the mark."""
    size = median(line.size for line in lines)
    labels: set[str] = set()
    seen: Counter[str] = Counter()
    for line in lines:
        number = _number(line, size)
        if number:
            labels.add(number)
        seen.update(
            mark.text
            for mark in line.folded.marks
            if mark.sort in (Sort.RAISED, Sort.NOTE) and (mark.at or not number)
        )
    return frozenset(label for label in labels if seen[label] == 1)


def _number(line: Line, size: float) -> str:
    """Return the number with which a line begins as a note does, or nothing."""
    first = next((run for run in line.runs if run.text.strip()), None)
    if first is None:
        return ""
    if first.flags & Flag.RAISED:
        number = first.text.strip("()[]. ")
        return number if number.isdigit() else ""
    found = _LABEL.match("".join(run.text for run in line.runs))
    return found[1] if found and line.size < _SMALL * size else ""


def _with_notes(line: Line, labels: frozenset[str]) -> Line:
    marks = tuple(
        mark._replace(sort=Sort.NOTE)
        if mark.sort is Sort.RAISED and mark.at and mark.text in labels
        else mark
        for mark in line.folded.marks
    )
    return replace(line, folded=replace(line.folded, marks=marks))
