"""The page Citatenlijst on the real engine: what is picked is shown, ordered, noted and removed.

What the exported files hold is tested where they are written; here, that the page offers them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.conftest import html, own_html, run, use_settings

from search.indexing import build_index
from search.quoting.permalinks import words_checksum
from search.records import Document, Span
from search.settings import Settings
from search.ui.picked import LONGEST_NOTE, PICKED, Picked, parse_picked, write_picked

pytestmark = pytest.mark.usefixtures("folders")

FIRST = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
SECOND = "De WRR stelt dat Nederland een dynamische migratiesamenleving is geworden."
THIRD = "Met deze brief reageert het kabinet op het rapport."
KINDS = ["Word", "Markdown", "CSV", "RIS", "BibTeX", "CSL-JSON"]


def _list() -> None:
    from search.ui import quote_list

    quote_list.page()


def _questions() -> None:
    from search.ui import questions

    questions.page()


def span(document: Document, words: str, note: str = "") -> Picked:
    """Pick words of a document."""
    start = document.text.index(words)
    return Picked(document.id, Span(start, start + len(words)), words_checksum(words), note)


@pytest.fixture
def three(letter: Document) -> list[str]:
    """Return three sentences of the letter as a link holds them."""
    return [write_picked(span(letter, words)) for words in (FIRST, SECOND, THIRD)]


def shown(app: AppTest) -> list[str]:
    """Return the quotes of the page in order."""
    cards = own_html(app).split("<article")[1:]
    return [card.partition("<blockquote")[2].partition("<p>")[2].split("</p>")[0] for card in cards]


def linked(app: AppTest) -> tuple[Picked, ...]:
    """Return the list that the link holds."""
    value = app.query_params[PICKED]
    return parse_picked([value] if isinstance(value, str) else value)


def test_an_empty_list_says_how_to_fill_it() -> None:
    app = run(_list)
    assert "Uw citatenlijst is nog leeg" in html(app)
    assert "met de knop “Op de citatenlijst”" in html(app)
    assert not app.get("download_button")


def test_a_link_shows_its_quotes_with_their_sources(three: list[str]) -> None:
    app = run(_list, citaat=three)
    assert shown(app) == [FIRST, SECOND, THIRD]
    text = html(app)
    assert "3 citaten op de lijst." in text
    assert text.count("Kamerstukken II 2020/21, 29861, nr. 70, par.") >= 6
    assert 'class="kw-listed">3<' in text
    names = [each.proto.label for each in app.get("download_button")]
    assert names == [f":gray[Download als] {kind}" for kind in KINDS]


def test_a_quote_moves_with_its_note_in_session_and_link(three: list[str]) -> None:
    app = run(_list, citaat=[three[0], f"{three[1]}|van mij", three[2]])
    app.button(key="op_1").click().run()
    assert shown(app) == [SECOND, FIRST, THIRD]
    assert [each.value for each in app.text_input] == ["van mij", "", ""]
    assert [write_picked(each) for each in linked(app)] == [
        f"{three[1]}|van mij",
        three[0],
        three[2],
    ]
    app.button(key="neer_1").click().run()
    assert shown(app) == [SECOND, THIRD, FIRST]
    assert app.button(key="op_0").disabled
    assert app.button(key="neer_2").disabled
    assert not app.button(key="neer_0").disabled


def test_a_note_goes_into_the_link_and_comes_back(three: list[str]) -> None:
    app = run(_list, citaat=three)
    app.text_input[1].input("  Let op: a | b & 100% <b>\t").run()
    assert [each.note for each in linked(app)] == ["", "Let op: a | b & 100% <b>", ""]
    again = run(_list, citaat=app.query_params[PICKED])
    assert again.text_input[1].value == "Let op: a | b & 100% <b>"
    assert "<b>" not in own_html(again)
    again.text_input[1].input("").run()
    assert [each.note for each in linked(again)] == ["", "", ""]
    assert again.text_input[0].proto.max_chars == LONGEST_NOTE


def test_a_note_that_is_still_being_typed_survives_a_press_on_a_button(three: list[str]) -> None:
    app = run(_list, citaat=three)
    app.text_input[0].input("eerst")
    app.button(key="neer_0").click().run()
    assert shown(app) == [SECOND, FIRST, THIRD]
    assert [each.note for each in linked(app)] == ["", "eerst", ""]
    app.text_input[1].input("daarna")
    app.button(key="weg_2").click().run()
    assert shown(app) == [SECOND, FIRST]
    assert [each.note for each in linked(app)] == ["", "daarna"]


def test_a_quote_is_taken_off_and_the_list_is_emptied(three: list[str]) -> None:
    app = run(_list, citaat=three)
    app.button(key="weg_1").click().run()
    assert shown(app) == [FIRST, THIRD]
    assert [write_picked(each) for each in linked(app)] == [three[0], three[2]]
    app.button(key="leeg").click().run()
    assert shown(app) == []
    assert PICKED not in app.query_params
    assert "nog leeg" in html(app)
    # The previous address, as the browser's Back button restores it.
    app.query_params[PICKED] = three
    app.run()
    assert shown(app) == [FIRST, SECOND, THIRD]


def test_what_a_link_to_any_page_adds_is_on_the_list(three: list[str]) -> None:
    app = run(_questions, vraag="migratie", erbij=three[:2])
    assert 'class="kw-listed">2<' in html(app)
    assert app.query_params["vraag"] == "migratie"
    app.query_params.clear()
    app.query_params["vraag"] = "migratie"
    app.query_params["erbij"] = three[2]
    app.run()
    assert 'class="kw-listed">3<' in html(app)


def test_a_hit_offers_what_the_list_takes(letter: Document) -> None:
    text = html(run(_questions, vraag="Komt er een jaarlijkse Staat van migratie?"))
    value = text.split('data-kw-add="')[1].split('"')[0]
    assert value == write_picked(span(letter, FIRST))
    assert shown(run(_list, citaat=value)) == [FIRST]


def test_a_span_that_does_not_exist_is_told_and_the_others_stay(
    three: list[str], letter: Document
) -> None:
    start = letter.text.index(FIRST)
    odd = [
        f"{start}.{start + 9}.00000000.{letter.id}",
        f"99999990.99999999.0123abcd.{letter.id}",
        "1.9.0123abcd.%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ]
    app = run(_list, citaat=[*odd, "onzin", three[0]])
    text = own_html(app)
    assert shown(app) == [FIRST]
    assert text.count("Dit citaat is er niet meer") == 3
    assert "4 citaten op de lijst, waarvan 3 er niet meer zijn." in text
    assert "<script>alert" not in text
    app.button(key="weg_0").click().run()
    assert html(app).count("Dit citaat is er niet meer") == 2


def test_without_a_quote_that_is_there_nothing_can_be_exported(letter: Document) -> None:
    app = run(_list, citaat=f"1.9.00000000.{letter.id}")
    assert all(each.proto.disabled for each in app.get("download_button"))


@pytest.mark.slow
def test_words_that_moved_are_found_again_and_words_that_changed_are_told(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three: list[str]
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(built[0], corpus)
    file = corpus / "kst-29861-70.md"
    source = file.read_text(encoding="utf-8")
    changed = source.replace(
        "Op 14 december 2020 heeft", "Vooraf een woord.\n\nOp 14 december heeft"
    )
    changed = changed.replace("De WRR stelt dat Nederland", "De WRR vindt dat Nederland")
    assert len(changed) != len(source)
    file.write_text(changed, encoding="utf-8")
    build_index(Settings(corpus, index))
    use_settings(monkeypatch, Settings(corpus, index))
    app = run(_list, citaat=three[:2])
    assert shown(app) == [FIRST]
    assert "Dit citaat is er niet meer" in html(app)
    assert [write_picked(each) for each in linked(app)] == three[:2]
