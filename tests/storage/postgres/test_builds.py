"""Builds that are killed, run together, hindered or of another version leave the index in use."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
import pytest
from tests.paths import ROOT
from tests.storage.postgres.conftest import Made
from tests.storage.postgres.making import DIMENSIONS, MANIFEST, document, fill
from tests.storage.postgres.server import Server

from search.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnusable
from search.storage.postgres.connecting import Database
from search.storage.postgres.store import PostgresStore

PREFIX = "kamerwijzer_gen_"
KILLED = """
import sys
from search.storage.postgres import PostgresStore, writing
from tests.storage.postgres.making import DIMENSIONS, document
writing._BUFFER_SIZE = 1
store = PostgresStore(sys.argv[1])
with store.build_lock(lambda: None), store.new_generation(DIMENSIONS) as writer:
    writer.add(document("half", ["half werk"]))
    print("klaar om te sterven", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def store(database: str) -> Iterator[PostgresStore]:
    """Return a store in an empty database."""
    made = PostgresStore(database)
    yield made
    made.close()


def schemas(url: str) -> list[str]:
    """Return the schemas of the generations, in order."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT nspname FROM pg_namespace ORDER BY nspname").fetchall()
    return [name for (name,) in rows if name.startswith(PREFIX)]


def build(store: PostgresStore, text: str = "een zin") -> str:
    """Build a generation of one document, and give its name."""
    fill(store, [document("stuk", [text])]).close()
    return store.current()


def change(url: str, statement: str) -> None:
    """Execute a statement on a database, outside the program."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_no_index_yet(store: PostgresStore) -> None:
    with pytest.raises(IndexMissing, match=r"nog geen index.*kamerwijzer index --to postgresql://"):
        store.open()
    assert not store.is_building()


def test_the_last_two_generations_are_kept(store: PostgresStore, database: str) -> None:
    made = [build(store) for _ in range(4)]
    assert schemas(database) == made[-2:]


def test_a_generation_that_is_read_is_kept_until_it_is_let_go(
    store: PostgresStore, database: str
) -> None:
    first = build(store, "de eerste")
    index = store.open()
    made = [build(store) for _ in range(3)]
    assert schemas(database) == [first, *made[-2:]]
    assert index.document("stuk") is not None
    index.check()
    index.close()
    last = build(store)
    assert schemas(database) == [made[-1], last]


def test_a_generation_that_was_removed_under_its_reader_is_told_of(
    store: PostgresStore, database: str
) -> None:
    name = build(store)
    index = store.open()
    change(database, f"DROP SCHEMA {name} CASCADE")
    # Tables of the same names, of whom else works in the database, must not be taken for its.
    change(database, "CREATE TABLE public.fields (name text)")
    change(database, "CREATE TABLE public.terms AS SELECT 1 AS id, 'zin' AS term, 1 AS passages")
    change(
        database,
        "CREATE TABLE public.postings AS SELECT 1 AS term, 0 AS block, '\\x00'::bytea AS passage",
    )
    with pytest.raises(IndexDamaged, match="intussen vernieuwd"):
        index.search_words(["zin"], {"passage": 1.0}, 1)
    with pytest.raises(IndexDamaged, match="intussen vernieuwd"):
        index.check()
    index.close()
    with pytest.raises(IndexDamaged):
        store.open()
    build(store)
    store.open().close()


def test_a_killed_build_leaves_nothing_in_the_way(store: PostgresStore, database: str) -> None:
    before = build(store)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, database],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline()
    assert store.is_building()
    assert store.current() == before
    assert len(schemas(database)) == 2
    process.send_signal(signal.SIGKILL)
    process.communicate()
    index = store.open()
    assert index.document("half") is None
    index.close()
    after = build(store)
    assert schemas(database) == [before, after], "what the killed build left is gone"
    assert not store.is_building()


def test_a_build_that_fails_leaves_nothing(store: PostgresStore, database: str) -> None:
    before = build(store)

    def fail() -> None:
        with store.build_lock(lambda: None), store.new_generation(DIMENSIONS) as writer:
            writer.add(document("half", ["half werk"]))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert schemas(database) == [before]
    assert store.current() == before


