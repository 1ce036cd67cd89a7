"""Connecting to the database: its address without the password, and its errors in Dutch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import errors, pq
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row

from search.errors import IndexDamaged, IndexUnusable, UsageError

__all__ = ["Address", "Database", "generation_gone", "is_connection_lost", "translate_error"]

Database = psycopg.Connection[DictRow]

_PORT = "5432"
_LONGEST_REASON = 300
_CONNECTION_ERROR = "08000"
"""The SQLSTATE of errors of libpq, which come without one when no server answered."""
_UNREACHABLE = ("08", "28", "3D", "57")
"""SQLSTATE classes: no connection, not authorised, no such database, shutting down or starting."""
_OPTIONS: Mapping[str, Any] = {
    "connect_timeout": 5,
    "application_name": "kamerwijzer",
    "client_encoding": "UTF8",
    # A server that disappears is noticed within a minute, both when waiting for its answer and when
    # sending to it: by default the system would retry for a quarter of an hour.
    "tcp_user_timeout": 30_000,
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


class Address:
    """The address of a database; `str` returns it without its password."""

    def __init__(self, url: str) -> None:
        """Parse an address (postgresql://…); raises UsageError for an invalid one."""
        try:
            self._parts = {k: v for k, v in conninfo_to_dict(url).items() if v is not None}
        except psycopg.Error:
            # The library's message may contain the password.
            raise UsageError(
                "Het adres van de database is niet te lezen. Schrijf het zo: "
                "postgresql://gebruiker@server:5432/kamerwijzer"
            ) from None
        # What libpq uses for what is missing: its environment variables, the user's name.
        defaults = {each.keyword.decode(): each.val for each in pq.Conninfo.get_defaults()}

        def part(name: str, otherwise: str) -> str:
            return str(self._parts.get(name) or (defaults.get(name) or b"").decode() or otherwise)

        self._user = part("user", "")
        self._name = part("dbname", self._user)
        self._hosts = part("host", part("hostaddr", "localhost")).split(",")
        ports = part("port", _PORT).split(",")
        self._ports = ports * len(self._hosts) if len(ports) == 1 else ports

    @property
    def place(self) -> str:
        """The servers with their ports, and the name of the database, to be shown."""
        return f"{self._servers(str)}/{self._name}"

    def _servers(self, quoted: Callable[[str], str]) -> str:
        pairs = zip(self._hosts, self._ports, strict=False)
        return ",".join(f"{quoted(host)}:{port or _PORT}" for host, port in pairs)

    def __str__(self) -> str:
        # Valid as an address, since messages print it as part of a command.
        user = f"{quote(self._user, safe='')}@" if self._user else ""
        return f"postgresql://{user}{self._servers(_quoted_host)}/{quote(self._name, safe='')}"

    def settings(self, **options: Any) -> dict[str, Any]:
        """Return the parameters of a connection; each statement is a transaction of its own."""
        return {**_OPTIONS, **self._parts, "autocommit": True, "row_factory": dict_row, **options}

    def connect(self, **options: Any) -> Database:
        """Connect to the first server that answers; raises psycopg.Error."""
        return psycopg.connect("", **self.settings(**options))


def _quoted_host(name: str) -> str:
    """Return a host as it is written in a URL: IPv6 between brackets, a socket's path escaped."""
    return f"[{name}]" if ":" in name else quote(name, safe="")


def is_connection_lost(error: psycopg.Error, connection: Database | None) -> bool:
    """Return whether a query failed because its connection was lost, so that it may be retried.

    On a standby a query is also cancelled when it conflicts with the replay of the primary's log.
    """
    gone = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
    if isinstance(error, (*gone, errors.SerializationFailure)):
        return True
    if isinstance(error, errors.QueryCanceled):
        return False
    return isinstance(error, psycopg.OperationalError) and (connection is None or connection.closed)


def translate_error(error: psycopg.Error, address: Address, seconds: float = 0) -> IndexUnusable:
    """Return the error to raise for one of the database, which says in Dutch what to do.

    `seconds` is how long a query may take, 0 for no limit.
    """
    if isinstance(error, errors.QueryCanceled) and not seconds:
        return IndexUnusable(
            f"De database {address} heeft de opdracht afgebroken ({_reason(error)}); er is niets "
            "verloren. Probeer het opnieuw, of vraag de beheerder van de database waarom."
        )
    for kinds, text in _MEANINGS:
        if isinstance(error, kinds):
            return IndexUnusable(text.format(store=address, seconds=f"{seconds:g}"))
    if isinstance(error, (errors.UndefinedTable, errors.InvalidSchemaName)):
        return generation_gone(address)
    reason = _reason(error)
    if isinstance(error, errors.DataCorrupted | errors.IndexCorrupted | errors.UndefinedColumn):
        return IndexDamaged(
            f"De index in {address} is beschadigd ({reason}). "
            f"Bouw hem opnieuw met: kamerwijzer index --to {address}"
        )
    otherwise = _CONNECTION_ERROR if isinstance(error, psycopg.OperationalError) else ""
    if (error.sqlstate or otherwise)[:2] in _UNREACHABLE:
        return IndexUnusable(
            f"De database op {address.place} is niet bereikbaar ({reason}). Controleer of de "
            "server draait en of adres, gebruiker en wachtwoord kloppen; er is niets verloren."
        )
    return IndexUnusable(f"De database {address} meldt een fout ({reason}).")


def _reason(error: psycopg.Error) -> str:
    return " ".join(str(error).split())[:_LONGEST_REASON]


def generation_gone(address: Address) -> IndexDamaged:
    """Return the error for a generation that was removed."""
    return IndexDamaged(
        f"De index in {address} is intussen vernieuwd of verwijderd. Probeer het opnieuw."
    )


_MEANINGS: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str], ...] = (
    (
        errors.QueryCanceled,
        "De database {store} gaf binnen {seconds} seconden geen antwoord. Stel de vraag opnieuw "
        "of beperk haar met een filter; gebeurt het vaker, vraag dan de beheerder van de database "
        "om meer geheugen (docs/postgresql.md).",
    ),
    (
        errors.InsufficientPrivilege,
        "De gebruiker heeft niet de rechten die hij in {store} nodig heeft. Laat de beheerder "
        "van de database ze geven; docs/postgresql.md zegt welke.",
    ),
    (
        errors.ReadOnlySqlTransaction,
        "De database {store} kan alleen worden gelezen (een standby, of in onderhoud). Noem het "
        "adres van de hoofdserver.",
    ),
    (
        (errors.DiskFull, errors.OutOfMemory),
        "De schijf of het geheugen van de database {store} is vol; de index in gebruik is nog "
        "heel. Maak ruimte en draai daarna opnieuw: kamerwijzer index --to {store}",
    ),
    (
        errors.TooManyConnections,
        "De database {store} heeft geen verbinding meer vrij. Probeer het straks opnieuw, of "
        "laat de beheerder max_connections verhogen.",
    ),
    (
        errors.LockNotAvailable,
        "De database {store} is bezet door een andere opdracht. Probeer het straks opnieuw.",
    ),
)
