"""The store at a place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.records import IndexLocation, is_database
from search.storage.interface import Store
from search.storage.local.store import LocalStore

__all__ = ["store_of"]


def store_of(place: IndexLocation) -> Store:
    """Give the store at a place: a folder's, or a database's; nothing is opened yet."""
    if isinstance(place, str) and is_database(place):
        return _database(place)
    return LocalStore(Path(place))


@lru_cache(maxsize=8)
def _database(url: str) -> Store:
    """Give the store of a database; each keeps a connection, by which every page asks."""
    # Slow to import, and few need it.
    from search.storage.postgres.store import PostgresStore

    return PostgresStore(url)
