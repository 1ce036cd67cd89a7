"""Tables as CSV that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

__all__ = ["write_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Signs with which a formula begins, also after white space."""


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table as CSV that Excel opens: UTF-8 with BOM, separated by semicolons.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers do not.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
