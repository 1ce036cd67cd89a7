"""How well questions without an answer in the sources are refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Refusal", "refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Figures at the operating point, each from 0 to 1."""

    precision: float
    """Share of the refused questions that have no answer."""
    recall: float
    """Share of the questions without an answer that were refused."""
    coverage: float
    """Share of the answerable questions that were answered."""


def refusal(answered: Sequence[bool], answerable: Sequence[bool]) -> Refusal:
    """Return refusal precision, recall and coverage; a share of nothing counts as 1."""
    pairs = list(zip(answered, answerable, strict=True))
    refused = [can for did, can in pairs if not did]
    hopeless = [did for did, can in pairs if not can]
    hopeful = [did for did, can in pairs if can]
    return Refusal(
        precision=_share(not can for can in refused) if refused else 1.0,
        recall=_share(not did for did in hopeless) if hopeless else 1.0,
        coverage=_share(hopeful) if hopeful else 1.0,
    )


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