def test_a_build_that_is_not_finished_does_not_come_into_use(store: PostgresStore) -> None:
    with (
        pytest.raises(RuntimeError),
        store.build_lock(lambda: None),
        store.new_generation(DIMENSIONS) as writer,
    ):
        writer.add(document("half", ["half werk"]))
    assert store.current() == ""


def test_of_two_builds_the_second_waits(database: str) -> None:
    first, second = PostgresStore(database), PostgresStore(database)
    waited = threading.Event()
    started = []

    def build_second() -> None:
        with second.build_lock(waited.set), second.new_generation(DIMENSIONS) as writer:
            started.append(time.monotonic())
            writer.add(document("tweede", ["tweede"]))
            writer.finish(MANIFEST, lambda *_: None)

    other = threading.Thread(target=build_second)
    with first.build_lock(lambda: None), first.new_generation(DIMENSIONS) as writer:
        other.start()
        assert waited.wait(30)
        writer.add(document("eerste", ["eerste"]))
        writer.finish(MANIFEST, lambda *_: None)
        ended = time.monotonic()
    other.join()
    assert started[0] > ended
    index = first.open()
    assert list(index.metadata) == ["tweede"]
    index.close()
    first.close()
    second.close()


def test_a_build_takes_its_time_whatever_limits_its_role_has(
    make_database: Made, server: Server
) -> None:
    url = make_database()
    name = url.rpartition("/")[2]
    for limit in ("statement_timeout", "lock_timeout", "idle_session_timeout"):
        change(url, f"ALTER DATABASE {name} SET {limit} = '200ms'")
    first, second = PostgresStore(url), PostgresStore(url)
    waited = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with first.build_lock(lambda: None):

            def build_second() -> str:
                with second.build_lock(waited.set), second.new_generation(DIMENSIONS) as writer:
                    writer.add(document("tweede", ["tweede"]))
                    time.sleep(0.5)
                    writer.finish(MANIFEST, lambda *_: None)
                return second.current()

            other = pool.submit(build_second)
            assert waited.wait(30)
            time.sleep(0.5)
            assert not other.done()
        assert other.result()
    first.close()
    second.close()


def test_a_build_waits_for_a_server_that_takes_nothing_for_a_while(store: PostgresStore) -> None:
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None:
        pytest.skip("this system has no limit on what is sent and not confirmed")
    with store.build_lock(lambda: None):
        assert store._builder
        number = store._builder.fileno()
        with socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM) as bare:
            assert bare.getsockopt(socket.IPPROTO_TCP, option) == 0


def test_a_build_that_is_called_off_is_told_of(store: PostgresStore, database: str) -> None:
    before = build(store)

    def call_off() -> None:
        with store.build_lock(lambda: None), store.new_generation(DIMENSIONS):
            assert store._builder
            store._builder.execute("SELECT pg_cancel_backend(pg_backend_pid())")

    with pytest.raises(IndexUnusable, match="afgebroken"):
        call_off()
    assert store.current() == before


def test_a_build_whose_connection_is_lost_is_told_of(store: PostgresStore, database: str) -> None:
    before = build(store)

    def lose() -> None:
        with store.build_lock(lambda: None), store.new_generation(DIMENSIONS) as writer:
            change(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                "state <> 'active' AND datname = current_database() "
                "AND pid <> pg_backend_pid()",
            )
            writer.add(document("half", ["half werk"]))
            writer.finish(MANIFEST, lambda *_: None)

    with pytest.raises(IndexUnusable, match="niet bereikbaar"):
        lose()
    assert store.current() == before


def test_a_document_may_hold_what_the_database_does_not(store: PostgresStore) -> None:
    index = fill(store, [document("stuk", ["nul\0en \ud800 half"])])
    found = index.document("stuk")
    assert found is not None
    assert found.text == "nul\ufffden \ufffd half"
    index.close()


def test_an_index_of_another_version_is_told_of(store: PostgresStore, database: str) -> None:
    build(store)
    change(database, "UPDATE kamerwijzer.generations SET format = 3")
    with pytest.raises(IndexOutdated, match=r"formaat 3.*kamerwijzer index --to postgresql://"):
        store.open()
    with pytest.raises(IndexOutdated):
        store.manifest()
    build(store)
    store.open().close()


