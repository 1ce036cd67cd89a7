"""How a run of a Word file looks, by itself and by its styles: hidden, raised, in which font.

The elements are those of ECMA-376 part 1; styles are its 17.7, lists its 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.witness.counting import Counter, Level
from search.witness.looks import PLAIN, TextLook
from search.witness.packages import Parts, attribute, name_of, value_of

__all__ = ["Lists", "Looks", "look_of"]

_DEEPEST = 30
"""How many styles a style may be based on, one on the other."""
_OFF = ("0", "false", "off")
_RAISED_BY = 4
"""Half points; a run that is moved by less is not meant to be read as raised."""


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    look: TextLook
    list_id: str
    depth: str


@dataclass(slots=True)
class Looks:
    """The styles of a file."""

    by_id: dict[str, _Style] = field(default_factory=dict)
    default: str = ""
    base: TextLook = PLAIN

    @classmethod
    def read(cls, parts: Parts, part: str) -> Looks:
        """Read the part that holds the styles."""
        looks = cls()
        for event, element in parts.events(part):
            if event != "end":
                continue
            name = name_of(element)
            if name == "style":
                looks._add(element)
                element.clear()
            elif name == "rPrDefault":
                looks.base = look_of(element.find("{*}rPr")).over(looks.base)
        return looks

    def _add(self, style: Any) -> None:
        identifier = attribute(style, "styleId")
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
            self.default = identifier
        self.by_id[identifier] = _Style(
            value_of(style, "basedOn"),
            look_of(style.find("{*}rPr")),
            value_of(style, "pPr/numPr/numId"),
            value_of(style, "pPr/numPr/ilvl"),
        )

    def chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        """Return a style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield name, style
            name = style.based_on

    def paragraph(self, style: str) -> TextLook:
        """Return how the characters of a paragraph look by its style."""
        return self._of(style or self.default).over(self.base)

    def run(self, properties: Any, around: TextLook) -> TextLook:
        """Return how a run looks; a switch that both its style and its paragraph's set is off."""
        own = look_of(properties)
        style = self._of(value_of(properties, "rStyle"))
        toggled = TextLook(
            around.hidden != style.hidden if style.hidden is not None else None,
            around.struck != style.struck if style.struck is not None else None,
            style.height,
            style.font,
        )
        return own.over(toggled.over(around))

    def _of(self, name: str) -> TextLook:
        look = TextLook()
        for _, style in self.chain(name):
            look = look.over(style.look)
        return look


def look_of(properties: Any) -> TextLook:
    """Return what run properties say themselves."""
    if properties is None:
        return TextLook()
    hidden = struck = height = font = None
    for child in properties:
        name = name_of(child)
        if name == "vanish":
            hidden = attribute(child, "val") not in _OFF
        elif name in ("strike", "dstrike"):
            struck = bool(struck) or attribute(child, "val") not in _OFF
        elif name == "vertAlign":
            height = {"superscript": 1, "subscript": -1}.get(attribute(child, "val"), 0)
        elif name == "position" and height is None:
            moved = attribute(child, "val")
            if re.fullmatch(r"-?\d{1,4}", moved) and abs(int(moved)) >= _RAISED_BY:
                height = 1 if int(moved) > 0 else -1
        elif name == "rFonts":
            font = attribute(child, "ascii") or attribute(child, "hAnsi") or None
    return TextLook(hidden, struck, height, font)


class Lists:
    """The numbers of a file's lists, counted as its paragraphs go by."""

    def __init__(self) -> None:
        """Begin without lists."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, Counter] = {}
        self._begun: set[str] = set()

    def read(self, parts: Parts, part: str) -> None:
        """Read the part that holds the numbering."""
        for event, element in parts.events(part):
            if event != "end":
                continue
            if name_of(element) == "abstractNum":
                self._add_abstract(element)
            elif name_of(element) == "num":
                self._add(element)

    def _add_abstract(self, element: Any) -> None:
        levels = {}
        for each in element.iterfind("{*}lvl"):
            depth = attribute(each, "ilvl")
            form = value_of(each, "numFmt") or "decimal"
            if not depth.isdecimal() or form == "bullet":
                continue
            start = value_of(each, "start")
            levels[int(depth)] = Level(
                value_of(each, "lvlText"),
                form,
                int(start) if start.isdecimal() else 0,
                each.find("{*}isLgl") is not None,
            )
        self._levels[attribute(element, "abstractNumId")] = levels

    def _add(self, element: Any) -> None:
        number = attribute(element, "numId")
        self._abstract[number] = value_of(element, "abstractNumId")
        starts = {}
        for each in element.iterfind("{*}lvlOverride"):
            start, depth = value_of(each, "startOverride"), attribute(each, "ilvl")
            if start.isdecimal() and depth.isdecimal():
                starts[int(depth)] = int(start)
        self._starts[number] = starts

    def next(self, properties: Any, looks: Looks) -> str:
        """Count a paragraph with these properties and return its number as it is shown."""
        list_id, depth = value_of(properties, "numPr/numId"), value_of(properties, "numPr/ilvl")
        for _, style in looks.chain(value_of(properties, "pStyle") or looks.default):
            list_id = list_id or style.list_id
            depth = depth or style.depth
        abstract = self._abstract.get(list_id, "")
        if not abstract or list_id == "0":
            return ""
        counter = self._counters.get(abstract)
        if counter is None:
            counter = self._counters[abstract] = Counter(self._levels.get(abstract, {}))
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in self._starts[list_id].items():
                counter.restart(level, start)
        return counter.next(int(depth) if depth.isdecimal() else 0)
