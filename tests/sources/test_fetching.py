"""Publications are fetched into the corpus, the best form first, and only what is missing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.paths import SHARED
from tests.sources.service import Answer, FakeTime, Publication, Service, kst, page_of
from tests.sources.test_odata import document, guid

from search.corpus import CorpusFolder
from search.errors import SourceError
from search.reading.sidecar import add_sidecar
from search.records import Metadata
from search.sources import (
    MANIFESTATIONS,
    Client,
    FetchOutcome,
    FetchResult,
    FileAddress,
    ListedPublication,
    PublicationFilter,
    fetch,
    list_matching,
    list_named,
)
from search.sources.fetching import check_content

SAMPLES = SHARED / "samples"
ERROR_PAGE = b"<!DOCTYPE html><html><head><title>kst-29861-70</title></head><body>Niet gevonden"
PDF = b"%PDF-1.7\n..."
LETTERS = PublicationFilter(since="2021-03-01", until="2021-03-31", kind="Brief regering")


def packed(*names: str) -> bytes:
    """Make a zip file of empty parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "")
    return buffer.getvalue()


def files(corpus: Path) -> set[str]:
    return {each.name for each in corpus.iterdir() if each.suffix != ".toml"}


def bring(
    client: Client,
    corpus: Path,
    ids: Sequence[str],
    forms: Sequence[str] = MANIFESTATIONS,
    refresh: bool = False,
) -> list[FetchResult]:
    """Fetch by id, as a run of its own."""
    shelf = CorpusFolder(corpus, (*MANIFESTATIONS, "md"))
    return list(fetch(client, shelf, list_named(client, ids).listed, forms, refresh=refresh))


def test_publication_is_fetched_with_its_sidecar(
    service: Service, client: Client, corpus: Path
) -> None:
    service.publications = [Publication("kst-29861-70", files={"pdf": PDF, "xml": kst()})]
    (done,) = bring(client, corpus, ["kst-29861-70"])
    assert (done.outcome, done.path, done.reason) == (FetchOutcome.FETCHED, "kst-29861-70.xml", "")
    assert done.url == f"{service.base}/frbr/kst-29861-70.xml"
    assert (corpus / done.path).read_bytes() == kst()
    held = add_sidecar(Metadata(), corpus / done.path)
    assert held == done.metadata
    assert (held.subject, held.date) == ("Over kst-29861-70", "2021-03-24")
    assert service.paths() == ["/sru", "/frbr/kst-29861-70.xml"]


@pytest.mark.parametrize(
    ("broken", "taken"),
    [
        ({}, "xml"),
        ({"xml": ERROR_PAGE}, "html"),
        ({"xml": kst()[:-5], "html": ERROR_PAGE}, "odt"),
        ({"xml": b"", "html": page_of("kst-1-1"), "odt": packed("x")}, "docx"),
        ({"xml": b"<x/>", "html": b"", "odt": packed("content.xml")[:-30], "docx": PDF}, "pdf"),
    ],
)
def test_first_form_that_is_what_it_says_is_taken(
    service: Service, client: Client, corpus: Path, broken: dict[str, bytes], taken: str
) -> None:
    whole = {
        "pdf": PDF,
        "docx": packed("[Content_Types].xml"),
        "odt": packed("mimetype", "content.xml"),
        "html": page_of("kst-29861-70"),
        "xml": kst(),
    }
    service.publications = [Publication("kst-29861-70", files=whole | broken)]
    (done,) = bring(client, corpus, ["kst-29861-70"])
    assert (done.outcome, done.path) == (FetchOutcome.FETCHED, f"kst-29861-70.{taken}")
    assert (corpus / done.path).read_bytes() == whole[taken]
    assert files(corpus) == {done.path}


def test_missing_publication_that_answers_with_a_page_is_not_kept(
    service: Service, client: Client, corpus: Path
) -> None:
    for form in ("xml", "html", "pdf"):
        service.files[f"/repo/kst-29861-9999.{form}"] = ERROR_PAGE
    (done,) = bring(client, corpus, ["kst-29861-9999"])
    assert done.outcome is FetchOutcome.FAILED
    assert done.reason == (
        "xml: Het antwoord is geen officiële publicatie. "
        "html: Het antwoord is een andere webpagina. pdf: Het antwoord is geen PDF."
    )
    assert not corpus.exists()


