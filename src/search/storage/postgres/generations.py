"""The generations in a database: which is in use, who holds which, who builds one.

Locks are advisory and belong to sessions: they go with the connection that holds them, however
that ends. They are of the server that they are taken on: who reads on a standby does not keep the
primary from removing a generation, and is told so when it is gone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import psycopg
from psycopg import errors, sql

from search.errors import IndexDamaged, IndexMissing, IndexOutdated
from search.storage.manifest import FORMAT, Manifest, manifest_from
from search.storage.postgres.connecting import Address, Database

__all__ = [
    "Generation",
    "begin",
    "building",
    "current",
    "discard",
    "extension_of",
    "hold",
    "in_use",
    "locked",
    "remove_old",
    "set_up",
    "statements",
    "switch",
]

SCHEMA_VERSION = 1
"""The version of the registry's tables."""
_LOCKS = 19_287
"""The class of our advisory locks: 0 is held by who builds, else a generation by who reads it."""
_BUILD = 0
_KEPT = 2
_PREFIX = "kamerwijzer_gen_"
_SILENT = "1 hour"
"""How long after it last told of itself a build counts as dead, where its lock is not seen."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is ready: its number, its name, which is its schema's, its manifest.

    `extension` is the schema that pgvector is in.
    """

    number: int
    name: str
    manifest: Manifest
    extension: str


def statements(name: str) -> list[str]:
    """Give the statements of one of the files of SQL beside this one."""
    text = (files("search.storage.postgres") / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def current(connection: Database, address: Address) -> str:
    """Give the name of the generation in use, or an empty text where there is none.

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


def in_use(connection: Database, address: Address) -> Generation:
    """Give the generation in use.

    Raises IndexMissing, IndexOutdated for another version's, IndexDamaged, psycopg.Error.
    """
    name = current(connection, address)
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
    """Give the schema that pgvector is in, and its version; nothing where it is not there."""
    row = connection.execute(
        "SELECT n.nspname, e.extversion FROM pg_extension e "
        "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'"
    ).fetchone()
    if row is None:
        return "", ()
    return row["nspname"], tuple(int(p) for p in row["extversion"].split(".") if p.isdigit())


def hold(connection: Database, generation: Generation) -> None:
    """Hold a generation for as long as the connection lasts, lest it be removed.

    Raises psycopg's InvalidSchemaName when it is gone.
    """
    row = connection.execute(
        "SELECT pg_try_advisory_lock_shared(%(locks)s, %(number)s) AND "
        "EXISTS (SELECT FROM kamerwijzer.generations WHERE number = %(number)s) AS held",
        {"locks": _LOCKS, "number": generation.number},
    ).fetchone()
    if not row or not row["held"]:
        raise errors.InvalidSchemaName(f"{generation.name} is gone")


def building(connection: Database) -> bool:
    """Tell whether a build is at work; raises psycopg.Error."""
    row = connection.execute(
        "SELECT pg_is_in_recovery() AS standby, EXISTS (SELECT FROM pg_locks "
        "WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())) AS locked",
        [_LOCKS, _BUILD],
    ).fetchone()
    if not row or not row["standby"]:
        return bool(row and row["locked"])
    # A standby does not see the locks of its primary.
    with suppress(errors.UndefinedTable, errors.InvalidSchemaName):
        return bool(
            connection.execute(
                "SELECT FROM kamerwijzer.generations WHERE state = 'building' "
                "AND touched > now() - %s::interval LIMIT 1",
                [_SILENT],
            ).fetchall()
        )
    return False


@contextmanager
def locked(connection: Database, *, waiting: Any) -> Iterator[None]:
    """Hold the lock of who builds; `waiting` is called when another holds it."""
    values = [_LOCKS, _BUILD]
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
    """Make the registry where there is none yet."""
    with connection.transaction():
        for statement in statements("registry.sql"):
            connection.execute(statement)


def begin(connection: Database, dimensions: int) -> str:
    """Make an empty generation in a schema of its own, for vectors of that length; name it."""
    # To the microsecond, so that people can tell old from new.
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
        for statement in statements("schema.sql"):
            connection.execute(statement.replace(":dimensions", str(int(dimensions))))
    return name


def switch(connection: Database, name: str, manifest: Manifest) -> None:
    """Bring a generation into use: from here on whoever opens the index gets this one."""
    # With escapes alone: a file's name may hold what is no character.
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
    """Remove a generation with all that is in it."""
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '3s'")
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        connection.execute("DELETE FROM kamerwijzer.generations WHERE name = %s", [name])


def remove_old(connection: Database) -> None:
    """Remove what nobody needs: all but the last generations, and what dead builds left.

    The caller holds the lock of who builds, so that no build is at work.
    """
    rows = connection.execute(
        "SELECT number, name, state, name = r.current AS used FROM kamerwijzer.generations, "
        "kamerwijzer.registry r ORDER BY number DESC"
    ).fetchall()
    older = [row for row in rows if row["state"] == "ready" and not row["used"]]
    kept = [row["name"] for row in older[: _KEPT - 1]]
    for row in rows:
        if row["used"] or row["name"] in kept:
            continue
        # What can't be removed now, since somebody reads it after all, is removed by a later build.
        with suppress(errors.LockNotAvailable):
            _remove(connection, row["number"], row["name"])


def _remove(connection: Database, number: int, name: str) -> None:
    values = [_LOCKS, number]
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s) AS free", values).fetchone()
    if row and row["free"]:
        try:
            discard(connection, name)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", values)
