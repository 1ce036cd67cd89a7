"""The real corpus in a database, by the same commands: the same answers as from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.storage.postgres.conftest import Made

from search.engine import Engine
from search.indexing import build_index
from search.records import Filters, Holder
from search.settings import Settings
from search.storage.postgres.store import PostgresStore

QUESTIONS = (
    "Komt er een jaarlijkse Staat van migratie?",
    "Wie heeft de regierol bij de sociale samenhang in wijken?",
    "Wat waren de uitkomsten van de pilots met terugkeervoorzieningen in het nieuwsbericht?",
    "inbugering van nieuwkomers",
    "Wat kost een fietsenstalling bij het station?",
)
QUOTES = (
    "een jaarlijkse Staat van migratie uitgebracht worden",
    "Nederland is een dynamische migratiesamenleving geworden",
    "dit staat er in geen geval",
)


@pytest.fixture(scope="module")
def place(built: tuple[Path, Path], make_database: Made) -> str:
    """Build the index of the corpus in a database."""
    url = make_database()
    build_index(Settings(built[0], url))
    return url


@pytest.fixture(scope="module")
def other(
    built: tuple[Path, Path], place: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Open it without the corpus: a database's readers have no such folder."""
    opened = Engine.open(Settings(tmp_path_factory.mktemp("leeg"), place))
    yield opened
    opened.close()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(documents=("kst-29861-70",)), Filters(holders=(Holder.CABINET,))]
)
def test_answers_are_the_same(
    engine: Engine, other: Engine, question: str, filters: Filters
) -> None:
    wanted, found = engine.ask(question, filters), other.ask(question, filters)
    assert [hit.passage for hit in found.hits] == [hit.passage for hit in wanted.hits]
    assert [hit.marks for hit in found.hits] == [hit.marks for hit in wanted.hits]
    assert [hit.citation for hit in found.hits] == [hit.citation for hit in wanted.hits]
    assert (found.quote, found.hints) == (wanted.quote, wanted.hints)
    assert found.confidence == pytest.approx(wanted.confidence, abs=1e-3)
    assert found.withheld == 0


@pytest.mark.parametrize("quote", QUOTES)
def test_quotes_are_found_in_the_same_places(engine: Engine, other: Engine, quote: str) -> None:
    for wanted, found in zip(engine.check_quotes(quote), other.check_quotes(quote), strict=True):
        assert found.verdict == wanted.verdict
        places = [{(m.quote, m.differences) for m in each.matches} for each in (wanted, found)]
        assert places[0] == places[1]


def test_stances_are_the_same(engine: Engine, other: Engine) -> None:
    assert other.stance_counts() == engine.stance_counts()
    topic = "richtgetallen voor asielmigratie"
    assert other.stances(topic).summary == engine.stances(topic).summary
    assert other.documents() == engine.documents()


def test_what_has_not_changed_is_taken_over(built: tuple[Path, Path], place: str) -> None:
    store = PostgresStore(place)
    before = store.open()
    told: list[str] = []
    build_index(Settings(built[0], place), progress=lambda what, *_: told.append(what))
    after = store.open()
    assert after.generation != before.generation
    assert after.listed() == before.listed()
    for each in before.listed():
        assert after.stored(each.id) == before.stored(each.id)
        assert after.source(each.id) == before.source(each.id)
    assert "Database ordenen" in told
    for opened in (before, after, store):
        opened.close()
