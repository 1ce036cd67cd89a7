"""A topic in order of date, and what may be a change of position."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from search.engine import Engine
from search.records import (
    AuthorKind,
    Direction,
    Holder,
    Moment,
    PositionChange,
    Stance,
    StanceOverview,
    direction_of,
)
from search.stances import timeline_of
from search.stances.changes import changes_in

TOPIC = "verkoop van tabak in supermarkten"


def overview(engine: Engine, holder: Holder = Holder.CABINET) -> StanceOverview:
    """Return all labelled sentences of a holder, as if they were all about one topic."""
    views = [
        view
        for entry in engine.documents()
        for stance in Stance
        for view in engine.sentences_with(entry.id, "", stance, holder)
    ]
    return StanceOverview("alles", tuple(views), (), {}, "")


def of_tobacco(engine: Engine) -> tuple[Moment, ...]:
    """Return the moments of the two letters that change a position."""
    moments = timeline_of(engine._index, overview(engine)).dated
    return tuple(m for m in moments if m.view.quote.document.startswith("tabak"))


def offered(engine: Engine, moments: tuple[Moment, ...]) -> tuple[PositionChange, ...]:
    return changes_in(engine._index, moments)


def test_moments_are_in_order_with_cabinet_and_minister(changing: Engine) -> None:
    timeline = changing.timeline(changing.stances(TOPIC))
    assert timeline.dated
    for earlier, later in pairwise(timeline.dated):
        assert earlier.date <= later.date
    first = timeline.dated[0]
    assert (first.date, first.cabinet) == ("2018-11-23", "Rutte III")
    assert [(m.name, m.signed) for m in first.ministers] == [("H.M. de Jonge", False)]


def test_what_has_no_date_comes_apart(changing: Engine) -> None:
    timeline = changing.timeline(overview(changing))
    assert {m.view.quote.document for m in timeline.undated} == {"zorg-zonder-datum"}
    assert all(not m.cabinet and not m.ministers for m in timeline.undated)
    assert all(m.date for m in timeline.dated)


def test_nothing_found_makes_an_empty_timeline(changing: Engine) -> None:
    timeline = changing.timeline(StanceOverview("x", (), (), {}, ""))
    assert (timeline.dated, timeline.undated, timeline.changes) == ((), (), ())


def test_a_change_is_offered_with_both_quotes_in_order(changing: Engine) -> None:
    (change,) = changing.timeline(changing.stances(TOPIC)).changes
    assert change.earlier.view.quote.text.startswith("Ik ben niet bereid de verkoop van tabak")
    assert change.later.view.quote.text.startswith("Ik zal de verkoop van tabak in supermarkten")
    assert change.earlier.direction is Direction.AGAINST
    assert change.later.direction is Direction.FOR
    assert 0 < change.probability < 1


def test_the_same_words_with_and_without_niet_are_two_stances(changing: Engine) -> None:
    overview = changing.stances("statiegeld op blikjes")
    assert len({view.quote.document for view in overview.cabinet}) == 2
    (change,) = changing.timeline(overview).changes
    assert (change.earlier.date, change.later.date) == ("2018-05-01", "2021-02-03")


def test_of_all_letters_only_the_real_changes_are_offered(changing: Engine) -> None:
    """Neither who is for abolishing and against keeping, nor who speaks of another road."""
    found = changing.timeline(overview(changing)).changes
    documents = {frozenset(m.view.quote.document for m in (c.earlier, c.later)) for c in found}
    assert documents == {
        frozenset(("tabak-2018", "tabak-2022")),
        frozenset(("blikjes-2018", "blikjes-2021")),
    }


@pytest.mark.parametrize("kind", [k for k in AuthorKind if k is not AuthorKind.CABINET])
def test_only_documents_of_the_cabinet_count(changing: Engine, kind: AuthorKind) -> None:
    moments = of_tobacco(changing)
    theirs = tuple(
        replace(m, view=replace(m.view, metadata=replace(m.view.metadata, author_kind=kind)))
        if m.view.quote.document == "tabak-2018"
        else m
        for m in moments
    )
    assert offered(changing, moments)
    assert offered(changing, theirs) == ()


@pytest.mark.parametrize(
    "label",
    [
        {"holder": Holder.PARLIAMENT},
        {"holder_name": "vorig kabinet"},
        {"probability": 0.1},
        {"stance": Stance.RESEARCH},
    ],
)
def test_only_sure_enough_stances_of_this_cabinet_count(
    changing: Engine, label: dict[str, Any]
) -> None:
    moments = of_tobacco(changing)
    others = tuple(
        replace(m, view=replace(m.view, label=replace(m.view.label, **label)))
        if m.view.quote.document == "tabak-2022"
        else m
        for m in moments
    )
    assert offered(changing, others) == ()


def test_two_stances_of_one_day_are_no_change(changing: Engine) -> None:
    moments = of_tobacco(changing)
    same_day = tuple(replace(moment, date="2020-01-01") for moment in moments)
    assert offered(changing, same_day) == ()


def test_each_stance_points_one_way() -> None:
    for stance in (Stance.SUPPORT, Stance.COMMITMENT):
        assert direction_of(stance) is Direction.FOR
    for stance in (Stance.REJECTION, Stance.RESERVATION):
        assert direction_of(stance) is Direction.AGAINST
    for stance in (Stance.PARTIAL, Stance.DEFERRED, Stance.FACT, Stance.ADVICE):
        assert direction_of(stance) is Direction.NEUTRAL
