"""Bytes of a text file to characters."""

from __future__ import annotations

from search.errors import ReadingError

__all__ = ["decode"]


def decode(content: bytes, name: str) -> str:
    """Decode a text file as UTF-8 (with or without BOM), else as Windows-1252.

    Line ends stay as they are, so that offsets count the file's own characters (without BOM).
    Raises ReadingError, which names the file, for bytes that are not text.
    """
    if b"\x00" in content:
        raise ReadingError(
            f"{name} is geen tekstbestand (het bevat nul-bytes). Sla het op als tekst in UTF-8."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
