"""What the Tweede Kamer's OData knows of motions: the cabinet's advice, the decision, the vote.

A motion is the document of a case (Zaak), on which decisions are taken (Besluit) by votes
(Stemming). The date of a decision is that of the meeting (Activiteit) on whose agenda it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from search.records import Metadata, MotionRecord, Vote
from search.sources.client import Client
from search.sources.listing import ListedPublication, clean_date, clean_listed
from search.sources.odata import MOST_AT_ONCE, any_equals, is_number, read_entities

__all__ = ["MotionRecords", "may_be_motion"]

_KINDS = ("Motie", "Amendement")
_SELECT = "Id,Nummer,Soort,Titel,Onderwerp,Kabinetsappreciatie"
_EXPAND = (
    "Document($select=DocumentNummer;"
    "$expand=HuidigeDocumentVersie($select=ExterneIdentifier)),"
    "Besluit($select=BesluitSoort,BesluitTekst,Status,GewijzigdOp,Verwijderd;$expand="
    "Stemming($select=Soort,ActorNaam,ActorFractie,FractieGrootte,SidActorLid,Vergissing,"
    "Verwijderd),Agendapunt($select=Id;$expand=Activiteit($select=Datum)))"
)
_VOTE = "Stemmen"
"""`BesluitSoort` of a vote begins so: "Stemmen - aangenomen"."""
_TAKEN = "Besluit"
"""`Status` of a decision; one that is only proposed has another."""


def may_be_motion(metadata: Metadata) -> bool:
    """Return whether a piece is a motion or an amendment of the Tweede Kamer, by its kind."""
    kind = metadata.kind.lower()
    return metadata.chamber != "I" and any(each.lower() in kind for each in _KINDS)


class MotionRecords:
    """The records of motions, asked for ten at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, MotionRecord | None] = {}

    def find(
        self, listed: ListedPublication, upcoming: Iterable[ListedPublication] = ()
    ) -> MotionRecord | None:
        """Return the record of a motion, or None if the service has none.

        The request asks for those that come next as well. Raises SourceError if the service can't
        be reached or does not answer with a list.
        """
        if listed.id not in self._known:
            self._ask([listed, *islice(upcoming, MOST_AT_ONCE - 1)])
        return self._known[listed.id]

    def _ask(self, wanted: Sequence[ListedPublication]) -> None:
        numbers = [each.id for each in wanted if is_number(each.id)]
        ids = [each.id for each in wanted if not is_number(each.id)]
        terms = {"d/DocumentNummer": numbers, "d/HuidigeDocumentVersie/ExterneIdentifier": ids}
        either = " or ".join(any_equals(path, names) for path, names in terms.items() if names)
        query = f"Verwijderd eq false and Document/any(d:{either})"
        cases = read_entities(self._client, "Zaak", query, _EXPAND, select=_SELECT)
        found = {name: case for case in cases for name in _documents(case)}
        for each in wanted:
            case = found.get(each.id.lower())
            self._known[each.id] = _read_case(case) if case else None


def _documents(case: dict[str, Any]) -> Iterator[str]:
    if clean_listed(case.get("Soort")) not in _KINDS:
        return
    for document in _entities(case, "Document"):
        yield clean_listed(document.get("DocumentNummer")).lower()
        version = document.get("HuidigeDocumentVersie")
        if isinstance(version, dict):
            yield clean_listed(version.get("ExterneIdentifier")).lower()


def _read_case(case: dict[str, Any]) -> MotionRecord:
    decision = _decision(case)
    return MotionRecord(
        number=clean_listed(case.get("Nummer")),
        kind=clean_listed(case.get("Soort")),
        subject=clean_listed(case.get("Onderwerp")) or clean_listed(case.get("Titel")),
        appreciation=clean_listed(case.get("Kabinetsappreciatie")),
        decision=clean_listed(decision.get("BesluitTekst")),
        decision_kind=clean_listed(decision.get("BesluitSoort")),
        date=_day_of(decision),
        votes=_votes(decision),
    )


def _decision(case: dict[str, Any]) -> dict[str, Any]:
    """Return the last vote on a motion, else the last other decision; empty if there is none."""
    taken = [each for each in _entities(case, "Besluit") if each.get("Status") in (_TAKEN, None)]

    def order(decision: dict[str, Any]) -> tuple[bool, str, str]:
        is_vote = clean_listed(decision.get("BesluitSoort")).startswith(_VOTE)
        return is_vote, _day_of(decision), clean_listed(decision.get("GewijzigdOp"))

    return max(taken, key=order, default={})


def _day_of(decision: dict[str, Any]) -> str:
    item = decision.get("Agendapunt")
    meeting = item.get("Activiteit") if isinstance(item, dict) else None
    return clean_date(meeting.get("Datum")) if isinstance(meeting, dict) else ""


def _votes(decision: dict[str, Any]) -> tuple[Vote, ...]:
    """Return how each party voted; the members of a roll call are counted by party."""
    counted: dict[tuple[str, str, bool], int] = {}
    for each in _entities(decision, "Stemming"):
        party = clean_listed(each.get("ActorFractie")) or clean_listed(each.get("ActorNaam"))
        size = 1 if each.get("SidActorLid") else each.get("FractieGrootte")
        key = (party, clean_listed(each.get("Soort")), each.get("Vergissing") is True)
        if party and key[1] and isinstance(size, int):
            counted[key] = counted.get(key, 0) + size
    return tuple(Vote(party, choice, n, wrong) for (party, choice, wrong), n in counted.items())


def _entities(said: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the entities that a navigation property leads to, without those that are deleted."""
    values = said.get(name)
    listed = values if isinstance(values, list) else []
    return [each for each in listed if isinstance(each, dict) and not each.get("Verwijderd")]
