"""Styles of an OpenDocument text: what is bold, italic, raised, hidden or numbered.

The elements and attributes are those of OpenDocument 1.3 part 3, 16 (styles) and 20 (their
properties).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import TextRun, first_set

__all__ = ["STYLE_ELEMENTS", "OdtStyles"]

STYLE_ELEMENTS = ("style", "list-style")
_BOLD_WEIGHTS = ("bold", "600", "700", "800", "900")
_MAX_DEPTH = 30
"""How many ancestors of a style are followed, which guards against a cycle."""
_Key = tuple[str, str]
"""A style's family ("paragraph", "text") and name."""


@dataclass(frozen=True, slots=True)
class _Style:
    """The properties that one style sets itself; None where it inherits."""

    parent: _Key
    bold: bool | None
    italic: bool | None
    raised: bool | None
    hidden: bool | None


@dataclass(slots=True)
class OdtStyles:
    """The styles of a file; add those of styles.xml first, then those of content.xml."""

    by_key: dict[_Key, _Style] = field(default_factory=dict)
    number_formats: dict[str, str] = field(default_factory=dict)
    """The format of the numbers at the first level, as "%1)", by list style."""

    def add(self, element: Any) -> None:
        """Add a `style` or `list-style` element."""
        name = attribute(element, "name")
        if local_name(element) == "list-style":
            for level in element.iterfind("{*}list-level-style-number"):
                if attribute(level, "level") == "1" and attribute(level, "num-format"):
                    prefix, suffix = attribute(level, "num-prefix"), attribute(level, "num-suffix")
                    self.number_formats[name] = f"{prefix}%1{suffix}"
            return
        family = attribute(element, "family")
        parent = (family, attribute(element, "parent-style-name"))
        properties = element.find("{*}text-properties")
        self.by_key[family, name] = _Style(parent, *_formatting(properties))

    def is_title(self, paragraph: Any) -> bool:
        """Return whether a paragraph has the style of a document's title."""
        return any(name == "Title" for (_, name), _ in self._chain(_style_of(paragraph)))

    def paragraph_format(self, paragraph: Any) -> TextRun:
        """Return an empty run with the formatting of a paragraph's style."""
        return self._format(TextRun(""), _style_of(paragraph))

    def span_format(self, span: Any, around: TextRun) -> TextRun:
        """Return an empty run with the formatting of a span: its own, else that around it."""
        return self._format(around, ("text", attribute(span, "style-name")))

    def hides(self, element: Any, family: str) -> bool:
        """Return whether the style of an element hides its text."""
        chain = self._chain((family, attribute(element, "style-name")))
        return first_set(style.hidden for _, style in chain)

    def _format(self, around: TextRun, key: _Key) -> TextRun:
        chain = [style for _, style in self._chain(key)]
        return TextRun(
            "",
            first_set((style.bold for style in chain), around.bold),
            first_set((style.italic for style in chain), around.italic),
            first_set((style.raised for style in chain), around.raised),
        )

    def _chain(self, key: _Key) -> Iterator[tuple[_Key, _Style]]:
        """Yield a style and its ancestors, nearest first."""
        for _ in range(_MAX_DEPTH):
            style = self.by_key.get(key)
            if style is None:
                return
            yield key, style
            key = style.parent


def _style_of(paragraph: Any) -> _Key:
    return "paragraph", attribute(paragraph, "style-name")


def _formatting(properties: Any) -> tuple[bool | None, bool | None, bool | None, bool | None]:
    """Return what text properties say of bold, italic, raised and hidden."""
    if properties is None:
        return None, None, None, None
    weight, slant, position, display = (
        attribute(properties, name)
        for name in ("font-weight", "font-style", "text-position", "display")
    )
    return (
        weight in _BOLD_WEIGHTS if weight else None,
        slant in ("italic", "oblique") if slant else None,
        _is_raised(position) if position else None,
        display == "none" if display else None,
    )


def _is_raised(position: str) -> bool:
    """Return whether a position ("super 58%", "33% 58%") is above the line."""
    first = position.split()[0] if position.split() else ""
    return first == "super" or (first.endswith("%") and first[0].isdecimal() and first != "0%")
