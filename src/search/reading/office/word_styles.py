"""Styles and lists of a Word file: the formatting of a paragraph, its outline level, its list.

The elements are those of ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import TITLE, TextRun, first_set

__all__ = ["Numbering", "Styles", "is_on", "read_numbering", "read_styles"]

_HEADING_NAME = re.compile(r"(?:heading|kop)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "titel")
_BODY_LEVEL = 9
"""The outline level of running text (17.3.1.20); those of headings are 0 to 8."""
_MAX_DEPTH = 30
"""How many ancestors of a style are followed, which guards against a cycle."""


@dataclass(frozen=True, slots=True)
class _Style:
    """The properties that one style sets itself; None where it inherits."""

    name: str
    based_on: str
    bold: bool | None
    italic: bool | None
    raised: bool | None
    outline_level: int | None
    list_id: str | None
    level: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number formats of lists, as "%1)"."""

    formats: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By the id of the list and the level; bullets have none."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph and character styles of a file."""

    by_id: Mapping[str, _Style] = field(default_factory=dict)
    default: str = ""
    """The style of paragraphs without one."""

    def paragraph_format(self, paragraph: Any) -> TextRun:
        """Return an empty run with the formatting of a paragraph's style."""
        chain = list(self._chain(self._style_of(paragraph)))
        return TextRun(
            "",
            first_set(s.bold for s in chain),
            first_set(s.italic for s in chain),
            first_set(s.raised for s in chain),
        )

    def run_format(self, run: Any, around: TextRun) -> TextRun:
        """Return an empty run with the formatting of a run: its own, its style's or that around it.

        Bold in both styles is not bold (17.7.3).
        """
        properties = run.find("{*}rPr")
        if properties is None:
            return around
        style = properties.find("{*}rStyle")
        chain = list(self._chain(attribute(style, "val") if style is not None else ""))
        bold, italic, raised = _formatting(properties)
        if bold is None:
            bold = first_set(s.bold for s in chain) != around.bold
        if italic is None:
            italic = first_set(s.italic for s in chain) != around.italic
        if raised is None:
            raised = first_set((s.raised for s in chain), around.raised)
        return TextRun("", bold, italic, raised)

    def outline_level(self, paragraph: Any) -> int:
        """Return a paragraph's level as a heading, 1 to 9, `TITLE`, or 0 for running text."""
        own = _outline_level(paragraph.find("{*}pPr"))
        for style in self._chain(self._style_of(paragraph)):
            if own is None and style.name.lower() in _TITLE_NAMES:
                return TITLE
            own = style.outline_level if own is None else own
            if own is None and (named := _HEADING_NAME.fullmatch(style.name)):
                own = int(named[1]) - 1
        return own + 1 if own is not None and own < _BODY_LEVEL else 0

    def list_item(self, paragraph: Any, numbering: Numbering | None) -> tuple[bool, str]:
        """Return whether a paragraph is a list item, and its number format."""
        list_id, level = _list(paragraph.find("{*}pPr"))
        for style in self._chain(self._style_of(paragraph)):
            if list_id is not None:
                break
            list_id, level = style.list_id, style.level
        if list_id in (None, "", "0"):
            return False, ""
        return True, numbering.formats.get((list_id or "", level), "") if numbering else ""

    def _style_of(self, paragraph: Any) -> str:
        style = paragraph.find("{*}pPr/{*}pStyle")
        return attribute(style, "val") if style is not None else self.default

    def _chain(self, name: str) -> Iterator[_Style]:
        """Yield a style and those that it is based on, nearest first."""
        for _ in range(_MAX_DEPTH):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.based_on


def read_styles(elements: Iterable[Any]) -> Styles:
    """Return the styles of the `style` elements of a file."""
    styles, default = {}, ""
    for element in elements:
        identifier = attribute(element, "styleId")
        is_default = attribute(element, "default") in ("1", "true", "on")
        if attribute(element, "type") == "paragraph" and is_default:
            default = identifier
        styles[identifier] = _Style(
            _value(element, "name"),
            _value(element, "basedOn"),
            *_formatting(element.find("{*}rPr")),
            _outline_level(element.find("{*}pPr")),
            *_list(element.find("{*}pPr")),
        )
    return Styles(styles, default)


def read_numbering(elements: Iterable[Any]) -> Numbering:
    """Return the numbering of the `abstractNum` and `num` elements of a file, in its order."""
    abstract: dict[str, dict[str, str]] = {}
    formats: dict[tuple[str, str], str] = {}
    for element in elements:
        if local_name(element) == "abstractNum":
            abstract[attribute(element, "abstractNumId")] = {
                attribute(level, "ilvl"): _value(level, "lvlText")
                for level in element.findall("{*}lvl")
                if _value(level, "numFmt") != "bullet"
            }
        else:
            levels = abstract.get(_value(element, "abstractNumId"), {})
            formats |= {(attribute(element, "numId"), n): text for n, text in levels.items()}
    return Numbering(formats)


def is_on(switch: Any) -> bool | None:
    """Return whether a switch is on (17.17.4); None where it is absent."""
    return None if switch is None else attribute(switch, "val") not in ("0", "false", "off")


def _formatting(properties: Any) -> tuple[bool | None, bool | None, bool | None]:
    """Return what run properties say of bold, italic and raised."""
    if properties is None:
        return None, None, None
    raised = properties.find("{*}vertAlign")
    return (
        is_on(properties.find("{*}b")),
        is_on(properties.find("{*}i")),
        attribute(raised, "val") == "superscript" if raised is not None else None,
    )


def _outline_level(properties: Any) -> int | None:
    value = _value(properties, "outlineLvl") if properties is not None else ""
    return int(value) if value.isdecimal() and int(value) <= _BODY_LEVEL else None


def _list(properties: Any) -> tuple[str | None, str]:
    """Return the id of the list that paragraph properties name, and the level in it."""
    numbered = properties.find("{*}numPr") if properties is not None else None
    if numbered is None:
        return None, "0"
    return _value(numbered, "numId") or None, _value(numbered, "ilvl") or "0"


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return attribute(found, "val") if found is not None else ""
