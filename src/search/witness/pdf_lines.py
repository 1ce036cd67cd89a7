"""The words of a page to lines, and each line folded for comparison.

Lines are what the words' places say, whatever the order in which the file draws them. A line ends
where a wide gap is repeated in the rows above and below: that is a gutter between columns or cells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.witness.folding import Folded, fold
from search.witness.pdf_words import Word
from search.witness.records import Flag, WitnessRun

__all__ = ["LARGE", "Line", "lines_of"]

_NEAR = 0.9
"""Times the font size: no wider gap is white space within a line without a closer look."""
_SPACE = 0.1
"""Times the font size: the narrowest space."""
_SAME = 0.12
"""Times the font size: baselines that differ less are one."""
_SMALL = 0.85
_ALIGNED = 0.6
"""Times the font size: how far texts of one column may be out of line."""
LARGE = 1.6
"""How many times larger the first letter of a text is that takes several lines."""
_EDGE = 0.3
"""Times the font size: how far the ends of justified lines may be out of line."""
_LONGEST_MARK = 4
_BAND = 20.0
"""Points up or down the page within which a mark's line is looked for, and twice."""
_NEAR_ROWS = 8
_HIDDEN, _RAISED, _LOWERED = Flag.HIDDEN.value, Flag.RAISED.value, Flag.LOWERED.value
_FLAGS = tuple(map(Flag, range(2 * max(Flag).value)))
"""By their number, since Python takes its time to make one."""
_WIDEST = 4.0
"""Times the font size: a wider gap always ends a line."""


