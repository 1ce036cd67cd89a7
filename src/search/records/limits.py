"""How large a file may be, and how long reading it may take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading one file; a file that exceeds them is refused with a message."""

    bytes: int = 50_000_000
    """Of the file itself."""
    unpacked: int = 200_000_000
    """Bytes of a packed file (.docx, .odt) when it is unpacked."""
    characters: int = 20_000_000
    """Of its text."""
    pages: int = 3_000
    seconds: float = 60.0
    """Of reading one file; checked where a reader can stop."""
    ocr_cache: Path | None = None
    """Where the words of recognised pages are kept; None means the user's cache folder."""
