"""Figures and tables as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["figure", "table"]


def figure(value: float | None) -> str:
    """Return a fraction in hundredths, or a dash for None."""
    return "–" if value is None else f"{100 * value:.1f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with its head."""
    lines = [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
