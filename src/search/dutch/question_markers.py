"""The lines that open an MP's question ("Vraag 2") or the answer to it ("Antwoord op vraag 2")."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Marker", "is_marker", "marker_of"]

_NUMBERS = r"(?P<numbers>\d{1,3}(?:\s*(?:,|en|t/m|tot en met|-)\s*(?:en\s+)?\d{1,3})*)"
_MARKER = re.compile(
    rf"^\W*(?P<what>antwoord(?:en)?(?:\s+op)?(?:\s+(?:de\s+)?vra(?:ag|gen))?|vra(?:ag|gen))"
    rf"\s*{_NUMBERS}?\s*(?:,?\s*en\s+)?[.:\W]*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|-)\s*(\d+)")
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line says that opens a question or an answer."""

    answers: bool
    numbers: str
    """The numbers as they are written ("2 en 3"), or an empty text."""

    @property
    def each(self) -> tuple[int, ...]:
        """Return the numbers in order; "2 t/m 4" gives three."""
        found = {int(number) for number in re.findall(r"\d+", self.numbers)}
        for first, last in _RANGE.findall(self.numbers):
            found.update(range(int(first), int(last)))
        return tuple(sorted(found))


def marker_of(line: str) -> Marker | None:
    """Return the marker that a line holds and nothing else, or None."""
    line = " ".join(line.split()) if len(line) < 4 * _LONGEST_LINE else line
    found = _MARKER.match(line) if len(line) <= _LONGEST_LINE else None
    if found is None:
        return None
    return Marker(found["what"][:1].lower() == "a", found["numbers"] or "")


def is_marker(line: str) -> bool:
    """Return whether a line opens a question or an answer by its number."""
    found = marker_of(line)
    return found is not None and bool(found.numbers)
