"""Lost connections, slow queries, wrong addresses: retried once, or a clear message."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
import pytest
from tests.storage.postgres.conftest import Made
from tests.storage.postgres.making import DIMENSIONS, document, fill, many
from tests.storage.postgres.server import Server

from search.errors import IndexUnusable, UsageError
from search.storage import Index
from search.storage.postgres.connecting import translate_error
from search.storage.postgres.index import PostgresIndex
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.store import PostgresStore

SECRET = "geheim0"


@pytest.fixture(scope="module")
def url(make_database: Made) -> str:
    """Make a database with an index."""
    address = make_database()
    store = PostgresStore(address)
    fill(store, [*many(5), document("stuk", ["een zin"])]).close()
    store.close()
    return address


@pytest.fixture
def index(url: str) -> Iterator[PostgresIndex]:
    """Open the index."""
    opened = PostgresStore(url).open()
    yield opened
    opened.close()


def cut(url: str) -> None:
    """Have the server end all connections but this one."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
            "datname = current_database() AND pid <> pg_backend_pid()"
        )


def ask(index: Index) -> list[int]:
    """Return what an index answers to a query."""
    return list(index.search_words(["zin"], {"passage": 1.0}, 3))


def test_a_lost_connection_is_made_again(index: Index, url: str) -> None:
    found = ask(index)
    for _ in range(3):
        cut(url)
        assert ask(index) == found
        assert index.passages(found)


def test_a_server_that_was_started_again_is_found_again(
    index: Index, url: str, server: Server
) -> None:
    found = ask(index)
    store = PostgresStore(url)
    name = store.current()
    unreachable = r"127\.0\.0\.1:\d+/index\d+ is niet bereikbaar"
    server.stop("immediate")
    try:
        for query in (lambda: ask(index), lambda: index.passages([0]), store.current, store.open):
            with pytest.raises(IndexUnusable, match=unreachable):
                query()
    finally:
        server.start()
    assert ask(index) == found
    assert store.current() == name
    store.close()


def test_a_query_that_takes_too_long_is_ended(url: str) -> None:
    store = PostgresStore(url, GraphPlan(seconds=0.2))
    opened = store.open()
    with pytest.raises(IndexUnusable, match=r"binnen 0\.2 seconden geen antwoord"):
        opened._reader.rows("SELECT pg_sleep(20)")
    assert ask(opened), "the connection goes on"
    opened.close()
    store.close()


def test_who_reads_can_not_write(index: PostgresIndex) -> None:
    with pytest.raises(IndexUnusable, match="alleen worden gelezen"):
        index._reader.rows("CREATE TABLE fout (a int)")


def test_what_is_sent_to_a_server_that_is_gone_is_given_up(index: PostgresIndex) -> None:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None:
        pytest.skip("this system has no limit on what is sent and not confirmed")
    with index._reader._pool.connection() as connection:
        bare = socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)
    with bare:
        assert bare.getsockopt(socket.IPPROTO_TCP, option) == 30_000


def test_a_connection_that_is_old_goes_on_holding_its_generation(
    index: PostgresIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def own() -> set[int]:
        with index._reader._pool.connection() as connection:
            return {connection.info.backend_pid}

    used, now = own() | own(), time.monotonic()
    monkeypatch.setattr("psycopg_pool.pool.monotonic", lambda: now + 30 * 86_400)
    for _ in range(5):
        own()
    alive = index._reader.rows("SELECT pid FROM pg_stat_activity WHERE pid = ANY(%s)", [list(used)])
    assert {row["pid"] for row in alive} == used


def test_what_the_database_does_not_take_is_no_lost_connection(index: PostgresIndex) -> None:
    question = np.full(DIMENSIONS, np.nan, dtype=np.float32)
    with pytest.raises(IndexUnusable, match="meldt een fout"):
        index.search_vectors(question, 3)
    address = index._address
    assert "meldt een fout" in str(translate_error(psycopg.DataError("no such value"), address))
    assert "niet bereikbaar" in str(translate_error(psycopg.OperationalError("gone"), address))


def test_many_threads_share_a_few_connections(index: Index, url: str) -> None:
    wanted = ask(index)
    with ThreadPoolExecutor(20) as pool:
        assert all(found == wanted for found in pool.map(lambda _: ask(index), range(200)))
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kamerwijzer' "
            "AND datname = current_database()"
        ).fetchone()
    assert row
    assert 1 <= row[0] <= 6


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        port: int = made.getsockname()[1]
    return port


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://piet:{secret}@127.0.0.1:{closed}/db",
        "postgresql://postgres:{secret}@127.0.0.1:{port}/bestaat_niet",
        "postgresql://piet:{secret}@127.0.0.1:{port}/postgres",
        "postgresql://piet@127.0.0.1:{closed}/db?password={secret}",
    ],
)
def test_a_database_that_is_not_there_is_told_of_without_the_password(
    address: str, server: Server
) -> None:
    filled = address.format(secret=SECRET, closed=free_port(), port=server.port)
    store = PostgresStore(filled)
    for ask in (
        store.current,
        store.open,
        store.manifest,
        store.is_building,
        lambda: store.build_lock(lambda: None).__enter__(),
    ):
        with pytest.raises(IndexUnusable, match="is niet bereikbaar") as caught:
            ask()
        assert SECRET not in str(caught.value)
    assert SECRET not in str(store)


@pytest.mark.parametrize(
    "address", [f"postgresql://piet:{SECRET}@host:poort/db?x=1", f"postgresql://[::1:{SECRET}"]
)
def test_an_address_that_is_none_is_told_of_without_the_password(address: str) -> None:
    with pytest.raises(UsageError, match=re.escape("postgresql://gebruiker@server")) as caught:
        PostgresStore(address).current()
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            f"postgresql://jan:{SECRET}@een,twee:5433/db?target_session_attrs=any",
            "postgresql://jan@een:5432,twee:5433/db",
        ),
        ("postgres://jan@een:1,twee:2/db", "postgresql://jan@een:1,twee:2/db"),
        ("postgresql://jan@een/", "postgresql://jan@een:5432/jan"),
        ("postgresql://jan@/db?hostaddr=10.0.0.1", "postgresql://jan@10.0.0.1:5432/db"),
        ("postgresql:///db?host=/run/pg&user=jan", "postgresql://jan@%2Frun%2Fpg:5432/db"),
        ("postgresql://jan%40rijk@[::1]:5433/db%2F1", "postgresql://jan%40rijk@[::1]:5433/db%2F1"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(
    address: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)
    assert str(PostgresStore(address)) == shown
    assert str(PostgresStore(shown)) == shown, "what is printed can be given again"


def test_what_an_address_leaves_out_is_shown_as_the_library_fills_it_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("PGHOST", "elders"), ("PGPORT", "5433"), ("PGUSER", "piet")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert str(PostgresStore("postgresql://")) == "postgresql://piet@elders:5433/piet"
    monkeypatch.setenv("PGDATABASE", "stukken")
    assert str(PostgresStore("postgresql://jan@een/")) == "postgresql://jan@een:5433/stukken"


def test_the_first_server_that_answers_is_asked(url: str, server: Server) -> None:
    name = url.rpartition("/")[2]
    store = PostgresStore(
        f"postgresql://postgres@127.0.0.1:{free_port()},127.0.0.1:{server.port}/{name}"
    )
    opened = store.open()
    assert ask(opened)
    opened.close()
    store.close()


def test_who_uses_no_database_does_not_load_its_library() -> None:
    code = (
        "import sys, search.cli, search.engine, search.indexing, search.storage; "
        "sys.exit(any(name.startswith('psycopg') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