def test_form_that_can_not_be_read_is_not_fetched(
    service: Service, client: Client, corpus: Path
) -> None:
    service.publications = [Publication("kst-29861-70", files={"xml": kst(), "pdf": PDF})]
    (done,) = bring(client, corpus, ["kst-29861-70"], forms=["pdf"])
    assert done.path == "kst-29861-70.pdf"
    service.publications = [Publication("kst-29861-71", files={"doc": b"x", "pdf": PDF})]
    (done,) = bring(client, corpus, ["kst-29861-71"], forms=["xml"])
    assert done.outcome is FetchOutcome.FAILED
    assert done.reason == "De bron heeft het alleen als doc, pdf; gelezen worden: xml."


def test_without_sru_the_usual_address_is_tried(
    service: Service, client: Client, corpus: Path
) -> None:
    service.always("/sru", Answer(503))
    service.files["/repo/kst-29861-70.xml"] = kst()
    (done,) = bring(client, corpus, ["kst-29861-70"])
    assert (done.outcome, done.path) == (FetchOutcome.FETCHED, "kst-29861-70.xml")
    assert "Zonder titel en datum" in done.reason
    assert "fout 503" in done.reason
    assert add_sidecar(Metadata(), corpus / done.path) == Metadata(
        url="https://zoek.officielebekendmakingen.nl/kst-29861-70.html", chamber="II"
    )


def test_old_name_has_no_xml_to_ask_for(service: Service, client: Client, corpus: Path) -> None:
    service.files["/repo/blg-123456.pdf"] = PDF
    (done,) = bring(client, corpus, ["blg-123456"])
    assert done.path == "blg-123456.pdf"
    assert service.paths() == ["/sru", "/repo/blg-123456.html", "/repo/blg-123456.pdf"]


def test_after_a_stop_only_the_missing_is_fetched(
    service: Service, client: Client, corpus: Path
) -> None:
    ids = [f"kst-29861-{n}" for n in range(1, 6)]
    service.publications = [Publication(each) for each in ids]
    run = fetch(client, CorpusFolder(corpus, ["xml"]), list_named(client, ids).listed, ["xml"])
    assert [next(run).outcome for _ in range(2)] == [FetchOutcome.FETCHED] * 2
    del run  # Here the process is killed.
    service.asked.clear()
    done = bring(client, corpus, ids)
    assert [each.outcome.value for each in done] == ["was er al"] * 2 + ["opgehaald"] * 3
    assert [path for path in service.paths() if path != "/sru"] == [
        "/frbr/kst-29861-3.xml",
        "/frbr/kst-29861-4.xml",
        "/frbr/kst-29861-5.xml",
    ]
    service.asked.clear()
    assert {each.outcome for each in bring(client, corpus, ids)} == {FetchOutcome.PRESENT}
    assert service.asked == []


def test_one_failure_does_not_keep_the_others(
    service: Service, client: Client, corpus: Path
) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in (1, 2, 3)]
    service.always("/frbr/kst-29861-2.xml", Answer(403))
    done = bring(client, corpus, ["kst-29861-1", "kst-29861-2", "kst-29861-3"])
    assert [each.outcome.value for each in done] == ["opgehaald", "mislukt", "opgehaald"]
    assert "fout 403" in done[1].reason
    assert files(corpus) == {"kst-29861-1.xml", "kst-29861-3.xml"}


def test_file_that_the_user_put_there_is_left_alone(
    service: Service, client: Client, corpus: Path
) -> None:
    corpus.mkdir()
    (corpus / "kst-29861-70.md").write_text("# Brief")
    service.publications = [Publication("kst-29861-70")]
    (done,) = bring(client, corpus, ["kst-29861-70"])
    assert (done.outcome, done.path) == (FetchOutcome.PRESENT, "kst-29861-70.md")
    (done,) = bring(client, corpus, ["kst-29861-70"], refresh=True)
    assert (done.outcome, service.asked) == (FetchOutcome.PRESENT, [])
    assert "niet vervangen" in done.reason
    assert files(corpus) == {"kst-29861-70.md"}


