"""The numbers of lists and headings that a program counts and the file does not write out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["Counter", "Level", "written"]

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST = 5000
"""A number above this is no one's."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level are written; `text` holds "%1" for the first level's number."""

    text: str
    form: str = "decimal"
    start: int = 1
    plain: bool = False
    """Whether the numbers of all levels in it are decimal."""


@dataclass(slots=True)
class Counter:
    """Counts the items of one list."""

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """Count an item and return its number as it is shown, or nothing."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in self.counts if each > depth]:
            del self.counts[deeper]
        shown = level.text
        for each in range(depth + 1):
            if f"%{each + 1}" not in shown:
                continue
            above = self.levels.get(each)
            form = "decimal" if level.plain or above is None else above.form
            count = self.counts.get(each, above.start if above else 1)
            number = written(count, form)
            if number is None:
                return ""
            shown = shown.replace(f"%{each + 1}", number)
        return shown.strip()

    def restart(self, depth: int, start: int) -> None:
        """Let the next item of a level have the number `start`."""
        self.counts[depth] = start - 1


def written(number: int, form: str) -> str | None:
    """Return a number in a form ("decimal", "lowerLetter", …); None for an unknown form."""
    writer = _FORMS.get(form)
    return writer(number) if writer and 0 <= number <= _MOST else None


def _letters(number: int) -> str:
    """Write 1 as "a", 26 as "z", 27 as "aa", 28 as "bb", as Word does."""
    if number < 1:
        return ""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    said: Sequence[str] = ()
    for value, letters in _ROMAN:
        said = (*said, letters * (number // value))
        number %= value
    return "".join(said)


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": lambda number: f"{number:02}",
        "lowerLetter": _letters,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "ordinal": lambda number: f"{number}e",
        "none": lambda _: "",
        # As OpenDocument and HTML name them.
        "1": str,
        "a": _letters,
        "A": lambda number: _letters(number).upper(),
        "i": _roman,
        "I": lambda number: _roman(number).upper(),
        "": lambda _: "",
    }
)
