"""Where an index is kept: a folder of this machine, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

__all__ = ["Place", "is_database", "place_of"]

Place = Path | str
"""A folder, or the address of a database (postgresql://…)."""
_SCHEMES = ("postgresql://", "postgres://")


def is_database(place: Place) -> bool:
    """Tell whether a place is a database."""
    return isinstance(place, str) and place.startswith(_SCHEMES)


def place_of(text: str) -> Place:
    """Read a place as a user writes it: the address of a database, else a folder."""
    return text if is_database(text) else Path(text)