def test_refresh_replaces_what_has_changed_and_only_that(
    service: Service, client: Client, corpus: Path
) -> None:
    service.publications = [Publication("kst-29861-70"), Publication("kst-29861-71")]
    ids = ["kst-29861-70", "kst-29861-71"]
    bring(client, corpus, ids)
    service.publications[1].files["xml"] = kst("Herziene tekst.")
    unchanged = corpus / "kst-29861-70.xml"
    before = unchanged.stat()
    done = bring(client, corpus, ids, refresh=True)
    assert [each.outcome.value for each in done] == ["was er al", "vernieuwd"]
    # Not the whole stat: reading the file changes when it was last accessed.
    after = unchanged.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (corpus / "kst-29861-71.xml").read_bytes() == kst("Herziene tekst.")


def test_refresh_that_fails_leaves_the_file(service: Service, client: Client, corpus: Path) -> None:
    service.publications = [Publication("kst-29861-70")]
    bring(client, corpus, ["kst-29861-70"])
    service.publications[0].files["xml"] = ERROR_PAGE
    (done,) = bring(client, corpus, ["kst-29861-70"], refresh=True)
    assert done.outcome is FetchOutcome.FAILED
    assert (corpus / "kst-29861-70.xml").read_bytes() == kst()


@pytest.mark.parametrize("identifier", ["../kst-1", "", "kst/1", "kst..1"])
def test_id_of_a_service_can_not_leave_the_folder(
    service: Service, client: Client, corpus: Path, shelf: CorpusFolder, identifier: str
) -> None:
    listed = ListedPublication(identifier, places=(FileAddress("xml", f"{service.base}/x"),))
    service.files["/x"] = kst()
    (done,) = fetch(client, shelf, [listed], ["xml"])
    assert (done.outcome, service.asked) == (FetchOutcome.FAILED, [])
    assert "geen bruikbaar id" in done.reason
    assert not corpus.exists()


def test_address_on_another_host_is_not_asked_nor_linked(
    service: Service, client: Client, shelf: CorpusFolder
) -> None:
    listed = ListedPublication(
        "kst-29861-70",
        Metadata(url="https://example.org/nep"),
        (
            FileAddress("xml", "https://example.org/x.xml"),
            FileAddress("pdf", f"{service.base}/x.pdf"),
        ),
    )
    service.files["/x.pdf"] = PDF
    (done,) = fetch(client, shelf, [listed], ["xml", "pdf"])
    assert (done.outcome, done.metadata.url) == (FetchOutcome.FETCHED, "")


def test_period_is_asked_of_both_services(
    service: Service, client: Client, corpus: Path, shelf: CorpusFolder
) -> None:
    service.publications = [
        Publication("kst-29861-70", files={"pdf": PDF}),
        Publication("kst-29861-60", date="2021-02-28"),
        Publication("kst-29861-71", kind="Motie"),
    ]
    service.documents = [
        document(70),
        document(72),
        document(73, Volgnummer=-1, Kamerstukdossier=[], ContentType="application/pdf"),
        document(74, Datum="2021-04-01T00:00:00+02:00"),
    ]
    service.files |= {
        f"/odata/Document({guid(70)})/resource": packed("[Content_Types].xml"),
        "/repo/kst-29861-72.xml": kst("Uit de bewaarplaats."),
        f"/odata/Document({guid(73)})/resource": PDF,
    }
    listing = list_matching(client, LETTERS)
    assert listing.failures == ()
    done = list(fetch(client, shelf, listing.listed, MANIFESTATIONS))
    # Of number 70 SRU names a PDF alone, and the Kamer has Word, which goes first.
    assert {each.id: each.path for each in done} == {
        "kst-29861-70": "kst-29861-70.docx",
        "kst-29861-72": "kst-29861-72.xml",
        "2021D00073": "2021D00073.pdf",
    }
    assert {each.outcome for each in done} == {FetchOutcome.FETCHED}
    assert add_sidecar(Metadata(), corpus / "2021D00073.pdf").subject == "Brief 73"


