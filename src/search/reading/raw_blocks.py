"""Blocks as a reader of one format finds them, before they are repaired and understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from search.reading.sourced_text import SourcedText, join, squeezed

__all__ = ["RawBlock", "RawKind", "Style"]


class RawKind(Enum):
    """What the format itself says of a block."""

    TEXT = auto()
    HEADING = auto()
    LIST_ITEM = auto()
    TABLE = auto()
    FOOTNOTE = auto()
    BREAK = auto()
    """A rule or page break: no text of its own."""


class Style(Enum):
    """How a heading is set; officialese ranks headings by it (vet > vetcur > rom > cur)."""

    BOLD = 1
    BOLD_ITALIC = 2
    PLAIN = 3
    ITALIC = 4


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block in file order: its lines, and what the format says of it."""

    kind: RawKind
    lines: tuple[SourcedText, ...] = ()
    depth: int = 0
    """Depth of a heading in the format (Markdown's number of #), 0 where there is none."""
    style: Style = Style.PLAIN
    label: str = ""
    """A footnote's mark."""

    @property
    def sourced(self) -> SourcedText:
        """The block's text on one line."""
        return join(self.lines, " ").squeeze().strip()

    @property
    def text(self) -> str:
        """The block's text on one line, without its places."""
        return squeezed(" ".join(line.text for line in self.lines)).strip()
