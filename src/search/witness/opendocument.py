"""OpenDocument texts (.odt): every text node, in the order of the file.

The elements and attributes are those of OpenDocument 1.3 part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.errors import ReadingError
from search.witness.counting import Counter, Level
from search.witness.looks import PLAIN, TextLook
from search.witness.packages import Parts, attribute, name_of
from search.witness.records import Allowance, Flag, Stream
from search.witness.symbols import is_picture_font, seen
from search.witness.writing import StreamWriter

__all__ = ["read_opendocument"]

_UNSEEN = frozenset(
    {
        "annotation",
        "tracked-changes",
        "ruby-text",
        "title",
        "desc",
        "binary-data",
        "script",
        "event-listeners",
        "forms",
        "object",
        "object-ole",
        "meta",
        "scripts",
        "font-face-decls",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "index-entry-template",
        "table-of-content-source",
        "dde-connection-decls",
    }
)
_DEEPEST = 30
_MOST_SPACES = 64
_HEADERS = re.compile(r"(?:header|footer)(?:-first|-left)?")
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class _Styles:
    """The styles of a file: those of styles.xml first, then those of content.xml."""

    looks: dict[tuple[str, str], tuple[str, TextLook]] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)

    def add(self, element: Any) -> None:
        name = name_of(element)
        if name == "font-face":
            self.faces[attribute(element, "name")] = attribute(element, "font-family").strip("'\"")
        elif name in ("list-style", "outline-style"):
            levels = dict(_levels(element))
            if name == "outline-style":
                self.outline = levels
            else:
                self.lists[attribute(element, "name")] = levels
        else:
            said = element.find("{*}text-properties")
            look = self._look(said) if said is not None else TextLook()
            key = attribute(element, "family"), attribute(element, "name")
            self.looks[key] = attribute(element, "parent-style-name"), look

    def _look(self, said: Any) -> TextLook:
        display, place = attribute(said, "display"), attribute(said, "text-position")
        struck, font = attribute(said, "text-line-through-style"), attribute(said, "font-name")
        return TextLook(
            display == "none" if display else None,
            struck != "none" if struck else None,
            _height(place) if place else None,
            self.faces.get(font, font) if font else None,
        )

    def of(self, family: str, name: str, around: TextLook) -> TextLook:
        look = TextLook()
        for _ in range(_DEEPEST):
            found = self.looks.get((family, name))
            if found is None:
                break
            name, said = found
            look = look.over(said)
        return look.over(around)


def _height(place: str) -> int:
    first = place.split()[0] if place.split() else ""
    if first in ("super", "sub"):
        return 1 if first == "super" else -1
    number = first.removesuffix("%")
    if not re.fullmatch(r"-?\d{1,3}", number) or number.strip("-") == "0":
        return 0
    return -1 if number.startswith("-") else 1


def _levels(element: Any) -> Iterator[tuple[int, Level]]:
    for each in element:
        depth, form = attribute(each, "level"), attribute(each, "num-format")
        is_number = name_of(each) in ("list-level-style-number", "outline-level-style")
        if not is_number or not depth.isdecimal() or not form:
            continue
        shown = attribute(each, "display-levels")
        most = int(depth)
        first = most - (int(shown) if shown.isdecimal() else 1)
        inner = ".".join(f"%{number + 1}" for number in range(max(0, first), most))
        start = attribute(each, "start-value")
        text = f"{attribute(each, 'num-prefix')}{inner}{attribute(each, 'num-suffix')}"
        yield most - 1, Level(text, form, int(start) if start.isdecimal() else 1)


def read_opendocument(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the texts of an OpenDocument file. Raises ReadingError when it can't be read."""
    parts = Parts(content, name, allowed)
    if "content.xml" not in parts:
        raise ReadingError(f"{name} is geen OpenDocument-tekst (.odt).")
    writer, styles = StreamWriter(name, allowed), _Styles()
    if "styles.xml" in parts:
        _Reading(writer, styles, headers=True).read(parts, "styles.xml")
    _Reading(writer, styles).read(parts, "content.xml")
    return writer.finished()


