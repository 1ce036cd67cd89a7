"""Split the fragments of a page in columns, in reading order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

from search.reading.pdf.lines import LineFragment

__all__ = ["split_columns"]

_MIN_CHARACTERS = 12
"""Of a fragment that shows where columns are."""
_MIN_COLUMN_LINES = 5
_MAX_CROSSING = 0.18
"""Share of the lines that may cross the gutter between two columns: headings, a title."""


def split_columns(fragments: Sequence[LineFragment]) -> list[list[LineFragment]]:
    """Split fragments in columns in reading order; a line across a gutter ends those above it."""
    gutters = _gutters(fragments)
    if not gutters:
        return [list(fragments)] if fragments else []
    crossing = [f for f in fragments if any(f.left < x < f.right for x in gutters)]
    crosses = {f.start for f in crossing}
    rest = [f for f in fragments if f.start not in crosses]
    columns: list[list[LineFragment]] = []
    above = float("-inf")
    for cross in [*sorted(crossing, key=lambda f: f.baseline), None]:
        below = cross.baseline if cross else float("inf")
        band = [f for f in rest if above <= f.baseline < below]
        for left, right in pairwise([float("-inf"), *gutters, float("inf")]):
            columns += split_columns([f for f in band if f.left >= left and f.right <= right])
        if cross:
            columns.append([cross])
        above = below
    return _joined(columns, crossing)


def _joined(
    columns: list[list[LineFragment]], crossing: Sequence[LineFragment]
) -> list[list[LineFragment]]:
    """Make one column of successive lines that cross the gutter."""
    joined: list[list[LineFragment]] = []
    for column in columns:
        if joined and column[0] in crossing and joined[-1][0] in crossing:
            joined[-1] += column
        else:
            joined.append(column)
    return joined


def _gutters(fragments: Sequence[LineFragment]) -> list[float]:
    """Return where columns are separated: few lines cross there, and many fill either side."""
    long = [f for f in fragments if f.end - f.start >= _MIN_CHARACTERS]
    if len(long) < 2 * _MIN_COLUMN_LINES:
        return []
    first, last = min(f.left for f in long), max(f.right for f in long)
    steps = [first + (last - first) * percent / 200 for percent in range(24, 177)]
    crossed = _crossings(long, steps)
    valleys: list[list[int]] = []
    for number, count in enumerate(crossed):
        if count > _MAX_CROSSING * len(long):
            continue
        if valleys and valleys[-1][-1] == number - 1:
            valleys[-1].append(number)
        else:
            valleys.append([number])
    found: list[float] = []
    for valley in valleys:
        fewest = min(crossed[number] for number in valley)
        best = [steps[number] for number in valley if crossed[number] == fewest]
        found.append(best[len(best) // 2])
    middle = (first + last) / 2
    alone = [[x] for x in sorted(found, key=lambda x: abs(x - middle))]
    return next((each for each in (found, *alone) if each and _separate(each, long)), [])


def _crossings(fragments: Sequence[LineFragment], places: Sequence[float]) -> list[int]:
    """Return how many fragments cross each place; the places rise."""
    change = [0] * (len(places) + 1)
    for fragment in fragments:
        change[bisect_right(places, fragment.left)] += 1
        change[max(bisect_right(places, fragment.left), bisect_left(places, fragment.right))] -= 1
    return list(accumulate(change[:-1]))


def _separate(gutters: Sequence[float], long: Sequence[LineFragment]) -> bool:
    """Return whether these places divide the lines in columns that are beside one another."""
    edges = [min(f.left for f in long), *gutters, max(f.right for f in long)]
    columns = [
        [f for f in long if f.left >= left - 0.01 and f.right <= right + 0.01]
        for left, right in pairwise(edges)
    ]
    if min(map(len, columns)) < _MIN_COLUMN_LINES:
        return False
    if len(long) - sum(map(len, columns)) > sum(map(len, columns)) / 4:
        return False
    spans = [(min(f.baseline for f in c), max(f.baseline for f in c)) for c in columns]
    for (top, foot), (next_top, next_foot) in pairwise(spans):
        overlap = int(min(foot, next_foot)) - int(max(top, next_top))
        if overlap < 0.4 * min(foot - top, next_foot - next_top):
            return False
    return all(
        median(f.right - f.left for f in column) >= 0.6 * (right - left)
        for column, (left, right) in zip(columns, pairwise(edges), strict=True)
    )
