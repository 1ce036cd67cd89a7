"""Sentences with their labels, as they are shown: stances on a topic, advice and reaction."""

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
    """A labelled sentence as a quote, with the sentences around it and all that is known of it.

    `score` only orders the views on one topic; it is 0 where nothing was searched for.
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
    """What is thought of a topic: the cabinet's stances, and what others say, best first.

    `cabinet` holds stances only, no explanation and no existing policy, unless there are none;
    `summary` counts them by stance, in the order of `Stance`. `line` says all of it in one
    Dutch sentence that is composed from the labels.
    """

    topic: str
    cabinet: tuple[View, ...]
    others: tuple[View, ...]
    summary: Mapping[Stance, int]
    line: str
    withheld: int = 0
    """Sentences that were found but are not what their file says, and so are not shown."""


class Status(StrEnum):
    """What became of a recommendation, in plain words; the values are shown."""

    TAKEN = "overgenomen"
    PARTLY = "deels"
    RESEARCH = "nader onderzoek"
    DEFERRED = "doorgeschoven"
    REJECTED = "afgewezen"
    NONE = "geen reactie gevonden"


@dataclass(frozen=True, slots=True)
class Reaction:
    """A recommendation of a report, the sentences that react to it, and what became of it."""

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
