"""Ids of official publications, read from an id or from one whole citation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from search.answers.citation import cite
from search.records import Metadata
from search.references import SUBNUMBERED, Identifier, Series, read_id, read_typed

__all__ = ["Identifier", "Series", "parse_identifier", "unparsed"]

_PINPOINT = re.compile(
    r"(?:,? ?(?:(?:pp?|blz|pag)\.? ?\d[\d ,–-]{0,20}|(?:par\.?|§) ?.{1,500}))?\.?", re.IGNORECASE
)
_SHORT_OF = re.compile(r"kst-(\d{5})-\d{2}")


def parse_identifier(text: str) -> Identifier | None:
    """Read an id ("kst-29861-70") or one citation ("Kamerstukken II 2020/21, 29861, nr. 70, p. 3").

    A page or paragraph behind the citation is left out. One piece in two dossiers gives one
    identifier with both. None means that the text is no such thing, that it names several pieces,
    or that it could mean more than one: "21501-33", "Bijlage bij Kamerstukken …".
    """
    if identifier := read_id(text.strip()):
        return identifier
    text, named = read_typed(text)
    if not named or named[0].start or not _PINPOINT.fullmatch(text, named[-1].end):
        return None
    first = named[0].identifier
    dossiers = tuple(number for each in named for number in each.identifier.dossiers)
    same = all(replace(each.identifier, dossiers=first.dossiers) == first for each in named)
    if len(named) > 1 and not (same and len(set(dossiers)) == len(named)):
        return None
    return replace(first, dossiers=dossiers)


def unparsed(ids: Iterable[str]) -> list[tuple[str, str]]:
    """List the ids that don't come back when they are cited and the citation is read, with why.

    The reasons are in Dutch; the order is that of `ids`.
    """
    reasons = ((name, _reason(name)) for name in ids)
    return [(name, reason) for name, reason in reasons if reason]


def _reason(name: str) -> str:
    identifier = read_id(name)
    if identifier is None:
        short = _SHORT_OF.fullmatch(name)
        if short and short[1] in SUBNUMBERED:
            return "kan een dossier met volgnummer zijn en een stuk"
        return "heeft geen bekende vorm"
    if identifier.series is Series.BLG:
        return "een bijlage met een los nummer is zonder haar metadata niet te citeren"
    if not (identifier.dossiers or identifier.vergaderjaar or identifier.year):
        return "een los nummer noemt geen dossier of jaar"
    if identifier.is_annex:
        return "‘Bijlage bij …’ zegt niet welke bijlage van het stuk"
    if identifier.suffix.startswith("p"):
        return "in een Staatscourant van voor juli 2009 staan op één bladzijde meer stukken"
    if identifier.suffix:
        return "de verwijzing noemt geen herdruk of herziening"
    text = cite(Metadata(), identifier=name)
    found = parse_identifier(text)
    return "" if found and found.id == name else f"‘{text}’ noemt niet zeker dit stuk"
