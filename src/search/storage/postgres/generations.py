"""The generations in a database: the one in use, locks on them, and builds.

Locks are advisory locks of sessions: they end with their connection, however that ends. They exist
on one server only: a reader of a standby does not keep the primary from removing a generation, and
gets an error when it is gone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

import psycopg
from psycopg import errors, sql

from search.errors import IndexDamaged, IndexMissing, IndexOutdated
from search.storage.manifest import FORMAT, Manifest, manifest_from
from search.storage.postgres.connecting import Address, Database

__all__ = [
    "Generation",
    "begin",
    "build_lock",
    "current_generation",
    "current_name",
    "discard",
    "extension_of",
    "is_building",
    "lock_for_reading",
    "remove_old",
    "set_up",
    "sql_statements",
    "switch",
]

SCHEMA_VERSION = 1
"""The version of the registry's tables."""
_LOCK_CLASS = 19_287
"""The first key of our advisory locks; the second is _BUILD, or a generation that is read."""
_BUILD = 0
_GENERATIONS_KEPT = 2
_PREFIX = "kamerwijzer_gen_"
_DEAD_AFTER = "1 hour"
"""Time since a build last updated its row after which it counts as dead, if its lock can't be
seen."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation; `name` is also that of its schema, `extension` pgvector's schema."""

    number: int
    name: str
    manifest: Manifest
    extension: str


