"""The page Documenten beheren: what it lists, takes and removes. The work itself is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.conftest import own_html, run, use_settings

from search.indexing import build_index
from search.records import Limits
from search.settings import Settings
from search.ui import jobs as working
from search.ui.jobs import Command, Job, Jobs

BEES = b"# Brief over bijen\n\nDe bij van Terschelling vliegt in mei.\n"
MOTHS = b"# Brief over motten\n\nDe mot van Vlieland eet wol.\n"
HOSTILE = "<img src=x onerror=alert(1)> **vet** :red[x] [a](javascript:alert(2)).md"


def _managing() -> None:
    from search.ui import managing

    managing.page()


class Remembering(Jobs):
    """Jobs that are recorded instead of run."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, tuple[Command, ...]]] = []

    def start(self, name: str, *commands: object) -> bool:
        """Record a job."""
        self.asked.append((name, tuple(tuple(each) for each in commands)))  # type: ignore[arg-type]
        return True

    def show(self, job: Job | None) -> None:
        """Let a job be the one that runs or ran."""
        self._job = job


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Remembering]:
    """Record the jobs that the page starts."""
    made = Remembering()
    monkeypatch.setattr("search.ui.managing.jobs", lambda: made)
    yield made
    working.jobs.clear()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Remembering) -> Path:
    """Make a corpus of one letter, without an index, for the page."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bij.md").write_bytes(BEES)
    use_settings(monkeypatch, Settings(folder, tmp_path / "index"))
    return folder


def press(app: AppTest, label: str) -> str:
    """Press the first button of this label and return what the page then shows."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return own_html(app)


def offer(app: AppTest, *files: tuple[str, bytes]) -> str:
    """Choose files, press the button, and return what the page then shows."""
    app.file_uploader[0].set_value([(name, content, "") for name, content in files])
    return press(app, "Voeg toe")


def built(corpus: Path) -> list[str]:
    """Return the arguments of a build of this corpus, without an index whose model is known."""
    return ["index", "--corpus", str(corpus), "--index", str(corpus.parent / "index")]


def test_a_file_that_is_offered_is_taken_and_indexed(corpus: Path, noted: Remembering) -> None:
    app = run(_managing)
    shown = offer(app, ("mot.md", MOTHS))
    assert "mot.md: toegevoegd" in shown
    assert (corpus / "mot.md").read_bytes() == MOTHS
    assert noted.asked == [("De index bijwerken", (tuple(built(corpus)),))]
    assert "2 documenten" in shown
    # Also when the page is drawn again, as it is once the work is done.
    assert "mot.md: toegevoegd" in own_html(app.run())
    assert "mot.md: toegevoegd" not in press(app, "Sluit")


def test_bad_files_are_told_and_the_others_go_on(corpus: Path, noted: Remembering) -> None:
    shown = offer(run(_managing), ("leeg.md", b""), ("mot.md", MOTHS), ("kopie.md", BEES))
    assert "kw-trouble" in shown
    assert "leeg.md: geweigerd. " in shown
    assert "mot.md: toegevoegd" in shown
    assert "kopie.md: was er al. Dezelfde inhoud staat er al als bij.md." in shown
    assert sorted(path.name for path in corpus.iterdir()) == ["bij.md", "mot.md"]
    assert len(noted.asked) == 1


def test_nothing_new_is_no_work(corpus: Path, noted: Remembering) -> None:
    shown = offer(run(_managing), ("kopie.md", BEES), ("leeg.md", b"\x00"))
    assert "kopie.md: was er al" in shown
    assert noted.asked == []


def test_the_limits_of_the_settings_hold(
    corpus: Path, noted: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(bytes=1_000_000)
    use_settings(monkeypatch, Settings(corpus, corpus.parent / "index", limits=limits))
    shown = offer(run(_managing), ("groot.txt", b"De bij vliegt. " * 100_000))
    assert "te groot (2 MB; hooguit 1 MB kan)" in shown
    assert noted.asked == []


def test_a_hostile_name_is_shown_as_text(corpus: Path, noted: Remembering) -> None:
    (corpus / HOSTILE.replace("/", "")).write_bytes(MOTHS)
    (corpus / "a\u202e\x1bb.md").write_bytes(b"Een regel.\n")
    app = run(_managing)
    shown = own_html(app)
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; **vet** :red[x]" in shown
    assert "\u202e" not in shown
    assert "\x1b" not in shown
    for button in app.button:
        assert "<" not in button.help.replace("\\<", "")
        assert "**" not in button.help
        assert ":red[" not in button.help
        assert "](" not in button.help
    refused = offer(app, (HOSTILE, b""))
    assert "<img" not in refused


def test_a_document_is_removed_after_it_is_confirmed(corpus: Path, noted: Remembering) -> None:
    (corpus / "mot.md").write_bytes(MOTHS)
    app = run(_managing)
    app.button(key="weg_1").click().run()
    assert (corpus / "mot.md").exists()
    press(app, "Nee")
    assert (corpus / "mot.md").exists()
    app.button(key="weg_1").click().run()
    shown = press(app, "Ja, verwijder")
    assert not (corpus / "mot.md").exists()
    assert (corpus / "bij.md").exists()
    assert "mot.md" not in shown
    assert noted.asked == [("De index bijwerken", (tuple(built(corpus)),))]


def test_a_document_that_is_gone_already_is_told(corpus: Path, noted: Remembering) -> None:
    (corpus / "mot.md").write_bytes(MOTHS)
    app = run(_managing)
    app.button(key="weg_1").click().run()
    (corpus / "mot.md").unlink()
    # As when another session was first: the button is still there.
    app.button(key="ja_1").click().run()
    assert not app.exception
    assert "Er is geen document ‘mot’" in own_html(app)
    assert noted.asked == []


@pytest.mark.slow
def test_the_index_is_built_anew_with_the_model_that_it_has(
    corpus: Path, noted: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(_managing)
    press(app, "Werk de index bij")
    build_index(Settings(corpus, corpus.parent / "index"))
    press(app, "Werk de index bij")
    use_settings(monkeypatch, Settings(corpus, corpus.parent / "index", model="eigen"))
    press(app, "Werk de index bij")
    models = [commands[0][5:] for _, commands in noted.asked]
    assert models == [(), ("--model", "ingebouwd"), ("--model", "eigen")]


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        (("kst-29861-70", ""), ("--", "kst-29861-70")),
        (("--refresh", ""), ("--", "--refresh")),
        (("", "29 861"), ("--dossier=29 861",)),
        (("", "--json"), ("--dossier=--json",)),
    ],
)
def test_what_is_typed_is_fetched_and_then_indexed(
    corpus: Path, noted: Remembering, typed: tuple[str, str], arguments: tuple[str, ...]
) -> None:
    app = run(_managing)
    app.text_input(key="ophalen_wat").input(typed[0])
    app.text_input(key="ophalen_dossier").input(typed[1])
    press(app, "Haal op")
    where = tuple(built(corpus)[1:])
    assert noted.asked == [
        ("Ophalen", (("fetch", *where, *arguments), ("index", *where, "--if-needed")))
    ]


