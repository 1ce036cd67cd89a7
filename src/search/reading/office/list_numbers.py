"""The numbers that a word processor counts and the file does not hold: "Artikel 3", "2.1", "a."."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["ListCounts", "ListLevel", "roman"]

_PLACE = re.compile(r"%([1-9])")
_LARGEST = 9_999
_ROMAN = (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")
_SMALL_ROMAN = (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How the items of one level are numbered."""

    pattern: str = ""
    """With "%1" in the place of the first level's number; without a number for bullets."""
    number_format: str = "decimal"
    start: int = 1
    restarts_after: int | None = None
    """The lowest level, from 1, whose items let this one start anew; None for the one above it."""
    all_decimal: bool = False
    """Whether the numbers of the levels above are written in digits too."""


@dataclass(slots=True)
class ListCounts:
    """The numbers of the last items of a list, by level from 0."""

    last: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, levels: Mapping[int, ListLevel]) -> str:
        """Count an item of a level and return its number as it is shown.

        Empty for a bullet and for a number in a format that is not known.
        """
        level = levels.get(depth, ListLevel())
        self.last[depth] = self.last.get(depth, level.start - 1) + 1
        for deeper in [each for each in self.last if each > depth]:
            after = levels.get(deeper, ListLevel()).restarts_after
            if after is None or depth < after:
                del self.last[deeper]
        written: list[str | None] = []

        def number(place: re.Match[str]) -> str:
            above = int(place[1]) - 1
            other = levels.get(above, ListLevel())
            kind = "decimal" if level.all_decimal else other.number_format
            written.append(write_number(self.last.get(above, other.start), kind))
            return written[-1] or ""

        shown = _PLACE.sub(number, level.pattern).strip()
        return "" if None in written else shown

    def restart(self, depth: int, start: int) -> None:
        """Let the next item of a level have the number `start`."""
        self.last[depth] = start - 1


def write_number(number: int, number_format: str) -> str | None:
    """Return a number in a format of Word ("lowerLetter") or OpenDocument ("a"); else None."""
    write = _FORMATS.get(number_format)
    return write(number) if write and 0 <= number <= _LARGEST else None


def roman(number: int) -> str:
    """Return a number in small Roman figures."""
    written = ""
    for value, letters in (*_ROMAN, *_SMALL_ROMAN):
        written += letters * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """Return a … z, aa, bb … zz, aaa …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": lambda number: f"{number:02}",
        "lowerLetter": _letters,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerRoman": roman,
        "upperRoman": lambda number: roman(number).upper(),
        "ordinal": lambda number: f"{number}e",
        "numberInDash": lambda number: f"- {number} -",
        "none": lambda _: "",
        "1": str,
        "a": _letters,
        "A": lambda number: _letters(number).upper(),
        "i": roman,
        "I": lambda number: roman(number).upper(),
        "": lambda _: "",
    }
)
