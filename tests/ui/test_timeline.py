"""The timeline as a picture and a list, and possible changes of position, without a browser."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ui.conftest import html, run

from search.engine import Engine
from search.records import (
    Direction,
    Holder,
    Label,
    Metadata,
    Minister,
    Moment,
    PositionChange,
    Quote,
    Stance,
    Theme,
    ThemeOrigin,
    Timeline,
    View,
)
from search.ui.timeline import changes_html, timeline_html
from search.ui.timeline_marks import OfficialVerdict, marks_of, middle_day
from search.ui.timeline_picture import picture_html
from search.ui.timeline_scale import Scale, place_apart

NASTY = "<script>alert(1)</script> & **vet**"
VERDICTS = [
    ("2019-05-01", "Ontraden", "Aangenomen.", "Motie over wolven", "", "kst-1-2"),
    ("2021-05-01", "Oordeel Kamer", "", NASTY, "https://example.org/kst-1-3", ""),
    ("2023-05-01", "Overgenomen", "Verworpen.", NASTY, "javascript:alert(1)", ""),
]


def moment(
    day: str,
    stance: Stance,
    *,
    document: str = "brief",
    holder: Holder = Holder.CABINET,
    at: int = 5,
) -> Moment:
    """Make a moment with a text that would be dangerous if it were not escaped."""
    quote = Quote(NASTY, document, at, at + len(NASTY), NASTY)
    metadata = Metadata(title=NASTY, kind="Brief", date=day)
    label = Label(holder, stance, 0.7, NASTY if holder is not Holder.CABINET else "")
    view = View(quote, label, Theme("", ThemeOrigin.METADATA), metadata, "", ())
    who = (Minister(NASTY, "Minister van Wolven", signed=False),)
    return Moment(view, day, "Rutte III" if day else "", who if day else ())


def timeline(*moments: Moment, changes: tuple[PositionChange, ...] = ()) -> Timeline:
    dated = tuple(sorted((m for m in moments if m.date), key=lambda m: m.date))
    return Timeline("wolven", dated, tuple(m for m in moments if not m.date), changes)


class Marks(HTMLParser):
    """Collects the attributes of the marks of a picture, in order."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(shown)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "a" and known.get("class") == "kw-time-mark":
            self.found.append(known)


def marks_in(shown: str) -> list[dict[str, str]]:
    return Marks(shown).found


TWO = (moment("2019-01-05", Stance.REJECTION), moment("2022-03-05", Stance.SUPPORT, document="b"))


def test_each_mark_is_a_link_with_a_name_that_finds_the_quote() -> None:
    first, second = marks_in(timeline_html(timeline(*TWO)))
    assert first["aria-label"].startswith("5 januari 2019, kabinet-Rutte III, Kabinet: afwijzing.")
    assert second["aria-label"].startswith("5 maart 2022, kabinet-Rutte III, Kabinet: steun.")
    assert first["href"].startswith("documenten?document=brief&van=5&tot=")
    assert first["data-official"] == "nee"


def test_official_verdicts_are_filled_marks_with_their_own_words() -> None:
    shown = timeline_html(timeline(*TWO), VERDICTS)
    official = [mark for mark in marks_in(shown) if mark["data-official"] == "ja"]
    assert [mark.get("href") for mark in official] == [
        "documenten?document=kst-1-2",
        "https://example.org/kst-1-3",
        None,
    ]
    assert "1 mei 2019, officieel oordeel: Ontraden; aangenomen. Motie over wolven" in shown
    assert "Officieel oordeel: Ontraden. Aangenomen." in shown
    assert "officieel oordeel over een motie" in shown


def test_verdicts_alone_make_a_timeline_too() -> None:
    assert len(marks_in(timeline_html(timeline(), VERDICTS))) == len(VERDICTS)


def test_which_way_a_verdict_points() -> None:
    lanes = {mark.name.split(": ")[1].split(";")[0].split(".")[0]: mark.lane for mark in marks_of(
        (), [OfficialVerdict(*each) for each in VERDICTS]
    )}  # fmt: skip
    assert lanes == {
        "Ontraden": Direction.AGAINST,
        "Oordeel Kamer": Direction.NEUTRAL,
        "Overgenomen": Direction.FOR,
    }


def test_verdicts_of_one_day_are_one_mark_and_each_is_in_the_list() -> None:
    same = [("2019-05-01", "Ontraden", "", f"Motie {n}", "", f"kst-1-{n}") for n in (1, 2, 3)]
    shown = timeline_html(timeline(*TWO), same)
    (mark,) = (each for each in marks_in(shown) if each["data-official"] == "ja")
    assert mark["aria-label"].endswith("Motie 1. En nog 2 moties van deze dag")
    assert all(f"Motie {n}</a>" in shown for n in (1, 2, 3))