def test_tables_of_a_newer_version_are_left_alone(store: PostgresStore, database: str) -> None:
    build(store)
    change(database, "UPDATE kamerwijzer.registry SET version = 99")
    with pytest.raises(IndexOutdated, match="Werk Kamerwijzer bij"):
        store.current()
    with pytest.raises(IndexOutdated, match="Werk Kamerwijzer bij"):
        build(store)


def test_a_damaged_manifest_is_told_of(store: PostgresStore, database: str) -> None:
    build(store)
    change(
        database,
        "UPDATE kamerwijzer.generations SET manifest = "
        "replace(manifest::text, 'vinger', 'anders')::json",
    )
    with pytest.raises(IndexDamaged, match="manifest"):
        store.open()


@pytest.mark.parametrize("table", ["passages", "sentences", "vectors"])
def test_rows_that_are_gone_are_noticed(store: PostgresStore, database: str, table: str) -> None:
    name = build(store)
    index = store.open()
    change(database, f"DELETE FROM {name}.{table}")
    with pytest.raises(IndexDamaged, match="aantallen"):
        index.check(thorough=True)
    index.close()
    with pytest.raises(IndexDamaged, match="aantallen"):
        store.open()


def test_without_the_extension_it_says_what_to_do(
    store: PostgresStore, database: str, server: Server
) -> None:
    change(server.url(), "DROP ROLE IF EXISTS bouwer")
    change(server.url(), "CREATE ROLE bouwer LOGIN")
    name = store._address.place.rpartition("/")[2]
    builder = PostgresStore(server.url(name, "bouwer"))
    with pytest.raises(IndexUnusable, match="GRANT CREATE ON DATABASE"):
        build(builder)
    change(server.url(), f"GRANT CREATE ON DATABASE {name} TO bouwer")
    with pytest.raises(IndexUnusable, match="CREATE EXTENSION vector"):
        build(builder)
    # Wherever the administrator puts it.
    change(database, "CREATE SCHEMA uitbreidingen")
    change(database, "CREATE EXTENSION vector SCHEMA uitbreidingen")
    change(database, "GRANT USAGE ON SCHEMA uitbreidingen TO bouwer")
    build(builder)
    index = builder.open()
    assert len(index.search_vectors(np.ones(DIMENSIONS, dtype=np.float32), 5)) == 1
    index.close()
    builder.close()


def test_a_server_without_the_extension_is_told_of(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute: Callable[..., object] = psycopg.Connection.execute

    def refuse(self: Database, query: str, *values: object, **options: object) -> object:
        if "CREATE EXTENSION" in query:
            raise psycopg.errors.FeatureNotSupported('extension "vector" is not available')
        return execute(self, query, *values, **options)

    monkeypatch.setattr(psycopg.Connection, "execute", refuse)
    with pytest.raises(IndexUnusable, match=r"pgvector niet.*installeren"):
        build(store)


def test_who_reads_needs_no_more_than_to_read(
    store: PostgresStore, database: str, server: Server
) -> None:
    for statement in ("DROP ROLE IF EXISTS lezer", "CREATE ROLE lezer LOGIN"):
        change(server.url(), statement)
    reader = PostgresStore(server.url(store._address.place.rpartition("/")[2], "lezer"))
    build(store)
    with pytest.raises(IndexUnusable, match="rechten"):
        reader.open()
    for statement in (
        "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO lezer",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO lezer",
        "GRANT USAGE ON SCHEMA kamerwijzer TO lezer",
        "GRANT SELECT ON ALL TABLES IN SCHEMA kamerwijzer TO lezer",
    ):
        change(database, statement)
    build(store, "een zin voor de lezer")
    index = reader.open()
    assert index.search_words(["lezer"], {"passage": 1.0}, 1)
    assert not reader.is_building()
    index.close()
    with pytest.raises(IndexUnusable):
        build(reader)
    reader.close()


def test_a_database_of_another_encoding_is_refused(server: Server) -> None:
    change(server.url(), "CREATE DATABASE latijn ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    store = PostgresStore(server.url("latijn"))
    with pytest.raises(IndexUnusable, match="LATIN1"):
        build(store)


def test_a_full_disk_is_told_of(store: PostgresStore, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(store)

    def full(*_: object) -> None:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr("search.storage.postgres.writing.PostgresWriter._copy", full)
    with pytest.raises(IndexUnusable, match=r"vol; de index in gebruik is nog heel.*--to"):
        build(store)
    assert store.current() == before
