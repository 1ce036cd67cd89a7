"""Text that remembers where each character is in the source file."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import Struct

from search.records import Segment

__all__ = ["NOWHERE", "Mark", "SourcedText", "join", "segments_of", "squeezed"]

NOWHERE = -1
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_TO_SQUEEZE = re.compile(r"(?: ?[\t\r\n\f\v]| {2})[ \t\r\n\f\v]*")
"""White space other than a single space."""
_RUN = Struct("4i")


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that was taken out of the text: the offset where it was, its label."""

    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class SourcedText:
    """A text with, for each character, where it begins and ends in the decoded source file.

    Characters in no run were put in by the reader; they are white space.
    """

    text: str = ""
    runs: bytes = b""
    """The runs of neighbours in the source, four 32-bit integers each, in order of the text: offset
    and length in the text, offset and length in the source. Where the lengths differ, it is one
    character that the source writes otherwise ("&amp;")."""
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of_source(cls, source: str, start: int, end: int) -> SourcedText:
        """Return `source[start:end]` as it is."""
        return cls.placed(source[start:end], start)

    @classmethod
    def placed(cls, text: str, start: int) -> SourcedText:
        """Return a text that the source holds, as it is, from `start` on."""
        return cls(text, _RUN.pack(0, len(text), start, len(text)) if text else b"")

    @classmethod
    def of_character(cls, character: str, start: int, end: int) -> SourcedText:
        """Return one character that the source writes from `start` to `end` in its own way."""
        return cls(character, _RUN.pack(0, 1, start, end - start))

    @classmethod
    def inserted(cls, white_space: str) -> SourcedText:
        """Return white space that is nowhere in the source."""
        return cls(white_space)

    def __len__(self) -> int:
        return len(self.text)

    def source_start(self, offset: int = 0) -> int:
        """Return where the character at `offset` begins in the source, -1 if it is not there."""
        for at, length, source, source_length in self._runs_from(offset):
            if at <= offset < at + length:
                return source + (offset - at if length == source_length else 0)
            break
        return NOWHERE

    @property
    def source_end(self) -> int:
        """Where the last character ends in the source, -1 if it is not there."""
        if not self.runs:
            return NOWHERE
        at, length, source, source_length = _RUN.unpack_from(self.runs, len(self.runs) - _RUN.size)
        return int(source + source_length) if at + length == len(self.text) else NOWHERE

    def offset_of(self, place: int) -> int:
        """Return the offset of the character that begins at `place` in the source, else -1."""
        for at, length, source, source_length in _RUN.iter_unpack(self.runs):
            if source <= place < source + (length if length == source_length else 1):
                return int(at + place - source)
        return NOWHERE

    def slice(self, start: int, end: int) -> SourcedText:
        """Return the characters from `start` to `end`, with the marks in or just after them."""
        marks = tuple(
            Mark(m.offset - start, m.label)
            for m in self.marks
            if start < m.offset <= end or m.offset == start == 0
        )
        return SourcedText(self.text[start:end], self._runs_within(start, end), marks)

    def strip(self) -> SourcedText:
        """Drop white space at both ends; marks there move to the nearest character left."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        lead = len(self.text) - len(self.text.lstrip())
        marks = tuple(Mark(min(max(m.offset - lead, 0), len(text)), m.label) for m in self.marks)
        return SourcedText(text, self._runs_within(lead, lead + len(text)), marks)

    def squeeze(self) -> SourcedText:
        """Make one space of each run of spaces and line ends, as a browser or a printer does.

        A tab or line end becomes an inserted space, so that every kept character is the
        source's own. No-break spaces stay.
        """
        if not _TO_SQUEEZE.search(self.text):
            return self
        return join(self._squeezed_parts())

    def _squeezed_parts(self) -> Iterator[SourcedText]:
        at = 0
        for found in _TO_SQUEEZE.finditer(self.text):
            if at < found.start():
                yield self.slice(at, found.start())
            whole = self.slice(*found.span())
            kept = whole.slice(0, 1) if whole.text[0] == " " else SourcedText.inserted(" ")
            yield SourcedText(
                " ", kept.runs, tuple(Mark(min(m.offset, 1), m.label) for m in whole.marks)
            )
            at = found.end()
        if at < len(self):
            yield self.slice(at, len(self))

    def _runs_from(self, offset: int) -> Iterator[tuple[int, ...]]:
        """Yield the runs from the last one that begins at or before `offset`."""
        first = bisect_right(memoryview(self.runs).cast("i")[::4], offset) - 1
        return _RUN.iter_unpack(memoryview(self.runs)[max(first, 0) * _RUN.size :])

    def _runs_within(self, start: int, end: int) -> bytes:
        kept = array("i")
        for at, length, source, source_length in self._runs_from(start):
            first, last = max(at, start), min(at + length, end)
            if at >= end:
                break
            if first >= last:
                continue
            if length == source_length:
                kept.extend((first - start, last - first, source + first - at, last - first))
            else:
                kept.extend((first - start, length, source, source_length))
        return kept.tobytes()


def squeezed(text: str) -> str:
    """Return the text that `SourcedText.squeeze` returns, without its places."""
    return _SPACES.sub(" ", text)


def join(parts: Iterable[SourcedText], separator: str = "") -> SourcedText:
    """Concatenate texts, with inserted white space between them."""
    texts: list[str] = []
    runs = array("i")
    marks: list[Mark] = []
    length = 0
    for part in parts:
        if texts and separator:
            texts.append(separator)
            length += len(separator)
        texts.append(part.text)
        _add_runs(runs, part.runs, length)
        marks.extend(Mark(length + m.offset, m.label) for m in part.marks)
        length += len(part.text)
    return SourcedText("".join(texts), runs.tobytes(), tuple(marks))


def _add_runs(runs: array[int], added: bytes, shift: int) -> None:
    """Add the runs of a text that begins at `shift`; its first may continue the last one."""
    for at, length, source, source_length in _RUN.iter_unpack(added):
        if runs and length == source_length:
            last_at, last_length, last_source, last_source_length = runs[-4:]
            if (
                last_length == last_source_length
                and last_at + last_length == shift + at
                and last_source + last_length == source
            ):
                runs[-3] += length
                runs[-1] += length
                continue
        runs.extend((shift + at, length, source, source_length))


def segments_of(sourced: SourcedText) -> tuple[Segment, ...]:
    """Return the runs of `sourced` as segments, in order of the text."""
    return tuple(Segment(*run) for run in _RUN.iter_unpack(sourced.runs))
