"""How characters look by their styles, in Word and OpenDocument files alike."""

from __future__ import annotations

from typing import NamedTuple

from search.witness.records import Flag

__all__ = ["PLAIN", "TextLook"]


class TextLook(NamedTuple):
    """What a style or a run says of its characters; None where it says nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    height: int | None = None
    """1 for raised, -1 for lowered."""
    font: str | None = None

    def over(self, below: TextLook) -> TextLook:
        """Return this look, with what it does not say taken from the one below."""
        return TextLook(
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.height if self.height is None else self.height,
            below.font if self.font is None else self.font,
        )

    @property
    def flags(self) -> Flag:
        """What the look makes of its characters."""
        flags = Flag.NONE
        if self.hidden:
            flags |= Flag.HIDDEN
        if self.struck:
            flags |= Flag.DELETED
        if self.height:
            flags |= Flag.RAISED if self.height > 0 else Flag.LOWERED
        return flags


PLAIN = TextLook(False, False, 0, "")
"""How characters look where nothing is said."""
