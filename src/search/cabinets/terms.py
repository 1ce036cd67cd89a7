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

__all__ = ["Cabinet", "all_cabinets", "cabinet_named", "cabinet_on", "cabinet_pattern", "days_of"]

_FIGURES = ("I", "II", "III", "IV")
_FIRST_DAY, _LAST_DAY = "0000-01-01", "0000-12-31"


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet, or those of one prime minister together, and its first and last day in ISO form.

    `last` is empty for a cabinet of which the table has no end.
    """

    name: str
    first: str
    last: str


@lru_cache(maxsize=1)
def all_cabinets() -> tuple[Cabinet, ...]:
    """Return the cabinets of the table in order of time."""
    text = (files("search.cabinets") / "cabinets.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return tuple(Cabinet(row["name"], row["first"], row["last"] or "") for row in rows)


@lru_cache(maxsize=1)
def cabinet_pattern() -> str:
    """Return the pattern of a name such as "Rutte IV", "Rutte 4" or "Rutte", in any case."""
    leaders = sorted({each.name.split()[0] for each in all_cabinets()})
    return rf"(?P<leader>{'|'.join(leaders)})\b(?:[\s-]+(?P<figure>IV|I{{1,3}}|[1-4])\b)?"


def cabinet_named(leader: str, figure: str = "") -> Cabinet | None:
    """Return the cabinet of a name, None if there is none; without figure all of its leader."""
    if figure.isdecimal():
        figure = _FIGURES[int(figure) - 1]
    name = " ".join(filter(None, (leader, figure))).lower()
    found = [each for each in all_cabinets() if f"{each.name.lower()} ".startswith(f"{name} ")]
    if not found:
        return None
    whole = found[0].name.split()[0] if len(found) > 1 else found[0].name
    return Cabinet(whole, found[0].first, found[-1].last)


def days_of(date: str) -> tuple[str, str]:
    """Return the first and the last day that an ISO date can mean: "2021-06" means a month.

    The last day may be one that the month does not have; texts of days compare all the same.
    """
    return date + _FIRST_DAY[len(date) :], date + _LAST_DAY[len(date) :]


def cabinet_on(date: str) -> Cabinet | None:
    """Return the cabinet of an ISO date: a day, or a month or year that one cabinet had whole.

    On the day that one takes over from another it is the new one. None for a date of two cabinets,
    of before the table, or for an empty one.
    """
    if not date:
        return None
    first, last = days_of(date)
    for each in all_cabinets():
        if each.first <= first and (not each.last or last < each.last):
            return each
    return None
