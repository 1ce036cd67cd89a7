"""Finds passages of several documents that say the same, in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.dutch.terms import fold
from search.records import Passage

__all__ = ["Group", "group_duplicates", "repeated"]

_SHINGLE = 4
_FEWEST_WORDS = 8
_CONTAINED = 0.8
"""Share of the shorter passage's word runs that the other must hold."""


@dataclass(frozen=True, slots=True)
class Group:
    """A passage to show, the place in the ranking of its best member, and its near-copies."""

    shown: int
    rank: int
    copies: tuple[int, ...]


def group_duplicates(ranked: Sequence[Passage]) -> list[Group]:
    """Group near-identical passages of different documents, in order of their best member.

    Two passages are near-identical when four fifths of the runs of four words of the shorter one
    stand in the other. The longer is shown, so that nothing of it is lost; of two that are about
    as long, the one that ranks higher. Group fields are indices into `ranked`.
    """
    shingles = [_shingles(passage.text) for passage in ranked]
    groups: list[list[int]] = []
    for i, passage in enumerate(ranked):
        home = next(
            (
                group
                for group in groups
                if all(ranked[j].document != passage.document for j in group)
                and any(_alike(shingles[i], shingles[j]) for j in group)
            ),
            None,
        )
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    made = []
    for group in groups:
        longest = max(len(shingles[i]) for i in group)
        shown = next(i for i in group if len(shingles[i]) >= 0.9 * longest)
        made.append(Group(shown, group[0], tuple(i for i in group if i != shown)))
    return made


def repeated(texts: Sequence[str], documents: Sequence[str]) -> list[list[int]]:
    """Give, for each text, the indices of the texts of other documents that say the same.

    "The same" is as in `group_duplicates`; of each other document only the first is given.
    """
    shingles = [_shingles(text) for text in texts]
    found: list[list[int]] = []
    for i, document in enumerate(documents):
        seen = {document}
        same = []
        for j, other in enumerate(documents):
            if other not in seen and _alike(shingles[i], shingles[j]):
                seen.add(other)
                same.append(j)
        found.append(same)
    return found


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _CONTAINED * shorter
