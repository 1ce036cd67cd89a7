"""Mend runs of characters that a file draws apart: raised numbers, drop caps and line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["SUPERSCRIPTS", "Font", "Glyph", "mend_runs"]

SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_MARK_SIZE = 0.85
"""Largest size of the number of a note, as a share of the letters that it is attached to."""
_MAX_MARK_DIGITS = 3
_DROP_CAP = 1.7
"""Smallest size of a drop cap, as a multiple of the letters after it."""
_MIN_NUMBERED_LINES = 5
_NUMBERED_SHARE = 0.6
"""Share of the lines of a page that have a number where its lines are counted."""


class Font(NamedTuple):
    """The font of a character, as it is seen on the page."""

    size: float
    bold: bool
    italic: bool
    rotation: int
    rise: float
    """The baseline, counted up the page as it is read."""


class Glyph(NamedTuple):
    """A character with its sides along the line, in points."""

    character: str
    left: float
    right: float
    font: Font
    after_space: bool


Run = list[Glyph]


def mend_runs(runs: Sequence[Run]) -> list[Run]:
    """Attach raised numbers and drop caps to their words, and leave line numbers out."""
    mended = _without_line_numbers(list(runs))
    taken: set[int] = set()
    small = [i for i, run in enumerate(mended) if _is_number(run)]
    large = [i for i, run in enumerate(mended) if len(run) == 1 and run[0].character.isupper()]
    for i in small:
        host = _host_of_mark(mended[i], mended)
        if host is not None:
            _insert_mark(host, mended[i])
            taken.add(i)
    for i in large:
        host = _host_of_drop_cap(mended[i][0], mended)
        if host is not None:
            first = host[0]
            after_space = not first.character.islower()
            host[0] = first._replace(after_space=after_space)
            host.insert(0, mended[i][0]._replace(font=first.font, right=first.left))
            taken.add(i)
    return [run for i, run in enumerate(mended) if i not in taken]


def _is_number(run: Run) -> bool:
    return len(run) <= _MAX_MARK_DIGITS and all(g.character in "0123456789" for g in run)


def _host_of_mark(mark: Run, runs: Sequence[Run]) -> Run | None:
    """Return the line to which the number of a note is attached, raised or drawn over it."""
    font = mark[0].font
    found: tuple[float, Run] | None = None
    for run in runs:
        host = run[len(run) // 2].font
        size = host.size
        if font.size > _MARK_SIZE * size or font.rotation != host.rotation:
            continue
        lift = font.rise - host.rise
        if not -0.05 * size <= lift < 0.8 * size:
            continue
        raised = lift > 0.1 * size
        inside = run[0].left < mark[0].left < run[-1].right - 1
        before = 0 <= run[0].left - mark[-1].right < 0.6 * size
        after = -1 <= mark[0].left - run[-1].right < 0.35 * size
        near = inside or (raised and (before or after))
        if near and len(run) > 1 and (found is None or lift < found[0]):
            found = (lift, run)
    return found[1] if found else None


def _insert_mark(host: Run, mark: Run) -> None:
    """Put the number of a note after the word that it is drawn at, or before the first."""
    at = next((i for i, g in enumerate(host) if (g.left + g.right) / 2 > mark[0].left), len(host))
    while 0 < at < len(host) and not host[at].after_space:
        at += 1
    font = host[max(0, at - 1)].font
    host[at:at] = [
        g._replace(character=g.character.translate(SUPERSCRIPTS), font=font, after_space=False)
        for g in mark
    ]


def _host_of_drop_cap(cap: Glyph, runs: Sequence[Run]) -> Run | None:
    """Return the line that begins at the top of a drop cap, after it."""
    found: Run | None = None
    for run in runs:
        font = run[0].font
        if cap.font.size < _DROP_CAP * font.size or cap.font.rotation != font.rotation:
            continue
        beside = -0.2 * font.size < run[0].left - cap.right < font.size
        level = 0.3 * font.size < font.rise - cap.font.rise < cap.font.size
        is_word = len(run) > 1 and run[0].character.isalpha()
        higher = found is None or font.rise > found[0].font.rise
        if beside and level and is_word and higher:
            found = run
    return found


def _without_line_numbers(runs: list[Run]) -> list[Run]:
    """Drop the numbers that count the lines of a page, whether or not they are runs of their own.

    They count up by one step, stand in one column and leave most lines with a number; what is after
    them is running text, so that many lines begin with a small letter.
    """
    numbered = sorted(
        ((run[0].font.rise, i, n) for i, run in enumerate(runs) if (n := _leading_digits(run))),
        reverse=True,
    )
    if len(numbered) < _MIN_NUMBERED_LINES:
        return runs
    levels = {round(run[0].font.rise / 3) for run in runs}
    rights = sorted(runs[i][n - 1].right for _, i, n in numbered)
    edge = rights[len(rights) // 2]
    lefts = sorted(runs[i][0].left for _, i, _ in numbered)
    start = lefts[len(lefts) // 2]
    column = [
        (i, n)
        for _, i, n in numbered
        if abs(runs[i][n - 1].right - edge) < 2 or abs(runs[i][0].left - start) < 2
    ]
    values = [int("".join(g.character for g in runs[i][:n])) for i, n in column]
    steps = [after - before for before, after in pairwise(values)]
    step = max(set(steps), key=steps.count, default=0)
    counted = step in (1, 5, 10) and steps.count(step) >= 0.9 * len(steps)
    if not counted or len(column) < _MIN_NUMBERED_LINES:
        return runs
    if len(column) * step < _NUMBERED_SHARE * len(levels) or not _are_prose(runs, column):
        return runs
    cut = dict(column)
    left = [run[cut.get(i, 0) :] for i, run in enumerate(runs)]
    return [[run[0]._replace(after_space=False), *run[1:]] for run in left if run]


def _leading_digits(run: Run) -> int:
    """Return how many digits a run begins with, 0 where they are part of a word or a sentence."""
    count = next((i for i, g in enumerate(run) if g.character not in "0123456789"), len(run))
    if not 0 < count <= 4:
        return 0
    if count == len(run):
        return count
    apart = run[count].left - run[count - 1].right > 0.4 * run[count].font.size
    return count if apart and run[count].after_space else 0


def _are_prose(runs: Sequence[Run], column: Sequence[tuple[int, int]]) -> bool:
    """Return whether many of the lines after these numbers begin with a small letter."""
    begins = []
    for i, n in column:
        rest = runs[i][n:]
        if not rest:
            rise, right = runs[i][0].font.rise, runs[i][-1].right
            beside = [r for r in runs if abs(r[0].font.rise - rise) < 2 and r[0].left > right]
            rest = min(beside, key=lambda r: r[0].left, default=[])
        begins.append(bool(rest) and rest[0].character.islower())
    return sum(begins) >= 0.4 * len(begins)
