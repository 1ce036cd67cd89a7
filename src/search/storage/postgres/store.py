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
from search.storage.postgres.connecting import Address, Database, is_lost, translate_error
from search.storage.postgres.index import PostgresIndex
from search.storage.postgres.plan import GRAPH_PLAN, GraphPlan
from search.storage.postgres.writing import PostgresWriter

__all__ = ["PostgresStore"]

_TRIES = 5
_LEAST_VERSION = (0, 8)
_LIMITS = (
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "transaction_timeout",
    "idle_in_transaction_session_timeout",
)
"""Settings that end what takes long; servers of older versions lack some."""
T = TypeVar("T")


class PostgresStore:
    """A database with the generations of an index. Safe to use from several threads."""

    beside_corpus = False

    def __init__(self, url: str, plan: GraphPlan = GRAPH_PLAN) -> None:
        """Name a database by its address; nothing is opened yet.

        Raises UsageError for an address that can't be read.
        """
        self._address = Address(url)
        self._plan = plan
        self._asked = _Asked(self._address, plan.seconds)
        self._builder: Database | None = None
        finalize(self, self._asked.close)

    def __str__(self) -> str:
        return str(self._address)

    def current(self) -> str:
        """Give the name of the generation in use, or an empty text where there is none.

        Raises IndexUnusable when the database can't be reached.
        """
        return self._asked(lambda connection: generations.current(connection, self._address))

    def open(self) -> PostgresIndex:
        """Open the generation in use; when a newer one came in its place meanwhile, open that."""
        for _ in range(_TRIES - 1):
            found = self._in_use()
            try:
                return PostgresIndex(self._address, found, self._plan)
            except IndexDamaged:
                if self.current() == found.name:
                    raise
        return PostgresIndex(self._address, self._in_use(), self._plan)

    def manifest(self) -> Manifest:
        """Read the manifest of the generation in use alone; raises as `open` does."""
        return self._in_use().manifest

    def _in_use(self) -> generations.Generation:
        return self._asked(lambda connection: generations.in_use(connection, self._address))

    def is_building(self) -> bool:
        """Tell whether a build is at work here."""
        return self._asked(generations.building)

    def close(self) -> None:
        """Close the store's own connection; it is made again when it is needed."""
        self._asked.close()

    @contextmanager
    def build_lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Let one build at a time be at work; `waiting` is called when this one waits.

        The lock goes with the connection that the whole build is done through, so that nobody can
        write who has lost it. Raises IndexUnusable when the database can't be written.
        """
        with self._telling():
            # A server that is busy writing may take nothing for a while, and yet be there.
            connection = self._beside(tcp_user_timeout=0)
        try:
            with self._telling(), _patiently(connection, waiting):
                self._check_server(connection)
                generations.set_up(connection)
                generations.current(connection, self._address)
                self._builder = connection
                yield
        finally:
            # Another thread may wait for its turn here, and give up.
            if self._builder is connection:
                self._builder = None
            connection.close()

    @contextmanager
    def new_generation(self, dimensions: int) -> Iterator[PostgresWriter]:
        """Give a writer for a new generation, and switch to it when the block ends well."""
        connection = self._builder
        if connection is None:
            raise RuntimeError("the caller must hold the build lock")
        with self._telling():
            generations.remove_old(connection)
            name = generations.begin(connection, dimensions)
            try:
                writer = PostgresWriter(connection, name, self._beside, self._plan)
                yield writer
                generations.switch(connection, name, writer.manifest())
            except BaseException:
                with suppress(psycopg.Error):
                    generations.discard(connection, name)
                raise
            generations.remove_old(connection)

    def _beside(self, **options: Any) -> Database:
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
        if version < _LEAST_VERSION:
            raise IndexUnusable(
                f"De database {self} heeft pgvector {'.'.join(map(str, version))}; nodig is 0.8 "
                "of nieuwer. Laat de beheerder die installeren en uitvoeren: "
                "ALTER EXTENSION vector UPDATE"
            )

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise translate_error(error, self._address) from error


@contextmanager
def _patiently(connection: Database, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of who builds, with no limit on how long that, or anything after it, takes.

    A build, and the one it waits for, may take hours; the role may have limits meant for people.
    """
    connection.execute(
        "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY(%s)",
        [list(_LIMITS)],
    )
    with generations.locked(connection, waiting=waiting):
        yield


class _Asked:
    """One connection for the small questions of a store, made when it is needed."""

    def __init__(self, address: Address, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._lock = threading.Lock()
        self._connection: Database | None = None

    def __call__(self, work: Callable[[Database], T]) -> T:
        """Do some work, once more on a fresh connection when this one was lost."""
        with self._lock:
            try:
                try:
                    return work(self._opened())
                except psycopg.Error as error:
                    if not is_lost(error, self._connection):
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
