"""The words of an XML or HTML tree in document order, and the lines that its readers make of them.

The words of the whole tree are collected first, by a walk that only knows what is not text. The
readers then refer to places in them, so that words which they miss show when a quote is checked.
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
from search.reading.raised_digits import lowered_digits, raised_digits
from search.reading.sourced_text import Mark, SourcedText, join
from search.records import Limits

__all__ = ["DEEPEST", "Element", "TextLine", "TreeText", "local_name", "squeezed_text"]

Element = Any
"""An element of lxml, which ships no types."""
DEEPEST = 150
"""Elements within elements; official publications stay under thirty."""
_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_BROKEN = re.compile(r"[ \n]*\n[ \n]*")
"""White space with a line end, which a program put there and not the author."""
_CLOSING = re.compile(r"[.,;:!?)\]»”…]|[’'](?!\w)")
_OPENING = "([«“„‘"


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; empty for a comment and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def squeezed_text(element: Element) -> str:
    """Return all text within an element on one line, for metadata."""
    return " ".join("".join(element.itertext()).split())


class TreeText:
    """All words of a tree: `source`, and where in it each text of the tree is."""

    def __init__(
        self,
        root: Element,
        dropped: Callable[[Element], bool],
        inline: Collection[str],
        limits: Limits,
        name: str,
        heights: Callable[[Element], int] = lambda _: 0,
    ) -> None:
        """Collect the words of the tree under `root`.

        Elements that are `dropped` are not text (metadata, the label of a footnote's mark), but
        what follows them is. Elements that are not `inline` are separated by a line end. White
        space is squeezed to a line end if it holds one, else to a space. Numbers in an element
        whose height is 1 (raised) or -1 (lowered) become the characters for those. Raises
        ReadingError for a tree that is deeper than `DEEPEST` or holds more text than `limits`
        allow.
        """
        self._parts: list[str] = []
        self._length = 0
        self._places: dict[tuple[Element, bool], tuple[int, int]] = {}
        self._name = name
        self._limits = limits
        self._until = monotonic() + limits.seconds
        self._dropped = dropped
        self._inline = inline
        self._heights = heights
        self._collect(root, 1, 0)
        self.source = "".join(self._parts)

    def text(self, element: Element) -> SourcedText:
        """Return the text at the start of an element, before its first child."""
        return self._text_at((element, False))

    def tail(self, element: Element) -> SourcedText:
        """Return the text after an element, up to the next one."""
        return self._text_at((element, True))

    def is_dropped(self, element: Element) -> bool:
        """Return whether an element is not text."""
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

    def _collect(self, element: Element, depth: int, height: int) -> None:
        if depth > DEEPEST:
            raise ReadingError(
                f"{self._name} heeft elementen die meer dan {DEEPEST} diep in elkaar staan. "
                "Controleer of het bestand heel is."
            )
        self.keep_time()
        inline = local_name(element) in self._inline
        height = self._heights(element) or height
        if not inline:
            self._end_line()
        self._append((element, False), element.text, height)
        for child in element:
            if not self._dropped(child) and isinstance(child.tag, str):
                self._collect(child, depth + 1, height)
            self._append((child, True), child.tail, height)
        if not inline:
            self._end_line()

    def _end_line(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")
            self._length += 1

    def _append(self, key: tuple[Element, bool], text: str | None, height: int) -> None:
        if not text:
            return
        squeezed = _WHITE.sub(lambda run: "\n" if "\n" in run.group() else " ", text)
        if squeezed.isspace() and (not self._parts or self._parts[-1].endswith("\n")):
            return
        if height:
            squeezed = raised_digits(squeezed) if height > 0 else lowered_digits(squeezed)
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
        """Append the text of one node."""
        if text.text:
            self._parts.append(text)
            self._length += len(text)

    def space(self) -> None:
        """Insert a space, where the file itself has nothing between two texts."""
        if self._parts:
            self.add(SourcedText.inserted(" "))

    def mark(self, label: str) -> None:
        """Put a footnote's mark after the last word."""
        self._marks.append((self._length, label))

    @property
    def has_text(self) -> bool:
        """Whether the line holds more than white space."""
        return any(part.text.strip() for part in self._parts)

    def finished(self) -> SourcedText:
        """Return the line's text.

        A pretty-printer puts every element on lines of its own, and so white space before a comma
        that follows it. White space with a line end, where two texts meet, is left out before
        closing punctuation and after opening punctuation.
        """
        whole = join(self._parts)
        kept = list(_kept(whole.text, self._bounds()))
        left = join([whole.slice(start, end) for start, end, _ in kept])
        marks = tuple(Mark(_place(whole.text, kept, at), label) for at, label in self._marks)
        return replace(left, marks=marks)

    def _bounds(self) -> list[int]:
        """Return the offsets at which one text ends and the next begins."""
        bounds, at = [], 0
        for part in self._parts:
            at += len(part)
            bounds.append(at)
        return bounds[:-1]


def _place(text: str, kept: Sequence[tuple[int, int, int]], offset: int) -> int:
    """Return the place after the last word before `offset` in what is left of a line."""
    while offset and text[offset - 1].isspace():
        offset -= 1
    number = bisect_right(kept, offset, key=lambda stretch: stretch[0]) - 1
    if number < 0:
        return 0
    start, end, before = kept[number]
    return before + min(offset, end) - start


def _kept(text: str, bounds: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of a line that a pretty-printer did not add.

    Each as its start and end in the line, and how many characters are left before it.
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
