"""Lists of a Word file: how their items are numbered (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search.reading.office.list_numbers import ListCounts, ListLevel
from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import Paragraph

__all__ = ["Numbering", "read_numbering"]

_MAX_LEVELS = 9


@dataclass(slots=True)
class _Definition:
    """An `abstractNum`: its levels, and the styles that belong to one of them."""

    levels: dict[int, ListLevel]
    level_of_style: dict[str, str]
    style: str = ""
    """The numbering style that it defines."""
    linked_style: str = ""
    """The numbering style that defines it elsewhere."""


@dataclass(slots=True)
class _List:
    """A `num`: a use of a definition, with levels and starts of its own."""

    definition: str
    levels: Mapping[int, ListLevel]
    starts: Mapping[int, int]
    level_of_style: Mapping[str, str]
    begun: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a file, which counts their items as paragraphs go by."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, ListCounts] = field(default_factory=dict)
    """By definition: its lists go on with each other's numbers."""

    def level_of(self, list_id: str, style: str) -> str:
        """Return the level of a list that belongs to a style, or an empty text."""
        found = self.lists.get(list_id)
        return found.level_of_style.get(style, "") if found else ""

    def format_of(self, list_id: str, depth: int) -> str:
        """Return the number format of a level, as "%1)"; empty for bullets."""
        found = self.lists.get(list_id)
        return found.levels.get(depth, ListLevel()).pattern if found else ""

    def numbered(self, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
        """Yield paragraphs, and those in their text boxes, with their automatic numbers."""
        for each in paragraphs:
            paragraph = each.numbered(self._next(each))
            boxes = tuple(box.numbered(self._next(box)) for box in each.boxes)
            yield replace(paragraph, boxes=boxes) if boxes else paragraph

    def _next(self, paragraph: Paragraph) -> str:
        list_id, depth = paragraph.list_level or ("", 0)
        found = self.lists.get(list_id)
        if found is None:
            return ""
        counts = self._counts.setdefault(found.definition, ListCounts())
        if not found.begun:
            found.begun = True
            for level, start in found.starts.items():
                counts.restart(level, start)
        return counts.next(depth, found.levels)


def read_numbering(elements: Iterable[Any]) -> Numbering:
    """Return the numbering of the `abstractNum` and `num` elements of a file, in its order."""
    definitions: dict[str, _Definition] = {}
    lists: dict[str, _List] = {}
    by_style: dict[str, str] = {}
    uses = []
    for element in elements:
        if local_name(element) == "abstractNum":
            identifier = attribute(element, "abstractNumId")
            found = definitions[identifier] = _definition(element)
            if found.style:
                by_style[found.style] = identifier
        else:
            uses.append(element)
    for element in uses:
        identifier = _value(element, "abstractNumId")
        defined = definitions.get(identifier, _Definition({}, {}))
        if defined.linked_style in by_style:
            identifier = by_style[defined.linked_style]
            defined = definitions[identifier]
        lists[attribute(element, "numId")] = _use(element, identifier, defined)
    return Numbering(lists)


def _definition(element: Any) -> _Definition:
    levels, level_of_style = {}, {}
    for each in element.findall("{*}lvl"):
        name = attribute(each, "ilvl")
        if name.isdecimal() and int(name) < _MAX_LEVELS:
            levels[int(name)] = _level(each)
            if style := _value(each, "pStyle"):
                level_of_style[style] = name
    return _Definition(
        levels, level_of_style, _value(element, "styleLink"), _value(element, "numStyleLink")
    )


def _use(element: Any, identifier: str, defined: _Definition) -> _List:
    levels, starts = dict(defined.levels), {}
    for each in element.findall("{*}lvlOverride"):
        name, start = attribute(each, "ilvl"), _value(each, "startOverride")
        own = each.find("{*}lvl")
        if not name.isdecimal():
            continue
        if own is not None:
            levels[int(name)] = _level(own)
        if start.isdecimal():
            starts[int(name)] = int(start)
    return _List(identifier, levels, starts, defined.level_of_style)


def _level(element: Any) -> ListLevel:
    number_format = _value(element, "numFmt") or "decimal"
    start, restart = _value(element, "start"), _value(element, "lvlRestart")
    hides = element.find("{*}rPr/{*}vanish") is not None
    return ListLevel(
        "" if number_format == "bullet" or hides else _value(element, "lvlText"),
        number_format,
        int(start) if start.isdecimal() else 0,
        int(restart) if restart.isdecimal() else None,
        element.find("{*}isLgl") is not None,
    )


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return attribute(found, "val") if found is not None else ""
