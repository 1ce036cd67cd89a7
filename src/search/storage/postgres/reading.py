"""Queries on one generation, through a few connections that all threads share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.rows import DictRow
from psycopg_pool import ConnectionPool, PoolTimeout

from search.storage.postgres.connecting import (
    Address,
    Database,
    is_connection_lost,
    translate_error,
)
from search.storage.postgres.texts import query_values

__all__ = ["GenerationReader", "Query", "Rows"]

Values = Sequence[Any] | Mapping[str, Any]
Query = tuple[str, Values]
Rows = list[DictRow]
T = TypeVar("T")

_MOST_CONNECTIONS = 4
_WAIT = 2.0
"""Seconds that a query waits for a connection of the pool before it opens one of its own."""
_IDLE = 300.0
_LIFETIME = 1e9
"""Seconds that a connection may live: the pool closes an old one before it opens another, and in
between nothing would lock the generation."""


class GenerationReader:
    """Runs queries; one that fails because its connection was lost is retried once on a new one."""

    def __init__(
        self, address: Address, prepare: Callable[[Database], None], seconds: float
    ) -> None:
        """Take the address, what prepares each new connection, and the seconds a query may take.

        Raises IndexUnusable when the database can't be reached.
        """
        self._address = address
        self._prepare = prepare
        self._seconds = seconds
        # First without the pool, which would retry until it gives up, and then not say why.
        with self._translated_errors():
            self._new_connection().close()
        self._pool: ConnectionPool[Database] = ConnectionPool(
            kwargs=address.settings(),
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=_WAIT,
            max_idle=_IDLE,
            max_lifetime=_LIFETIME,
            configure=prepare,
            open=True,
            name="kamerwijzer",
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def rows(self, query: str, values: Values = ()) -> Rows:
        """Return the rows of a query, by column name, in one round trip."""
        return self._run(lambda connection: _rows(connection, query, values))

    def several(self, *queries: Query) -> list[Rows]:
        """Return the rows of several queries, in one round trip."""

        def run(connection: Database) -> list[Rows]:
            with connection.pipeline():
                cursors = [connection.execute(q, query_values(v), binary=True) for q, v in queries]
                return [cursor.fetchall() for cursor in cursors]

        return self._run(run)

    def _run(self, work: Callable[[Database], T]) -> T:
        with self._translated_errors():
            connection: Database | None = None
            try:
                with self._pool.connection() as connection:
                    return work(connection)
            except psycopg.Error as error:
                if not isinstance(error, PoolTimeout) and not is_connection_lost(error, connection):
                    raise
            # The pool's other connections are likely to be lost as well.
            with suppress(psycopg.Error):
                self._pool.check()
            with self._new_connection() as connection:
                return work(connection)

    def _new_connection(self) -> Database:
        connection = self._address.connect()
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise translate_error(error, self._address, self._seconds) from error


def _rows(connection: Database, query: str, values: Values) -> Rows:
    return connection.execute(query, query_values(values), binary=True).fetchall()