def test_outage_of_odata_leaves_the_publications(
    service: Service, client: Client, shelf: CorpusFolder
) -> None:
    service.publications = [Publication("kst-29861-70")]
    service.always("/odata/Document", Answer(503))
    listing = list_matching(client, LETTERS)
    assert [each.id for each in listing.listed] == ["kst-29861-70"]
    (failure,) = listing.failures
    assert failure.source == "Tweede Kamer (OData)"
    assert "fout 503" in failure.reason


def test_list_that_breaks_off_is_used_as_far_as_it_goes(service: Service, client: Client) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in range(1, 6)]
    first = service.answer("/sru", {"query": "", "startRecord": "1"})
    service.tell("/sru", first, Answer(body=b"<half"))
    listing = list_matching(client, PublicationFilter(dossier="29861"))
    assert [each.id for each in listing.listed] == ["kst-29861-1", "kst-29861-2"]
    assert "geen bruikbare XML" in listing.failures[0].reason
    # A dossier is not asked of OData.
    assert set(service.paths()) == {"/sru"}


def test_limit_counts_what_is_new_and_stops_the_list(service: Service, client: Client) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in range(1, 10)]
    listing = list_matching(
        client,
        PublicationFilter(dossier="29861"),
        known=lambda each: each.id == "kst-29861-1",
        most=2,
    )
    assert [each.id for each in listing.listed] == ["kst-29861-1", "kst-29861-2", "kst-29861-3"]
    assert len(service.asked) == 2


def test_piece_that_was_fetched_under_its_other_name_is_there(
    service: Service, client: Client, corpus: Path
) -> None:
    two = [{"Nummer": 19637}, {"Nummer": 30573}]
    service.documents = [document(70, Kamerstukdossier=two, ContentType="application/pdf")]
    service.files[f"/odata/Document({guid(70)})/resource"] = PDF
    shelf = CorpusFolder(corpus, MANIFESTATIONS)
    (done,) = fetch(client, shelf, list_matching(client, LETTERS).listed, MANIFESTATIONS)
    assert done.path == "2021D00070.pdf"
    service.publications = [Publication("kst-19637-70")]
    shelf = CorpusFolder(corpus, MANIFESTATIONS)
    (done,) = fetch(client, shelf, list_matching(client, LETTERS).listed, MANIFESTATIONS)
    assert (done.id, done.outcome) == ("kst-19637-70", FetchOutcome.PRESENT)
    assert done.path == "2021D00070.pdf"


def test_too_large_form_is_passed_over(service: Service, time: FakeTime, corpus: Path) -> None:
    service.publications = [Publication("kst-29861-70", files={"xml": kst("x" * 2000), "pdf": PDF})]
    settings = replace(service.settings(), most_bytes=1900)
    with service.client(time, settings) as client:
        (done,) = bring(client, corpus, ["kst-29861-70"])
    assert done.path == "kst-29861-70.pdf"


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("xml", b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n" + kst()),
        ("html", page_of("KST-29861-70").replace(b"DC.id", b"DCTERMS.id")),
        ("pdf", b"\r\n%PDF-1.4"),
    ],
)
def test_other_ways_to_write_a_form_are_known(form: str, content: bytes) -> None:
    check_content(form, content, "kst-29861-70")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real publications (../shared) are not here")
@pytest.mark.parametrize(
    ("name", "form", "identifier"),
    [
        ("wetsuite_stb.xml", "xml", "stb-2018-84"),
        ("wetsuite_stcrt.xml", "xml", "stcrt-2015-47076"),
        ("wetsuite_stb.html", "html", "stb-2014-296"),
    ],
)
def test_real_publications_are_taken(name: str, form: str, identifier: str) -> None:
    check_content(form, (SAMPLES / name).read_bytes(), identifier)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><officiele-publicatie>&b;</officiele-publicatie>',
        b"<html><officiele-publicatie/></html>",
        b"",
    ],
)
def test_xml_with_tricks_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError):
        check_content("xml", content, "kst-29861-70")
