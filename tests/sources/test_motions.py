"""A motion that is fetched brings what the Kamer did with it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.sources.service import Answer, Publication, Service, kst

from search.corpus import CorpusFolder
from search.reading.sidecar import add_sidecar, sidecar_of
from search.records import Metadata, MotionRecord, Vote
from search.sources import (
    MANIFESTATIONS,
    Client,
    FetchResult,
    ListedPublication,
    PublicationFilter,
    fetch,
    list_matching,
    list_named,
)
from search.sources.motions import MotionRecords

MOTION = "kst-29861-71"


def vote(party: str, choice: str, seats: int, **said: Any) -> dict[str, Any]:
    return {
        "Id": f"00000000-0000-4000-8000-{seats:012d}",
        "Soort": choice,
        "FractieGrootte": seats,
        "ActorNaam": party,
        "ActorFractie": party,
        "Vergissing": False,
        "SidActorLid": None,
        "SidActorFractie": "S-1-5",
        "GewijzigdOp": "2021-04-06T17:00:00+02:00",
        "ApiGewijzigdOp": "2021-04-06T15:00:00.1234567Z",
        **said,
    }


def decision(kind: str, text: str, day: str, *votes: dict[str, Any], **said: Any) -> dict[str, Any]:
    moment = f"{day}T15:00:00+02:00"
    return {
        "Id": f"00000000-0000-4000-9000-{len(votes):012d}",
        "StemmingsSoort": "Met handopsteken" if votes else None,
        "BesluitSoort": kind,
        "BesluitTekst": text,
        "Status": "Besluit",
        "AgendapuntZaakBesluitVolgorde": 4,
        "GewijzigdOp": moment,
        "ApiGewijzigdOp": "2021-04-06T15:00:00.1234567Z",
        "Stemming": list(votes),
        "Agendapunt": {"Activiteit": {"Datum": moment}},
        **said,
    }


ADOPTED = decision(
    "Stemmen - aangenomen",
    "Aangenomen.",
    "2021-04-06",
    vote("D66", "Voor", 24),
    vote("PVV", "Tegen", 17),
    vote("SGP", "Voor", 3, Vergissing=True),
    vote("Weg", "Voor", 1, Verwijderd=True),
)
RECORD = MotionRecord(
    "2021Z04774",
    "Motie",
    "Motie van het lid Van der Sloot over sloten",
    "Oordeel Kamer",
    "Aangenomen.",
    "Stemmen - aangenomen",
    "2021-04-06",
    (Vote("D66", "Voor", 24), Vote("PVV", "Tegen", 17), Vote("SGP", "Voor", 3, mistaken=True)),
)


def case(identifier: str = MOTION, number: str = "2021Z04774", **said: Any) -> dict[str, Any]:
    """Return a case (Zaak) as the service has it: the keys and types of a real one."""
    return {
        "Id": f"00000000-0000-4000-a000-0000000{number[5:]}",
        "Nummer": number,
        "Soort": "Motie",
        "Titel": "Integratiebeleid",
        "Status": "Vrijgegeven",
        "Onderwerp": "Motie van het lid Van der Sloot over sloten ",
        "GestartOp": "2021-03-31T00:00:00+02:00",
        "Organisatie": "Tweede Kamer",
        "Vergaderjaar": "2020-2021",
        "Volgnummer": 71,
        "Afgedaan": True,
        "GrootProject": False,
        "GewijzigdOp": "2021-04-06T17:00:00.857+02:00",
        "ApiGewijzigdOp": "2021-04-06T15:00:00.8629629Z",
        "Kabinetsappreciatie": "Oordeel Kamer",
        "Document": [
            {
                "DocumentNummer": f"2021D{number[5:]}",
                "HuidigeDocumentVersie": {"ExterneIdentifier": identifier},
            }
        ],
        "Besluit": [ADOPTED, decision("Ingediend", "Ingediend", "2021-03-31")],
        **said,
    }


def bring(client: Client, corpus: Path, *ids: str, refresh: bool = False) -> list[FetchResult]:
    """Fetch by id, as a run of its own."""
    folder = CorpusFolder(corpus, MANIFESTATIONS)
    return list(
        fetch(client, folder, list_named(client, ids).listed, MANIFESTATIONS, refresh=refresh)
    )


@pytest.fixture
def motions(service: Service) -> Service:
    """Give the server a motion and its case."""
    service.publications = [Publication(MOTION, kind="Motie"), Publication("kst-29861-70")]
    service.cases = [case()]
    return service


def test_motion_brings_its_case_decision_and_vote(
    motions: Service, client: Client, tmp_path: Path
) -> None:
    (done,) = bring(client, tmp_path, MOTION)
    assert (done.metadata.motion, done.reason) == (RECORD, "")
    assert add_sidecar(Metadata(), tmp_path / done.path) == done.metadata
    held = tomllib.loads(sidecar_of(tmp_path / done.path).read_text("utf-8"))
    assert held["zaak"] == {
        "nummer": "2021Z04774",
        "soort": "Motie",
        "onderwerp": "Motie van het lid Van der Sloot over sloten",
        "kabinetsappreciatie": "Oordeel Kamer",
    }
    assert held["besluit"]["datum"] == "2021-04-06"
    assert held["stemming"][0] == {"fractie": "D66", "soort": "Voor", "aantal": 24}
    assert motions.paths().count("/odata/Zaak") == 1


def test_letter_asks_nothing_of_motions(motions: Service, client: Client, tmp_path: Path) -> None:
    (done,) = bring(client, tmp_path, "kst-29861-70")
    assert done.metadata.motion is None
    assert "/odata/Zaak" not in motions.paths()


def test_motions_of_a_list_are_asked_for_together(
    service: Service, client: Client, tmp_path: Path
) -> None:
    ids = [f"kst-29861-{n}" for n in range(1, 13)]
    service.publications = [Publication(each, kind="Motie") for each in ids]
    service.cases = [case(each, f"2021Z{n:05d}") for n, each in enumerate(ids)]
    listing = list_matching(client, PublicationFilter(dossier="29861"))
    folder = CorpusFolder(tmp_path, MANIFESTATIONS)
    done = list(fetch(client, folder, listing.listed, MANIFESTATIONS))
    numbers = [each.metadata.motion.number for each in done if each.metadata.motion]
    assert numbers == [f"2021Z{n:05d}" for n in range(12)]
    # A server that pages by two is asked for each page, once.
    asked = [each.query["$filter"] for each in service.asked if each.path == "/odata/Zaak"]
    assert len(set(asked)) == 2


def test_failing_service_leaves_the_motion_without_a_record(
    motions: Service, client: Client, tmp_path: Path
) -> None:
    motions.tell("/odata/Zaak", Answer(400, b"{}"))
    (done,) = bring(client, tmp_path, MOTION)
    assert (tmp_path / done.path).read_bytes() == kst()
    assert done.reason.startswith("Zonder appreciatie en stemming: ")
    assert done.metadata.motion is None


def test_vote_that_came_later_is_added_by_a_refresh(
    motions: Service, client: Client, tmp_path: Path
) -> None:
    motions.cases = [case(Besluit=[], Kabinetsappreciatie=None)]
    (done,) = bring(client, tmp_path, MOTION)
    sidecar = sidecar_of(tmp_path / done.path)
    assert "besluit" not in sidecar.read_text("utf-8")
    motions.cases = [case()]
    (again,) = bring(client, tmp_path, MOTION, refresh=True)
    assert add_sidecar(Metadata(), tmp_path / again.path).motion == RECORD
    before = sidecar.read_text("utf-8")
    bring(client, tmp_path, MOTION, refresh=True)
    assert sidecar.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("said", "decided"),
    [
        ({"Besluit": None}, ("", "", 0)),
        (
            {"Besluit": [decision("Ingediend", "Ingediend", "2021-03-31")]},
            ("Ingediend", "2021-03-31", 0),
        ),
        ({"Besluit": [{**ADOPTED, "Verwijderd": True}]}, ("", "", 0)),
        ({"Besluit": [{**ADOPTED, "Status": "Voorstel"}]}, ("", "", 0)),
        ({"Besluit": [{**ADOPTED, "Agendapunt": None}]}, ("Aangenomen.", "", 3)),
        (
            {
                "Besluit": [
                    ADOPTED,
                    decision("Stemmen - aangehouden", "Aangehouden.", "2021-03-30"),
                    decision("Afgevoerd", "Afgevoerd.", "2021-04-20"),
                ]
            },
            ("Aangenomen.", "2021-04-06", 3),
        ),
    ],
)
def test_last_vote_is_the_decision(
    motions: Service, client: Client, said: dict[str, Any], decided: tuple[str, str, int]
) -> None:
    motions.cases = [case(**said)]
    found = MotionRecords(client).find(ListedPublication(MOTION))
    assert found
    assert (found.decision, found.date, len(found.votes)) == decided


def test_roll_call_is_counted_by_party(motions: Service, client: Client) -> None:
    members = [
        vote("D66", choice, 24, ActorNaam=name, SidActorLid=f"S-{name}")
        for name, choice in (("A", "Voor"), ("B", "Voor"), ("C", "Tegen"))
    ]
    motions.cases = [
        case(Besluit=[decision("Stemmen - verworpen", "Verworpen.", "2021-04-06", *members)])
    ]
    found = MotionRecords(client).find(ListedPublication(MOTION))
    assert found
    assert found.votes == (Vote("D66", "Voor", 2), Vote("D66", "Tegen", 1))


@pytest.mark.parametrize(
    "said",
    [{"Soort": "Brief regering"}, {"Document": []}, {"Document": [{"DocumentNummer": None}]}],
)
def test_case_of_something_else_is_no_record(
    motions: Service, client: Client, said: dict[str, Any]
) -> None:
    motions.cases = [case(**said)]
    assert MotionRecords(client).find(ListedPublication(MOTION)) is None
