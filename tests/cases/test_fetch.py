"""`fetch` takes what people have: a document's number, its page, the dossier of a kingdom's act."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_fetch import run
from tests.sources.service import FakeTime, Service, serving

from search.sources import Client

PDF = b"%PDF-1.4 een brief"
GUID = "00000000-0000-4000-8000-000000010001"
LETTER: dict[str, Any] = {
    "Id": GUID,
    "Soort": "Brief regering",
    "DocumentNummer": "2021D10001",
    "Titel": "Slotenbeleid",
    "Onderwerp": "Voortgang van het slotenbeleid",
    "Datum": "2021-03-12T00:00:00+01:00",
    "Kamer": 2,
    "Volgnummer": -1,
    "ContentType": "application/pdf",
    "Verwijderd": False,
    "Kamerstukdossier": [],
    "HuidigeDocumentVersie": None,
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Run a local server, and lead the command there, on a clock that does not make it wait."""
    time = FakeTime()
    slow = partial(Client, sleep=time.sleep, clock=time.clock, now=time.now)
    monkeypatch.setattr("search.sources.Client", slow)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        monkeypatch.setenv("KAMERWIJZER_SRU", f"{running.base}/sru")
        monkeypatch.setenv("KAMERWIJZER_ODATA", f"{running.base}/odata")
        monkeypatch.setenv("KAMERWIJZER_REPOSITORY", f"{running.base}/repo")
        yield running


@pytest.mark.parametrize(
    "reference",
    [
        "2021D10001",
        "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail"
        "?id=2021Z04774&did=2021D10001",
    ],
    ids=["number", "page"],
)
def test_document_is_fetched_by_its_number(
    service: Service, tmp_path: Path, reference: str
) -> None:
    service.documents = [LETTER]
    service.files[f"/odata/Document({GUID})/resource"] = PDF
    run(tmp_path, reference)
    (path,) = tmp_path.rglob("*.pdf")
    assert "2021D10001" in path.name
    assert path.read_bytes() == PDF
    assert any("2021D10001" in f"{asked.path} {asked.query}" for asked in service.asked)


@pytest.mark.parametrize("number", ["35 680 (R2150)", "35680-(R2150)", "35680 (r 2150)"])
def test_dossier_of_an_act_of_the_kingdom_is_a_dossier(
    service: Service, tmp_path: Path, number: str
) -> None:
    run(tmp_path, "--dossier", number, "--dry-run")
    assert any("35680" in asked.query.get("query", "") for asked in service.asked)
