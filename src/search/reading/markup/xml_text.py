"""The words of an XML or HTML tree in document order, and the lines that its readers make of them.

The words are spooled off the whole tree first, by a walk that knows nothing of structure but what
is no text at all. The readers then point at what stands there, so that words which they should
forget show when a quote is checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from time import monotonic
from typing import Any

from search.errors import ReadingError
from search.reading.sourced_text import Mark, SourcedText, join
from search.records import Limits

__all__ = ["DEEPEST", "Element", "TextLine", "TreeText", "local_name", "squeezed_text"]

Element = Any
"""An element of lxml, which ships no types."""
DEEPEST = 150
"""Elements within elements; official publications stay under thirty."""
_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_BROKEN = re.compile(r"[ \n]*\n[ \n]*")
"""White space that holds a line end: no author put it there, a program did."""
_CLOSING = re.compile(r"[.,;:!?)\]»”…]|[’'](?!\w)")
_OPENING = "([«“„‘"


def local_name(element: Element) -> str:
    """Give an element's name without its namespace, or nothing for a comment and its like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def squeezed_text(element: Element) -> str:
    """Give all text within an element on one line, for metadata."""
    return " ".join("".join(element.itertext()).split())


class TreeText:
    """All words of a tree: `source`, and where in it each text of the tree stands."""

    def __init__(
        self,
        root: Element,
        dropped: Callable[[Element], bool],
        inline: Collection[str],
        limits: Limits,
        name: str,
    ) -> None:
        """Spool the words off the tree under `root`.

        What is `dropped` is no text (metadata, the label of a footnote's mark); what follows it
        is. Elements that are not `inline` are parted by a line end. White space is squeezed to one
        line end where it holds one, else to one space. Raises ReadingError for a tree that is
        deeper than `DEEPEST` or holds more text than `limits` allow.
        """
        self._parts: list[str] = []
        self._length = 0
        self._places: dict[tuple[Element, bool], tuple[int, int]] = {}
        self._name = name
        self._limits = limits
        self._until = monotonic() + limits.seconds
        self._dropped = dropped
        self._inline = inline
        self._spool(root, 1)
        self.source = "".join(self._parts)

    def text(self, element: Element) -> SourcedText:
        """Give the text at the start of an element, before its first child."""
        return self._text_at((element, False))

    def tail(self, element: Element) -> SourcedText:
        """Give the text behind an element, up to the next one."""
        return self._text_at((element, True))

    def is_dropped(self, element: Element) -> bool:
        """Tell whether an element is no text."""
        return self._dropped(element)

    def keep_time(self) -> None:
        """Raise ReadingError when reading takes longer than it may."""
        if monotonic() > self._until:
            raise ReadingError(
                f"{self._name} kan niet binnen {self._limits.seconds:.0f} seconden worden gelezen. "
                "Knip het bestand in delen."
            )

    def _text_at(self, key: tuple[Element, bool]) -> SourcedText:
        start, end = self._places.get(key, (0, 0))
        return SourcedText.of_source(self.source, start, end)

    def _spool(self, element: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise ReadingError(
                f"{self._name} heeft elementen die meer dan {DEEPEST} diep in elkaar staan. "
                "Controleer of het bestand heel is."
            )
        self.keep_time()
        inline = local_name(element) in self._inline
        if not inline:
            self._part()
        self._take((element, False), element.text)
        for child in element:
            if not self._dropped(child) and isinstance(child.tag, str):
                self._spool(child, depth + 1)
            self._take((child, True), child.tail)
        if not inline:
            self._part()

    def _part(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")
            self._length += 1

    def _take(self, key: tuple[Element, bool], text: str | None) -> None:
        if not text:
            return
        squeezed = _WHITE.sub(lambda run: "\n" if "\n" in run.group() else " ", text)
        if squeezed.isspace() and (not self._parts or self._parts[-1].endswith("\n")):
            return
        self._places[key] = (self._length, self._length + len(squeezed))
        self._parts.append(squeezed)
        self._length += len(squeezed)
        if self._length > self._limits.characters:
            raise ReadingError(
                f"{self._name} bevat meer dan {self._limits.characters} tekens. "
                "Knip het bestand in delen."
            )


@dataclass(slots=True)
class TextLine:
    """A line of text as it grows out of the texts of elements, with the footnote marks in it."""

    _parts: list[SourcedText] = field(default_factory=list)
    _marks: list[tuple[int, str]] = field(default_factory=list)
    _length: int = 0

    def add(self, text: SourcedText) -> None:
        """Put the text of one node behind the line."""
        if text.text:
            self._parts.append(text)
            self._length += len(text)

    def space(self) -> None:
        """Part what was added from what will be, where the file itself has nothing between."""
        if self._parts:
            self.add(SourcedText.inserted(" "))

    def mark(self, label: str) -> None:
        """Put a footnote's mark behind the last word."""
        self._marks.append((self._length, label))

    @property
    def said(self) -> bool:
        """Whether there is more in the line than white space."""
        return any(part.text.strip() for part in self._parts)

    def finished(self) -> SourcedText:
        """Give the line's text.

        A pretty-printer puts every element on lines of its own, and white space before the comma
        behind it. White space with a line end in it, where two texts meet, is left out before a
        sign that closes and behind one that opens.
        """
        whole = join(self._parts)
        kept = list(_kept(whole.text, self._bounds()))
        left = join([whole.slice(start, end) for start, end, _ in kept])
        marks = tuple(Mark(_place(whole.text, kept, at), label) for at, label in self._marks)
        return replace(left, marks=marks)

    def _bounds(self) -> list[int]:
        """Give the offsets at which one text ends and the next begins."""
        bounds, at = [], 0
        for part in self._parts:
            at += len(part)
            bounds.append(at)
        return bounds[:-1]


def _place(text: str, kept: Sequence[tuple[int, int, int]], offset: int) -> int:
    """Give the place behind the last word before `offset` in what is left of a line."""
    while offset and text[offset - 1].isspace():
        offset -= 1
    number = bisect_right(kept, offset, key=lambda stretch: stretch[0]) - 1
    if number < 0:
        return 0
    start, end, before = kept[number]
    return before + min(offset, end) - start


def _kept(text: str, bounds: list[int]) -> Iterator[tuple[int, int, int]]:
    """Give the stretches of a line that are left when what a pretty-printer added is out.

    Each with where it starts and ends, and how much is left before it.
    """
    cuts = []
    at = 0
    for run in _BROKEN.finditer(text):
        start, end = run.span()
        while at < len(bounds) and bounds[at] < start:
            at += 1
        meets = at < len(bounds) and bounds[at] <= end
        closes = _CLOSING.match(text, end)
        opens = start and text[start - 1] in _OPENING
        if meets and (closes or opens):
            cuts.append((start, end))
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    left = 0
    for number, (start, end) in enumerate(pairwise(edges)):
        if number % 2 == 0 and start < end:
            yield start, end, left
            left += end - start
