"""The store of an index, and the corpus folder that belongs to it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.errors import IndexUnusable
from search.records import IndexLocation, is_database
from search.settings import Settings
from search.storage.interface import Store
from search.storage.local.store import LocalStore

__all__ = ["corpus_of", "store_of"]


def store_of(place: IndexLocation) -> Store:
    """Return the store of a folder or of a database; nothing is opened yet."""
    if isinstance(place, str) and is_database(place):
        return _database(place)
    return LocalStore(Path(place))


@lru_cache(maxsize=8)
def _database(url: str) -> Store:
    """Return the store of a database, the same one each time, as it keeps a connection."""
    # Slow to import, and only needed with a database.
    from search.storage.postgres.store import PostgresStore

    return PostgresStore(url)


def corpus_of(settings: Settings) -> Path:
    """Return the corpus folder: that of the settings, else the one that the index was built from.

    Without either it is ./corpus. A database may be on another machine, so it knows no folder.
    """
    default = Path("corpus")
    if settings.corpus or is_database(settings.index):
        return settings.corpus or default
    try:
        manifest = store_of(settings.index).manifest()
    except IndexUnusable:
        return default
    return manifest.corpus_folder(Path(settings.index)) or default
