"""Styles of an OpenDocument text: how its characters look and its lists are numbered.

The elements and attributes are those of OpenDocument 1.3 part 3, 16 (styles) and 20 (their
properties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.list_numbers import ListLevel
from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import CharacterFormat

__all__ = ["STYLE_ELEMENTS", "OdtStyles"]

STYLE_ELEMENTS = ("style", "list-style", "outline-style", "font-face")
_BOLD_WEIGHTS = ("bold", "600", "700", "800", "900")
_MAX_DEPTH = 30
"""How many ancestors of a style are followed, which guards against a cycle."""
_MAX_LEVELS = 10
_NUMBERED_LEVELS = ("list-level-style-number", "outline-level-style")
_CONTENTS_NAME = re.compile(r"Contents_20_(?:\d{1,2}|Heading)|Contents (?:\d{1,2}|Heading)")
_Key = tuple[str, str]
"""A style's family ("paragraph", "text") and name."""


@dataclass(frozen=True, slots=True)
class _Style:
    """The properties that one style sets itself."""

    parent: _Key
    format: CharacterFormat
    list_style: str


@dataclass(slots=True)
class OdtStyles:
    """The styles of a file; add those of styles.xml first, then those of content.xml."""

    by_key: dict[_Key, _Style] = field(default_factory=dict)
    list_levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    """The levels of lists, from 0, by list style; bullets have none."""
    outline_levels: dict[int, ListLevel] = field(default_factory=dict)
    """The levels of headings outside lists."""
    _fonts: dict[str, str] = field(default_factory=dict)
    _formats: dict[_Key, CharacterFormat] = field(default_factory=dict)

    def add(self, element: Any) -> None:
        """Add an element of one of `STYLE_ELEMENTS`."""
        kind, name = local_name(element), attribute(element, "name")
        if kind == "font-face":
            self._fonts[name] = attribute(element, "font-family").strip("'\"")
        elif kind == "outline-style":
            self.outline_levels = dict(_levels(element))
        elif kind == "list-style":
            self.list_levels[name] = dict(_levels(element))
        else:
            family = attribute(element, "family")
            self.by_key[family, name] = _Style(
                (family, attribute(element, "parent-style-name")),
                self._format_of(element.find("{*}text-properties")),
                attribute(element, "list-style-name"),
            )
            self._formats.clear()

    def is_title(self, paragraph: Any) -> bool:
        """Return whether a paragraph has the style of a document's title."""
        return any(name == "Title" for (_, name), _ in self._chain(_style_of(paragraph)))

    def is_contents(self, paragraph: Any) -> bool:
        """Return whether a paragraph has the style of an entry or title of a table of contents."""
        return any(
            _CONTENTS_NAME.fullmatch(name) for (_, name), _ in self._chain(_style_of(paragraph))
        )

    def list_style(self, paragraph: Any) -> str:
        """Return the list style that belongs to the style of a paragraph, or an empty text."""
        chain = self._chain(_style_of(paragraph))
        return next((style.list_style for _, style in chain if style.list_style), "")

    def number_format(self, list_style: str) -> str:
        """Return the format of the numbers at the first level, as "%1)"; empty for bullets."""
        return self.list_levels.get(list_style, {}).get(0, ListLevel()).pattern

    def paragraph_format(self, paragraph: Any) -> CharacterFormat:
        """Return the format of a paragraph's style."""
        return self._format(_style_of(paragraph))

    def span_format(self, span: Any, around: CharacterFormat) -> CharacterFormat:
        """Return the format of a span: its own, else that around it."""
        return self._format(("text", attribute(span, "style-name"))).over(around)

    def _format(self, key: _Key) -> CharacterFormat:
        found = self._formats.get(key)
        if found is None:
            found = CharacterFormat()
            for _, style in self._chain(key):
                found = found.over(style.format)
            self._formats[key] = found
        return found

    def _chain(self, key: _Key) -> Iterator[tuple[_Key, _Style]]:
        """Yield a style and its ancestors, nearest first."""
        for _ in range(_MAX_DEPTH):
            style = self.by_key.get(key)
            if style is None:
                return
            yield key, style
            key = style.parent

    def _format_of(self, properties: Any) -> CharacterFormat:
        """Return what text properties say."""
        if properties is None:
            return CharacterFormat()
        weight, slant, position, display, line, font = (
            attribute(properties, name)
            for name in (
                "font-weight",
                "font-style",
                "text-position",
                "display",
                "text-line-through-style",
                "font-name",
            )
        )
        return CharacterFormat(
            weight in _BOLD_WEIGHTS if weight else None,
            slant in ("italic", "oblique") if slant else None,
            display == "none" if display else None,
            line != "none" if line else None,
            _height(position) if position else None,
            self._fonts.get(font, font)
            or attribute(properties, "font-family").strip("'\"")
            or None,
        )


def _style_of(paragraph: Any) -> _Key:
    return "paragraph", attribute(paragraph, "style-name")


def _height(position: str) -> int:
    """Return 1 for a position above the line ("super 58%", "33% 58%"), -1 for one below it."""
    first = position.split()[0] if position.split() else ""
    if first in ("super", "sub"):
        return 1 if first == "super" else -1
    shift = re.fullmatch(r"(-?)(\d+(?:\.\d+)?)%", first)
    if shift is None or not float(shift[2]):
        return 0
    return -1 if shift[1] else 1


def _levels(element: Any) -> Iterator[tuple[int, ListLevel]]:
    for each in element:
        level = attribute(each, "level")
        if local_name(each) not in _NUMBERED_LEVELS or not level.isdecimal():
            continue
        depth = min(int(level), _MAX_LEVELS)
        start, shown = attribute(each, "start-value"), attribute(each, "display-levels")
        above = int(shown) if shown.isdecimal() and len(shown) < 3 else 1
        numbers = ".".join(f"%{n}" for n in range(max(1, depth - above + 1), depth + 1))
        kind = attribute(each, "num-format")
        pattern = f"{attribute(each, 'num-prefix')}{numbers}{attribute(each, 'num-suffix')}"
        yield (
            depth - 1,
            ListLevel(pattern if kind else "", kind, int(start) if start.isdecimal() else 1),
        )