class _Reading:
    """One walk through a part of the file."""

    def __init__(self, writer: StreamWriter, styles: _Styles, *, headers: bool = False) -> None:
        self._writer = writer
        self._styles = styles
        self._headers = headers
        """Whether only page headers and footers are text."""
        self._looks: list[TextLook] = [PLAIN]
        self._skipped = 0
        self._within = 0
        """Paragraphs that are open."""
        self._header = 0
        self._lists: list[tuple[str, Counter]] = []
        self._counters: dict[str, Counter] = {}
        self._labels: list[str] = []
        self._outline: Counter | None = None
        self._parts: Parts | None = None

    def read(self, parts: Parts, part: str) -> None:
        """Write all text of a part, that of a paragraph where it ends and all of it is known."""
        self._parts = parts
        for event, element in parts.events(part):
            name = name_of(element)
            if event == "start":
                self._header += bool(_HEADERS.fullmatch(name))
                if name == "list":
                    self._open_list(element)
                elif name in ("list-item", "list-header") and self._lists:
                    self._labels.append(self._label(element, name))
                self._within += name in ("p", "h")
                continue
            self._within -= name in ("p", "h")
            self._header -= bool(_HEADERS.fullmatch(name))
            if name in ("style", "list-style", "outline-style", "font-face"):
                self._styles.add(element)
            elif name == "list" and self._lists:
                self._lists.pop()
            elif name in ("p", "h") and not self._within and not _is_unseen(element):
                if self._header or not self._headers:
                    self._paragraph(element)
                element.clear()
            elif name in ("list-item", "list-header"):
                self._labels = self._labels[:-1]

    def _open_list(self, element: Any) -> None:
        name = attribute(element, "style-name") or (self._lists[-1][0] if self._lists else "")
        if self._lists and self._lists[-1][0] == name:
            counter = self._lists[-1][1]
        else:
            counter = self._continued(element, name) or Counter(self._styles.lists.get(name, {}))
            self._counters[name] = counter
        self._lists.append((name, counter))

    def _continued(self, element: Any, name: str) -> Counter | None:
        goes_on = attribute(element, "continue-numbering") == "true"
        if goes_on or attribute(element, "continue-list"):
            return self._counters.get(name)
        return None

    def _label(self, item: Any, name: str) -> str:
        if name == "list-header":
            return ""
        depth, counter = len(self._lists) - 1, self._lists[-1][1]
        start = attribute(item, "start-value")
        if start.isdecimal():
            counter.restart(depth, int(start))
        return counter.next(depth)

    def _paragraph(self, element: Any) -> None:
        """Write an outermost paragraph, and what is in it."""
        if self._header:
            self._writer.begin("koptekst")
        label = self._labels[-1] if self._labels else ""
        if self._labels:
            self._labels[-1] = ""
        if not label and name_of(element) == "h" and attribute(element, "is-list-header") != "true":
            label = self._heading(element)
        if label:
            self._writer.say(f"{label}\t", Flag.LABEL)
        self._walk(element)
        if self._header:
            self._writer.end()

    def _heading(self, element: Any) -> str:
        if not self._styles.outline:
            return ""
        self._outline = self._outline or Counter(self._styles.outline)
        depth = attribute(element, "outline-level")
        return self._outline.next(int(depth) - 1 if depth.isdecimal() and depth != "0" else 0)

    def _walk(self, root: Any) -> None:
        from lxml import etree

        looks = [PLAIN]
        unseen = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = name_of(element)
            if event == "start":
                unseen += name in _UNSEEN
                looks.append(self._over(name, element, looks[-1]))
                if name == "object" and unseen == 1 and self._is_formula(element):
                    self._writer.say("\ufffd", Flag.SYMBOL | Flag.FORMULA)
                if not unseen:
                    self._open(name, element, looks[-1])
                    self._say(element.text, looks[-1], note=name == "note-citation")
                continue
            looks.pop()
            if not unseen and (name in ("p", "h")):
                self._writer.part()
            if not unseen and name in ("note-body", "text-box"):
                self._writer.end()
            unseen -= name in _UNSEEN
            if not unseen and element is not root:
                self._say(element.tail, looks[-1])

    def _is_formula(self, element: Any) -> bool:
        folder = attribute(element, "href").removeprefix("./").lower()
        part = f"{folder}/content.xml"
        if not folder or self._parts is None or part not in self._parts:
            return False
        _, root = next(self._parts.events(part))
        return name_of(root) == "math"

    def _over(self, name: str, element: Any, look: TextLook) -> TextLook:
        if name in ("note-body", "text-box"):
            return PLAIN
        if name in ("p", "h"):
            look = self._styles.of("paragraph", attribute(element, "style-name"), look)
            hides = any(
                name_of(each) == "hidden-paragraph" and attribute(each, "is-hidden") == "true"
                for each in element.iter()
            )
            return look._replace(hidden=True) if hides or _in_hidden_section(element) else look
        if name in ("span", "a"):
            return self._styles.of("text", attribute(element, "style-name"), look)
        if name == "hidden-text" and attribute(element, "is-hidden") != "false":
            return look._replace(hidden=True)
        return look

    def _open(self, name: str, element: Any, look: TextLook) -> None:
        if name in ("p", "h"):
            self._writer.part()
        elif name == "s":
            count = attribute(element, "c")
            most = min(int(count), _MOST_SPACES) if count.isdecimal() else 1
            self._say(" " * most, look)
        elif name == "tab":
            self._writer.say("\t")
        elif name == "line-break":
            self._writer.say("\n")
        elif name in ("note-body", "text-box"):
            self._writer.begin("noot" if name == "note-body" else "tekstvak")

    def _say(self, text: str | None, look: TextLook, *, note: bool = False) -> None:
        if not text:
            return
        flags = look.flags | (Flag.NOTE if note else Flag.NONE)
        font = look.font or ""
        # A line end in the file is a space (6.1.2).
        text = _WHITE.sub(" ", text)
        if not is_picture_font(font):
            self._writer.say(text, flags)
            return
        for character in text:
            known = " " if character.isspace() else seen(character, font)
            self._writer.say(known or character, flags if known else flags | Flag.SYMBOL)


def _is_unseen(element: Any) -> bool:
    return any(name_of(each) in _UNSEEN for each in element.iterancestors())


def _in_hidden_section(element: Any) -> bool:
    return any(
        name_of(each) == "section"
        and (attribute(each, "display") == "none" or attribute(each, "is-hidden") == "true")
        for each in element.iterancestors()
    )
