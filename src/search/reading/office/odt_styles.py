"""Styles of an OpenDocument text: what is bold, italic, raised, hidden or numbered.

The elements and attributes are those of OpenDocument 1.3 part 3, 16 (styles) and 20 (their
properties).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.packages import attribute, local
from search.reading.office.paragraphs import TextRun

__all__ = ["STYLE_ELEMENTS", "OdtStyles"]

STYLE_ELEMENTS = ("style", "list-style")
_BOLD_WEIGHTS = ("bold", "600", "700", "800", "900")
_DEEPEST = 30
"""How many styles a style may have above it, one above the other."""
_Name = tuple[str, str]
"""A style's family ("paragraph", "text") and name."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself; None where it says nothing."""

    parent: _Name
    bold: bool | None
    italic: bool | None
    raised: bool | None
    hidden: bool | None


@dataclass(slots=True)
class OdtStyles:
    """The styles of a file; styles.xml is read into it first, then those of content.xml."""

    by_name: dict[_Name, _Style] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """How lists of a style write the numbers of their first level, as "%1)"."""

    def add(self, element: Any) -> None:
        """Take a `style` or `list-style` element."""
        name = attribute(element, "name")
        if local(element) == "list-style":
            for level in element.iterfind("{*}list-level-style-number"):
                if attribute(level, "level") == "1" and attribute(level, "num-format"):
                    before, behind = attribute(level, "num-prefix"), attribute(level, "num-suffix")
                    self.numbers[name] = f"{before}%1{behind}"
            return
        family = attribute(element, "family")
        parent = (family, attribute(element, "parent-style-name"))
        self.by_name[family, name] = _Style(parent, *_looks(element.find("{*}text-properties")))

    def is_title(self, paragraph: Any) -> bool:
        """Tell whether a paragraph has the style of a document's title."""
        return any(name == "Title" for (_, name), _ in self._chain(_style_of(paragraph)))

    def look(self, paragraph: Any) -> TextRun:
        """Give how the characters of a paragraph look by its style."""
        return self._over(TextRun(""), _style_of(paragraph))

    def run(self, span: Any, around: TextRun) -> TextRun:
        """Give how a span looks: by its own style, else as what is around it."""
        return self._over(around, ("text", attribute(span, "style-name")))

    def hides(self, element: Any, family: str) -> bool:
        """Tell whether a style sets its text hidden."""
        chain = self._chain((family, attribute(element, "style-name")))
        return _first((style.hidden for _, style in chain), False)

    def _over(self, around: TextRun, name: _Name) -> TextRun:
        chain = [style for _, style in self._chain(name)]
        return TextRun(
            "",
            _first((style.bold for style in chain), around.bold),
            _first((style.italic for style in chain), around.italic),
            _first((style.raised for style in chain), around.raised),
        )

    def _chain(self, name: _Name) -> Iterator[tuple[_Name, _Style]]:
        """Give a style and those above it, nearest first."""
        for _ in range(_DEEPEST):
            style = self.by_name.get(name)
            if style is None:
                return
            yield name, style
            name = style.parent


def _style_of(paragraph: Any) -> _Name:
    return "paragraph", attribute(paragraph, "style-name")


def _looks(said: Any) -> tuple[bool | None, bool | None, bool | None, bool | None]:
    if said is None:
        return None, None, None, None
    weight, slant, place, display = (
        attribute(said, name) for name in ("font-weight", "font-style", "text-position", "display")
    )
    return (
        weight in _BOLD_WEIGHTS if weight else None,
        slant in ("italic", "oblique") if slant else None,
        _is_raised(place) if place else None,
        display == "none" if display else None,
    )


def _is_raised(place: str) -> bool:
    """Tell whether a position ("super 58%", "33% 58%") is above the line."""
    first = place.split()[0] if place.split() else ""
    return first == "super" or (first.endswith("%") and first[0].isdecimal() and first != "0%")


def _first(said: Iterable[bool | None], otherwise: bool) -> bool:
    return next((each for each in said if each is not None), otherwise)