@dataclass(slots=True)
class _Run:
    """Words that follow each other in the file on one line, with no wide gap between them."""

    words: list[Word]
    base: float = 0.0
    size: float = 0.0

    def measured(self) -> _Run:
        weights: Counter[tuple[float, float]] = Counter()
        for word in self.words:
            weights[word.base, word.size] += len(word.text)
        (self.base, self.size), _ = max(weights.items(), key=lambda each: (each[1], each[0][1]))
        return self

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it stands, and its characters for comparison."""

    page: int
    turn: int
    left: float
    right: float
    base: float
    size: float
    number: int
    """The number of its first word in the file's order."""
    hidden: bool
    folded: Folded
    runs: tuple[WitnessRun, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The solid characters."""
        return self.folded.text


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """Return the lines of a page in the order of the file."""
    found: list[Line] = []
    groups: dict[tuple[int, bool], list[Word]] = {}
    for word in words:
        groups.setdefault((word.turn, bool(word.flags & _HIDDEN)), []).append(word)
    for (turn, hidden), group in groups.items():
        runs = _joined(_attached([run.measured() for run in _runs(group)]))
        found += [_line(run, page, turn, hidden) for run in runs]
    return sorted(found, key=lambda line: line.number)


def _runs(words: Iterable[Word]) -> list[_Run]:
    """Part words where the file goes to another line or leaves a gap."""
    runs: list[_Run] = []
    for word in words:
        if runs and _follows(runs[-1].words[-1], word):
            runs[-1].words.append(word)
        else:
            runs.append(_Run([word]))
    return runs


def _follows(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    gap = word.left - before.right
    if _is_initial(before, word):
        return False
    return abs(before.base - word.base) < 0.45 * size and -0.3 * size < gap < _NEAR * size


def _is_initial(before: Word, word: Word) -> bool:
    """Return whether a word is the large first letter of a text that is beside it."""
    return len(before.text) == 1 and before.text.isupper() and before.size > LARGE * word.size


def _attached(runs: list[_Run]) -> list[_Run]:
    """Put small raised or lowered runs that are drawn apart into the line that they belong to."""
    bands: defaultdict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        if len(run.words) > 1 or len(run.words[0].text) > _LONGEST_MARK:
            bands[round(run.base / _BAND)].append(run)
    kept = []
    for run in runs:
        home = None
        if len(run.words) <= 2 and sum(len(word.text) for word in run.words) <= _LONGEST_MARK:
            band = round(run.base / _BAND)
            near = (each for n in (band, band - 1, band + 1) for each in bands.get(n, ()))
            home = next((each for each in near if each is not run and _belongs(run, each)), None)
        if home is None:
            kept.append(run)
        else:
            home.words += run.words
    return kept


def _belongs(run: _Run, line: _Run) -> bool:
    lift = run.base - line.base
    return (
        run.size < _SMALL * line.size
        and _SAME * line.size < abs(lift) < 0.7 * line.size
        and line.left < run.left < line.right + 0.4 * line.size
    )


def _joined(runs: list[_Run]) -> list[_Run]:
    """Join runs that make one line: next to each other on one baseline, and no gutter between."""
    ordered = sorted(runs, key=lambda run: (-run.base, run.left))
    rows: list[list[_Run]] = []
    for run in ordered:
        row = rows[-1] if rows else None
        if row and abs(row[0].base - run.base) < _SAME * max(row[0].size, run.size):
            row.append(run)
        else:
            rows.append([run])
    lines: list[_Run] = []
    for number, row in enumerate(rows):
        row.sort(key=lambda run: run.left)
        made: list[_Run] = []
        for run in _filled(row, number, rows):
            if made and _is_one(made[-1], run, number, rows):
                made[-1] = _Run(made[-1].words + run.words).measured()
            else:
                made.append(run)
        lines += made
    return lines


def _filled(row: list[_Run], number: int, rows: Sequence[Sequence[_Run]]) -> list[_Run]:
    """Join what justification tore apart: runs that fill a column from side to side.

    They follow each other in the file, and together are as wide as a line near by.
    """
    made: list[list[_Run]] = []
    for run in row:
        if made and _is_drawn_next(made[-1][-1], run):
            made[-1].append(run)
        else:
            made.append([run])
    near = [
        each
        for other in rows[max(0, number - _NEAR_ROWS) : number + _NEAR_ROWS + 1]
        for each in other
        if len(other) < len(row)
    ]
    joined: list[_Run] = []
    for group in made:
        reach = _EDGE * group[0].size
        fills = len(group) > 1 and any(
            abs(each.left - group[0].left) < reach and abs(each.right - group[-1].right) < reach
            for each in near
        )
        words = [word for run in group for word in run.words]
        joined += [_Run(words).measured()] if fills else group
    return joined


def _is_drawn_next(before: _Run, run: _Run) -> bool:
    return run.words[0].number == max(word.number for word in before.words) + 1


def _is_one(before: _Run, run: _Run, number: int, rows: Sequence[Sequence[_Run]]) -> bool:
    """Return whether two runs side by side are parts of one line."""
    size = max(before.size, run.size)
    gap = run.left - before.right
    if len(before.words) == 1 and _is_initial(before.words[0], run.words[0]):
        return False
    if gap < -0.5 * size or gap > _WIDEST * size:
        return False
    consecutive = _is_drawn_next(before, run)
    if gap < (_NEAR if consecutive else 0.6) * size:
        return True
    return consecutive and not _is_gutter(before.right, run, number, rows)


def _is_gutter(left: float, run: _Run, number: int, rows: Sequence[Sequence[_Run]]) -> bool:
    """Return whether a gap goes on in the rows above or below, before texts that are aligned."""
    seen, right = 0, run.left
    for step in (-1, 1):
        for away in (1, 2):
            at = number + step * away
            if not 0 <= at < len(rows):
                break
            row = rows[at]
            if any(each.left < left and each.right > right for each in row):
                break
            before = any(each.right <= right for each in row)
            after = next((each for each in row if each.left >= left), None)
            if (
                before
                and after
                and (
                    abs(after.left - run.left) < _ALIGNED * run.size
                    or abs(after.right - run.right) < _ALIGNED * run.size
                )
            ):
                seen += 1
    return seen >= 2


def _line(run: _Run, page: int, turn: int, hidden: bool) -> Line:
    words = sorted(run.words, key=lambda word: word.left)
    runs: list[WitnessRun] = []
    before: Word | None = None
    for word in words:
        flags = _FLAGS[word.flags & ~_HIDDEN | _height(word, run)]
        if before is not None and word.left - before.right > _SPACE * run.size:
            runs.append(WitnessRun(" "))
        runs.append(WitnessRun(word.text, flags))
        before = word
    return Line(
        page,
        turn,
        run.left,
        run.right,
        run.base,
        run.size,
        min(word.number for word in words),
        hidden,
        fold([*_merged(runs), WitnessRun("\n")]),
        tuple(runs),
    )


def _merged(runs: Sequence[WitnessRun]) -> list[WitnessRun]:
    merged: list[WitnessRun] = []
    for run in runs:
        if merged and merged[-1].flags == run.flags:
            merged[-1] = WitnessRun(merged[-1].text + run.text, run.flags)
        else:
            merged.append(run)
    return merged


def _height(word: Word, line: _Run) -> int:
    """Return the flag of a word that is raised or lowered in its line, else nought."""
    lift = (word.base - line.base) / line.size
    small = word.size < _SMALL * line.size
    if lift > 0.25 or (small and lift > 0.1):
        return _RAISED
    if lift < -0.25 or (small and lift < -0.06):
        return _LOWERED
    return 0
