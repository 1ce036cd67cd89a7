"""An index in a PostgreSQL database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from weakref import finalize

import psycopg
from psycopg import errors

from search.errors import IndexDamaged, IndexUnusable
from search.storage.manifest import Manifest
from search.storage.postgres import generations
from search.storage.postgres.connecting import (
    Address,
    Database,
    is_connection_lost,
    translate_error,
)
from search.storage.postgres.index import PostgresIndex
from search.storage.postgres.plan import GRAPH_PLAN, GraphPlan
from search.storage.postgres.writing import PostgresWriter

__all__ = ["PostgresStore"]

_TRIES = 5
_LOWEST_PGVECTOR = (0, 8)
_TIME_LIMITS = (
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "transaction_timeout",
    "idle_in_transaction_session_timeout",
)
"""Settings that end slow commands; older servers lack some of them."""
T = TypeVar("T")


class PostgresStore:
    """A database with the generations of an index. Safe to use from several threads."""

    beside_corpus = False

    def __init__(self, url: str, plan: GraphPlan = GRAPH_PLAN) -> None:
        """Take the address of a database; nothing is opened yet.

        Raises UsageError for an invalid address.
        """
        self._address = Address(url)
        self._plan = plan
        self._run = _SharedConnection(self._address, plan.seconds)
        self._builder: Database | None = None
        finalize(self, self._run.close)

    def __str__(self) -> str:
        return str(self._address)

    def current(self) -> str:
        """Return the name of the generation in use; empty when there is none.

        Raises IndexUnusable when the database can't be reached.
        """
        return self._run(lambda connection: generations.current_name(connection, self._address))

    def open(self) -> PostgresIndex:
        """Open the generation in use, or the one that replaces it in the meantime."""
        for _ in range(_TRIES - 1):
            found = self._in_use()
            try:
                return PostgresIndex(self._address, found, self._plan)
            except IndexDamaged:
                if self.current() == found.name:
                    raise
        return PostgresIndex(self._address, self._in_use(), self._plan)

    def manifest(self) -> Manifest:
        """Return the manifest of the generation in use; raises as `open` does."""
        return self._in_use().manifest

    def _in_use(self) -> generations.Generation:
        return self._run(
            lambda connection: generations.current_generation(connection, self._address)
        )

    def is_building(self) -> bool:
        """Return whether a build is running."""
        return self._run(generations.is_building)

    def close(self) -> None:
        """Close the store's own connection; it is opened again when it is needed."""
        self._run.close()

    @contextmanager
    def build_lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the lock that allows one build at a time; call `waiting` when it is taken.

        The lock belongs to the connection that the whole build uses, so that a build that lost it
        can't write. Raises IndexUnusable when the database can't be written.
        """
        with self._translated_errors():
            # A server that is busy writing may accept nothing for a while without being gone.
            connection = self._connect_to_write(tcp_user_timeout=0)
        try:
            with self._translated_errors(), _build_lock(connection, waiting):
                self._check_server(connection)
                generations.set_up(connection)
                generations.current_name(connection, self._address)
                self._builder = connection
                yield
        finally:
            # Not when it is that of another thread: this one may have given up waiting.
            if self._builder is connection:
                self._builder = None
            connection.close()

    @contextmanager
    def new_generation(self, dimensions: int) -> Iterator[PostgresWriter]:
        """Yield the writer of a new generation, and switch to it when the block succeeds."""
        connection = self._builder
        if connection is None:
            raise RuntimeError("the caller must hold the build lock")
        with self._translated_errors():
            generations.remove_old(connection)
            name = generations.begin(connection, dimensions)
            try:
                writer = PostgresWriter(connection, name, self._connect_to_write, self._plan)
                yield writer
                generations.switch(connection, name, writer.manifest())
            except BaseException:
                with suppress(psycopg.Error):
                    generations.discard(connection, name)
                raise
            generations.remove_old(connection)

    def _connect_to_write(self, **options: Any) -> Database:
        return self._address.connect(target_session_attrs="read-write", **options)

    def _check_server(self, connection: Database) -> None:
        """Raise IndexUnusable for a database that can't hold an index."""
        row = connection.execute(
            "SELECT current_setting('server_encoding') AS encoding, "
            "has_database_privilege(current_database(), 'CREATE') AS may_create"
        ).fetchone()
        if row and row["encoding"] != "UTF8":
            raise IndexUnusable(
                f"De database {self} heeft de codering {row['encoding']}. Maak er een met: "
                "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        if row and not row["may_create"]:
            raise IndexUnusable(
                f"De gebruiker mag in {self} geen schema's maken. Laat de beheerder uitvoeren: "
                "GRANT CREATE ON DATABASE … TO …"
            )
        self._check_extension(connection)

    def _check_extension(self, connection: Database) -> None:
        schema, version = generations.extension_of(connection)
        if not schema:
            try:
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            except errors.InsufficientPrivilege as error:
                raise IndexUnusable(
                    f"De database {self} mist de uitbreiding pgvector. Laat de beheerder "
                    "uitvoeren: CREATE EXTENSION vector"
                ) from error
            except psycopg.Error as error:
                if error.sqlstate is None:
                    raise
                raise IndexUnusable(
                    f"De server van {self} kent de uitbreiding pgvector niet. Laat de beheerder "
                    "die installeren, versie 0.8 of nieuwer."
                ) from error
            schema, version = generations.extension_of(connection)
        if version < _LOWEST_PGVECTOR:
            raise IndexUnusable(
                f"De database {self} heeft pgvector {'.'.join(map(str, version))}; nodig is 0.8 "
                "of nieuwer. Laat de beheerder die installeren en uitvoeren: "
                "ALTER EXTENSION vector UPDATE"
            )

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise translate_error(error, self._address) from error


@contextmanager
def _build_lock(connection: Database, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the build lock, after lifting the time limits of the connection.

    A build, and the one it waits for, may take hours; the role may have limits meant for readers.
    """
    connection.execute(
        "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY(%s)",
        [list(_TIME_LIMITS)],
    )
    with generations.build_lock(connection, waiting):
        yield


class _SharedConnection:
    """One connection for the short queries of a store, opened when it is needed."""

    def __init__(self, address: Address, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._lock = threading.Lock()
        self._connection: Database | None = None

    def __call__(self, work: Callable[[Database], T]) -> T:
        """Run a function on the connection, and once more on a new one when it was lost."""
        with self._lock:
            try:
                try:
                    return work(self._opened())
                except psycopg.Error as error:
                    if not is_connection_lost(error, self._connection):
                        raise
                self._close()
                return work(self._opened())
            except psycopg.Error as error:
                raise translate_error(error, self._address, self._seconds) from error

    def _opened(self) -> Database:
        if self._connection is None or self._connection.closed:
            self._connection = self._address.connect()
            milliseconds = str(int(self._seconds * 1000))
            self._connection.execute(
                "SELECT set_config('default_transaction_read_only', 'on', false), "
                "set_config('statement_timeout', %s, false)",
                [milliseconds],
            )
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._close()
