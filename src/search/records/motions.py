"""What the Kamer did with a motion or an amendment."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MotionRecord", "Vote"]


@dataclass(frozen=True, slots=True)
class Vote:
    """How a party voted, or in a roll call some of its members."""

    party: str
    choice: str
    """"Voor", "Tegen" or "Niet deelgenomen"."""
    seats: int
    """How many seats voted so."""
    mistaken: bool = False
    """The party said afterwards that it meant to vote otherwise; the vote counts as it was cast."""


@dataclass(frozen=True, slots=True)
class MotionRecord:
    """The case (Zaak) of a motion at the Tweede Kamer; unknown fields are empty."""

    number: str
    """Of the case: "2025Z03903"."""
    kind: str = ""
    subject: str = ""
    appreciation: str = ""
    """What the cabinet advises (Kabinetsappreciatie): "Oordeel Kamer", "Ontraden" …"""
    decision: str = ""
    """In the words of the Kamer: "Aangenomen."."""
    decision_kind: str = ""
    """"Stemmen - aangenomen", "Stemmen - verworpen", "Ingediend" …"""
    date: str = ""
    """Of the decision, in ISO 8601."""
    votes: tuple[Vote, ...] = ()
