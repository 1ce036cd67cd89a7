"""The options by which a command narrows what it searches."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from search.errors import UsageError
from search.records import Filters, Holder, Stance
from search.wording import HOLDERS, STANCES

__all__ = ["add_filters", "filters_of"]

_Kind = TypeVar("_Kind", bound=StrEnum)
_MORE = (
    ("--theme", "THEMA", "alleen dit thema (mag vaker)"),
    ("--document", "ID", "alleen dit document (mag vaker)"),
    ("--holder", "WIE", "alleen wat deze partij vindt, zoals kabinet (mag vaker)"),
    ("--stance", "STANDPUNT", "alleen dit standpunt, zoals ‘nader onderzoek’ (mag vaker)"),
)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Return a parser the options for theme, document, holder, stance and date."""
    for option, metavar, summary in _MORE:
        parser.add_argument(option, metavar=metavar, action="append", default=[], help=summary)
    parser.add_argument(
        "--from", metavar="DATUM", dest="date_from", default="", help="vanaf, als 2021-03-24"
    )
    parser.add_argument(
        "--to", metavar="DATUM", dest="date_to", default="", help="tot en met, als 2021-12-31"
    )


def filters_of(options: argparse.Namespace) -> Filters:
    """Return the filters that the options name.

    Raises UsageError for a holder or stance that is none, with the choices.
    """
    return Filters(
        themes=tuple(options.theme),
        documents=tuple(options.document),
        date_from=options.date_from,
        date_to=options.date_to,
        holders=_chosen(Holder, HOLDERS, options.holder, "partij"),
        stances=_chosen(Stance, STANCES, options.stance, "standpunt"),
    )


def _chosen(
    kinds: type[_Kind], words: Mapping[_Kind, str], names: Iterable[str], what: str
) -> tuple[_Kind, ...]:
    """Return kinds by value or by word, with spaces or hyphens for underscores."""
    known = {_plain(word): kind for kind, word in words.items()}
    known |= {kind.value: kind for kind in kinds}
    found = []
    for name in names:
        wanted = _plain(name)
        if wanted not in known:
            choices = ", ".join(kinds)
            raise UsageError(f"Er is geen {what} ‘{name}’. Kies uit: {choices}.")
        found.append(known[wanted])
    return tuple(found)


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())
