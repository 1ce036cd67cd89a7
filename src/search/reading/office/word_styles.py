"""Styles and lists of a Word file: the formatting of a paragraph, its outline level, its list.

The elements are those of ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import TITLE, CharacterFormat
from search.reading.office.word_lists import Numbering

__all__ = ["ParagraphStyle", "Styles", "is_indented", "is_on", "outline_level", "read_styles"]

_HEADING_NAME = re.compile(r"(?:heading|kop)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "titel")
_CONTENTS_NAME = re.compile(
    r"(?:toc|inhopg|inhoud) ?[1-9]|toc heading|kop ?van ?inhoudsopgave"
    r"|table of figures|lijst ?met ?afbeeldingen",
    re.IGNORECASE,
)
_QUOTE_NAME = re.compile(r".*(?:quote|quotation|cita(?:at|ten)).*|blo[ck]k? ?te[kx]st", re.I)
_BODY_LEVEL = 9
"""The outline level of running text (17.3.1.20); those of headings are 0 to 8."""
_MAX_DEPTH = 30
"""How many ancestors of a style are followed, which guards against a cycle."""
_HEIGHTS = {"superscript": 1, "subscript": -1, "baseline": 0}
_LEAST_INDENT = 280
"""Twentieths of a point, about half a centimetre."""
_LEAST_SHIFT = 4
"""Half points by which a run is moved that is meant to be raised or lowered."""


_NO_FORMAT = CharacterFormat()


@dataclass(frozen=True, slots=True)
class _Style:
    """The properties that one style sets itself; None where it inherits."""

    name: str
    based_on: str
    format: CharacterFormat
    outline_level: int | None
    is_indented: bool
    list_id: str | None
    level: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style, with those that it is based on, makes of a paragraph."""

    format: CharacterFormat = _NO_FORMAT
    outline_level: int = 0
    """1 to 9 for a heading, `TITLE`, or 0 for running text."""
    list_id: str = ""
    list_style: str = ""
    """The style that sets the list."""
    level: str = ""
    is_contents: bool = False
    is_block_quote: bool = False
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph and character styles of a file."""

    by_id: Mapping[str, _Style] = field(default_factory=dict)
    default: str = ""
    """The style of paragraphs without one."""
    base: CharacterFormat = _NO_FORMAT
    """The format of characters where no style says anything."""
    _paragraph_styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    _run_formats: dict[str, CharacterFormat] = field(default_factory=dict)

    def paragraph_style(self, properties: Any) -> ParagraphStyle:
        """Return the style of a paragraph with these properties, which may be None."""
        name = (_value(properties, "pStyle") if properties is not None else "") or self.default
        found = self._paragraph_styles.get(name)
        if found is None:
            found = self._paragraph_styles[name] = self._resolve(name)
        return found

    def run_format(self, run: Any, around: CharacterFormat) -> CharacterFormat:
        """Return the format of a run: its own, its style's or that around it.

        What both styles switch on is off (17.7.3).
        """
        properties = run.find("{*}rPr")
        if properties is None:
            return around
        name = ""
        own = CharacterFormat()
        if len(properties):
            name = _value(properties, "rStyle")
            own = _format(properties)
        return own.over(self._toggled(name, around) if name else around)

    def list_level(
        self, properties: Any, style: ParagraphStyle, numbering: Numbering
    ) -> tuple[str, int] | None:
        """Return the id of the list of a paragraph and the level in it, from 0."""
        list_id, level = _list(properties)
        if list_id is None:
            list_id = style.list_id
            # A style's level is that which names the style (17.9.23).
            level = level or style.level or numbering.level_of(list_id, style.list_style)
        if list_id in ("", "0"):
            return None
        return list_id, int(level) if level.isdecimal() else 0

    def _toggled(self, name: str, around: CharacterFormat) -> CharacterFormat:
        style = self._run_formats.get(name)
        if style is None:
            style = CharacterFormat()
            for _, each in self._chain(name):
                style = style.over(each.format)
            self._run_formats[name] = style
        bold, italic, hidden, struck = (
            own != bool(other) if own is not None else None
            for own, other in zip(style[:4], around[:4], strict=True)
        )
        return CharacterFormat(bold, italic, hidden, struck, style.height, style.font).over(around)

    def _resolve(self, name: str) -> ParagraphStyle:
        chain = list(self._chain(name))
        looks = CharacterFormat()
        for _, style in chain:
            looks = looks.over(style.format)
        listed = next(((key, s) for key, s in chain if s.list_id is not None), ("", None))
        names = [style.name for _, style in chain]
        return ParagraphStyle(
            looks.over(self.base),
            _outline_level_of(style for _, style in chain),
            (listed[1].list_id or "") if listed[1] else "",
            listed[0],
            next((style.level for _, style in chain if style.level), ""),
            any(_CONTENTS_NAME.fullmatch(each) for each in names),
            any(_QUOTE_NAME.fullmatch(each) for each in names),
            any(style.is_indented for _, style in chain),
        )

    def _chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        """Yield a style and those that it is based on, nearest first."""
        for _ in range(_MAX_DEPTH):
            style = self.by_id.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on


def read_styles(elements: Iterable[Any]) -> Styles:
    """Return the styles of the `style` and `rPrDefault` elements of a file."""
    styles, default, base = {}, "", CharacterFormat()
    for element in elements:
        if local_name(element) == "rPrDefault":
            base = _format(element.find("{*}rPr"))
            continue
        identifier = attribute(element, "styleId")
        is_default = attribute(element, "default") in ("1", "true", "on")
        if attribute(element, "type") == "paragraph" and is_default:
            default = identifier
        properties = element.find("{*}pPr")
        styles[identifier] = _Style(
            _value(element, "name"),
            _value(element, "basedOn"),
            _format(element.find("{*}rPr")),
            outline_level(properties),
            is_indented(properties),
            *_list(properties),
        )
    return Styles(styles, default, base)


def outline_level(properties: Any) -> int | None:
    """Return the outline level that paragraph properties set, from 0; 9 is running text."""
    value = _value(properties, "outlineLvl") if properties is not None else ""
    return int(value) if value.isdecimal() and int(value) <= _BODY_LEVEL else None


def is_indented(properties: Any) -> bool:
    """Return whether paragraph properties set all lines of a paragraph in from the left."""
    indent = properties.find("{*}ind") if properties is not None else None
    if indent is None or attribute(indent, "hanging"):
        return False
    left = attribute(indent, "left") or attribute(indent, "start")
    return left.isdecimal() and int(left) >= _LEAST_INDENT


def _outline_level_of(chain: Iterable[_Style]) -> int:
    level = None
    for style in chain:
        if level is None and style.name.lower() in _TITLE_NAMES:
            return TITLE
        level = style.outline_level if level is None else level
        if level is None and (named := _HEADING_NAME.fullmatch(style.name)):
            level = int(named[1]) - 1
    return level + 1 if level is not None and level < _BODY_LEVEL else 0


def is_on(switch: Any) -> bool | None:
    """Return whether a switch is on (17.17.4); None where it is absent."""
    return None if switch is None else attribute(switch, "val") not in ("0", "false", "off")


def _format(properties: Any) -> CharacterFormat:
    """Return what run properties say."""
    bold = italic = hidden = struck = height = font = None
    for child in () if properties is None else properties:
        name = local_name(child)
        if name == "b":
            bold = is_on(child)
        elif name == "i":
            italic = is_on(child)
        elif name == "vanish":
            hidden = is_on(child)
        elif name in ("strike", "dstrike"):
            struck = struck or is_on(child)
        elif name == "vertAlign":
            height = _HEIGHTS.get(attribute(child, "val"))
        elif name == "position" and height is None:
            height = _shifted(attribute(child, "val"))
        elif name == "rFonts":
            font = attribute(child, "ascii") or attribute(child, "hAnsi") or None
    return CharacterFormat(bold, italic, hidden, struck, height, font)


def _shifted(half_points: str) -> int | None:
    if not re.fullmatch(r"-?\d{1,4}", half_points) or abs(int(half_points)) < _LEAST_SHIFT:
        return None
    return 1 if int(half_points) > 0 else -1


def _list(properties: Any) -> tuple[str | None, str]:
    """Return the id of the list that paragraph properties name, and the level in it."""
    numbered = properties.find("{*}numPr") if properties is not None else None
    if numbered is None:
        return None, ""
    return _value(numbered, "numId") or None, _value(numbered, "ilvl")


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return attribute(found, "val") if found is not None else ""
