"""The pages on the real engine: what a person sees at each turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.falsifying import falsify
from tests.paths import ROOT
from tests.ui.conftest import html, run, use_settings

from search.indexing import build_index
from search.settings import Settings
from search.ui.served import app_settings

pytestmark = pytest.mark.usefixtures("folders")

LETTER = "kst-29861-70"


def _questions() -> None:
    from search.ui import questions

    questions.page()


def _documents() -> None:
    from search.ui import documents

    documents.page()


@pytest.mark.slow
def test_the_router_starts_at_the_questions() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "Stel uw vraag" in html(app)


def test_an_empty_page_shows_example_questions_that_work() -> None:
    app = run(_questions)
    labels = [button.label for button in app.button]
    assert "Waarop zijn Nederlanders trots?" in labels
    app.button(key="voorbeeld_4").click().run()
    assert app.query_params["vraag"] == "Waarop zijn Nederlanders trots?"
    assert app.text_input(key="vraag").value == "Waarop zijn Nederlanders trots?"
    assert "Antwoord uit de bronnen" in html(app)


def test_a_question_becomes_a_link() -> None:
    app = run(_questions)
    app.text_input(key="vraag").input("  Welke rol ziet de WRR voor gemeenten? ")
    app.button[0].click().run()
    assert app.query_params["vraag"] == "Welke rol ziet de WRR voor gemeenten?"
    assert "<mark>" in html(app)


@pytest.mark.slow
def test_a_link_restores_question_and_filters() -> None:
    app = run(_questions, vraag="gemeenten", document=[LETTER], van="2021", tot="2021-12-31")
    assert app.text_input(key="vraag").value == "gemeenten"
    assert app.multiselect(key="document").value == [LETTER]
    assert app.text_input(key="van").value == "01-01-2021"
    assert app.expander[0].label == "Verfijnen (3 actief)"
    assert "nieuwsbericht" not in html(app).split("kw-results")[1]


def test_a_new_link_wins_over_the_fields() -> None:
    app = run(_questions, vraag="gemeenten")
    app.query_params["vraag"] = "onderwijs"
    app.run()
    assert app.text_input(key="vraag").value == "onderwijs"


def test_filters_are_wiped() -> None:
    app = run(_questions, vraag="gemeenten", van="2021")
    app.button(key="wis").click().run()
    assert "van" not in app.query_params
    assert app.query_params["vraag"] == "gemeenten"
    assert app.expander[0].label == "Verfijnen"


def test_filters_that_leave_nothing_say_so() -> None:
    app = run(_questions, vraag="gemeenten", van="2099")
    assert "Geen passages met deze filters" in html(app)
    assert "vanaf 01-01-2099" in html(app)
    app.button(key="wis_leeg").click().run()
    assert "kw-results" in html(app)


def test_a_malformed_link_is_shown_with_remarks() -> None:
    app = run(_questions, vraag="gemeenten", thema="<b>onzin</b>", van="ooit")
    assert "&lt;b&gt;onzin&lt;/b&gt;" in html(app)
    assert "“ooit” is geen datum" in html(app)
    assert "kw-results" in html(app)


def test_a_question_without_an_answer_is_said_to_have_none() -> None:
    app = run(_questions, vraag="Wat kost een brood?")
    assert "Geen antwoord in de bronnen" in html(app)
    assert "Toon wat er het dichtst bij komt" in html(app)


def test_a_number_alone_gets_a_link_to_its_document() -> None:
    text = html(run(_questions, vraag="Kamerstuk 29 861, nr. 70"))
    assert f"documenten?document={LETTER}" in text
    assert "Geen antwoord in de bronnen" not in text


def test_what_is_absent_is_said_above_the_answer() -> None:
    text = html(run(_questions, vraag="Wat staat in Kamerstuk 12 345, nr. 6 over gemeenten?"))
    before, _ = text.split("kw-results", 1)
    assert "Kamerstuk 12 345, nr. 6 zit niet in deze documenten." in before


def test_an_answer_that_was_withheld_is_not_told_as_none(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = falsify(built[0], tmp_path, "Staat van migratie", "Staat van MIGRATIE")
    use_settings(monkeypatch, Settings(corpus, built[1]))
    asked = "Komt er een jaarlijkse Staat van migratie?"
    text = html(run(_questions, vraag=asked))
    assert "Er is een antwoord gevonden, maar de woorden staan niet (meer) zo" in text
    assert "Geen antwoord in de bronnen" not in text
    assert "Gevonden passages" in text


def test_filters_are_not_blamed_for_passages_that_were_withheld(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = falsify(built[0], tmp_path, "e", "E")
    use_settings(monkeypatch, Settings(corpus, built[1]))
    text = html(run(_questions, vraag="gemeenten", van="2021"))
    assert "Geen passages met deze filters" not in text
    assert "vindplaatsen zijn weggelaten" in text


@pytest.mark.parametrize("length", [3_000, 12_000])
def test_a_question_that_is_too_long_is_survived(length: int) -> None:
    app = run(_questions)
    app.text_input(key="vraag").input("w" * length)
    app.button[0].click().run()
    assert not app.exception
    assert "kw-trouble" in html(app)
    assert app.text_input(key="vraag").value == "w" * length


def test_a_question_of_markup_is_no_markup() -> None:
    app = run(_questions, vraag="<script>alert(1)</script> **vet**")
    assert "<script>alert" not in html(app)


def test_the_list_shows_every_document() -> None:
    text = html(run(_documents))
    assert "2 documenten" in text
    assert "24 maart 2021" in text
    assert "W. Koolmees" in text


def test_the_reader_marks_the_passage() -> None:
    text = html(run(_documents, document=LETTER, van="454", tot="600"))
    assert text.count('id="gemarkeerd"') == 1
    assert "Voetnoten" in text
    assert "Over dit document" in text


@pytest.mark.parametrize(
    ("params", "remark"),
    [
        ({"document": "bestaat-niet"}, "geen document “bestaat-niet”"),
        ({"document": "<i>"}, "&lt;i&gt;"),
        ({"document": LETTER, "van": "1", "tot": "99999999"}, "niet heeft"),
        ({"document": LETTER, "van": "x", "tot": "9"}, "wijst geen passage aan"),
    ],
)
def test_a_link_to_nothing_is_told(params: dict[str, str], remark: str) -> None:
    text = html(run(_documents, **params))
    assert remark in text
    assert 'id="gemarkeerd"' not in text


def test_no_index_is_told_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_settings(monkeypatch, replace(app_settings(), index=tmp_path))
    text = html(run(_questions))
    assert "Er is nog geen index" in text
    assert "<code>kamerwijzer index" in text


@pytest.mark.slow
def test_a_changed_corpus_is_told_before_any_answer(
    built: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    later: Callable[[], None],
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(built[0], corpus)
    use_settings(monkeypatch, replace(app_settings(), corpus=corpus))
    app = run(_questions, vraag="Waarop zijn Nederlanders trots?")
    assert "Antwoord uit de bronnen" in html(app)
    (corpus / "nieuw.txt").write_text("Een nieuw bericht.\n\nMet een alinea.", encoding="utf-8")
    later()
    app.run()
    assert "De index is niet meer bij" in html(app)
    assert "Antwoord uit de bronnen" not in html(app)


@pytest.mark.slow
def test_a_rebuilt_index_is_taken_at_the_next_turn(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(built[0], corpus)
    shutil.copytree(built[1], index)
    use_settings(monkeypatch, Settings(corpus, index))
    app = run(_documents)
    assert "2 documenten" in html(app)
    (corpus / "nieuw.txt").write_text("Een nieuw bericht\n\nMet een alinea.", encoding="utf-8")
    build_index(Settings(corpus, index))
    app.run()
    assert "3 documenten" in html(app)


@pytest.mark.slow
def test_the_unexpected_is_told_calmly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("search.ui.opening.Checks.look", fail)
    text = html(run(_questions))
    assert "Er ging iets mis" in text
    assert "geheim" not in text


def test_a_hint_of_the_question_is_a_chip_that_can_be_taken_back() -> None:
    asked = "Wat staat in het nieuwsbericht over wijken?"
    page = run(_questions, vraag=asked)
    chip = next(button for button in page.button if button.label.startswith("Alleen in"))
    assert "nieuwsbericht" in chip.label
    chip.click().run()
    assert "document" in page.query_params["los"]
    assert asked in page.query_params["vraag"]
    assert not [button for button in page.button if button.label.startswith("Alleen in")]
