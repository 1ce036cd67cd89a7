"""Official publications are listed and looked up through SRU."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.paths import SHARED
from tests.sources.service import Answer, Publication, Service

from search.errors import SourceError
from search.records import Metadata
from search.sources import Client, FileAddress, PublicationFilter
from search.sources.sru import list_publications, look_up

SCOPE = "c.product-area==officielepublicaties"
SAMPLE = SHARED / "samples" / "wetsuite_searchrec.xml"
ORDER = "sortBy dt.date/sort.descending"


def test_publication_is_looked_up_with_what_is_known_of_it(
    service: Service, client: Client
) -> None:
    service.publications = [
        Publication(
            "kst-29861-70",
            files={"xml": b"", "pdf": b""},
            title="Arbeidsmigratie; Brief regering; Kabinetsreactie; met bijlage & toelichting",
        )
    ]
    found = look_up(client, "kst-29861-70")
    assert found
    assert found.id == "kst-29861-70"
    assert found.metadata == Metadata(
        title="Arbeidsmigratie; Brief regering; Kabinetsreactie; met bijlage & toelichting",
        subject="Kabinetsreactie; met bijlage & toelichting",
        kind="Brief regering",
        issuer="Kabinet",
        date="2021-03-24",
        url="https://zoek.officielebekendmakingen.nl/kst-29861-70.html",
        chamber="II",
        themes=("Migratie en integratie | Integratie",),
    )
    assert found.places == (
        FileAddress("xml", f"{service.base}/frbr/kst-29861-70.xml"),
        FileAddress("pdf", f"{service.base}/frbr/kst-29861-70.pdf"),
    )
    assert service.asked[0].query == {
        "operation": "searchRetrieve",
        "version": "2.0",
        "recordSchema": "gzd",
        "query": f'{SCOPE} AND dt.identifier=="kst-29861-70"',
        "startRecord": "1",
        "maximumRecords": "100",
    }


def test_publication_that_is_not_there_is_none(service: Service, client: Client) -> None:
    assert look_up(client, "kst-29861-9999") is None


@pytest.mark.parametrize(
    ("title", "kind", "subject"),
    [
        (
            "Vreemdelingenbeleid; Brief minister over uitzetten",
            "Brief regering",
            "Brief minister over uitzetten",
        ),
        ("Wetten A; en B; Motie over C", "Motie", ""),
        ("Jaarverslag 2004", "Brief regering", ""),
    ],
)
def test_subject_is_taken_from_the_title_where_that_is_sure(
    service: Service, client: Client, title: str, kind: str, subject: str
) -> None:
    service.publications = [Publication("kst-29861-70", title=title, kind=kind)]
    found = look_up(client, "kst-29861-70")
    assert found
    assert found.metadata.subject == subject


def test_what_the_chamber_publishes_of_others_has_the_chamber_as_issuer(
    service: Service, client: Client
) -> None:
    service.publications = [Publication("kst-36836-D", kind="Motie", chamber="I")]
    found = look_up(client, "kst-36836-D")
    assert found
    assert (found.metadata.issuer, found.metadata.chamber) == (
        "Eerste Kamer der Staten-Generaal",
        "I",
    )


def test_list_is_read_page_by_page(service: Service, client: Client) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in range(1, 6)]
    found = list_publications(client, PublicationFilter(dossier="29861"))
    assert next(found).id == "kst-29861-1"
    assert len(service.asked) == 1
    assert [each.id for each in found] == [f"kst-29861-{n}" for n in range(2, 6)]
    assert [each.query["startRecord"] for each in service.asked] == ["1", "3", "5"]


def test_query_says_what_is_wanted(service: Service, client: Client) -> None:
    wanted = PublicationFilter("36600-VII", "2021-03-01", "2021-03-31", "Brief regering", "II")
    assert list(list_publications(client, wanted)) == []
    assert service.asked[0].query["query"] == (
        f'{SCOPE} AND w.publicatienaam==Kamerstuk AND w.dossiernummer=="36600-VII" '
        'AND dt.type=="Brief regering" AND dt.creator=="Tweede Kamer der Staten-Generaal" '
        f'AND dt.date>="2021-03-01" AND dt.date<="2021-03-31" {ORDER}'
    )


def test_without_a_kind_kamerstukken_are_listed(service: Service, client: Client) -> None:
    assert list(list_publications(client, PublicationFilter(since="2021-03-01"))) == []
    assert service.asked[0].query["query"] == (
        f'{SCOPE} AND w.publicatienaam==Kamerstuk AND dt.date>="2021-03-01" {ORDER}'
    )


def test_text_of_the_user_stays_within_its_quotes(service: Service, client: Client) -> None:
    assert (
        list(list_publications(client, PublicationFilter(kind='x" OR cql.allRecords=1 OR "*')))
        == []
    )
    assert service.asked[0].query["query"] == (
        f'{SCOPE} AND dt.type=="x\\" OR cql.allRecords=1 OR \\"\\*" {ORDER}'
    )


def answer_of(inner: str) -> Answer:
    return Answer(body=f"<searchRetrieveResponse>{inner}</searchRetrieveResponse>".encode())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(body=b"<searchRetrieveResponse><numberOfRecords>1"), "geen bruikbare XML"),
        (Answer(body=b""), "geen bruikbare XML"),
        (Answer(body=b"<html><body>Onderhoud</body></html>"), "ander antwoord"),
        (answer_of(""), "hoeveel"),
        (answer_of("<numberOfRecords>veel</numberOfRecords>"), "hoeveel"),
        (answer_of("<numberOfRecords>3</numberOfRecords><records/>"), "0 van 3"),
        (
            answer_of(
                "<diagnostics><diagnostic><uri>info:srw/diagnostic/1/10</uri>"
                "<message>Query syntax error</message></diagnostic></diagnostics>"
            ),
            "Query syntax error",
        ),
        (
            Answer(
                body=b'<!DOCTYPE x [<!ENTITY a "b">]><searchRetrieveResponse>'
                b"<numberOfRecords>&a;</numberOfRecords></searchRetrieveResponse>"
            ),
            "geen bruikbare XML",
        ),
    ],
)
def test_answer_that_is_no_list_is_an_error(
    service: Service, client: Client, answer: Answer, said: str
) -> None:
    service.tell("/sru", answer)
    with pytest.raises(SourceError, match=said):
        look_up(client, "kst-29861-70")


def test_service_that_repeats_its_page_does_not_keep_us(service: Service, client: Client) -> None:
    record = Publication("kst-29861-1").record(service.base)
    page = (
        '<r:searchRetrieveResponse xmlns:r="r" xmlns:sru="s" xmlns:gzd="g" xmlns:w="w" '
        'xmlns:dcterms="d"><r:numberOfRecords>9</r:numberOfRecords>'
        f"{record}</r:searchRetrieveResponse>"
    )
    service.always("/sru", Answer(body=page.encode()))
    with pytest.raises(SourceError, match="1 van 9"):
        list(list_publications(client, PublicationFilter(dossier="29861")))
    assert len(service.asked) == 2


def test_entity_to_a_file_is_not_opened(service: Service, client: Client, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("kst-1-1")
    body = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><searchRetrieveResponse>'
        "<numberOfRecords>1</numberOfRecords><record><identifier>&a;</identifier></record>"
        "</searchRetrieveResponse>"
    )
    service.tell("/sru", Answer(body=body.encode()))
    with pytest.raises(SourceError, match="geen bruikbare XML"):
        look_up(client, "kst-1-1")


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the real SRU record (../shared) is not here")
def test_real_record_is_read(service: Service, client: Client) -> None:
    record = SAMPLE.read_text(encoding="utf-8")
    service.tell("/sru", answer_of(f"<numberOfRecords>1</numberOfRecords>{record}"))
    found = look_up(client, "gmb-2023-174296")
    assert found
    assert found.metadata == Metadata(
        title="Ingekomen melding, Frater Romboutsstraat 42 5571KZ Bergeijk, verwijderen van "
        "asbest van het dak",
        kind="omgevingsvergunning",
        issuer="Bergeijk",
        date="2023-04-20",
        url="https://zoek.officielebekendmakingen.nl/gmb-2023-174296.html",
        themes=("Ruimte en infrastructuur | Organisatie en beleid",),
    )
    folder = "https://repository.overheid.nl/frbr/officielepublicaties/gmb/2023/gmb-2023-174296/1"
    assert FileAddress("xml", f"{folder}/xml/gmb-2023-174296.xml") in found.places
    assert [each.form for each in found.places] == [
        "html",
        "metadata",
        "metadataowms",
        "odt",
        "pdf",
        "xml",
    ]
