"""Take text from the source of a PDF, with the raised numbers in it as footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.reading.sourced_text import Mark, SourcedText

__all__ = ["DIGITS", "RAISED", "with_marks"]

RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d/])[kcdmh]?m$|CO$")
"""A raised 2 after one of these is a square metre or a formula, not a footnote."""
_POWER = re.compile(r"(?:(?<![\w.,])10|[x×·*]\s?10)$")
"""A raised digit after one of these is a power of ten, unless there is such a note."""


def with_marks(source: str, start: int, end: int, notes: frozenset[str]) -> Iterable[SourcedText]:
    """Yield a piece of the source, with marks for the raised numbers that are footnotes.

    `notes` are the numbers of the footnotes that the document has.
    """
    at = start
    for raised in RAISED.finditer(source, start, end):
        label = raised.group().translate(DIGITS)
        before = source[max(start, raised.start() - 12) : raised.start()]
        if (
            before.endswith(("⁻", "⁺"))
            or _UNIT.search(before)
            or (_POWER.search(before) and label not in notes)
        ):
            continue
        yield SourcedText.of_source(source, at, raised.start())
        yield SourcedText(marks=(Mark(0, label),))
        at = raised.end()
    yield SourcedText.of_source(source, at, end)