def test_every_text_is_escaped_and_no_link_runs_a_script() -> None:
    change = PositionChange(*TWO, 0.6)
    shown = timeline_html(timeline(*TWO, moment("", Stance.SUPPORT)), VERDICTS)
    for each in (shown, changes_html([change])):
        assert "<script" not in each
        assert 'href="javascript:' not in each
        assert "&lt;script&gt;" in each


def test_sentences_of_one_letter_that_point_one_way_are_one_mark() -> None:
    same = [moment("2020-01-01", Stance.SUPPORT, at=at) for at in (1, 60, 200)]
    other = moment("2020-01-01", Stance.REJECTION)
    advice = moment("2020-01-01", Stance.ADVICE, holder=Holder.ADVISOR)
    marks = marks_of((*same, other, advice))
    assert sorted((mark.lane, mark.number, mark.is_cabinet) for mark in marks) == [
        (Direction.NEUTRAL, 1, False),
        (Direction.AGAINST, 1, True),
        (Direction.FOR, 3, True),
    ]
    assert any("steun (3 zinnen)" in mark.name for mark in marks)


def test_the_list_says_the_same_in_order_and_what_has_no_date_last() -> None:
    shown = timeline_html(timeline(*TWO, moment("", Stance.COMMITMENT, document="c")), VERDICTS)
    listed = shown[shown.index("<ol") :]
    days = re.findall(r'<time datetime="([^"]*)"', listed)
    assert (
        days
        == sorted(days)
        == ["2019-01-05", "2019-05-01", "2021-05-01", "2022-03-05", "2023-05-01"]
    )
    assert listed.index("Zonder datum") > listed.rindex("<time")
    assert "Toen in functie: " in listed


def test_without_a_date_there_is_no_timeline_and_of_one_day_no_picture() -> None:
    assert timeline_html(timeline(moment("", Stance.SUPPORT))) == ""
    one_day = timeline_html(timeline(moment("2020-01-01", Stance.SUPPORT)))
    assert not marks_in(one_day)
    assert "1 januari 2020" in one_day


def test_a_change_is_offered_and_never_asserted() -> None:
    shown = changes_html([PositionChange(*TWO, 0.6)])
    assert "Mogelijk gewijzigd standpunt" in shown
    assert "Zekerheid: redelijk" in shown
    assert "60" not in re.sub(r"<[^>]*>", "", shown)
    assert shown.index("5 januari 2019") < shown.index("5 maart 2022")
    assert changes_html(()) == ""


days = st.integers(date(1990, 1, 1).toordinal(), date(2035, 1, 1).toordinal())


@given(st.lists(days, min_size=1, max_size=60), st.integers(1, 8))
def test_marks_on_one_level_do_not_touch(found: list[int], most: int) -> None:
    scale = Scale(found, 10, 600)
    places = [scale.at(day) for day in sorted(found)]
    placed, levels = place_apart(places, 24, most)
    assert 1 <= levels <= most
    for level in range(levels):
        own = sorted(at for at, on in placed if on == level)
        assert all(later - earlier >= 24 - 1e-6 for earlier, later in pairwise(own))
    if most * 24 * 20 > 600 and levels < most:
        assert [at for at, _ in placed] == places


@given(st.lists(days, min_size=1, max_size=20))
def test_bands_follow_one_another_and_ticks_are_few(found: list[int]) -> None:
    scale = Scale(found, 10, 600)
    bands, ticks = scale.bands(), scale.ticks(8)
    assert bands
    for earlier, later in pairwise(bands):
        assert earlier.start < earlier.end == later.start
    assert len(ticks) <= 8
    assert all(10 <= tick.at <= 610 for tick in ticks)
    assert all(10 <= scale.at(day) <= 610 for day in found)


@pytest.mark.parametrize(
    ("iso", "day"),
    [("2021-03-24", "2021-03-24"), ("2014-06", "2014-06-14"), ("2014", "2014-06-30")],
)
def test_a_month_or_year_is_drawn_in_its_middle(iso: str, day: str) -> None:
    assert abs(middle_day(iso) - date.fromisoformat(day).toordinal()) <= 2


def test_no_marks_make_no_picture() -> None:
    assert picture_html(()) == ""


@pytest.mark.usefixtures("folders")
def test_the_page_shows_the_timeline_of_a_topic(engine: Engine) -> None:
    def page() -> None:
        from search.ui import standpoints

        standpoints.page()

    topic = "richtgetallen voor asielmigratie"
    shown = html(run(page, onderwerp=topic))
    dated = engine.timeline(engine.stances(topic)).dated
    assert 'id="tijdlijn"' in shown
    assert "kabinet-Rutte III" in shown
    assert len({moment.date for moment in dated}) > 1
    assert marks_in(shown)
    assert "Mogelijk gewijzigd standpunt" not in shown
