"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a file that asks more is refused with a message."""

    bytes: int = 50_000_000
    """Of the file itself."""
    unpacked: int = 200_000_000
    """Bytes of a packed file (.docx, .odt) when it is unpacked."""
    characters: int = 20_000_000
    """Of its text."""
    pages: int = 3_000
    seconds: float = 60.0
    """Of reading one file, as far as the reader can stop itself."""
