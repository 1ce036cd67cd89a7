"""A topic in time: its views in order of date, the cabinet and ministers then, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.records.labels import Stance
from search.records.views import View

__all__ = ["Direction", "Minister", "Moment", "PositionChange", "Timeline", "direction_of"]


class Direction(StrEnum):
    """Which way a stance points; the values are used in JSON."""

    FOR = "voor"
    NEUTRAL = "neutraal"
    AGAINST = "tegen"


_FOR = frozenset({Stance.SUPPORT, Stance.COMMITMENT})
_AGAINST = frozenset({Stance.REJECTION, Stance.RESERVATION})


def direction_of(stance: Stance) -> Direction:
    """Return which way a stance points; what is partly for, put off or looked into is neutral."""
    if stance in _FOR:
        return Direction.FOR
    return Direction.AGAINST if stance in _AGAINST else Direction.NEUTRAL


@dataclass(frozen=True, slots=True)
class Minister:
    """A minister or secretary of state of a document: "H.M. de Jonge" and the office.

    `signed` says that the document names this person. Otherwise it is who held the office of its
    issuer on its date, who need not have written it.
    """

    name: str
    office: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A view with when it was: the date of its document, the cabinet's name, the ministers.

    `date` is ISO 8601 and empty for a document without one; `cabinet` is empty where the date does
    not tell it.
    """

    view: View
    date: str
    cabinet: str
    ministers: tuple[Minister, ...]

    @property
    def direction(self) -> Direction:
        """Return which way the stance points."""
        return direction_of(self.view.label.stance)


@dataclass(frozen=True, slots=True)
class PositionChange:
    """Two stances of the cabinet on what seems to be one thing, that point opposite ways.

    `probability` estimates, from 0 to 1, that both are about the same and the labels are right.
    """

    earlier: Moment
    later: Moment
    probability: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The views on a topic in order of date, those without a date apart, and possible changes."""

    topic: str
    dated: tuple[Moment, ...]
    undated: tuple[Moment, ...]
    changes: tuple[PositionChange, ...]
