"""A standby answers while its primary is down, and says so when a generation is gone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.storage.postgres.making import DIMENSIONS, MANIFEST, document, fill, many
from tests.storage.postgres.server import Server, folder_for_server

from search.errors import IndexDamaged, IndexUnusable
from search.storage import Index
from search.storage.postgres.store import PostgresStore


@pytest.fixture
def pair(programs: Path) -> Iterator[tuple[Server, Server]]:
    """Start a primary and a standby that follows it."""
    folder = folder_for_server()
    primary = Server.made(folder, programs)
    primary.start()
    standby = primary.standby(folder)
    standby.start()
    yield primary, standby
    standby.stop_quietly()
    primary.stop_quietly()
    shutil.rmtree(folder, ignore_errors=True)


def follow(primary: Server, standby: Server) -> None:
    """Wait until the standby has all that the primary has."""
    with psycopg.connect(primary.url(), autocommit=True) as connection:
        row = connection.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
    assert row
    with psycopg.connect(standby.url(), autocommit=True) as connection:
        for _ in range(600):
            got = connection.execute("SELECT pg_last_wal_replay_lsn() >= %s", row).fetchone()
            if got and got[0]:
                return
            time.sleep(0.05)
    pytest.fail("the standby does not follow")


def answers_of(index: Index) -> tuple[object, ...]:
    """Return what an index answers to a query of each kind."""
    words = index.search_words(["baater", "beeter"], {"passage": 1.0, "surroundings": 0.5}, 10)
    phrases = index.holding_all([["zin", "hier"]], 5)
    return words, phrases, index.passages(list(words)), index.document("stuk")


def test_a_standby_answers_while_the_primary_is_down(pair: tuple[Server, Server]) -> None:
    primary, standby = pair
    store = PostgresStore(
        f"postgresql://postgres@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/postgres"
    )
    index = fill(store, [*many(20), document("stuk", ["een zin hier"])])
    wanted = answers_of(index)
    follow(primary, standby)
    primary.kill()
    assert answers_of(index) == wanted
    index.check()
    # And so does a program that is started now.
    later = PostgresStore(str(store))
    opened = later.open()
    assert answers_of(opened) == wanted
    assert later.current() == index.generation
    assert not later.is_building()
    with (
        pytest.raises(IndexUnusable, match=r"niet bereikbaar|alleen worden gelezen"),
        later.build_lock(lambda: None),
    ):
        pass
    for each in (opened, index, later, store):
        each.close()


def test_a_reader_on_the_standby_is_told_when_its_generation_is_gone(
    pair: tuple[Server, Server],
) -> None:
    primary, standby = pair
    writer, reader = PostgresStore(primary.url()), PostgresStore(standby.url())
    fill(writer, [document("stuk", ["een zin hier"])]).close()
    follow(primary, standby)
    index = reader.open()
    assert index.document("stuk") is not None
    # The primary does not see who reads on the standby.
    for _ in range(2):
        fill(writer, [document("ander", ["een zin hier"])]).close()
    follow(primary, standby)
    with pytest.raises(IndexDamaged, match="vernieuwd"):
        index.document("stuk")
    assert reader.current() != index.generation
    opened = reader.open()
    assert opened.document("ander") is not None
    with writer.build_lock(lambda: None), writer.new_generation(DIMENSIONS) as half:
        follow(primary, standby)
        assert reader.is_building(), "which a standby knows of the table alone"
        half.add(document("ander", ["een zin hier"]))
        half.finish(MANIFEST, lambda *_: None)
    follow(primary, standby)
    assert not reader.is_building()
    for each in (index, opened, reader, writer):
        each.close()
