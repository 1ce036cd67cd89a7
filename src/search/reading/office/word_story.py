"""Collect the paragraphs of a Word file as they are shown on paper.

The elements are those of ECMA-376 part 1 (section numbers below refer to it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from search.reading.left_out import LeftOut
from search.reading.office.formulas import linear_formula
from search.reading.office.packages import attribute, local_name
from search.reading.office.paragraphs import (
    CharacterFormat,
    Paragraph,
    TextRun,
    cell_of,
    with_raised_digits,
)
from search.reading.office.symbols import UNKNOWN, known_text, symbol
from search.reading.office.word_lists import Numbering
from search.reading.office.word_styles import Styles, is_indented, is_on, outline_level

__all__ = ["Story", "is_outermost", "paragraphs_in", "read_story"]

_CHARACTERS: Mapping[str, str] = MappingProxyType(
    {
        "tab": "\t",
        "ptab": "\t",
        "br": "\n",
        "cr": "\n",
        "noBreakHyphen": "\u2011",
        "softHyphen": "\u00ad",
    }
)
_NOTE_REFERENCES: Mapping[str, str] = MappingProxyType(
    {"footnoteReference": "footnote", "endnoteReference": "endnote"}
)
_LEAVES = frozenset({"t", "sym", "delText", "oMath", "OLEObject", *_CHARACTERS, *_NOTE_REFERENCES})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "delInstrText", "rt"})
_DELETED = frozenset({"del", "moveFrom"})
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_CONTENTS_GALLERY = "Table of Contents"
_FORMULA_PROGRAMS = ("Equation", "MathType")


@dataclass(slots=True)
class _Field:
    """A field that was begun and not ended (17.16.18)."""

    instruction: str = ""
    has_result: bool = False


@dataclass(slots=True)
class _Around:
    """What is around a paragraph."""

    cell: tuple[Any, Any, Any] | None = None
    """The elements of the innermost table, row and cell."""
    is_hidden: bool = False
    is_deleted: bool = False
    is_contents: bool = False


class Story:
    """Collects the text of successive paragraphs."""

    def __init__(
        self,
        *,
        hide_instructions: bool,
        styles: Styles | None = None,
        numbering: Numbering | None = None,
    ) -> None:
        """Begin; `hide_instructions` leaves out the instructions of fields."""
        self.paragraphs: list[Paragraph] = []
        self.open_fields: list[_Field] = []
        self.left_out = LeftOut()
        self._hide_instructions = hide_instructions
        self._styles = styles or Styles()
        self._numbering = numbering or Numbering()
        self._parent: Any = None
        self._properties: Paragraph | None = None
        """The paragraph that is being read, without its characters."""
        self._runs: list[TextRun] = []
        self._boxes: list[Paragraph] = []
        self._numbers: dict[Any, int] = {}
        """The numbers of tables, rows and cells."""
        self._next_columns: dict[Any, int] = {}
        """By row, the column after the last cell that was begun."""
        self._columns: dict[Any, int] = {}
        self._has_result = True
        """Whether the text that is read is the result of all fields around it."""
        self._is_contents = False
        self._is_in_contents_field = False
        self._last_left_out: Literal["", "hidden", "deleted"] = ""

    @property
    def all_paragraphs(self) -> list[Paragraph]:
        """The paragraphs with those in text boxes, in order."""
        return [each for p in self.paragraphs for each in (p, *p.boxes)]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The notes that are referred to, in order: "footnote" or "endnote", and the id."""
        return [run.note for p in self.all_paragraphs for run in p.runs if run.note]

    def add(self, paragraph: Any) -> None:
        """Add a paragraph; one whose end is not shown continues in its next sibling."""
        if paragraph.getparent() is not self._parent:
            self.finish()
        self._parent = paragraph.getparent()
        self._last_left_out = ""
        around = _around(paragraph)
        properties = paragraph.find("{*}pPr")
        style = self._styles.paragraph_style(properties)
        level = self._styles.list_level(properties, style, self._numbering)
        own_level = outline_level(properties)
        outline = style.outline_level if own_level is None else (own_level + 1) % 10
        self._is_contents = self._is_contents or around.is_contents or style.is_contents
        self._properties = Paragraph(
            outline_level=outline,
            is_list_item=level is not None,
            number_format=self._numbering.format_of(*level) if level else "",
            cell=cell_of(around.cell, self._column(around.cell), self._numbers),
            list_level=level,
            is_block_quote=style.is_block_quote and level is None,
            is_indented=level is None and (style.is_indented or is_indented(properties)),
        )
        looks = style.format._replace(hidden=True) if around.is_hidden else style.format
        self._read(paragraph, deleted=around.is_deleted, around=looks)
        if not _continues(properties, looks):
            self.finish()

    def finish(self) -> None:
        """End the paragraph that is being read."""
        if self._properties is not None:
            runs = tuple(with_raised_digits(self._runs))
            made = replace(self._properties, runs=runs, boxes=tuple(self._boxes))
            if self._last_left_out and not made.text.strip():
                # Nothing of it is shown, so that it is no item of a list either.
                made = replace(made, is_list_item=False, list_level=None)
            self.paragraphs.append(replace(made, is_contents=True) if self._is_contents else made)
        self._runs, self._boxes, self._properties = [], [], None
        self._is_contents = False

    def _column(self, cell: tuple[Any, Any, Any] | None) -> int:
        """Return the column in which a cell begins, after the cells before it (17.4.17)."""
        if cell is None:
            return 0
        _, row, element = cell
        if element not in self._columns:
            before = self._next_columns.get(row)
            if before is None:
                before = _number(row, "trPr/{*}gridBefore", 0)
            self._columns[element] = before
            self._next_columns[row] = before + max(1, _number(element, "tcPr/{*}gridSpan", 1))
        return self._columns[element]

    def _read(self, element: Any, *, deleted: bool, around: CharacterFormat) -> None:
        """Read an element; `around` is the format around it."""
        for child in element:
            name = local_name(child)
            if name == "fldChar":
                # Also where it is deleted: its other half may not be.
                self._follow_field(child, shown=around.is_seen and not deleted)
            elif name == "instrText":
                if self.open_fields:
                    self.open_fields[-1].instruction += child.text or ""
            elif name in _LEAVES:
                if self._has_result and self._is_seen(name, child, around, deleted=deleted):
                    self._read_leaf(child, name, around)
            elif name == "txbxContent":
                if self._has_result and around.is_seen and not deleted:
                    self._read_box(child)
            elif name == "AlternateContent":
                first = child.find("{*}Choice")
                chosen = child.find("{*}Fallback") if first is None else first
                if chosen is not None:
                    self._read(chosen, deleted=deleted, around=around)
            elif name == "fldSimple" and _CONTENTS_FIELD.match(attribute(child, "instr")):
                self._is_contents = True
            elif name not in _NO_TEXT:
                inner = self._styles.run_format(child, around) if name == "r" else around
                self._read(child, deleted=deleted or name in _DELETED, around=inner)

    def _is_seen(self, name: str, leaf: Any, around: CharacterFormat, *, deleted: bool) -> bool:
        """Return whether a leaf is shown; count the pieces of text that are not."""
        seen = around.is_seen and not deleted and name != "delText"
        if seen:
            self._last_left_out = ""
        elif name in _CHARACTERS or not (leaf.text or name in ("sym", "oMath")):
            pass
        elif name != "delText" and around.hidden and not deleted:
            self.left_out.hidden += self._last_left_out != "hidden"
            self._last_left_out = "hidden"
        else:
            self.left_out.deleted += self._last_left_out != "deleted"
            self._last_left_out = "deleted"
        return seen

    def _read_leaf(self, leaf: Any, name: str, around: CharacterFormat) -> None:
        if name in _NOTE_REFERENCES:
            self._runs.append(TextRun("", note=(_NOTE_REFERENCES[name], attribute(leaf, "id"))))
            return
        text = _text_of(leaf, name, around.font or "")
        if text:
            self._is_contents = self._is_contents or self._is_in_contents_field
            self._runs.append(around.run(text))

    def _read_box(self, content: Any) -> None:
        story = paragraphs_in(
            content, self._styles, self._numbering, hide_instructions=self._hide_instructions
        )
        self._boxes += story.all_paragraphs
        self.left_out.add(story.left_out)

    def _follow_field(self, character: Any, *, shown: bool) -> None:
        """Keep track of fields, of which only the result is shown."""
        if not self._hide_instructions:
            return
        kind = attribute(character, "fldCharType")
        if kind == "begin":
            box = character.find("{*}ffData/{*}checkBox")
            if box is not None and shown and self._has_result:
                self._runs.append(TextRun("☒" if _is_checked(box) else "☐"))
            self.open_fields.append(_Field())
        elif self.open_fields:
            if kind == "separate":
                self.open_fields[-1].has_result = True
            else:
                self.open_fields.pop()
        self._has_result = all(each.has_result for each in self.open_fields)
        self._is_in_contents_field = any(
            _CONTENTS_FIELD.match(each.instruction) for each in self.open_fields
        )


