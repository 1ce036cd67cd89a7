"""The commands `index`, `add` and `remove`: what they do to the corpus and what they say."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.sources.service import Answer, FakeTime, Service, serving

from search.__main__ import main
from search.embedding import BUILT_IN
from search.engine import Engine
from search.indexing import build_index
from search.settings import Settings
from search.sources import Client
from search.storage import LocalStore
from search.storage.local.generations import current_generation

BEES = "# Brief over bijen\n\nDen Haag, 3 mei 2022\n\nDe bij van Terschelling vliegt in mei.\n"
MOTHS = "# Brief over motten\n\nDen Haag, 4 mei 2022\n\nDe mot van Vlieland eet wol.\n"


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a command find no settings, and what it sets last no longer than its test."""
    before = dict(os.environ)
    for name in before:
        if name.startswith("KAMERWIJZER_") and name != "KAMERWIJZER_CACHE":
            del os.environ[name]
    (tmp_path / "leeg").mkdir()
    monkeypatch.chdir(tmp_path / "leeg")
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a corpus of one letter."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bij.md").write_text(BEES, encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Name an index folder."""
    return tmp_path / "index"


class Ran:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


@pytest.fixture
def run(corpus: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give a function that runs a command on the corpus and the index."""

    def do(command: str, *arguments: str) -> Ran:
        code = main([command, "--corpus", str(corpus), "--index", str(index), *arguments])
        return Ran(code, *capsys.readouterr())

    return do


def first_hit(corpus: Path, index: Path, question: str) -> str:
    """Give the document of the first hit."""
    engine = Engine.open(Settings(corpus, index))
    try:
        return engine.ask(question).hits[0].passage.document
    finally:
        engine.close()


@pytest.mark.slow
def test_an_added_file_can_be_asked_at_once(
    run: Any, corpus: Path, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "mot.md").write_text(MOTHS, encoding="utf-8")
    done = run("add", str(tmp_path / "mot.md"))
    assert (done.code, done.out) == (0, "mot.md: toegevoegd\n")
    assert f"De index staat klaar in {index}: 2 documenten, " in done.err
    assert first_hit(corpus, index, "Wat eet de mot van Vlieland?") == "mot"
    again = run("add", str(tmp_path / "mot.md"))
    assert again.code == 0
    assert again.out == "mot.md: was er al. Dezelfde inhoud staat er al als mot.md.\n"
    assert again.err == ""


def test_one_bad_file_keeps_no_other_from_being_added(
    run: Any, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "leeg.md").write_text("")
    (tmp_path / "mot.md").write_text(MOTHS, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("leeg.md", "weg.md", "mot.md", "bij.exe")]
    done = run("add", *names, "--no-index", "--json")
    assert done.code == 1
    assert [(each["name"], each["outcome"]) for each in done.json["files"]] == [
        ("leeg.md", "geweigerd"),
        ("weg.md", "geweigerd"),
        ("mot.md", "toegevoegd"),
        ("bij.exe", "geweigerd"),
    ]
    assert all(each["reason"] for each in done.json["files"] if each["outcome"] == "geweigerd")
    assert "Niet toegevoegd: 3 van 4." in done.err
    assert "Doe dat met: kamerwijzer index" in done.err
    assert (corpus / "mot.md").is_file()


def test_the_limits_of_the_settings_hold(run: Any, tmp_path: Path) -> None:
    (tmp_path / "groot.txt").write_text("De bij vliegt. " * 100_000)
    (tmp_path / "leeg" / "kamerwijzer.toml").write_text("file_mb = 1\n")
    done = run("add", str(tmp_path / "groot.txt"))
    assert done.code == 1
    assert "te groot (2 MB; hooguit 1 MB kan)" in done.out


def test_a_folder_without_anything_to_read_is_told(run: Any, tmp_path: Path) -> None:
    done = run("add", str(tmp_path / "leeg"))
    assert done.code == 1
    assert "Er is geen bestand gevonden dat kan worden gelezen." in done.err


@pytest.mark.slow
def test_a_hostile_name_puts_no_signs_on_the_terminal(
    run: Any, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "a\x1b[2J\u202eb.md").write_bytes(b"\x00")
    (corpus / "c\x1b[2J.md").write_bytes(b"")
    (tmp_path / "mot.md").write_text(MOTHS, encoding="utf-8")
    done = run("add", str(tmp_path / "a\x1b[2J\u202eb.md"), str(tmp_path / "mot.md"))
    assert "a[2Jb.md: geweigerd" in done.out
    assert "Niet gelezen: 1. De andere documenten doen wel mee." in done.err
    assert "c[2J.md" in done.err
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out + done.err


@pytest.mark.slow
def test_a_changed_document_keeps_its_id_and_tells_when(
    run: Any, corpus: Path, index: Path, tmp_path: Path
) -> None:
    assert run("index").code == 0
    assert LocalStore(index).manifest().corpus["bij.md"].changed == ""
    (tmp_path / "bij.md").write_text(BEES + "\nDe hommel vliegt in april.\n", encoding="utf-8")
    assert run("add", str(tmp_path / "bij.md")).out == "bij.md: bijgewerkt\n"
    assert LocalStore(index).manifest().corpus["bij.md"].changed != ""
    assert first_hit(corpus, index, "Wanneer vliegt de hommel?") == "bij"


@pytest.mark.slow
def test_removed_documents_are_gone_from_the_answers(run: Any, corpus: Path, index: Path) -> None:
    (corpus / "mot.md").write_text(MOTHS, encoding="utf-8")
    run("index")
    assert first_hit(corpus, index, "Wat eet de mot van Vlieland?") == "mot"
    done = run("remove", "mot")
    assert done.code == 0
    assert "Verwijderd: " in done.err
    assert first_hit(corpus, index, "Wat eet de mot van Vlieland?") == "bij"


def test_an_unknown_id_removes_nothing_and_builds_nothing(
    run: Any, corpus: Path, index: Path
) -> None:
    run("index")
    before = current_generation(index)
    done = run("remove", "bij", "../bij")
    assert done.code == 2
    assert "Er is geen document ‘../bij’" in done.err
    assert (corpus / "bij.md").is_file()
    assert current_generation(index) == before


@pytest.mark.slow
def test_a_build_is_done_only_if_needed(run: Any, corpus: Path, index: Path) -> None:
    run("index")
    before = current_generation(index)
    assert "De index klopt nog" in run("index", "--if-needed").err
    assert current_generation(index) == before
    (corpus / "mot.md").write_text(MOTHS, encoding="utf-8")
    assert "2 documenten" in run("index", "--if-needed").err
    assert current_generation(index) != before


def test_a_build_that_fails_leaves_the_index_in_use(run: Any, corpus: Path, index: Path) -> None:
    run("index")
    before = current_generation(index)
    done = run("index", "--model", str(corpus / "geen-model"))
    assert done.code == 1
    assert current_generation(index) == before


@pytest.mark.slow
def test_adding_keeps_the_model_that_the_index_has(
    run: Any, corpus: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def remember(settings: Settings, **rest: Any) -> Any:
        asked.append(settings.model)
        return build_index(replace(settings, model=""))

    monkeypatch.setattr("search.indexing.build_index", remember)
    for number in range(2):
        (tmp_path / "x.md").write_text(f"{MOTHS}\nNummer {number}.\n", encoding="utf-8")
        run("add", str(tmp_path / "x.md"))
        os.environ["KAMERWIJZER_MODEL"] = "eigen-model"
    assert asked == [BUILT_IN, "eigen-model"]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Run a local server that stands for the official publications."""
    time = FakeTime()
    patient = partial(Client, sleep=time.sleep, clock=time.clock, now=time.now)
    monkeypatch.setattr("search.sources.Client", patient)
    os.environ["NO_PROXY"] = "127.0.0.1"
    with serving() as running:
        os.environ["KAMERWIJZER_REPOSITORY"] = f"{running.base}/repo"
        yield running


def test_an_address_is_fetched_under_its_own_name(run: Any, corpus: Path, service: Service) -> None:
    service.always("/repo/mot x.txt", Answer(body=MOTHS.encode()))
    url = f"{service.base}/repo/mot%20x.txt"
    done = run("add", url, "--no-index")
    assert (done.code, done.out) == (0, "mot x.txt: toegevoegd\n")
    assert (corpus / "mot x.txt").read_text(encoding="utf-8") == MOTHS
    assert f'url = "{url}"' in (corpus / "mot x.toml").read_text(encoding="utf-8")
    (corpus / "mot x.toml").write_text('issuer = "Imkers"\n')
    assert "was er al" in run("add", url, "--no-index").out
    assert (corpus / "mot x.toml").read_text(encoding="utf-8") == 'issuer = "Imkers"\n'


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://example.org/brief.md", "example.org is geen bekende officiële bron"),
        ("http://169.254.169.254/latest.md", "is geen bekende officiële bron"),
        ("https://zoek.officielebekendmakingen.nl.example.org/a.md", "is geen bekende"),
        ("http://localhost:1/a.md", "is geen bekende"),
        ("https://[", "is geen webadres"),
    ],
)
def test_an_address_elsewhere_is_not_asked(
    run: Any, corpus: Path, service: Service, url: str, said: str
) -> None:
    done = run("add", url, "--no-index")
    assert done.code == 1
    assert said in done.out
    assert os.listdir(corpus) == ["bij.md"]
    assert service.asked == []


def test_an_address_that_knows_nothing_keeps_no_file_from_being_added(
    run: Any, corpus: Path, service: Service, tmp_path: Path
) -> None:
    service.always("/repo/weg.md", Answer(status=404))
    (tmp_path / "mot.md").write_text(MOTHS, encoding="utf-8")
    done = run("add", f"{service.base}/repo/weg.md", str(tmp_path / "mot.md"), "--no-index")
    assert done.code == 1
    assert "kent het niet (fout 404)" in done.out
    assert "mot.md: toegevoegd" in done.out


def test_a_name_from_an_address_stays_in_the_corpus(
    run: Any, corpus: Path, service: Service
) -> None:
    service.always("/repo/../../buiten.md", Answer(body=MOTHS.encode()))
    done = run("add", f"{service.base}/repo/..%2F..%2Fbuiten.md", "--no-index")
    assert done.code == 0
    assert sorted(os.listdir(corpus)) == ["bij.md", "buiten.md", "buiten.toml"]


@pytest.mark.slow
def test_what_was_added_by_hand_is_found_by_the_next_build(
    run: Any, corpus: Path, index: Path, tmp_path: Path
) -> None:
    run("index")
    (tmp_path / "mot.md").write_text(MOTHS, encoding="utf-8")
    run("add", str(tmp_path / "mot.md"), "--no-index")
    shutil.rmtree(tmp_path / "leeg", ignore_errors=True)
    assert run("documents").code == 1
    assert run("index").code == 0
    assert first_hit(corpus, index, "Wat eet de mot van Vlieland?") == "mot"
