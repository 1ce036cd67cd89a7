"""Automatic numbers of the lists and headings of an OpenDocument text (1.3 part 3, 5.3 and 19)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from search.reading.office.list_numbers import ListCounts
from search.reading.office.odt_styles import OdtStyles
from search.reading.office.packages import attribute, local_name

__all__ = ["ListPlace", "OdtLists"]

_MAX_DEPTH = 10
_MAX_DIGITS = 5
"""Of a number that a file begins to count with."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """What lists and headings make of a paragraph."""

    number: str = ""
    is_list_item: bool = False
    """Whether it is the first paragraph of a list item."""
    number_format: str = ""
    """Of an item of a list that is in no other list, as "%1)"."""


@dataclass(slots=True)
class OdtLists:
    """The lists of a text, which counts their items as paragraphs go by."""

    styles: OdtStyles
    _items: set[Any] = field(default_factory=set)
    """List items of which the first paragraph was read."""
    _counts: dict[Any, ListCounts] = field(default_factory=dict)
    """By the outermost `list` element."""
    _by_id: dict[str, ListCounts] = field(default_factory=dict)
    _by_style: dict[str, ListCounts] = field(default_factory=dict)
    """Of the last list of each style."""
    _headings: ListCounts = field(default_factory=ListCounts)

    def place(self, paragraph: Any) -> ListPlace:
        """Count a paragraph and return its place; paragraphs come in order of the text."""
        parent = paragraph.getparent()
        kind = local_name(parent) if parent is not None else ""
        written = _written_number(paragraph)
        if kind == "list-item" and parent not in self._items:
            self._items.add(parent)
            found = self._item(paragraph, parent)
        elif kind == "numbered-paragraph":
            found = self._numbered(parent)
        elif local_name(paragraph) == "h" and kind not in ("list-item", "list-header"):
            found = ListPlace(self._heading(paragraph))
        else:
            return ListPlace(written)
        written = written or (_written_number(parent) if found.is_list_item else "")
        return ListPlace(written, found.is_list_item, found.number_format) if written else found

    def _item(self, paragraph: Any, item: Any) -> ListPlace:
        lists = [each for each in item.iterancestors() if local_name(each) == "list"]
        if not lists:
            return ListPlace(is_list_item=True)
        style = next((found for each in lists if (found := attribute(each, "style-name"))), "")
        style = style or self.styles.list_style(paragraph)
        counts = self._counts_of(lists[-1], style)
        depth = min(len(lists), _MAX_DEPTH) - 1
        start = attribute(item, "start-value")
        if not start and item.getprevious() is None:
            start = attribute(lists[0], "start-value")
        _restart(counts, depth, start)
        number = counts.next(depth, self.styles.list_levels.get(style, {}))
        return ListPlace(number, True, self.styles.number_format(style) if not depth else "")

    def _counts_of(self, outermost: Any, style: str) -> ListCounts:
        """Return the numbers of a list, which may go on from those of an earlier one."""
        counts = self._counts.get(outermost)
        if counts is None:
            earlier = self._by_id.get(attribute(outermost, "continue-list"))
            if earlier is None and attribute(outermost, "continue-numbering") == "true":
                earlier = self._by_style.get(style)
            counts = self._counts[outermost] = earlier or ListCounts()
            if identifier := attribute(outermost, "id"):
                self._by_id[identifier] = counts
        self._by_style[style] = counts
        return counts

    def _numbered(self, element: Any) -> ListPlace:
        level, start = attribute(element, "level"), attribute(element, "start-value")
        style = attribute(element, "style-name")
        counts = self._by_id.setdefault(attribute(element, "list-id"), ListCounts())
        depth = min(int(level), _MAX_DEPTH) - 1 if level.isdecimal() and int(level) else 0
        _restart(counts, depth, start)
        number = counts.next(depth, self.styles.list_levels.get(style, {}))
        return ListPlace(number, True, self.styles.number_format(style) if not depth else "")

    def _heading(self, heading: Any) -> str:
        if attribute(heading, "is-list-header") == "true":
            return ""
        level, start = attribute(heading, "outline-level"), attribute(heading, "start-value")
        depth = min(int(level), _MAX_DEPTH) - 1 if level.isdecimal() and int(level) else 0
        if attribute(heading, "restart-numbering") == "true":
            first = self.styles.outline_levels.get(depth)
            _restart(self._headings, depth, start or str(first.start if first else 1))
        return self._headings.next(depth, self.styles.outline_levels)


def _restart(counts: ListCounts, depth: int, start: str) -> None:
    if start.isdecimal() and len(start) <= _MAX_DIGITS:
        counts.restart(depth, int(start))


def _written_number(element: Any) -> str:
    """Return the number that a program has written for others to show, or an empty text."""
    number = element.find("{*}number")
    return "".join(number.itertext()).strip() if number is not None else ""
