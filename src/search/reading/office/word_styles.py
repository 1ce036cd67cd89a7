"""Styles and lists of a Word file: how a paragraph looks, whether it is a heading or an item.

The elements are those of ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.reading.office.packages import attribute, local
from search.reading.office.paragraphs import TITLE, TextRun

__all__ = ["Numbering", "Styles", "is_on", "read_numbering", "read_styles"]

_HEADING = re.compile(r"(?:heading|kop)\s*([1-9])", re.IGNORECASE)
_TITLES = ("title", "titel")
_BODY = 9
"""The outline level of running text (17.3.1.20); those of headings are 0 to 8."""
_DEEPEST = 30
"""How many styles a style may be based on, one on the other."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself; None where it says nothing."""

    name: str
    based_on: str
    bold: bool | None
    italic: bool | None
    raised: bool | None
    outline: int | None
    list_id: str | None
    level: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the numbers of lists are written, by list and level; bullets are an empty text."""

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by id; without any, only what a paragraph says itself counts."""

    by_id: Mapping[str, _Style] = field(default_factory=dict)
    default: str = ""
    """The style of paragraphs that name none."""

    def look(self, paragraph: Any) -> TextRun:
        """Give how the characters of a paragraph look by its style."""
        chain = list(self._chain(self._of(paragraph)))
        return TextRun(
            "",
            bool(_first(s.bold for s in chain)),
            bool(_first(s.italic for s in chain)),
            bool(_first(s.raised for s in chain)),
        )

    def run(self, run: Any, around: TextRun) -> TextRun:
        """Give how a run looks: by itself, else by its own style and its paragraph's.

        Bold in both styles is not bold (17.7.3).
        """
        said = run.find("{*}rPr")
        if said is None:
            return around
        style = said.find("{*}rStyle")
        chain = list(self._chain(attribute(style, "val") if style is not None else ""))
        bold, italic, raised = _looks(said)
        if bold is None:
            bold = bool(_first(s.bold for s in chain)) != around.bold
        if italic is None:
            italic = bool(_first(s.italic for s in chain)) != around.italic
        if raised is None:
            raised = bool(_first([*(s.raised for s in chain), around.raised]))
        return TextRun("", bold, italic, raised)

    def outline(self, paragraph: Any) -> int:
        """Give a paragraph's level as a heading, 1 to 9, `TITLE`, or 0 for running text."""
        own = _outline(paragraph.find("{*}pPr"))
        for style in self._chain(self._of(paragraph)):
            if own is None and style.name.lower() in _TITLES:
                return TITLE
            own = style.outline if own is None else own
            if own is None and (named := _HEADING.fullmatch(style.name)):
                own = int(named[1]) - 1
        return own + 1 if own is not None and own < _BODY else 0

    def item(self, paragraph: Any, numbering: Numbering | None) -> tuple[bool, str]:
        """Tell whether a paragraph is an item of a list, and how its number is written."""
        list_id, level = _list(paragraph.find("{*}pPr"))
        for style in self._chain(self._of(paragraph)):
            if list_id is not None:
                break
            list_id, level = style.list_id, style.level
        if list_id in (None, "", "0"):
            return False, ""
        return True, numbering.texts.get((list_id or "", level), "") if numbering else ""

    def _of(self, paragraph: Any) -> str:
        style = paragraph.find("{*}pPr/{*}pStyle")
        return attribute(style, "val") if style is not None else self.default

    def _chain(self, name: str) -> Iterator[_Style]:
        """Give a style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.based_on


def read_styles(elements: Iterable[Any]) -> Styles:
    """Read the `style` elements of a file's styles."""
    styles, default = {}, ""
    for element in elements:
        identifier = attribute(element, "styleId")
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in (
            "1",
            "true",
            "on",
        ):
            default = identifier
        bold, italic, raised = _looks(element.find("{*}rPr"))
        list_id, level = _list(element.find("{*}pPr"))
        styles[identifier] = _Style(
            _value(element, "name"),
            _value(element, "basedOn"),
            bold,
            italic,
            raised,
            _outline(element.find("{*}pPr")),
            list_id,
            level,
        )
    return Styles(styles, default)


def read_numbering(elements: Iterable[Any]) -> Numbering:
    """Read the `abstractNum` and `num` elements of a file's numbering, in its order."""
    abstract: dict[str, dict[str, str]] = {}
    texts: dict[tuple[str, str], str] = {}
    for element in elements:
        if local(element) == "abstractNum":
            abstract[attribute(element, "abstractNumId")] = {
                attribute(level, "ilvl"): _value(level, "lvlText")
                for level in element.findall("{*}lvl")
                if _value(level, "numFmt") != "bullet"
            }
        else:
            levels = abstract.get(_value(element, "abstractNumId"), {})
            texts |= {(attribute(element, "numId"), n): text for n, text in levels.items()}
    return Numbering(texts)


def is_on(mark: Any) -> bool | None:
    """Tell whether a switch is on (17.17.4); None where there is none."""
    return None if mark is None else attribute(mark, "val") not in ("0", "false", "off")


def _looks(said: Any) -> tuple[bool | None, bool | None, bool | None]:
    """Tell what run properties say of bold, italic and raised characters."""
    if said is None:
        return None, None, None
    raised = said.find("{*}vertAlign")
    return (
        is_on(said.find("{*}b")),
        is_on(said.find("{*}i")),
        attribute(raised, "val") == "superscript" if raised is not None else None,
    )


def _outline(said: Any) -> int | None:
    value = _value(said, "outlineLvl") if said is not None else ""
    return int(value) if value.isdecimal() and int(value) <= _BODY else None


def _list(said: Any) -> tuple[str | None, str]:
    numbered = said.find("{*}numPr") if said is not None else None
    if numbered is None:
        return None, "0"
    return _value(numbered, "numId") or None, _value(numbered, "ilvl") or "0"


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return attribute(found, "val") if found is not None else ""


def _first(said: Iterable[bool | None]) -> bool | None:
    return next((each for each in said if each is not None), None)
