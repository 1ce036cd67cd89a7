"""Pages on a collection of a thousand documents: nothing lists them all, everything finds them."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest
from tests.ui.conftest import html, own_html, run

from search.ui.catalogue import pagination_html, total_html
from search.ui.collection import Collection
from search.ui.links import DocumentList

pytestmark = pytest.mark.usefixtures("many")


def _documents() -> None:
    from search.ui import documents

    documents.page()


def _questions() -> None:
    from search.ui import questions

    questions.page()


def _standpoints() -> None:
    from search.ui import standpoints

    standpoints.page()


def shown(app: AppTest) -> list[str]:
    """Return the ids of the documents that a list shows."""
    return re.findall(r'<h2><a href="documenten\?document=([^"]+)"', html(app))


def labels(app: AppTest, key: str) -> list[str]:
    """Return the labels of the buttons whose keys begin with `key`."""
    return [each.label for each in app.button if (each.key or "").startswith(key)]


def test_the_list_shows_a_page_and_links_to_the_others() -> None:
    app = run(_documents)
    assert shown(app) == [f"kst-29861-{n}" for n in range(1, 26)]
    assert "1.000 documenten, 100.000 woorden" in html(app)
    third = run(_documents, blad="3")
    assert shown(third) == [f"kst-29861-{n}" for n in range(51, 76)]
    assert 'href="documenten?blad=2" rel="prev"' in html(third)
    assert 'href="documenten?blad=4" rel="next"' in html(third)
    assert 'href="documenten?blad=40"' in html(third)
    assert 'href="documenten"' in html(third)


@pytest.mark.parametrize(
    ("page", "remark"),
    [("41", "Blad 41 is er niet"), ("0", "“0” is geen nummer"), ("<b>", "“&lt;b&gt;” is geen")],
)
def test_an_invalid_page_number_is_told(page: str, remark: str) -> None:
    app = run(_documents, blad=page)
    assert remark in html(app)
    assert len(shown(app)) == 25


def test_documents_are_found_and_what_was_typed_is_the_link() -> None:
    app = run(_documents, blad="7")
    app.text_input(key="zoek").input(" 29 861, nr. 998 ")
    app.button[0].click().run()
    assert app.query_params["zoek"] == "29 861, nr. 998"
    assert "blad" not in app.query_params
    assert shown(app) == ["kst-29861-998"]
    assert "1 document gevonden" in html(app)
    again = run(_documents, zoek="motie", blad="2")
    assert again.text_input(key="zoek").value == "motie"
    assert "500 documenten gevonden met “motie”" in html(again)
    assert 'href="documenten?zoek=motie&amp;blad=3" rel="next"' in html(again)


def test_nothing_found_is_told_with_a_way_on() -> None:
    app = run(_documents, zoek="<i>eenhoorn</i>")
    assert "0 documenten gevonden met “&lt;i&gt;eenhoorn&lt;/i&gt;”. Probeer minder" in html(app)
    assert '<a href="documenten" data-kw-nav>Toon alle documenten</a>' in html(app)
    assert shown(app) == []


def test_one_page_needs_no_links() -> None:
    assert pagination_html(DocumentList(), 1) == ""
    assert "2 documenten, 5 woorden" in total_html(2, 5, DocumentList(), 2)


def test_pages_in_between_are_left_out() -> None:
    text = re.sub(r"<[^>]+>", " ", pagination_html(DocumentList(page=7), 2000))
    assert text.split() == "Vorige Blad 1 … Blad 6 Blad 7 Blad 8 … Blad 2.000 Volgende".split()


def test_a_filter_finds_documents_and_keeps_them_as_chips() -> None:
    app = run(_questions)
    assert [each.label for each in app.multiselect] == ["Standpunt van", "Soort standpunt"]
    app.text_input(key="document_zoek").input("motie 44").run()
    assert "1 gevonden. Kies hieronder" in own_html(app)
    (offered,) = labels(app, "document_erbij_")
    assert offered.startswith(":gray[Voeg toe:] Brief 44 over \\<wolven\\>")
    app.button(key="document_erbij_0").click().run()
    assert app.query_params["document"] == "kst-29861-44"
    assert app.text_input(key="document_zoek").value == ""
    assert len(labels(app, "document_eraf_")) == 1
    app.text_input(key="document_zoek").input("kst-29861-1000").run()
    app.button(key="document_erbij_0").click().run()
    assert app.query_params["document"] == ["kst-29861-44", "kst-29861-1000"]
    app.button(key="document_eraf_0").click().run()
    assert app.query_params["document"] == "kst-29861-1000"
    assert app.expander[0].label == "Verfijnen (1 actief)"


def test_a_filter_offers_few_of_many_and_says_so() -> None:
    app = run(_questions)
    app.text_input(key="document_zoek").input("wolven").run()
    assert len(labels(app, "document_erbij_")) == 8
    assert "1.000 gevonden; de eerste 8 staan hieronder" in own_html(app)
    app.text_input(key="document_zoek").input("eenhoorn").run()
    assert labels(app, "document_erbij_") == []
    assert "Niets gevonden met “eenhoorn”" in own_html(app)


def test_themes_are_found_likewise_and_a_link_restores_what_was_chosen() -> None:
    app = run(_questions, thema=["Thema 7", "Thema 8"])
    assert labels(app, "thema_eraf_") == [":gray[Verwijder:] Thema 7", ":gray[Verwijder:] Thema 8"]
    app.text_input(key="thema_zoek").input("ema 299").run()
    assert labels(app, "thema_erbij_") == [":gray[Voeg toe:] Thema 299"]
    app.button(key="thema_erbij_0").click().run()
    assert app.query_params["thema"] == ["Thema 7", "Thema 8", "Thema 299"]


def test_standpoints_choose_one_document_in_place_of_another(
    many: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.Engine.reactions", lambda *_: ())
    app = run(_standpoints, document="kst-29861-5")
    assert not app.selectbox
    app.text_input(key="stuk_zoek").input("nr. 6").run()
    app.button(key="stuk_erbij_0").click().run()
    assert app.query_params["document"] == "kst-29861-6"
    assert many.names["kst-29861-6"].startswith("Brief 6 over")
    app.button(key="stuk_eraf_0").click().run()
    assert "document" not in app.query_params
