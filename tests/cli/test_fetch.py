"""The command `fetch`, against a local server that stands for the official services."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.sources.service import Answer, FakeTime, Publication, Service, kst, serving
from tests.sources.test_odata import document, guid

from search.cli.fetch import add_fetch
from search.cli.parser import DutchParser
from search.errors import SourceError, UsageError
from search.reading import readers as reading
from search.settings import Settings
from search.sources import Client


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Run a local server, and lead the command there, on a clock that does not make it wait."""
    time = FakeTime()
    slow = partial(Client, sleep=time.sleep, clock=time.clock, now=time.now)
    monkeypatch.setattr("search.sources.Client", slow)
    readers = dict.fromkeys((".md", ".xml", ".pdf"), reading.READERS[".md"])
    monkeypatch.setattr(reading, "READERS", MappingProxyType(readers))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        monkeypatch.setenv("KAMERWIJZER_SRU", f"{running.base}/sru")
        monkeypatch.setenv("KAMERWIJZER_ODATA", f"{running.base}/odata")
        monkeypatch.setenv("KAMERWIJZER_REPOSITORY", f"{running.base}/repo")
        yield running


def run(corpus: Path, *arguments: str) -> None:
    """Run the command as the command line does; its errors come through."""
    parser = DutchParser(prog="kamerwijzer fetch")
    parser.add_argument("--corpus", type=Path, default=corpus)
    add_fetch(parser)
    options = parser.parse_args(list(arguments))
    options.run(options, Settings.read({"corpus": str(options.corpus)}))


def test_publications_are_fetched_by_id_and_citation(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.publications = [Publication("kst-29861-70"), Publication("kst-29861-71")]
    run(tmp_path, "kst-29861-70", "Kamerstukken II 2020/21, 29861, nr. 71", "29861-70")
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "Opgehaald (2):",
        "  kst-29861-70.xml – Over kst-29861-70",
        "  kst-29861-71.xml – Over kst-29861-71",
    ]
    assert err.splitlines() == [
        "Ophalen: 2",
        "Neem de bestanden op in de index met: kamerwijzer index",
    ]
    run(tmp_path, "kst-29861-70")
    out, err = capsys.readouterr()
    assert out.startswith("Was er al (1):\n  kst-29861-70.xml")
    assert "kamerwijzer index" not in err


def test_dossier_is_fetched(service: Service, tmp_path: Path) -> None:
    service.publications = [
        Publication("kst-29861-1", kind="Motie"),
        Publication("kst-29861-2"),
        Publication("kst-36600-VII-1", dossier="36600-VII"),
    ]
    run(tmp_path, "--dossier", "29 861")
    assert {each.name for each in tmp_path.glob("*.xml")} == {"kst-29861-1.xml", "kst-29861-2.xml"}
    run(tmp_path, "--dossier", "36600 vii")
    assert (tmp_path / "kst-36600-VII-1.xml").is_file()


def test_dossier_can_be_narrowed(service: Service, tmp_path: Path) -> None:
    service.publications = [Publication("kst-29861-1", kind="Motie"), Publication("kst-29861-2")]
    run(tmp_path, "--dossier", "29861", "--kind", "Motie")
    assert {each.name for each in tmp_path.glob("*.xml")} == {"kst-29861-1.xml"}


def test_period_means_letters_of_the_cabinet_unless_said_otherwise(
    service: Service, tmp_path: Path
) -> None:
    service.publications = [
        Publication("kst-1-1", date="2021-03-01"),
        Publication("kst-1-2", date="2021-03-31"),
        Publication("kst-1-3", date="2021-04-01"),
        Publication("kst-1-4", date="2021-03-02", kind="Motie"),
        Publication("kst-1-E", date="2021-03-02", chamber="I"),
    ]
    period = ["--since", "2021-03-01", "--until", "2021-03-31"]
    run(tmp_path / "a", *period)
    assert {each.stem for each in (tmp_path / "a").glob("*.xml")} == {
        "kst-1-1",
        "kst-1-2",
        "kst-1-E",
    }
    run(tmp_path / "b", *period, "--from-chamber", "eerste")
    assert {each.stem for each in (tmp_path / "b").glob("*.xml")} == {"kst-1-E"}
    run(tmp_path / "c", *period, "--kind", "Motie", "--from-chamber", "Tweede Kamer")
    assert {each.stem for each in (tmp_path / "c").glob("*.xml")} == {"kst-1-4"}


