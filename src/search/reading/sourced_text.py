"""Text that remembers where each character stands in the source file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.records import Segment

__all__ = ["Mark", "SourcedText", "join", "segments_of", "squeezed"]

NOWHERE = -1
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_TO_SQUEEZE = re.compile(r"[\t\r\n\f\v]| {2}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that was taken out of the text: the offset where it stood, its label."""

    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class SourcedText:
    """A text with, for each character, where it begins and ends in the decoded source file.

    Characters that the reader put in begin at -1; they are white space.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of_source(cls, source: str, start: int, end: int) -> SourcedText:
        """Take `source[start:end]` as it stands."""
        return cls(source[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)))

    @classmethod
    def inserted(cls, white_space: str) -> SourcedText:
        """Make white space that stands nowhere in the source."""
        nowhere = (NOWHERE,) * len(white_space)
        return cls(white_space, nowhere, nowhere)

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> SourcedText:
        """Take the characters from `start` to `end`, with the marks in or just behind them."""
        marks = tuple(
            Mark(m.offset - start, m.label)
            for m in self.marks
            if start < m.offset <= end or m.offset == start == 0
        )
        return SourcedText(
            self.text[start:end], self.starts[start:end], self.ends[start:end], marks
        )

    def strip(self) -> SourcedText:
        """Drop white space at both ends; marks there move to the nearest character left."""
        text = self.text.strip()
        lead = len(self.text) - len(self.text.lstrip())
        marks = tuple(Mark(min(max(m.offset - lead, 0), len(text)), m.label) for m in self.marks)
        end = lead + len(text)
        return SourcedText(text, self.starts[lead:end], self.ends[lead:end], marks)

    def squeeze(self) -> SourcedText:
        """Make one space of each run of spaces and line ends, as a browser or a printer does.

        A tab or line end becomes an inserted space, so that every kept character is the
        source's own. No-break spaces stay.
        """
        if not _TO_SQUEEZE.search(self.text):
            return self
        parts: list[SourcedText] = []
        at = 0
        for run in _SPACES.finditer(self.text):
            if at < run.start():
                parts.append(self.slice(at, run.start()))
            parts.append(self._space_for(run))
            at = run.end()
        return join([*parts, self.slice(at, len(self))] if at < len(self) else parts)

    def _space_for(self, run: re.Match[str]) -> SourcedText:
        whole = self.slice(*run.span())
        marks = tuple(Mark(min(m.offset, 1), m.label) for m in whole.marks)
        if whole.text[0] == " ":
            return SourcedText(" ", whole.starts[:1], whole.ends[:1], marks)
        return SourcedText(" ", (NOWHERE,), (NOWHERE,), marks)


def squeezed(text: str) -> str:
    """Give the text that `Rope.squeeze` gives, without its places."""
    return _SPACES.sub(" ", text)


def join(parts: Iterable[SourcedText], separator: str = "") -> SourcedText:
    """Put ropes one behind another, with inserted white space between them."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[Mark] = []
    for part in _with_separator(parts, separator):
        offset = len(starts)
        text.append(part.text)
        starts.extend(part.starts)
        ends.extend(part.ends)
        marks.extend(Mark(offset + m.offset, m.label) for m in part.marks)
    return SourcedText("".join(text), tuple(starts), tuple(ends), tuple(marks))


def _with_separator(parts: Iterable[SourcedText], separator: str) -> Iterator[SourcedText]:
    for number, part in enumerate(parts):
        if number and separator:
            yield SourcedText.inserted(separator)
        yield part


def segments_of(rope: SourcedText) -> tuple[Segment, ...]:
    """Give the runs of `rope` that stand in one piece in the source, in order of the text."""
    segments: list[Segment] = []
    first = 0
    for i in range(1, len(rope) + 1):
        if i < len(rope) and _one_run(rope, i):
            continue
        if rope.starts[first] != NOWHERE:
            start, end = rope.starts[first], rope.ends[i - 1]
            segments.append(Segment(first, i - first, start, end - start))
        first = i
    return tuple(segments)


def _one_run(rope: SourcedText, i: int) -> bool:
    """Tell whether characters i-1 and i are neighbours in the source, each one character wide."""
    return (
        rope.starts[i - 1] != NOWHERE
        and rope.starts[i] == rope.ends[i - 1]
        and rope.ends[i - 1] - rope.starts[i - 1] == 1
        and rope.ends[i] - rope.starts[i] == 1
    )
