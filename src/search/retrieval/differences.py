"""The words in which two nearly equal texts differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from search.retrieval.duplicates import placed_words

__all__ = ["Contrast", "contrast"]

_MOST_DIFFERENCES = 3
_MOST_WORDS = 12
"""Words of one difference that are shown."""
_LEFT_OUT = "…"

_Placed = tuple[str, int, int]
_Run = tuple[int, int, int, int]
"""Words `a` up to `b` of one text, that stand in the place of words `c` up to `d` of the other."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """What one text says and what the other says instead, word for word.

    Several differences are joined by "…". They lie between `start` and `end` of the other text.
    """

    here: str
    there: str
    start: int
    end: int


def contrast(one: str, other: str) -> Contrast | None:
    """Return how two texts differ, or None if their words are equal.

    What only precedes or follows the words that both have is no difference, if there is another:
    the one passage is cut off elsewhere. Where a text has a word too many, the words beside it are
    given too ("is bereid" and "is niet bereid").
    """
    first, second = list(placed_words(one)), list(placed_words(other))
    runs = _differing([word for word, _, _ in first], [word for word, _, _ in second])
    if not runs:
        return None
    runs = _without_ends(runs, len(first), len(second)) or runs
    shown = [_with_neighbours(run, len(first), len(second)) for run in runs[:_MOST_DIFFERENCES]]
    more = len(runs) > _MOST_DIFFERENCES
    at = min(shown[0][2], len(second) - 1)
    last = max(at, shown[-1][3] - 1)
    return Contrast(
        _joined(one, first, [(a, b) for a, b, _, _ in shown], more=more),
        _joined(other, second, [(c, d) for _, _, c, d in shown], more=more),
        second[at][1] if second else 0,
        second[last][2] if second else 0,
    )


def _differing(one: Sequence[str], other: Sequence[str]) -> list[_Run]:
    """Return the runs of words that differ; those with one equal word between them are one."""
    runs: list[_Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if runs and a - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], b, runs[-1][2], d)
        else:
            runs.append((a, b, c, d))
    return runs


def _without_ends(runs: Sequence[_Run], one: int, other: int) -> list[_Run]:
    """Return the runs without the words that only one text has before or after the common ones."""
    kept = []
    for a, b, c, d in runs:
        at_end = a == 0 == c or (b == one and d == other)
        if not at_end:
            kept.append((a, b, c, d))
        elif a < b and c < d:
            most = min(b - a, d - c)
            if a == 0 == c:
                kept.append((b - most, b, d - most, d))
            else:
                kept.append((a, a + most, c, c + most))
    return kept


def _with_neighbours(run: _Run, one: int, other: int) -> _Run:
    a, b, c, d = run
    if a < b and c < d:
        return run
    before = int(a > 0 and c > 0)
    after = int(b < one and d < other)
    return a - before, b + after, c - before, d + after


def _joined(
    text: str, words: Sequence[_Placed], runs: Sequence[tuple[int, int]], *, more: bool
) -> str:
    pieces = []
    for start, end in runs:
        last = min(end, start + _MOST_WORDS)
        piece = text[words[start][1] : words[last - 1][2]] if start < last else ""
        pieces.append(" ".join(piece.split()) + (f" {_LEFT_OUT}" if last < end else ""))
    return f" {_LEFT_OUT} ".join(pieces) + (f" {_LEFT_OUT}" if more else "")