def sql_statements(name: str) -> list[str]:
    """Return the statements of one of this package's SQL files."""
    text = (files("search.storage.postgres") / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def current_name(connection: Database, address: Address) -> str:
    """Return the name of the generation in use; empty when there is none.

    Raises IndexOutdated for tables of a newer version, psycopg.Error.
    """
    try:
        row = connection.execute("SELECT version, current FROM kamerwijzer.registry").fetchone()
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        return ""
    if row and row["version"] > SCHEMA_VERSION:
        raise IndexOutdated(
            f"De database {address} is ingericht door een nieuwere versie van Kamerwijzer "
            f"(schema {row['version']}, deze kent {SCHEMA_VERSION}). Werk Kamerwijzer bij."
        )
    return (row and row["current"]) or ""


def current_generation(connection: Database, address: Address) -> Generation:
    """Return the generation in use.

    Raises IndexMissing, IndexOutdated for another version's, IndexDamaged, psycopg.Error.
    """
    name = current_name(connection, address)
    rebuild = f"kamerwijzer index --to {address}"
    if not name:
        raise IndexMissing(f"Er is nog geen index in {address}. Bouw hem met: {rebuild}")
    row = connection.execute(
        "SELECT number, format, manifest::text AS manifest FROM kamerwijzer.generations "
        "WHERE name = %s",
        [name],
    ).fetchone()
    if row and row["format"] != FORMAT:
        raise IndexOutdated(
            f"De index in {address} is gebouwd met een andere versie van Kamerwijzer "
            f"(formaat {row['format']}, nu {FORMAT}). Bouw de index opnieuw met: {rebuild}"
        )
    try:
        manifest = manifest_from(row["manifest"] if row else "", str(address))
        number = row["number"] if row else 0
        return Generation(number, name, manifest, extension_of(connection)[0])
    except ValueError as error:
        raise IndexDamaged(
            f"De index in {address} is beschadigd: het manifest van {name} is onleesbaar. "
            f"Bouw hem opnieuw met: {rebuild}"
        ) from error


def extension_of(connection: Database) -> tuple[str, tuple[int, ...]]:
    """Return pgvector's schema and its version; both empty when it is not installed."""
    row = connection.execute(
        "SELECT n.nspname, e.extversion FROM pg_extension e "
        "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'"
    ).fetchone()
    if row is None:
        return "", ()
    return row["nspname"], tuple(int(p) for p in row["extversion"].split(".") if p.isdigit())


def lock_for_reading(connection: Database, generation: Generation) -> None:
    """Keep a generation from being removed for as long as the connection lasts.

    Raises psycopg's InvalidSchemaName when it is gone.
    """
    row = connection.execute(
        "SELECT pg_try_advisory_lock_shared(%(class)s, %(number)s) AND "
        "EXISTS (SELECT FROM kamerwijzer.generations WHERE number = %(number)s) AS held",
        {"class": _LOCK_CLASS, "number": generation.number},
    ).fetchone()
    if not row or not row["held"]:
        raise errors.InvalidSchemaName(f"{generation.name} is gone")


def is_building(connection: Database) -> bool:
    """Return whether a build is running; raises psycopg.Error."""
    row = connection.execute(
        "SELECT pg_is_in_recovery() AS standby, EXISTS (SELECT FROM pg_locks "
        "WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())) AS locked",
        [_LOCK_CLASS, _BUILD],
    ).fetchone()
    if not row or not row["standby"]:
        return bool(row and row["locked"])
    # A standby does not see the locks of its primary.
    with suppress(errors.UndefinedTable, errors.InvalidSchemaName):
        rows = connection.execute(
            "SELECT FROM kamerwijzer.generations WHERE state = 'building' "
            "AND touched > now() - %s::interval LIMIT 1",
            [_DEAD_AFTER],
        ).fetchall()
        return bool(rows)
    return False


@contextmanager
def build_lock(connection: Database, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of builds; call `waiting` when another connection holds it."""
    values = [_LOCK_CLASS, _BUILD]
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s) AS got", values).fetchone()
    if not row or not row["got"]:
        waiting()
        connection.execute("SELECT pg_advisory_lock(%s, %s)", values)
    try:
        yield
    finally:
        with suppress(psycopg.Error):
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", values)


def set_up(connection: Database) -> None:
    """Create the tables of the registry unless they exist."""
    with connection.transaction():
        for statement in sql_statements("registry.sql"):
            connection.execute(statement)


def begin(connection: Database, dimensions: int) -> str:
    """Create an empty generation in its own schema, for vectors of that length; return its name."""
    # To the microsecond, so that the names sort by age.
    stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S_%f")
    name = f"{_PREFIX}{stamp}_{secrets.token_hex(3)}"
    schema, _ = extension_of(connection)
    with connection.transaction():
        connection.execute(
            "INSERT INTO kamerwijzer.generations (name, format, state) VALUES (%s, %s, 'building')",
            [name, FORMAT],
        )
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        path = sql.SQL(", ").join([sql.Identifier(name), sql.Identifier(schema)])
        connection.execute(sql.SQL("SET search_path = {}").format(path))
        for statement in sql_statements("schema.sql"):
            connection.execute(statement.replace(":dimensions", str(int(dimensions))))
    return name


def switch(connection: Database, name: str, manifest: Manifest) -> None:
    """Make a generation the one in use, which readers open from now on."""
    # In ASCII, since the names of files may contain lone surrogates.
    text = json.dumps(json.loads(manifest.as_text()))
    with connection.transaction():
        connection.execute("SET LOCAL synchronous_commit = on")
        connection.execute(
            "UPDATE kamerwijzer.generations SET state = 'ready', touched = now(), "
            "manifest = %s::json WHERE name = %s",
            [text, name],
        )
        connection.execute("UPDATE kamerwijzer.registry SET current = %s", [name])


def discard(connection: Database, name: str) -> None:
    """Remove a generation with its tables."""
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '3s'")
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        connection.execute("DELETE FROM kamerwijzer.generations WHERE name = %s", [name])


def remove_old(connection: Database) -> None:
    """Remove all but the last generations, and what dead builds left.

    The caller holds the build lock, so no other build is running.
    """
    rows = connection.execute(
        "SELECT number, name, state, name = r.current AS used FROM kamerwijzer.generations, "
        "kamerwijzer.registry r ORDER BY number DESC"
    ).fetchall()
    older = [row for row in rows if row["state"] == "ready" and not row["used"]]
    kept = [row["name"] for row in older[: _GENERATIONS_KEPT - 1]]
    for row in rows:
        if row["used"] or row["name"] in kept:
            continue
        # One that is being read is removed by a later build.
        with suppress(errors.LockNotAvailable):
            _remove(connection, row["number"], row["name"])


def _remove(connection: Database, number: int, name: str) -> None:
    values = [_LOCK_CLASS, number]
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s) AS free", values).fetchone()
    if row and row["free"]:
        try:
            discard(connection, name)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", values)
