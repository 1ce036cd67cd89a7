"""Queries on one generation, through a few connections that many threads share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg.rows import DictRow
from psycopg_pool import ConnectionPool, PoolTimeout

from search.storage.postgres.connecting import Address, Database, is_lost, translate_error
from search.storage.postgres.texts import askable

__all__ = ["GenerationReader", "Query"]

Values = Sequence[Any] | Mapping[str, Any]
Query = tuple[str, Values]
Rows = list[DictRow]
T = TypeVar("T")

_MOST_CONNECTIONS = 4
_WAIT = 2.0
"""Seconds that a question waits for one of them, before it makes one of its own."""
_IDLE = 300.0
_LASTING = 1e9
"""Seconds that a connection may live: the pool closes one before it makes its successor, and
meanwhile nothing would hold the generation."""


class GenerationReader:
    """Runs queries; what fails because a connection was lost is tried once on a fresh one."""

    def __init__(
        self, address: Address, prepare: Callable[[Database], None], seconds: float
    ) -> None:
        """Take the address, what to do with each new connection, and how long a query may take.

        Raises IndexUnusable when the database can't be reached.
        """
        self._address = address
        self._prepare = prepare
        self._seconds = seconds
        # Made by hand first: the pool would try on until it gives up, and not say why.
        with self._guarded():
            self._fresh().close()
        self._pool: ConnectionPool[Database] = ConnectionPool(
            kwargs=address.settings(),
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=_WAIT,
            max_idle=_IDLE,
            max_lifetime=_LASTING,
            configure=prepare,
            open=True,
            name="kamerwijzer",
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def rows(self, query: str, values: Values = ()) -> Rows:
        """Give the rows of a query, by column name, in one round trip."""
        return self._run(lambda connection: _rows(connection, query, values))

    def several(self, *queries: Query) -> list[Rows]:
        """Give the rows of several queries, in one round trip."""

        def run(connection: Database) -> list[Rows]:
            with connection.pipeline():
                cursors = [connection.execute(q, askable(v), binary=True) for q, v in queries]
                return [cursor.fetchall() for cursor in cursors]

        return self._run(run)

    def _run(self, work: Callable[[Database], T]) -> T:
        with self._guarded():
            connection: Database | None = None
            try:
                with self._pool.connection() as connection:
                    return work(connection)
            except psycopg.Error as error:
                if not isinstance(error, PoolTimeout) and not is_lost(error, connection):
                    raise
            # The pool's other connections are likely to be lost as well.
            with suppress(psycopg.Error):
                self._pool.check()
            with self._fresh() as fresh:
                return work(fresh)

    def _fresh(self) -> Database:
        connection = self._address.connect()
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise translate_error(error, self._address, self._seconds) from error


def _rows(connection: Database, query: str, values: Values) -> Rows:
    return connection.execute(query, askable(values), binary=True).fetchall()
