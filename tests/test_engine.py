"""The engine refuses what it can't take, and answers the rest."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from search.engine import LONGEST_QUESTION, Engine
from search.errors import UsageError
from search.records import Filters
from search.settings import Settings

NEWS = "nieuwsbericht-kabinetsreactie-wrr"
LETTER = "kst-29861-70"


@pytest.mark.parametrize("question", ["", " ", "\n\t", "?", "...", "😀🎉", "«»", "' \" ;--", "*"])
def test_question_without_words_is_refused(engine: Engine, question: str) -> None:
    with pytest.raises(UsageError, match="vraag"):
        engine.ask(question)


def test_question_of_ten_thousand_characters_is_refused(engine: Engine) -> None:
    with pytest.raises(UsageError, match=r"tekens"):
        engine.ask("gemeente " * 1111)


def test_longest_question_is_answered(engine: Engine) -> None:
    assert engine.ask(("gemeente " * 300)[:LONGEST_QUESTION].strip()).hits


@pytest.mark.parametrize(
    "question",
    [
        "de het een van en",
        'foo AND (bar OR "x',
        "text:gemeenten^2 -x +y *",
        "' OR 1=1; DROP TABLE passages; --",
        "[a TO z] {b} /regex/ ~2 \\",
        "gemeenten\u0000 en \ud800 Rijk",
        "<script>alert(1)</script>",
        "%s %d {0} $HOME `id`",
        "😀 gemeenten 🎉",
        "x" * 1500,
        "日本語の質問",
    ],
)
def test_odd_question_is_survived(engine: Engine, question: str) -> None:
    answer = engine.ask(question, top=3)
    assert len(answer.hits) <= 3
    assert answer.answerable == (answer.quote is not None)


def test_stop_words_alone_have_no_answer(engine: Engine) -> None:
    answer = engine.ask("wie is de het een van en")
    assert not answer.answerable
    assert answer.quote is None


def test_database_is_whole_after_all_that(engine: Engine) -> None:
    assert engine.ask("Welke rol ziet de WRR voor gemeenten?").hits
    assert len(engine.documents()) == 2


@pytest.mark.parametrize("top", [1, 2, 10, 100])
def test_top_limits_the_hits(engine: Engine, top: int) -> None:
    hits = engine.ask("gemeenten", top=top).hits
    assert len(hits) == top if top <= 10 else 10 < len(hits) <= top


def test_fewer_hits_are_the_first_of_more(engine: Engine) -> None:
    few = engine.ask("rol van gemeenten", top=3).hits
    many = engine.ask("rol van gemeenten", top=20).hits
    assert [h.passage.id for h in few] == [h.passage.id for h in many[:3]]


@pytest.mark.parametrize("top", [0, -1, 101])
def test_top_out_of_bounds_is_refused(engine: Engine, top: int) -> None:
    with pytest.raises(UsageError, match=str(top)):
        engine.ask("gemeenten", top=top)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(themes=("bestaat niet",)),
        Filters(themes=("",)),
        Filters(documents=("bestaat-niet",)),
        Filters(documents=(LETTER, "bestaat-niet")),
        Filters(date_from="2021-13-01"),
        Filters(date_from="24-03-2021"),
        Filters(date_to="gisteren"),
        Filters(date_to="2021-02-30"),
        Filters(date_from="20210324"),
        Filters(date_from="2021-W12-3"),
        Filters(date_from="2021"),
    ],
)
def test_filter_that_can_not_be_meant_is_refused(engine: Engine, filters: Filters) -> None:
    with pytest.raises(UsageError):
        engine.ask("gemeenten", filters)


def test_unknown_filter_names_the_choices(engine: Engine) -> None:
    with pytest.raises(UsageError, match="Thema 4: Migratiebeleid"):
        engine.ask("gemeenten", Filters(themes=("bestaat niet",)))
    with pytest.raises(UsageError, match=NEWS):
        engine.ask("gemeenten", Filters(documents=("bestaat niet",)))


@pytest.mark.parametrize("name", ["Thema 4: Migratiebeleid", "thema 4: MIGRATIEBELEID", "thema 4"])
def test_theme_may_be_named_loosely(engine: Engine, name: str) -> None:
    hits = engine.ask("asiel", Filters(themes=(name,))).hits
    assert hits
    assert {hit.passage.theme.label for hit in hits} == {"Thema 4: Migratiebeleid"}


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (Filters(date_from="2021-03-24", date_to="2021-03-24"), {LETTER}),
        (Filters(date_from="2021-03-25"), {NEWS}),
        (Filters(date_to="2021-03-25"), {LETTER}),
        (Filters(date_to="2021-03-26", date_from="2021-03-26"), {NEWS}),
        (Filters(date_from="2021-03-27"), set()),
    ],
)
def test_dates_are_inclusive(engine: Engine, filters: Filters, documents: set[str]) -> None:
    hits = engine.ask("kabinet en gemeenten", filters).hits
    assert {hit.passage.document for hit in hits} == documents


def test_filtered_hit_names_no_document_outside_the_filter(engine: Engine) -> None:
    hits = engine.ask("regierol sociale samenhang in wijken", Filters(documents=(NEWS,))).hits
    assert hits
    assert not [other for hit in hits for other in hit.also_in]


def test_documents_are_listed_newest_first(engine: Engine) -> None:
    assert [entry.id for entry in engine.documents()] == [NEWS, LETTER]


def test_document_of_unknown_id_is_refused(engine: Engine) -> None:
    assert engine.document(LETTER).metadata.ondernummer == "70"
    with pytest.raises(UsageError, match="bestaat-niet"):
        engine.document("bestaat-niet")


def test_themes_are_in_order_of_the_documents(engine: Engine) -> None:
    themes = engine.themes()
    wanted = [
        "Inleiding",
        "Appreciatie",
        "Thema 1: Verbeter de ontvangst en inburgering",
        "Thema 4: Migratiebeleid",
        "Tot slot",
        "Samenhang in wijken",
    ]
    assert [theme for theme in themes if theme in wanted] == wanted


def test_several_threads_get_the_same_answers(engine: Engine) -> None:
    questions = ["rol van gemeenten", "richtgetallen voor asiel", "wie ondertekende de brief?"]
    expected = {q: [h.passage.id for h in engine.ask(q).hits] for q in questions}
    wrong: list[str] = []

    def ask(question: str) -> None:
        found = [[h.passage.id for h in engine.ask(question).hits] for _ in range(5)]
        wrong.extend(question for ids in found if ids != expected[question])

    threads = [threading.Thread(target=ask, args=(q,)) for q in questions * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.slow
def test_opening_twice_gives_the_same(built: tuple[Path, Path], engine: Engine) -> None:
    other = Engine.open(Settings(*built))
    assert other.ask("rol van gemeenten") == engine.ask("rol van gemeenten")
    other.close()
