"""Labelled sentences as they are shown: stances on a topic, advice and reactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.records.answers import Quote
from search.records.documents import Metadata
from search.records.labels import Holder, Label, Stance
from search.records.passages import Theme

__all__ = ["Reaction", "StanceCount", "StanceOverview", "Status", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """A labelled sentence as a quote, with the sentences around it and its metadata.

    `score` only orders the views on one topic; it is 0 if nothing was searched for.
    """

    quote: Quote
    label: Label
    theme: Theme
    metadata: Metadata
    url: str
    section: tuple[str, ...]
    before: Quote | None = None
    after: Quote | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class StanceOverview:
    """The views on a topic: the cabinet's stances and what others say, best first.

    `cabinet` leaves out explanations and procedure, unless there is nothing else; `summary` counts
    it by stance, in the order of `Stance`. `line` sums it all up in one Dutch sentence that is
    composed from the labels.
    """

    topic: str
    cabinet: tuple[View, ...]
    others: tuple[View, ...]
    summary: Mapping[Stance, int]
    line: str
    withheld: int = 0
    """Sentences that are not shown because they are not what their file says."""


class Status(StrEnum):
    """How the cabinet reacted to a recommendation; the values are shown."""

    TAKEN = "overgenomen"
    PARTLY = "deels"
    RESEARCH = "nader onderzoek"
    DEFERRED = "doorgeschoven"
    REJECTED = "afgewezen"
    NONE = "geen reactie gevonden"


@dataclass(frozen=True, slots=True)
class Reaction:
    """A recommendation of a report, the sentences that react to it, and the outcome."""

    advice: View
    reactions: tuple[View, ...]
    stances: tuple[Stance, ...]
    """The stances of the reactions, in order, each once."""
    status: Status


@dataclass(frozen=True, slots=True)
class StanceCount:
    """How many sentences of a document, under a theme, have a holder and stance."""

    document: str
    theme: str
    holder: Holder
    stance: Stance
    number: int
