"""Reaching the database: its address without the password, and what to say when it fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row

from search.errors import IndexDamaged, IndexUnusable, UsageError

__all__ = ["Address", "Database", "is_lost", "renewed", "translate_error"]

Database = psycopg.Connection[DictRow]

_PORT = "5432"
_LONGEST_REASON = 300
_NO_STATE = "08000"
_UNREACHABLE = ("08", "28", "3D", "57")
"""Classes of errors: no connection, not let in, no such database, shutting down or starting."""
_DEFAULTS: Mapping[str, Any] = {
    "connect_timeout": 5,
    "application_name": "kamerwijzer",
    "client_encoding": "UTF8",
    # A server that is gone without a word is noticed within a minute, by what waits for its answer
    # and by what sends to it: the system would send anew for a quarter of an hour.
    "tcp_user_timeout": 30_000,
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


class Address:
    """The address of a database; `str` gives it without its password."""

    def __init__(self, url: str) -> None:
        """Read an address (postgresql://…); raises UsageError for one that can't be read."""
        try:
            self._parts = {k: v for k, v in conninfo_to_dict(url).items() if v is not None}
        except psycopg.Error:
            # What the library says of it may hold the password.
            raise UsageError(
                "Het adres van de database is niet te lezen. Schrijf het zo: "
                "postgresql://gebruiker@server:5432/kamerwijzer"
            ) from None

    def _part(self, name: str, variable: str, default: str) -> str:
        return str(self._parts.get(name) or os.environ.get(variable) or default)

    @property
    def place(self) -> str:
        """The servers with their ports, and the name of the database, for people to read."""
        return f"{self._servers(str)}/{self._name}"

    def _servers(self, written: Callable[[str], str]) -> str:
        named = self._part("host", "PGHOST", "") or str(self._parts.get("hostaddr", "localhost"))
        hosts = named.split(",")
        ports = self._part("port", "PGPORT", _PORT).split(",")
        ports = ports * len(hosts) if len(ports) == 1 else ports
        pairs = zip(hosts, ports, strict=False)
        return ",".join(f"{written(host)}:{port or _PORT}" for host, port in pairs)

    @property
    def _name(self) -> str:
        return self._part("dbname", "PGDATABASE", self._user)

    @property
    def _user(self) -> str:
        return self._part("user", "PGUSER", "")

    def __str__(self) -> str:
        # What is printed as a command to give must be an address that can be read again.
        user = f"{quote(self._user, safe='')}@" if self._user else ""
        return f"postgresql://{user}{self._servers(_host)}/{quote(self._name, safe='')}"

    def settings(self, **options: Any) -> dict[str, Any]:
        """Give what a connection is made with; each statement is a transaction of its own."""
        return {**_DEFAULTS, **self._parts, "autocommit": True, "row_factory": dict_row, **options}

    def connect(self, **options: Any) -> Database:
        """Connect to the first server that answers; raises psycopg.Error."""
        return psycopg.connect("", **self.settings(**options))


def _host(name: str) -> str:
    """Give a server's name as it stands in an address: IPv6 between brackets, a socket escaped."""
    return f"[{name}]" if ":" in name else quote(name, safe="")


def is_lost(error: psycopg.Error, connection: Database | None) -> bool:
    """Tell whether a query failed because its connection was lost, so that it may be tried again.

    On a standby a query can be in the way of what the standby takes over from its primary.
    """
    gone = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
    if isinstance(error, (*gone, errors.SerializationFailure)):
        return True
    if isinstance(error, errors.QueryCanceled):
        return False
    return isinstance(error, psycopg.OperationalError) and (connection is None or connection.closed)


def translate_error(error: psycopg.Error, address: Address, seconds: float = 0) -> IndexUnusable:
    """Give the error to raise for one of the database's: what it means and what to do, in Dutch.

    `seconds` is how long a query may take, 0 for as long as it likes.
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
        return renewed(address)
    reason = _reason(error)
    if isinstance(error, errors.DataCorrupted | errors.IndexCorrupted | errors.UndefinedColumn):
        return IndexDamaged(
            f"De index in {address} is beschadigd ({reason}). "
            f"Bouw hem opnieuw met: kamerwijzer index --to {address}"
        )
    connecting = _NO_STATE if isinstance(error, psycopg.OperationalError) else ""
    if (error.sqlstate or connecting)[:2] in _UNREACHABLE:
        return IndexUnusable(
            f"De database op {address.place} is niet bereikbaar ({reason}). Controleer of de "
            "server draait en of adres, gebruiker en wachtwoord kloppen; er is niets verloren."
        )
    return IndexUnusable(f"De database {address} meldt een fout ({reason}).")


def _reason(error: psycopg.Error) -> str:
    return " ".join(str(error).split())[:_LONGEST_REASON]


def renewed(address: Address) -> IndexDamaged:
    """Give the error for a generation that is no longer there."""
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