def test_nothing_typed_is_nothing_fetched(corpus: Path, noted: Remembering) -> None:
    app = run(_managing)
    app.text_input(key="ophalen_wat").input("  ")
    press(app, "Haal op")
    assert noted.asked == []


def test_the_command_that_fetches_takes_what_the_page_gives_it(corpus: Path) -> None:
    from search.cli.main import command_parser

    where = built(corpus)[1:]
    parser = command_parser(lambda _: None)
    options = parser.parse_args(["fetch", *where, "--", "--refresh"])
    assert options.references == ["--refresh"]
    assert not options.refresh
    assert parser.parse_args(["fetch", *where, "--dossier=--json"]).dossier == "--json"
    build = parser.parse_args(["index", *where, "--model", "eigen", "--if-needed"])
    assert (build.model, build.if_needed) == ("eigen", True)


@pytest.mark.slow
def test_each_file_says_how_the_index_knows_it(corpus: Path, noted: Remembering) -> None:
    for name, content in (("een.md", MOTHS), ("leeg.md", b"")):
        (corpus / name).write_bytes(content)
    build_index(Settings(corpus, corpus.parent / "index"))
    (corpus / "nieuw.md").write_bytes(b"Een nieuwe brief.\n")
    (corpus / "een.md").write_bytes(MOTHS + b"\nMeer.\n")
    shown = own_html(run(_managing))
    rows = shown.split('<div class="kw kw-file">')[1:]
    assert 'href="documenten?document=bij"' in rows[0]
    assert "Toegevoegd op " in rows[0]
    assert "gewijzigd" not in rows[0]
    assert "Gewijzigd; de index kent de nieuwe tekst nog niet" in rows[1]
    assert "<a " not in rows[2]
    assert "Niet gelezen: leeg.md bevat geen tekst" in rows[2]
    assert "Nog niet in de index" in rows[3]
    build_index(Settings(corpus, corpus.parent / "index"))
    row = own_html(run(_managing)).split('<div class="kw kw-file">')[2]
    assert ", gewijzigd op " in row
    assert 'href="documenten?document=een"' in row


def test_a_long_list_is_searched_by_name(corpus: Path, noted: Remembering) -> None:
    for number in range(60):
        (corpus / f"brief-{number:02}.txt").write_text(f"Brief nummer {number}.\n")
    app = run(_managing)
    assert "61 documenten" in own_html(app)
    assert "En nog 11 andere documenten" in own_html(app)
    app.text_input(key="beheer_zoek").input("59 BRIEF").run()
    shown = own_html(app)
    assert "brief-59.txt" in shown
    assert "brief-01.txt" not in shown
    assert "En nog" not in shown


def test_an_empty_or_missing_corpus_can_still_be_filled(corpus: Path, noted: Remembering) -> None:
    shutil.rmtree(corpus)
    app = run(_managing)
    assert "0 documenten" in own_html(app)
    assert "mot.md: toegevoegd" in offer(app, ("mot.md", MOTHS))
    assert (corpus / "mot.md").is_file()


def test_a_running_job_shows_how_far_it_is(corpus: Path, noted: Remembering) -> None:
    began = 0.0  # Long ago on the monotonic clock.
    noted.show(
        Job("De index bijwerken", step="Passages omzetten", done=3, total=12, step_began=began)
    )
    app = run(_managing)
    (bar,) = app.get("progress")
    assert bar.proto.value == 25
    text = bar.proto.text.replace("\\", "")
    assert text.startswith("De index bijwerken. Passages omzetten: 3 van 12, nog ongeveer ")
    assert "klaar" not in own_html(app)


def test_an_ended_job_tells_what_came_of_it(corpus: Path, noted: Remembering) -> None:
    said = ("Opgehaald (1):", "Neem de bestanden op in de index met: kamerwijzer index", "<b>x</b>")
    noted.show(Job("Ophalen", running=False, said=said, code=0))
    app = run(_managing)
    shown = own_html(app)
    assert "Ophalen: klaar" in shown
    assert "Opgehaald (1):" in shown
    assert "Neem de bestanden" not in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    noted.show(Job("Ophalen", running=False, said=said, code=1))
    assert "Ophalen: niet gelukt" in own_html(app.run())
    press(app, "Sluit deze melding")
    assert noted.current is None
    assert "Ophalen:" not in own_html(app.run())
