"""Bytes of a text file to characters."""

from __future__ import annotations

from pathlib import Path

from search.errors import ReadingError

__all__ = ["read_source"]


def read_source(path: Path) -> str:
    """Read a text file as UTF-8 (with or without BOM), else as Windows-1252.

    Line ends stay as they are, so that offsets count the file's own characters (without BOM).
    Raises ReadingError when the file can't be opened or is no text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"{path} kan niet worden gelezen ({error.strerror}). "
            "Controleer de rechten van het bestand."
        ) from error
    if b"\x00" in raw:
        raise ReadingError(
            f"{path} is geen tekstbestand (het bevat nul-bytes). Sla het op als tekst in UTF-8."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
