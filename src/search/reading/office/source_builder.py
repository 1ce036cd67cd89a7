"""Write paragraphs to a source text, line by line, with the formatting of each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from search.reading.office.paragraphs import Paragraph, TextRun
from search.reading.raw_blocks import Style
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["SourceBuilder", "StyledLine", "is_heading"]

_MAX_HEADING_CHARACTERS = 120
_NOT_AT_END = ".,;:?!"
_RAISED_NUMBER = re.compile(r"[ \t\n\u00a0]*[⁰¹²³⁴-⁹]{1,2}⁾?[ \t\n\u00a0]*")
_CAPTION = re.compile(
    r"(?:Figuur|Tabel|Grafiek|Diagram|Kaart|Foto|Afbeelding|Schema|Box)\s+[\dA-Z]"
)
_SOFT_HYPHEN = "\u00ad"
_STYLES = {
    (True, False): Style.BOLD,
    (True, True): Style.BOLD_ITALIC,
    (False, True): Style.ITALIC,
}


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line with its style, None where it is plain or mixed."""

    sourced: SourcedText
    style: Style | None

    @property
    def text(self) -> str:
        """The line's characters."""
        return self.sourced.text


def is_heading(line: StyledLine) -> bool:
    """Return whether a line is formatted as a heading: bold or italic as a whole, and short.

    The caption of a figure is none.
    """
    text = line.text.strip()
    if line.style is None or len(text) > _MAX_HEADING_CHARACTERS or _CAPTION.match(text):
        return False
    return text[-1:] not in _NOT_AT_END


@dataclass(slots=True)
class SourceBuilder:
    """Builds the source text of a document."""

    labels: Mapping[tuple[str, str], str]
    """The label of each note."""
    length: int = 0
    parts: list[str] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)
    """The spans of raised numbers of one or two digits, without the marks of the program's notes.
    """
    _marked: set[tuple[str, str]] = field(default_factory=set)

    @property
    def source(self) -> str:
        """All that was written."""
        return "".join(self.parts)

    def write(self, paragraph: Paragraph) -> list[StyledLine]:
        """Append a paragraph and return its lines."""
        text = paragraph.text
        if not text.strip():
            return []
        if self.parts:
            self._append("\n\n")
        start = self.length
        self._append(text)
        marks = tuple(self._marks(paragraph))
        sourced = replace(SourcedText.placed(text, start), marks=marks)
        self._note_raised(paragraph, start)
        return [
            StyledLine(_without_soft_hyphens(sourced.slice(first, last)), style)
            for (first, last), style in zip(_lines(text), _styles(paragraph.runs), strict=True)
        ]

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _marks(self, paragraph: Paragraph) -> Iterator[Mark]:
        at = 0
        for run in paragraph.runs:
            at += len(run.text)
            note = run.note
            if note is not None and note in self.labels and note not in self._marked:
                self._marked.add(note)
                yield Mark(at, self.labels[note])

    def _note_raised(self, paragraph: Paragraph, start: int) -> None:
        at = start
        for run in paragraph.runs:
            if run.height > 0 and _RAISED_NUMBER.fullmatch(run.text):
                self.raised.append((at, at + len(run.text)))
            at += len(run.text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each line, its line end included so that no mark is lost."""
    at = 0
    for line in text.split("\n"):
        yield at, min(at + len(line) + 1, len(text))
        at += len(line) + 1


def _without_soft_hyphens(line: SourcedText) -> SourcedText:
    if _SOFT_HYPHEN not in line.text:
        return line
    parts, at = [], 0
    for found in re.finditer(_SOFT_HYPHEN, line.text):
        parts.append(line.slice(at, found.start()))
        at = found.end()
    return join([*parts, line.slice(at, len(line))])


def _styles(runs: tuple[TextRun, ...]) -> list[Style | None]:
    """Return the style of each line, None where it is plain or mixed."""
    lines: list[set[tuple[bool, bool]]] = [set()]
    for run in runs:
        if run.automatic:
            continue
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append(set())
            if text.strip():
                lines[-1].add((run.bold, run.italic))
    return [_style(found) for found in lines]


def _style(found: set[tuple[bool, bool]]) -> Style | None:
    """Return the style of a line, given the pairs (bold, italic) of its characters."""
    if len(found) == 1:
        return _STYLES.get(next(iter(found)))
    # A bold line in which a word is italic too is bold.
    return Style.BOLD if found and all(bold for bold, _ in found) else None
