"""Measure how the running text of a document is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.reading.pdf.column_lines import PageLayout

__all__ = ["BodyStyle", "measure_body"]


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How the running text of a document is set."""

    size: float
    bold: bool
    italic: bool
    leading: float
    """From one baseline to the next, as a multiple of the font size."""


def measure_body(pages: Sequence[PageLayout]) -> BodyStyle:
    """Measure the running text: the size and weight that most letters have."""
    columns = [column for page in pages for column in page.columns]
    weights: Counter[tuple[float, bool, bool]] = Counter()
    for line in (line for column in columns for line in column.lines):
        weights[round(line.size * 2) / 2, line.bold, line.italic] += len(line.text)
    if not weights:
        return BodyStyle(10.0, False, False, 1.2)
    (size, bold, italic), _ = weights.most_common(1)[0]
    steps: Counter[float] = Counter()
    for column in columns:
        for before, line in pairwise(column.lines):
            step = (line.baseline - before.baseline) / max(size, 1.0)
            if abs(line.size - size) <= 0.5 and abs(before.size - size) <= 0.5 and step < 2.6:
                steps[round(step * 20) / 20] += 1
    leading = steps.most_common(1)[0][0] if steps else 1.2
    return BodyStyle(size, bold, italic, max(leading, 0.9))
