"""The Dutch cabinets since 1989 and when each was in office.

The dates in `cabinets.tsv` are those of the lists of cabinets on rijksoverheid.nl and
parlement.com: from the day that a cabinet was sworn in to the day that the next one was. The last
cabinet of the table has no end; what came after it is not told apart.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = ["Cabinet", "cabinet_named", "cabinet_pattern"]

_FIGURES = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet, or those of one prime minister together, and its first and last day in ISO form.

    `last` is empty for a cabinet of which the table has no end.
    """

    name: str
    first: str
    last: str


@lru_cache(maxsize=1)
def _cabinets() -> tuple[Cabinet, ...]:
    text = (files("search.retrieval") / "cabinets.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return tuple(Cabinet(row["name"], row["first"], row["last"] or "") for row in rows)


@lru_cache(maxsize=1)
def cabinet_pattern() -> str:
    """Return the pattern of a name such as "Rutte IV", "Rutte 4" or "Rutte", in any case."""
    leaders = sorted({each.name.split()[0] for each in _cabinets()})
    return rf"(?P<leader>{'|'.join(leaders)})\b(?:[\s-]+(?P<figure>IV|I{{1,3}}|[1-4])\b)?"


def cabinet_named(leader: str, figure: str = "") -> Cabinet | None:
    """Return the cabinet of a name, None if there is none; without figure all of its leader."""
    if figure.isdecimal():
        figure = _FIGURES[int(figure) - 1]
    name = " ".join(filter(None, (leader, figure))).lower()
    found = [each for each in _cabinets() if f"{each.name.lower()} ".startswith(f"{name} ")]
    if not found:
        return None
    whole = found[0].name.split()[0] if len(found) > 1 else found[0].name
    return Cabinet(whole, found[0].first, found[-1].last)