def test_limit_goes_on_where_it_was(service: Service, tmp_path: Path) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in range(1, 6)]
    for expected in (2, 4, 5):
        run(tmp_path, "--dossier", "29861", "--limit", "2")
        assert len(list(tmp_path.glob("*.xml"))) == expected


@pytest.mark.parametrize("option", ["--dry-run", "--toon"])
def test_dry_run_only_lists(
    service: Service, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    service.publications = [Publication("kst-29861-1"), Publication("kst-29861-2")]
    run(tmp_path, "kst-29861-1")
    service.asked.clear()
    capsys.readouterr()
    run(tmp_path, "--dossier", "29861", option)
    assert capsys.readouterr().out.splitlines() == [
        "kst-29861-1 (is er al)",
        "    Over kst-29861-1",
        "    2021-03-24 · Brief regering",
        "kst-29861-2",
        "    Over kst-29861-2",
        "    2021-03-24 · Brief regering",
        "Op te halen: 1; is er al: 1.",
    ]
    assert service.paths() == ["/sru"]
    assert not (tmp_path / "kst-29861-2.xml").exists()
    run(tmp_path, "--dossier", "29861", option, "--json")
    listed = json.loads(capsys.readouterr().out)["listed"]
    assert listed[1] == {
        "id": "kst-29861-2",
        "title": "Over kst-29861-2",
        "date": "2021-03-24",
        "kind": "Brief regering",
        "present": False,
    }


def test_long_list_of_what_was_there_is_cut(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(1, 23):
        (tmp_path / f"kst-29861-{number}.xml").write_bytes(kst())
    run(tmp_path, *(f"kst-29861-{number}" for number in range(1, 23)))
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("Was er al (22):", 22, "  en nog 2")


def test_failure_is_reported_and_is_an_error_at_the_end(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.publications = [Publication("kst-29861-70")]
    with pytest.raises(SourceError, match=r"^Niet gelukt: 1 van 2\.$"):
        run(tmp_path, "kst-29861-9999", "kst-29861-70")
    out = capsys.readouterr().out
    assert out.index("Opgehaald (1):\n  kst-29861-70.xml") < out.index(
        "Mislukt (1):\n  kst-29861-9"
    )
    assert "    xml, pdf: 127.0.0.1 kent het niet (fout 404).\n" in out
    assert (tmp_path / "kst-29861-70.xml").read_bytes() == kst()


def test_json_says_the_same(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.publications = [Publication("kst-29861-70"), Publication("kst-29861-71")]
    run(tmp_path, "kst-29861-70")
    capsys.readouterr()
    with pytest.raises(SourceError):
        run(tmp_path, "kst-29861-70", "kst-29861-71", "kst-29861-72", "--json")
    values: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert values["fetched"] == [
        {
            "id": "kst-29861-71",
            "path": "kst-29861-71.xml",
            "source": f"{service.base}/frbr/kst-29861-71.xml",
            "title": "Over kst-29861-71",
            "date": "2021-03-24",
            "reason": "",
        }
    ]
    assert [each["id"] for each in values["present"]] == ["kst-29861-70"]
    assert [each["id"] for each in values["failed"]] == ["kst-29861-72"]
    assert values["failed"][0]["reason"]
    assert (values["renewed"], values["not_done"], values["silent"]) == ([], [], [])


def test_service_that_is_out_is_named_and_is_an_error(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.publications = [Publication("kst-29861-70")]
    service.always("/odata/Document", Answer(503))
    with pytest.raises(SourceError, match=r"^Tweede Kamer \(OData\): .*fout 503"):
        run(tmp_path, "--since", "2021-03-01", "--json")
    values = json.loads(capsys.readouterr().out)
    assert len(values["fetched"]) == 1
    assert [each["source"] for each in values["silent"]] == ["Tweede Kamer (OData)"]


def test_report_is_given_when_it_is_stopped(
    service: Service,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service.publications = [Publication(f"kst-29861-{n}") for n in (1, 2, 3)]

    def stop(what: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("search.cli.fetch.progress_line", lambda: stop)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, "--dossier", "29861")
    out, err = capsys.readouterr()
    assert out.startswith("Opgehaald (2):")
    assert "Nog niet gedaan: 1." in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Zeg wat u wilt ophalen"),
        (["--until", "2021-03-31"], "Zeg wat u wilt ophalen"),
        (["appelmoes"], "‘appelmoes’ wijst geen publicatie aan"),
        (["../../etc/passwd"], "wijst geen publicatie aan"),
        (["kst-29861-70", "--dossier", "29861"], "niet beide"),
        (["--dossier", "29861 OR 1"], "geen dossiernummer"),
        (["--since", "1 maart"], "geen datum"),
        (["--since", "2021-03-02", "--until", "2021-03-01"], "ligt voor"),
        (["--since", "2021-03-02", "--from-chamber", "derde"], "geen Kamer"),
        (["kst-29861-70", "--limit", "0"], "1 of meer"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_asked(
    service: Service, tmp_path: Path, arguments: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        run(tmp_path, *arguments)
    assert service.asked == []


def test_other_series_are_asked_by_their_id(service: Service, tmp_path: Path) -> None:
    service.publications = [Publication("gmb-2023-174296")]
    run(tmp_path, "gmb-2023-174296")
    assert (tmp_path / "gmb-2023-174296.xml").is_file()


def test_command_line_does_not_import_the_client_before_it_is_needed() -> None:
    code = (
        "import sys; import search.cli.main, search.cli.fetch, search.sources; "
        "print([m for m in ('requests', 'urllib3', 'lxml', 'tomli_w') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def case_of(number: str) -> list[dict[str, Any]]:
    return [{"Nummer": number}]


def test_documents_of_a_case_are_fetched_by_its_page(service: Service, tmp_path: Path) -> None:
    service.documents = [
        document(1, Volgnummer=-1, ContentType="application/pdf", Zaak=case_of("2021Z04774")),
        document(2, Volgnummer=-1, ContentType="application/pdf", Zaak=case_of("2021Z04774")),
        document(3, Volgnummer=-1, ContentType="application/pdf", Zaak=case_of("2021Z09999")),
    ]
    for number in (1, 2, 3):
        service.files[f"/odata/Document({guid(number)})/resource"] = b"%PDF-1.4"
    run(tmp_path, "www.tweedekamer.nl/kamerstukken/detail?id=2021z04774")
    assert {each.name for each in tmp_path.glob("*.pdf")} == {"2021D00001.pdf", "2021D00002.pdf"}


def test_number_that_the_kamer_does_not_know_is_named(service: Service, tmp_path: Path) -> None:
    service.documents = [document(1, Volgnummer=-1, ContentType="application/pdf")]
    service.files[f"/odata/Document({guid(1)})/resource"] = b"%PDF-1.4"
    with pytest.raises(SourceError, match=r"2021D00009 is daar niet bekend\."):
        run(tmp_path, "2021D00009", "2021D00001")
    assert (tmp_path / "2021D00001.pdf").is_file()
    service.asked.clear()
    run(tmp_path, "2021d00001")
    assert service.asked == []


def test_annexes_to_a_piece_are_fetched_and_the_piece_is_not(
    service: Service, tmp_path: Path
) -> None:
    service.publications = [
        Publication("kst-34389-9"),
        Publication("blg-702215", main="kst-34389-9", files={"pdf": b"%PDF-1.4"}),
        Publication("blg-702216", main="kst-34389-10", files={"pdf": b"%PDF-1.4"}),
    ]
    run(tmp_path, "Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9")
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".toml"] == [
        "blg-702215.pdf"
    ]
    run(tmp_path, "blg-702216")
    assert (tmp_path / "blg-702216.pdf").is_file()
    with pytest.raises(SourceError, match="Bijlage bij kst-29861-70 is daar niet bekend"):
        run(tmp_path, "Bijlage bij Kamerstukken II 2020/21, 29861, nr. 70")


def test_dossier_of_an_act_of_the_kingdom_has_two_numbers(service: Service, tmp_path: Path) -> None:
    service.publications = [
        Publication("kst-36455-3", dossier="36455-(R2188)"),
        Publication("kst-36455-4", dossier="36455"),
    ]
    run(tmp_path, "--dossier", "36 455 (R2188)")
    assert {each.stem for each in tmp_path.glob("*.xml")} == {"kst-36455-3", "kst-36455-4"}


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.org/detail?id=2021Z04774&did=2021D10001",
        "https://www.tweedekamer.nl/kamerstukken/detail?id=1",
        "https://tweedekamer.nl.example.org/?did=2021D10001",
        "http://[2021D10001",
        "2021X10001",
    ],
)
def test_other_addresses_are_refused(service: Service, tmp_path: Path, reference: str) -> None:
    with pytest.raises(UsageError, match="wijst geen publicatie aan"):
        run(tmp_path, reference)
    assert service.asked == []
