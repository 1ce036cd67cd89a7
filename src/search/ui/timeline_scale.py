"""Time along a line: where a day is, the cabinets' bands, the ticks, marks that do not touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from search.cabinets import all_cabinets
from search.dutch import MONTHS

__all__ = ["Band", "Scale", "Tick", "place_apart"]

_LEAST_DAYS = 240
"""Days of the shortest line: a line of a day would say that a morning is long."""
_MARGIN = 0.04
"""Share of the line that is kept free at each end."""
_MONTHS_APART = (1, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Band:
    """A cabinet on the line, from `start` to `end` in the line's units."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the line that is written beside it."""

    label: str
    at: float


class Scale:
    """The time between two days on a line from `start` to `start + length` units."""

    def __init__(self, days: Iterable[int], start: float, length: float) -> None:
        """Fit the days on the line; raises ValueError without any."""
        first, last = _span(list(days))
        margin = (last - first) * _MARGIN
        self.first, self.last = first - margin, last + margin
        self._start, self._length = start, length

    def at(self, day: float) -> float:
        """Return the place of a day, or the nearest end of the line."""
        inside = min(max(day, self.first), self.last)
        return self._start + self._length * (inside - self.first) / (self.last - self.first)

    def bands(self) -> tuple[Band, ...]:
        """Return the cabinets that were in office in this time, in order."""
        found = []
        for cabinet in all_cabinets():
            start = date.fromisoformat(cabinet.first).toordinal()
            end = date.fromisoformat(cabinet.last).toordinal() if cabinet.last else self.last + 1
            if start < self.last and end > self.first:
                found.append(Band(cabinet.name, self.at(start), self.at(end)))
        return tuple(found)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Return at most `most` dates at equal steps of months or years."""
        for step in _MONTHS_APART:
            found = self._ticks(step)
            if len(found) <= most:
                return found
        return found[:most]

    def _ticks(self, step: int) -> tuple[Tick, ...]:
        first = date.fromordinal(int(self.first))
        month = -(-(first.year * 12 + first.month - 1) // step) * step
        found = []
        while (day := date(month // 12, month % 12 + 1, 1)).toordinal() <= self.last:
            if day.toordinal() >= self.first:
                name = str(day.year) if step >= 12 else f"{MONTHS[day.month - 1][:3]} {day.year}"
                found.append(Tick(name, self.at(day.toordinal())))
            month += step
        return tuple(found)


def _span(days: Sequence[int]) -> tuple[float, float]:
    first, last = min(days), max(days)
    lacking = max(0.0, _LEAST_DAYS - (last - first)) / 2
    return first - lacking, last + lacking


def place_apart(
    places: Sequence[float], size: float, most: int
) -> tuple[tuple[tuple[float, int], ...], int]:
    """Return a place and a level for each of some sorted places, and how many levels are used.

    Marks of `size` units on one level do not touch; the first of at most `most` levels with room
    is taken. Where none has room the mark moves on along the line.
    """
    ends: list[float] = []
    placed = []
    for place in places:
        level = next((i for i, end in enumerate(ends) if end <= place), len(ends))
        if level == len(ends) and level < most:
            ends.append(0.0)
        elif level == most:
            level = min(range(most), key=ends.__getitem__)
            place = ends[level]
        ends[level] = place + size
        placed.append((place, level))
    return tuple(placed), len(ends)
