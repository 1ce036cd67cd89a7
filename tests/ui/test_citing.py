"""The page Citeren on the real engine: a quote, a text and a file, checked."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.conftest import own_html, run

from search.records import Document

pytestmark = pytest.mark.usefixtures("folders")

RIGHT = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
WRONG = "Nederland is een dynamische migratiesamenleving geworden"
NOWHERE = "De zon schijnt elke dag op het strand van Texel"
CITED = "Kamerstukken II 2020/21, 29861, nr. 70, par. ‘Thema 4: Migratiebeleid’"


def _citing() -> None:
    from search.ui import citing

    citing.page()


def word(*paragraphs: str) -> bytes:
    """Write a Word document."""
    document, out = docx.Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def upload(app: AppTest, name: str, content: bytes) -> str:
    """Choose a file and return what the page then shows."""
    app.file_uploader[0].set_value((name, content, "")).run()
    assert not app.exception
    return own_html(app)


def submit(app: AppTest, text: str) -> str:
    """Type or paste a text, press the button, and return what the page then shows."""
    app.text_area[0].input(text)
    next(button for button in app.button if button.label == "Controleer").click().run()
    assert not app.exception
    return own_html(app)


def test_an_empty_page_shows_example_quotes_one_right_and_one_wrong() -> None:
    app = run(_citing)
    app.button(key="citaat_0").click().run()
    assert app.query_params["tekst"] == RIGHT.rstrip(".")
    assert 'data-verdict="exact"' in own_html(app)
    again = run(_citing)
    again.button(key="citaat_1").click().run()
    assert 'data-verdict="near"' in own_html(again)


def test_a_quote_typed_becomes_the_link_and_is_shown_with_its_place(letter: Document) -> None:
    app = run(_citing)
    shown = submit(app, RIGHT)
    assert app.query_params["tekst"] == RIGHT
    assert app.text_area[0].value == RIGHT
    assert ">Woordelijk<" in shown
    assert f"<cite>{CITED}</cite>" in shown
    start = letter.text.index(RIGHT)
    assert f"van={start}&amp;tot={start + len(RIGHT)}" in shown
    assert not app.get("download_button")


def test_what_differs_is_shown_word_by_word() -> None:
    shown = own_html(run(_citing, tekst="De WRR stelt dat Nederland een migratiesamenleving is."))
    assert ">Bijna woordelijk<" in shown
    assert "wel in de bron: </span>dynamische</ins>" in shown
    assert "wel in de bron: </span>geworden</ins>" in shown


def test_what_is_nowhere_is_not_found_and_the_nearest_is_called_something_else() -> None:
    shown = own_html(run(_citing, tekst=f"«{NOWHERE}»"))
    assert ">Niet gevonden<" in shown
    assert "Komt er het dichtst bij, maar is iets anders" in shown
    assert "kw-match" not in shown


def test_a_text_gives_a_table_of_its_quotes_and_a_csv() -> None:
    app = run(_citing, tekst=f"Men schrijft «{RIGHT}» en „{WRONG}” en ook “{NOWHERE}”.")
    shown = own_html(app)
    assert "3 citaten: 1 woordelijk, 1 bijna woordelijk, 1 niet gevonden." in shown
    assert shown.count('class="kw kw-checked"') == 3
    assert [each.proto.label for each in app.get("download_button")] == ["Download als CSV"]


@pytest.mark.parametrize("name", ["concept.docx", "concept.txt", "concept.md"])
def test_a_file_is_checked_and_stays_for_a_user_who_comes_back(name: str) -> None:
    text = f"Men schrijft «{RIGHT}» en „{WRONG}” en ook “{NOWHERE}”."
    app = run(_citing)
    content = word("Concept", text) if name.endswith("docx") else f"Concept\n\n{text}".encode()
    shown = upload(app, name, content)
    line = f"{name}: 3 citaten: 1 woordelijk, 1 bijna woordelijk, 1 niet gevonden."
    assert line in shown
    assert app.query_params["bestand"] == name
    assert app.text_area[0].value == ""
    assert len(app.get("download_button")) == 1
    app.run()
    assert line in own_html(app)
    # Then a quote is typed, and the user goes back.
    assert line not in submit(app, RIGHT)
    assert "bestand" not in app.query_params
    app.query_params.clear()
    app.query_params["bestand"] = name
    app.run()
    assert line in own_html(app)


def test_a_file_with_one_quote_has_its_table_too() -> None:
    app = run(_citing)
    assert "kort.txt: 1 citaat: 1 woordelijk." in upload(app, "kort.txt", f"«{RIGHT}»".encode())
    assert len(app.get("download_button")) == 1


def test_a_file_without_quotes_is_not_taken_for_one_quote() -> None:
    shown = upload(run(_citing), "leeg.txt", b"Hier staat niets aangehaald.")
    assert "Geen citaten gevonden" in shown
    assert "Niet gevonden" not in shown


def test_a_file_that_can_not_be_read_is_told_and_another_may_follow() -> None:
    app = run(_citing)
    shown = upload(app, "stuk<b>.docx", b"PK\x03\x04 dit is geen zip")
    assert "Een document is niet te lezen" in shown
    assert "stuk&lt;b&gt;.docx is beschadigd" in shown
    assert "goed.txt: 1 citaat" in upload(app, "goed.txt", f"«{RIGHT}»".encode())
    # Only the last file is kept: going back to the one before it shows no other file's quotes.
    app.query_params["bestand"] = "stuk<b>.docx"
    app.run()
    assert "Kies het bestand opnieuw" in own_html(app)
    assert "goed.txt" not in own_html(app)


def test_a_link_to_a_file_of_another_session_asks_for_it() -> None:
    shown = own_html(run(_citing, bestand="<i>oud</i>.docx"))
    assert "Kies het bestand opnieuw" in shown
    assert "&lt;i&gt;oud&lt;/i&gt;.docx" in shown
    assert "kw-checked" not in shown


def test_a_long_text_is_kept_for_the_session_and_not_in_the_link() -> None:
    app = run(_citing)
    long = f"{'Een lange inleiding. ' * 120}«{RIGHT}» en «{WRONG}»"
    shown = submit(app, long)
    assert "tekst" not in app.query_params
    assert "2 citaten: 1 woordelijk, 1 bijna woordelijk." in shown
    assert app.text_area[0].value == long
    assert "2 citaten" in submit(app, long)
    assert "kw-checked" not in submit(app, "")


@pytest.mark.parametrize(
    ("text", "said"), [("… ! ?", "Plak een citaat"), ("a" * 500_001, "hooguit 500000")]
)
def test_what_can_not_be_checked_is_told(text: str, said: str) -> None:
    shown = submit(run(_citing), text)
    assert said in shown
    assert "kw-checked" not in shown


def test_a_text_of_markup_is_no_markup() -> None:
    nasty = "<script>alert(1)</script> <img src=x onerror=alert(1)> **vet**"
    for text in (nasty, f"«{nasty}» en «{RIGHT}»"):
        shown = own_html(run(_citing, tekst=text))
        assert "<script" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown
