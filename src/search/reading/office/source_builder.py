"""Paragraphs written to a source, line by line: where each line stands and how it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search.reading.office.paragraphs import Paragraph, TextRun
from search.reading.raw_blocks import Style
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["SourceBuilder", "StyledLine", "is_heading"]

_LONGEST_HEADING = 120
_NOT_AT_END = ".,;:?!"
_RAISED_NUMBER = re.compile(r"[ \t\n\u00a0]*[0-9]{1,2}\)?[ \t\n\u00a0]*")
_SOFT_HYPHEN = "\u00ad"
_STYLES = {
    (True, False): Style.BOLD,
    (True, True): Style.BOLD_ITALIC,
    (False, True): Style.ITALIC,
}


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line and how it is set, where all of it is set alike and not plainly."""

    rope: SourcedText
    style: Style | None

    @property
    def text(self) -> str:
        """The line's characters."""
        return self.rope.text


def is_heading(line: StyledLine) -> bool:
    """Tell whether a line is set as a heading: bold or italic from end to end, and short."""
    text = line.text.strip()
    return line.style is not None and len(text) <= _LONGEST_HEADING and text[-1:] not in _NOT_AT_END


@dataclass(slots=True)
class SourceBuilder:
    """The source as it grows."""

    labels: Mapping[tuple[str, str], str]
    """The label of each note."""
    length: int = 0
    parts: list[str] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Where raised numbers stand that are no marks of the program's own notes."""
    _marked: set[tuple[str, str]] = field(default_factory=set)

    @property
    def source(self) -> str:
        """All that was written."""
        return "".join(self.parts)

    def write(self, paragraph: Paragraph) -> list[StyledLine]:
        """Write a paragraph behind the others and give its lines."""
        text = paragraph.text
        if not text.strip():
            return []
        if self.parts:
            self._append("\n\n")
        start = self.length
        self._append(text)
        rope = SourcedText(
            text,
            tuple(range(start, self.length)),
            tuple(range(start + 1, self.length + 1)),
            tuple(self._marks(paragraph)),
        )
        self._note_raised(paragraph, start)
        return [
            StyledLine(_without_soft_hyphens(rope.slice(first, last)), style)
            for (first, last), style in zip(_lines(text), _styles(paragraph.pieces), strict=True)
        ]

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _marks(self, paragraph: Paragraph) -> Iterator[Mark]:
        at = 0
        for piece in paragraph.pieces:
            at += len(piece.text)
            note = piece.note
            if note is not None and note in self.labels and note not in self._marked:
                self._marked.add(note)
                yield Mark(at, self.labels[note])

    def _note_raised(self, paragraph: Paragraph, start: int) -> None:
        at = start
        for piece in paragraph.pieces:
            if piece.raised and _RAISED_NUMBER.fullmatch(piece.text):
                self.raised.append((at, at + len(piece.text)))
            at += len(piece.text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Give where each line begins and ends, its line end included so that no mark is lost."""
    at = 0
    for line in text.split("\n"):
        yield at, min(at + len(line) + 1, len(text))
        at += len(line) + 1


def _without_soft_hyphens(rope: SourcedText) -> SourcedText:
    """Drop what stands in a word for a hyphen that no reader sees."""
    if _SOFT_HYPHEN not in rope.text:
        return rope
    pieces, at = [], 0
    for found in re.finditer(_SOFT_HYPHEN, rope.text):
        pieces.append(rope.slice(at, found.start()))
        at = found.end()
    return join([*pieces, rope.slice(at, len(rope))])


def _styles(pieces: tuple[TextRun, ...]) -> list[Style | None]:
    """Give how each line is set, when all its characters are set alike."""
    lines: list[set[tuple[bool, bool]]] = [set()]
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                lines.append(set())
            if text.strip():
                lines[-1].add((piece.bold, piece.italic))
    return [_style(found) for found in lines]


def _style(found: set[tuple[bool, bool]]) -> Style | None:
    """Give the style of a line in which characters are (bold, italic) in these ways."""
    if len(found) == 1:
        return _STYLES.get(next(iter(found)))
    # A bold line in which a word is italic too is bold.
    return Style.BOLD if found and all(bold for bold, _ in found) else None
