"""Count the text that a reader leaves out, since nobody sees it, and say so to the user."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LeftOut"]


@dataclass(slots=True)
class LeftOut:
    """The numbers of pieces of text that were left out."""

    hidden: int = 0
    deleted: int = 0
    """Struck through, or deleted with changes tracked."""

    def add(self, other: LeftOut) -> None:
        """Add the numbers of another part of the file."""
        self.hidden += other.hidden
        self.deleted += other.deleted

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remarks for the user, in Dutch; none when nothing was left out."""
        kinds = (
            (self.hidden, "verborgen tekst"),
            (self.deleted, "doorgehaalde of verwijderde tekst"),
        )
        return tuple(
            f"{number} stuk {kind} is niet gelezen."
            if number == 1
            else f"{number} stukken {kind} zijn niet gelezen."
            for number, kind in kinds
            if number
        )
