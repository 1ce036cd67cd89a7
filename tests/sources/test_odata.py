"""Documents of the Tweede Kamer are listed through OData."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.sources.service import Answer, Service

from search.errors import SourceError
from search.records import Metadata
from search.sources import Client, FileAddress, PublicationFilter
from search.sources import odata as module
from search.sources.odata import list_documents

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS = PublicationFilter(since="2021-03-01", until="2021-03-31", kind="Brief regering")


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def document(number: int, **said: Any) -> dict[str, Any]:
    return {
        "Id": guid(number),
        "Soort": "Brief regering",
        "DocumentNummer": f"2021D{number:05d}",
        "Titel": "Integratiebeleid",
        "Onderwerp": f"Brief {number}",
        "Datum": "2021-03-24T00:00:00+01:00",
        "Kamer": 2,
        "Volgnummer": number,
        "ContentType": WORD,
        "Verwijderd": False,
        "Kamerstukdossier": [{"Nummer": 29861, "Toevoeging": None}],
        "HuidigeDocumentVersie": None,
        **said,
    }


def test_letter_is_listed_with_what_is_known_of_it(service: Service, client: Client) -> None:
    service.documents = [document(70)]
    (found,) = list_documents(client, LETTERS)
    assert (found.id, found.aliases) == ("kst-29861-70", ("2021D00070",))
    assert found.metadata == Metadata(
        subject="Brief 70",
        kind="Brief regering",
        issuer="Kabinet",
        date="2021-03-24",
        url="https://zoek.officielebekendmakingen.nl/kst-29861-70.html",
        chamber="II",
    )
    assert found.places == (
        FileAddress("xml", f"{service.base}/repo/kst-29861-70.xml"),
        FileAddress("docx", f"{service.base}/odata/Document({guid(70)})/resource"),
    )


def test_query_says_what_is_wanted(service: Service, client: Client) -> None:
    assert list(list_documents(client, LETTERS)) == []
    (asked,) = service.asked
    assert asked.path == "/odata/Document"
    assert asked.query == {
        "$filter": "Verwijderd eq false and Soort eq 'Brief regering' and "
        "Datum ge 2021-02-28T00:00:00Z and Datum lt 2021-04-01T00:00:00Z",
        "$orderby": "Datum desc",
        "$expand": "Kamerstukdossier($select=Nummer,Toevoeging),"
        "HuidigeDocumentVersie($select=ExterneIdentifier)",
    }


def test_text_of_the_user_stays_within_its_quotes(service: Service, client: Client) -> None:
    list(list_documents(client, PublicationFilter(kind="x' or 1 eq 1 or Soort eq '")))
    assert service.asked[0].query["$filter"] == (
        "Verwijderd eq false and Soort eq 'x'' or 1 eq 1 or Soort eq '''"
    )


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2021-02-28T00:00:00+01:00", False),
        ("2021-03-01T00:00:00+01:00", True),
        ("2021-03-31T00:00:00+02:00", True),
        ("2021-03-31T23:59:00+02:00", True),
        ("2021-04-01T00:00:00+02:00", False),
    ],
)
def test_day_is_that_of_the_netherlands(
    service: Service, client: Client, moment: str, wanted: bool
) -> None:
    service.documents = [document(70, Datum=moment)]
    assert bool(list(list_documents(client, LETTERS))) is wanted


@pytest.mark.parametrize("linked", [True, False])
def test_list_is_read_page_by_page(
    service: Service, client: Client, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Some services name the next page; of others a full page says that there may be one.
    monkeypatch.setattr(module, "_PAGE", 2)
    service.linked = linked
    service.documents = [document(n) for n in range(1, 6)]
    found = [each.id for each in list_documents(client, LETTERS)]
    assert found == [f"kst-29861-{n}" for n in range(1, 6)]
    assert [each.query.get("$skip") for each in service.asked] == [None, "2", "4"]


def test_next_page_on_another_host_is_not_asked(service: Service, client: Client) -> None:
    page = {"value": [document(1)], "@odata.nextLink": "https://example.org/Document?$skip=1"}
    service.tell("/odata/Document", Answer(body=json.dumps(page).encode()))
    found = list_documents(client, LETTERS)
    assert next(found).id == "kst-29861-1"
    with pytest.raises(SourceError, match="geen bekende"):
        next(found)


def test_service_that_repeats_its_page_does_not_keep_us(service: Service, client: Client) -> None:
    page = {"value": [document(1)], "@odata.nextLink": "Document?$skip=1"}
    service.always("/odata/Document", Answer(body=json.dumps(page).encode()))
    assert len(list(list_documents(client, LETTERS))) == 1
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("said", "identifier", "aliases"),
    [
        (
            {"HuidigeDocumentVersie": {"ExterneIdentifier": "kst-36600-VII-1"}},
            "kst-36600-VII-1",
            ("2021D00070",),
        ),
        (
            {"Kamerstukdossier": [{"Nummer": 36600, "Toevoeging": "VII"}]},
            "kst-36600-VII-70",
            ("2021D00070",),
        ),
        (
            {"Kamerstukdossier": [{"Nummer": 21501, "Toevoeging": "02"}]},
            "kst-21501-02-70",
            ("2021D00070",),
        ),
        (
            {"Kamerstukdossier": [{"Nummer": 36956, "Toevoeging": "(R2220)"}]},
            "kst-36956-70",
            ("2021D00070",),
        ),
        (
            {"Kamerstukdossier": [{"Nummer": 19637}, {"Nummer": 30573}]},
            "2021D00070",
            ("kst-19637-70", "kst-30573-70"),
        ),
        ({"Kamerstukdossier": []}, "2021D00070", ()),
        ({"Kamerstukdossier": None}, "2021D00070", ()),
        ({"Volgnummer": -1}, "2021D00070", ()),
        (
            {"HuidigeDocumentVersie": {"ExterneIdentifier": "../../etc"}, "Volgnummer": None},
            "2021D00070",
            (),
        ),
    ],
)
def test_id_is_that_of_the_publication_where_it_is_certain(
    service: Service,
    client: Client,
    said: dict[str, Any],
    identifier: str,
    aliases: tuple[str, ...],
) -> None:
    service.documents = [document(70, **said)]
    (found,) = list_documents(client, LETTERS)
    assert (found.id, found.aliases) == (identifier, aliases)
    assert found.places[0].form == ("docx" if identifier.startswith("2021D") else "xml")


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ({"ContentType": "application/pdf"}, ["xml", "pdf"]),
        ({"ContentType": "Application/PDF; charset=binary"}, ["xml", "pdf"]),
        ({"ContentType": "application/msword"}, ["xml", "doc"]),
        ({"ContentType": None}, ["xml", ""]),
        ({"Id": "1)/resource?x=("}, ["xml"]),
        ({"Id": None}, ["xml"]),
    ],
)
def test_forms(service: Service, client: Client, said: dict[str, Any], forms: list[str]) -> None:
    service.documents = [document(70, **said)]
    (found,) = list_documents(client, LETTERS)
    assert [each.form for each in found.places] == forms


def test_eerste_kamer_is_not_asked_of_the_tweede(service: Service, client: Client) -> None:
    service.documents = [document(1), document(2, Kamer=1, Volgnummer=-1)]
    assert list(list_documents(client, PublicationFilter(chamber="I"))) == []
    assert service.asked == []
    found = list_documents(client, PublicationFilter(chamber="II"))
    assert [each.id for each in found] == ["kst-29861-1"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"value": [',
        b"<html>Storing</html>",
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"value": {}}',
        b'{"value": [], "@odata.nextLink": 7}',
        b"[" * 100_000,
        b"\xff\xfe\xff",
    ],
)
def test_answer_that_is_no_list_is_an_error(service: Service, client: Client, body: bytes) -> None:
    service.tell("/odata/Document", Answer(body=body))
    with pytest.raises(SourceError, match="ander antwoord"):
        list(list_documents(client, LETTERS))
