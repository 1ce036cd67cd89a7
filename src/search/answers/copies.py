"""Which passages say the same as another, which nearly so, and which of them is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.records import Metadata, Passage, Span
from search.retrieval import group_duplicates, repeated
from search.retrieval.differences import Contrast, contrast
from search.retrieval.duplicates import (
    DuplicateGroup,
    holds_words,
    nearly_holds,
    nearly_same,
    place_of_words,
    shares_words,
)

__all__ = ["Copies", "NearCopy", "find_copies"]

_NEWS = "Nieuwsbericht"
"""The kind of a document that tells what an official publication says."""
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A passage that is nearly the same: its index, the sentences that differ, and how."""

    index: int
    span: Span
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class Copies:
    """A passage to show, the best rank of its copies, and where else it stands.

    `same` gives for the index of each other passage the span with the words of the mark. All
    indices are those of the ranked passages.
    """

    shown: int
    rank: int
    same: Mapping[int, Span]
    near: tuple[NearCopy, ...]


def find_copies(
    passages: Sequence[Passage], marks: Sequence[Span], names: Mapping[str, Metadata]
) -> list[Copies]:
    """Return the passages to show, best first, each with the copies of it and of its mark.

    A mark is the span of the sentences of a passage that answer. Copies have the same words and are
    shown once: in the official publication rather than in a news item, if that has the mark. What
    is nearly the same is shown by itself, and named by the first of the two.
    """
    texts = [passage.text_of(mark) for passage, mark in zip(passages, marks, strict=True)]
    groups = group_duplicates(passages)
    shown = [_shown(group, passages, texts, names) for group in groups]
    repetitions = repeated(texts, passages)
    close: dict[int, set[int]] = {own: set() for own in shown}
    found = []
    for number, (group, own) in enumerate(zip(groups, shown, strict=True)):
        members = sorted(i for i in (group.shown, *group.copies) if i != own)
        near = _near(own, shown[number + 1 :], passages, marks)
        for copy in near:
            close[own].add(copy.index)
            close[copy.index].add(own)
        elsewhere = [i for i in repetitions[own] if i not in close[own]]
        same = _once_per_document([*members, *elsewhere], passages)
        places = {i: _place(passages[i], texts[own], marks[i]) for i in same}
        others = {passages[i].document for i in same}
        near = [copy for copy in near if passages[copy.index].document not in others]
        found.append(Copies(own, group.rank, places, tuple(near[:_MOST_NEAR])))
    return found


def _shown(
    group: DuplicateGroup,
    passages: Sequence[Passage],
    texts: Sequence[str],
    names: Mapping[str, Metadata],
) -> int:
    """Return the passage of a group to show: of an official publication, if that says the same."""
    if names[passages[group.shown].document].kind != _NEWS:
        return group.shown
    members = sorted([group.shown, *group.copies])
    for i in members:
        own = passages[i].text
        if (
            names[passages[i].document].kind != _NEWS
            and holds_words(own, texts[group.shown])
            and all(_one_holds_other(own, passages[j].text) for j in members)
        ):
            return i
    return group.shown


def _one_holds_other(one: str, other: str) -> bool:
    return holds_words(one, other) or holds_words(other, one)


def _once_per_document(indices: Sequence[int], passages: Sequence[Passage]) -> list[int]:
    first: dict[str, int] = {}
    for i in indices:
        first.setdefault(passages[i].document, i)
    return list(first.values())


def _place(passage: Passage, words: str, mark: Span) -> Span:
    """Return the sentences of a copy with the words of the mark that is shown, or its own mark."""
    found = place_of_words(passage.text, words)
    if found is None:
        return mark
    return _sentences(passage, passage.start + found.start, passage.start + found.end)


def _near(
    own: int, later: Sequence[int], passages: Sequence[Passage], marks: Sequence[Span]
) -> list[NearCopy]:
    """Return which of the passages shown later are nearly the same, or hold nearly the mark."""
    found = []
    passage = passages[own]
    for i in later:
        other = passages[i]
        if other.document == passage.document:
            continue
        if nearly_same(passage.text, other.text) or nearly_holds(passage.text, other.text):
            differs, start = contrast(passage.text, other.text), other.start
        else:
            differs, start = _near_sentence(passage, marks[own], other)
        if differs:
            span = _sentences(other, start + differs.start, start + differs.end)
            found.append(NearCopy(i, span, differs))
    return found


def _near_sentence(passage: Passage, mark: Span, other: Passage) -> tuple[Contrast | None, int]:
    """Return how a sentence of the mark differs from a nearly equal one of another passage.

    With it is given where that sentence begins.
    """
    for sentence in passage.sentences:
        if not mark.start <= sentence.start < mark.end:
            continue
        text = passage.text_of(sentence)
        if not shares_words(other.text, text) or holds_words(other.text, text):
            continue
        for each in other.sentences:
            candidate = other.text_of(each)
            if nearly_same(text, candidate):
                return contrast(text, candidate), each.start
    return None, 0


def _sentences(passage: Passage, start: int, end: int) -> Span:
    held = [s for s in passage.sentences if s.start < end and start < s.end]
    return Span(held[0].start, held[-1].end) if held else Span(passage.start, passage.end)
