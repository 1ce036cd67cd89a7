"""Where an index is kept: a folder of this machine, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

__all__ = ["IndexLocation", "is_database", "read_location"]

IndexLocation = Path | str
"""A folder, or the address of a database (postgresql://…)."""
_SCHEMES = ("postgresql://", "postgres://")


def is_database(location: IndexLocation) -> bool:
    """Return whether a location is a database."""
    return isinstance(location, str) and location.startswith(_SCHEMES)


def read_location(text: str) -> IndexLocation:
    """Return the location that a user wrote: the address of a database, else a folder."""
    return text if is_database(text) else Path(text)
