"""Finds passages of several documents that say the same, in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.dutch.terms import fold
from search.records import Passage

__all__ = ["DuplicateGroup", "group_duplicates", "repeated"]

_SHINGLE_WORDS = 4
_FEWEST_WORDS = 8
_LEAST_CONTAINED = 0.8
"""Share of the shorter passage's shingles that the other must hold."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """A passage to show, the best rank of the group, and the near-copies of that passage."""

    shown: int
    rank: int
    copies: tuple[int, ...]


def group_duplicates(ranked: Sequence[Passage]) -> list[DuplicateGroup]:
    """Return groups of near-identical passages of different documents, by their best rank.

    Two passages are near-identical if the longer one holds four fifths of the runs of four words
    of the shorter one. The longest is shown, so that nothing is lost; of those about as long, the
    one that ranks highest. The fields of a group are indices into `ranked`.
    """
    shingles = [_shingles(passage.text) for passage in ranked]
    groups: list[list[int]] = []
    for i, passage in enumerate(ranked):
        home = next(
            (
                group
                for group in groups
                if all(ranked[j].document != passage.document for j in group)
                and any(_near_identical(shingles[i], shingles[j]) for j in group)
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
        made.append(DuplicateGroup(shown, group[0], tuple(i for i in group if i != shown)))
    return made


def repeated(texts: Sequence[str], documents: Sequence[str]) -> list[list[int]]:
    """Return, for each text, the indices of near-identical texts of other documents.

    Near-identical is as in `group_duplicates`; of each other document only the first is returned.
    """
    shingles = [_shingles(text) for text in texts]
    found: list[list[int]] = []
    for i, document in enumerate(documents):
        seen = {document}
        same = []
        for j, other in enumerate(documents):
            if other not in seen and _near_identical(shingles[i], shingles[j]):
                seen.add(other)
                same.append(j)
        found.append(same)
    return found


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(
        tuple(words[i : i + _SHINGLE_WORDS]) for i in range(len(words) - _SHINGLE_WORDS + 1)
    )


def _near_identical(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _LEAST_CONTAINED * shorter
