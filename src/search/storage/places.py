"""The store at a place."""

from __future__ import annotations

from pathlib import Path

from search.places import Place, is_database
from search.storage.interface import Store
from search.storage.local import LocalStore

__all__ = ["store_of"]


def store_of(place: Place) -> Store:
    """Give the store at a place: a folder's, or a database's; nothing is opened yet."""
    if isinstance(place, str) and is_database(place):
        # Slow to import, and few need it.
        from search.storage.postgres import PostgresStore

        return PostgresStore(place)
    return LocalStore(Path(place))