def read_story(
    paragraphs: Callable[[], Iterator[Any]],
    styles: Styles | None,
    numbering: Numbering | None,
    *,
    hide_instructions: bool = True,
) -> Story:
    """Read paragraphs; `paragraphs` may be called twice.

    A field that never ends would hide all that follows, so then everything is shown. Text boxes
    within are then read that way at once, or boxes in boxes would double the work each time.
    """
    for hides in (True, False) if hide_instructions else (False,):
        story = Story(hide_instructions=hides, styles=styles, numbering=numbering)
        for paragraph in paragraphs():
            story.add(paragraph)
        story.finish()
        if not story.open_fields:
            break
    return story


def paragraphs_in(
    element: Any,
    styles: Styles | None,
    numbering: Numbering | None,
    *,
    hide_instructions: bool = True,
) -> Story:
    """Return the paragraphs of a note or text box, and of the text boxes within it."""
    inner = [each for each in element.iter("{*}p") if is_outermost(each, element)]
    return read_story(lambda: iter(inner), styles, numbering, hide_instructions=hide_instructions)


def is_outermost(paragraph: Any, within: Any = None) -> bool:
    """Return whether a paragraph is in no other one, as those of a text box are."""
    for ancestor in paragraph.iterancestors():
        if ancestor is within:
            return True
        if local_name(ancestor) == "p":
            return False
    return True


