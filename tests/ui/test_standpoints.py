"""The page Standpunten on the real engine, its links and its HTML."""

from __future__ import annotations

import pytest
from tests.ui.conftest import html, run

from search.engine import Engine
from search.records import (
    Holder,
    Label,
    Metadata,
    Quote,
    Reaction,
    Span,
    Stance,
    StanceCount,
    StanceOverview,
    Status,
    Theme,
    ThemeOrigin,
    View,
)
from search.ui.links import Standpoints, parse_standpoints, standpoints_link, write_standpoints
from search.ui.stance_matrix import stance_matrix_html
from search.ui.views import overview_html, reactions_html

pytestmark = pytest.mark.usefixtures("folders")

LETTER = "kst-29861-70"
NASTY = "<script>alert(1)</script> & **vet** :smile:"


def _standpoints() -> None:
    from search.ui import standpoints

    standpoints.page()


def _questions() -> None:
    from search.ui import questions

    questions.page()


def test_an_empty_page_shows_example_topics_that_work() -> None:
    app = run(_standpoints)
    app.button(key="onderwerp_0").click().run()
    assert app.query_params["onderwerp"] == "richtgetallen voor asielmigratie"
    shown = html(app)
    assert "Over richtgetallen voor asielmigratie: voorbehoud (1), toezegging (1)" in shown
    assert shown.index('id="kabinet"') < shown.index('id="anderen"')


@pytest.mark.slow
def test_a_topic_typed_becomes_a_link() -> None:
    app = run(_standpoints)
    app.text_input(key="onderwerp").input(" inburgering ")
    app.button[0].click().run()
    assert app.query_params["onderwerp"] == "inburgering"
    assert "Het kabinet" in html(app)


def test_nothing_found_is_said() -> None:
    shown = html(run(_standpoints, onderwerp="stikstof en koeien"))
    assert "Geen standpunt in de bronnen" in shown
    assert 'id="kabinet"' not in shown


def test_filters_narrow_and_are_in_the_link() -> None:
    app = run(_standpoints, onderwerp="inburgering", van_wie="kabinet", standpunt="steun")
    shown = html(app)
    assert "Kabinet · steun" in shown
    assert "Kabinet · bestaand beleid" not in shown
    assert app.multiselect(key="welk").value == [Stance.SUPPORT]


def test_a_cell_of_the_matrix_shows_its_sentences(engine: Engine) -> None:
    counts = engine.stance_counts()
    one = next(c for c in counts if c.document == LETTER and c.stance is Stance.DEFERRED)
    app = run(
        _standpoints, document=LETTER, thema=one.theme, van_wie="kabinet", standpunt="doorgeschoven"
    )
    assert html(app).count("Kabinet · doorgeschoven") + html(app).count(
        "volgend kabinet · doorgeschoven"
    ) == sum(
        c.number
        for c in counts
        if (c.document, c.theme, c.stance, c.holder)
        == (LETTER, one.theme, Stance.DEFERRED, Holder.CABINET)
    )


def test_the_page_shows_advice_and_reaction_to_take_along() -> None:
    app = run(_standpoints, document=LETTER)
    shown = html(app)
    assert "Advies en reactie" in shown
    assert shown.count("<tr><td") >= 10
    assert len(app.get("download_button")) == 2


def test_a_hit_says_whose_view_it_is_and_filters_hold() -> None:
    shown = html(run(_questions, vraag="richtgetallen", van_wie="adviesorgaan"))
    cards = shown.split("<article")[1:]
    assert cards
    assert all("WRR" in card.partition("<blockquote")[0] for card in cards)


def view(text: str, label: Label) -> View:
    theme = Theme(NASTY, ThemeOrigin.STRUCTURE)
    metadata = Metadata(title=NASTY, issuer=NASTY, kind="Brief")
    quote = Quote(text, "d", 5, 5 + len(text), NASTY)
    near = Quote(NASTY, "d", 0, len(NASTY), NASTY)
    return View(quote, label, theme, metadata, "javascript:1", (NASTY,), near, near)


def test_texts_are_escaped_everywhere() -> None:
    cabinet = view(NASTY, Label(Holder.CABINET, Stance.SUPPORT, 0.9, "kabinet", (Span(5, 12),)))
    other = view(NASTY, Label(Holder.ADVISOR, Stance.ADVICE, 0.4, NASTY))
    overview = StanceOverview(NASTY, (cabinet,), (other,), {Stance.SUPPORT: 1}, NASTY)
    reaction = Reaction(other, (cabinet,), (Stance.SUPPORT,), Status.TAKEN)
    counts = (StanceCount("d", NASTY, Holder.CABINET, Stance.SUPPORT, 3),)
    for shown in (
        overview_html(overview),
        reactions_html((reaction,)),
        stance_matrix_html(counts, "d", NASTY),
    ):
        assert "<script" not in shown
        assert "javascript:" not in shown
        assert "&lt;script&gt;" in shown
    assert "<mark>&lt;script</mark>" in overview_html(overview)


def test_a_chip_says_on_what_it_rests_and_never_a_percentage() -> None:
    label = Label(Holder.CABINET, Stance.RESERVATION, 0.61, "kabinet", (Span(5, 9),))
    shown = overview_html(StanceOverview("t", (view("Maar pas op.", label),), (), {}, "l"))
    assert "Kabinet · voorbehoud" in shown
    assert "Beslist door de woorden: “Maar”. Waarschijnlijkheid: redelijk." in shown
    assert "61" not in shown


def test_links_come_back_as_they_were() -> None:
    shown = Standpoints("a & b", "d", (Holder.CABINET,), (Stance.SUPPORT, Stance.DEFERRED))
    assert parse_standpoints(write_standpoints(shown), ["d"], []) == (shown, ())
    assert standpoints_link(shown).startswith("standpunten?onderwerp=a+%26+b&document=d")
    unknown, remarks = parse_standpoints({"document": ["x"], "standpunt": ["raar"]}, ["d"], [])
    assert unknown == Standpoints()
    assert len(remarks) == 2


def test_the_matrix_counts_what_the_labels_say(engine: Engine) -> None:
    counts = engine.stance_counts()
    shown = stance_matrix_html(counts, LETTER, "de brief")
    support = [c for c in counts if (c.document, c.stance) == (LETTER, Stance.SUPPORT)]
    for each in support:
        assert f"{each.number} keer steun bij" in shown
    assert shown.count('scope="row"') >= len({c.theme for c in support})
