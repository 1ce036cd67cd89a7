"""Text that remembers its places in the source, held against one that keeps them a character."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.reading.sourced_text import Mark, SourcedText, join, segments_of, squeezed
from search.records import Segment

BYTES_A_CHARACTER = 20
SOURCE = "De  raad\tziet,\r\nna \n overleg &amp; wel \u00a0 twee “wegen”: een lange en een korte. "
NOWHERE = -1


@dataclass(frozen=True)
class Model:
    """Each character with where it begins and ends in the source, and the marks."""

    characters: tuple[tuple[str, int, int], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        return "".join(character for character, _, _ in self.characters)

    def slice(self, start: int, end: int) -> Model:
        marks = (
            (at - start, label) for at, label in self.marks if start < at <= end or at == start == 0
        )
        return Model(self.characters[start:end], tuple(marks))

    def strip(self) -> Model:
        text = self.text.strip()
        lead = len(self.text) - len(self.text.lstrip())
        marks = ((min(max(at - lead, 0), len(text)), label) for at, label in self.marks)
        return Model(self.characters[lead : lead + len(text)], tuple(marks))

    def squeeze(self) -> Model:
        if not self.text:
            return self
        parts, at = [], 0
        for found in re.finditer(r"[ \t\r\n\f\v]+", self.text):
            whole = self.slice(*found.span())
            kept = whole.characters[:1] if whole.text[0] == " " else ((" ", NOWHERE, NOWHERE),)
            space = Model(kept, tuple((min(place, 1), label) for place, label in whole.marks))
            parts += [self.slice(at, found.start()), space] if at < found.start() else [space]
            at = found.end()
        return joined([*parts, self.slice(at, len(self.text))] if at < len(self.text) else parts)

    def segments(self) -> tuple[Segment, ...]:
        """Return the stretches of neighbours that are one character wide, the others singly."""
        numbers = [0]
        for (_, start, end), (_, following, its_end) in pairwise(self.characters):
            together = start != NOWHERE and end == following == start + 1 == its_end - 1
            numbers.append(numbers[-1] + (not together))
        segments, at = [], 0
        for _, group in groupby(zip(self.characters, numbers, strict=False), lambda each: each[1]):
            places = [(start, end) for (_, start, end), _ in group]
            (start, _), (_, end) = places[0], places[-1]
            if start != NOWHERE:
                segments.append(Segment(at, len(places), start, end - start))
            at += len(places)
        return tuple(segments)


def joined(parts: Iterable[Model], separator: str = "") -> Model:
    characters: list[tuple[str, int, int]] = []
    marks: list[tuple[int, str]] = []
    for number, part in enumerate(parts):
        if number:
            characters += [(each, NOWHERE, NOWHERE) for each in separator]
        marks += [(len(characters) + at, label) for at, label in part.marks]
        characters += part.characters
    return Model(tuple(characters), tuple(marks))


Pair = tuple[SourcedText, Model]
offsets = st.integers(0, len(SOURCE))


def copied(start: int, end: int) -> Pair:
    places = tuple((SOURCE[i], i, i + 1) for i in range(start, end))
    return SourcedText.of_source(SOURCE, start, end), Model(places)


def entity(start: int, length: int) -> Pair:
    sourced = SourcedText.of_character("&", start, start + length)
    return sourced, Model((("&", start, start + length),))


def inserted(text: str) -> Pair:
    return SourcedText.inserted(text), Model(tuple((each, NOWHERE, NOWHERE) for each in text))


def mark(label: str) -> Pair:
    return SourcedText(marks=(Mark(0, label),)), Model((), ((0, label),))


def sliced(pair: Pair, start: int, end: int) -> Pair:
    return pair[0].slice(start, end), pair[1].slice(start, end)


def all_joined(pairs: list[Pair], separator: str) -> Pair:
    sourced = join((pair[0] for pair in pairs), separator)
    return sourced, joined((pair[1] for pair in pairs), separator)


pieces: st.SearchStrategy[Pair] = st.one_of(
    st.tuples(offsets, offsets).map(lambda each: copied(*sorted(each))),
    st.builds(entity, offsets, st.integers(1, 6)),
    st.sampled_from(["", " ", "\n", "\t ", "\n\n"]).map(inserted),
    st.sampled_from("123").map(mark),
)
pairs = st.recursive(
    pieces,
    lambda inner: st.one_of(
        st.builds(sliced, inner, offsets, offsets),
        st.builds(all_joined, st.lists(inner, max_size=4), st.sampled_from(["", " ", "\n"])),
        inner.map(lambda pair: (pair[0].strip(), pair[1].strip())),
        inner.map(lambda pair: (pair[0].squeeze(), pair[1].squeeze())),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(pairs)
def test_all_operations_are_those_of_single_characters(pair: Pair) -> None:
    sourced, model = pair
    assert len(sourced) == len(model.text)
    assert sourced.text == model.text
    assert squeezed(sourced.text) == model.squeeze().text
    assert [(each.offset, each.label) for each in sourced.marks] == list(model.marks)
    assert segments_of(sourced) == model.segments()


@settings(deadline=None)
@given(pairs)
def test_every_character_has_its_place(pair: Pair) -> None:
    sourced, model = pair
    starts = [start for _, start, _ in model.characters]
    assert [sourced.source_start(i) for i in range(len(starts))] == starts
    ends = [sourced.slice(i, i + 1).source_end for i in range(len(starts))]
    assert ends == [end for _, _, end in model.characters]
    assert sourced.source_end == (ends[-1] if ends else NOWHERE)
    assert sourced.source_start(len(starts)) == NOWHERE
    for place in range(len(SOURCE) + 6):
        at = sourced.offset_of(place)
        assert at == (starts.index(place) if place in starts else NOWHERE)


@settings(deadline=None)
@given(st.lists(offsets, max_size=5))
def test_a_text_that_was_cut_is_itself_when_joined(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(SOURCE)]
    parts = [SourcedText.of_source(SOURCE, a, b) for a, b in pairwise(edges)]
    assert join(parts) == SourcedText.of_source(SOURCE, 0, len(SOURCE))


def long_lines(source: str) -> SourcedText:
    return SourcedText.of_source(source, 0, len(source))


def short_lines(source: str) -> SourcedText:
    starts = range(0, len(source), 10)
    return join((SourcedText.of_source(source, i, i + 9) for i in starts), "\n")


def single_characters(source: str) -> SourcedText:
    return join(SourcedText.of_source(source, i, i + 1) for i in range(0, len(source), 2))


@pytest.mark.parametrize("make", [long_lines, short_lines, single_characters])
def test_a_large_text_takes_few_bytes_a_character(make: Callable[[str], SourcedText]) -> None:
    source = "De raad ziet “goede” wegen. " * 10_000
    tracemalloc.start()
    try:
        sourced = make(source)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held <= BYTES_A_CHARACTER * len(sourced)
