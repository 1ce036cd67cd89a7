"""Blocks as a reader of one format finds them, before they are repaired and interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from search.reading.sourced_text import SourcedText, join, squeezed

__all__ = ["RawBlock", "RawKind", "Style"]


class RawKind(Enum):
    """What a block is according to the format."""

    TEXT = auto()
    HEADING = auto()
    LIST_ITEM = auto()
    TABLE = auto()
    FOOTNOTE = auto()
    BREAK = auto()
    """A rule or page break, without text."""


class Style(Enum):
    """How a heading is set; in official publications it ranks them (vet > vetcur > rom > cur)."""

    BOLD = 1
    BOLD_ITALIC = 2
    PLAIN = 3
    ITALIC = 4


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block in file order: its lines, and what it is according to the format."""

    kind: RawKind
    lines: tuple[SourcedText, ...] = ()
    depth: int = 0
    """Depth of a heading in the format (in Markdown the number of #), 0 where it has none. A text
    with a depth ends the section of the last heading that is as deep or deeper, and with a label
    begins one of that name."""
    style: Style = Style.PLAIN
    label: str = ""
    """A footnote's mark, or the name of the section that a text begins ("lid 2")."""

    @property
    def sourced(self) -> SourcedText:
        """The block's text on one line."""
        return join(self.lines, " ").squeeze().strip()

    @property
    def text(self) -> str:
        """The block's text on one line, without its places."""
        return squeezed(" ".join(line.text for line in self.lines)).strip()