def _around(paragraph: Any) -> _Around:
    found = _Around()
    elements: dict[str, Any] = {}
    for each in paragraph.iterancestors():
        name = local_name(each)
        if name in ("tbl", "tr", "tc"):
            elements.setdefault(name, each)
            if name == "tr" and (properties := each.find("{*}trPr")) is not None:
                found.is_deleted = found.is_deleted or properties.find("{*}del") is not None
                found.is_hidden = found.is_hidden or is_on(properties.find("{*}hidden")) is True
        elif name == "sdt":
            gallery = each.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
            if gallery is not None and attribute(gallery, "val") == _CONTENTS_GALLERY:
                found.is_contents = True
    if len(elements) == 3:
        found.cell = elements["tbl"], elements["tr"], elements["tc"]
    return found


def _continues(properties: Any, looks: CharacterFormat) -> bool:
    """Return whether a paragraph continues in the next: a drop cap, or its end is not shown."""
    if properties is None:
        return bool(looks.hidden)
    frame = properties.find("{*}framePr")
    if frame is not None and attribute(frame, "dropCap") in ("drop", "margin"):
        return True
    end = properties.find("{*}rPr")
    if end is None or not len(end):
        return bool(looks.hidden)
    if any(end.find(f"{{*}}{name}") is not None for name in _DELETED):
        return True
    hidden = is_on(end.find("{*}vanish"))
    # A heading with a style separator (17.3.2.36) is a paragraph of its own.
    return bool(looks.hidden if hidden is None else hidden) and end.find("{*}specVanish") is None


def _text_of(leaf: Any, name: str, font: str) -> str:
    """Return the characters of a leaf in a font."""
    if name == "t":
        return known_text(leaf.text or "", font)
    if name == "sym":
        code = attribute(leaf, "char")
        is_code = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code)
        return symbol(int(code, 16), attribute(leaf, "font")) if is_code else UNKNOWN
    if name == "oMath":
        return linear_formula(leaf)
    if name == "OLEObject":
        # A formula of an older Word is kept as a picture.
        return UNKNOWN if attribute(leaf, "ProgID").startswith(_FORMULA_PROGRAMS) else ""
    return _CHARACTERS[name]


def _is_checked(box: Any) -> bool:
    checked = box.find("{*}checked")
    return is_on(box.find("{*}default") if checked is None else checked) is True


def _number(element: Any, path: str, usual: int) -> int:
    found = element.find(f"{{*}}{path}")
    value = attribute(found, "val") if found is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else usual
