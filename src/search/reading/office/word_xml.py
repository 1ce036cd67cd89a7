"""Read the XML of a Word file: its paragraphs and notes as they are shown on paper.

Only the parts that hold text are unpacked and parsed, as a stream: python-docx would unpack all
of the file, and lacks footnotes, text boxes and tracked changes. The elements are those of ECMA-376
part 1 (section numbers below refer to it); names are compared without namespace, so that its strict
variant is read too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from search.reading.office.packages import Package, attribute, local_name, release
from search.reading.office.paragraphs import Paragraph, TextRun, cell_of
from search.reading.office.word_styles import Numbering, Styles, is_on

__all__ = ["Story", "WordPackage"]

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
_LEAVES = frozenset({"t", "txbxContent", *_CHARACTERS, *_NOTE_REFERENCES})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"})
_DELETED = frozenset({"del", "moveFrom"})


class WordPackage(Package):
    """A Word file, with access to the parts that hold its text."""

    def read_main(self, styles: Styles | None = None, numbering: Numbering | None = None) -> Story:
        """Read the running text, that of tables and text boxes included.

        Raises ReadingError when the file holds no Word document.
        """
        return _read_story(lambda: self._paragraphs(self.main, "document"), styles, numbering)

    def read_part(self, part: str, root: str) -> Story:
        """Read the text of a header ("hdr") or another part that holds paragraphs."""
        return _read_story(lambda: self._paragraphs(part, root), None, None)

    def read_notes(self, kind: str, styles: Styles | None = None) -> dict[str, list[Paragraph]]:
        """Read the notes of a kind ("footnote", "endnote") as paragraphs, by id."""
        notes: dict[str, list[Paragraph]] = {}
        part = self.related_part(self.main, f"{kind}s")
        if part in self:
            for element in self.elements(part, kind, root=f"{kind}s"):
                notes[attribute(element, "id")] = _paragraphs_in(element, styles, None)
                element.clear()
        return notes

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the running text. Raises ReadingError without one."""
        main = self.related_part("", "officeDocument")
        if main not in self:
            raise self.wrong_kind_error()
        return main

    def related_part(self, part: str, kind: str) -> str:
        """Return the name of the part to which `part` has a relationship of a kind, or ""."""
        return next((name for _, name in self.related_parts(part, kind)), "")

    def related_parts(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the id and the target part of each relationship of a kind that `part` has."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name in self:
            for each in self.elements(name, "Relationship", root="Relationships"):
                if attribute(each, "Type").rpartition("/")[2] == kind:
                    target = posixpath.join("/", folder, attribute(each, "Target"))
                    yield attribute(each, "Id"), posixpath.normpath(target).lstrip("/").lower()

    def _paragraphs(self, part: str, root: str) -> Iterator[Any]:
        """Yield the paragraph elements of a part, those of tables included."""
        for paragraph in self.elements(part, "p", root):
            if _is_outermost(paragraph):
                yield paragraph
                release(paragraph, ("p",))


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
        self.open_fields: list[bool] = []
        """Of each field that was begun and not ended, whether its result has begun."""
        self._hide_instructions = hide_instructions
        self._styles = styles or Styles()
        self._numbering = numbering
        self._parent: Any = None
        self._properties: Paragraph | None = None
        """The paragraph that is being read, without its characters."""
        self._runs: list[TextRun] = []
        self._boxes: list[Paragraph] = []
        self._cell_numbers: dict[Any, int] = {}

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The notes that are referred to, in order: "footnote" or "endnote", and the id."""
        flat = (each for p in self.paragraphs for each in (p, *p.boxes))
        return [run.note for p in flat for run in p.runs if run.note]

    def add(self, paragraph: Any) -> None:
        """Add a paragraph; one whose end is deleted continues in its next sibling."""
        if paragraph.getparent() is not self._parent:
            self.finish()
        self._parent = paragraph.getparent()
        self._properties = Paragraph(
            (),
            self._styles.outline_level(paragraph),
            *self._styles.list_item(paragraph, self._numbering),
            cell_of(paragraph, ("tbl", "tr", "tc"), self._cell_numbers),
        )
        around = self._styles.paragraph_format(paragraph)
        self._read(paragraph, hidden=_is_in_deleted_row(paragraph), around=around)
        ends = (paragraph.find(f"{{*}}pPr/{{*}}rPr/{{*}}{name}") for name in _DELETED)
        if all(end is None for end in ends):
            self.finish()

    def finish(self) -> None:
        """End the paragraph that is being read."""
        if self._properties is not None:
            runs, boxes = tuple(self._runs), tuple(self._boxes)
            self.paragraphs.append(replace(self._properties, runs=runs, boxes=boxes))
        self._runs, self._boxes, self._properties = [], [], None

    def _read(self, element: Any, *, hidden: bool, around: TextRun) -> None:
        """Read an element; `around` is an empty run with the formatting around it."""
        for child in element:
            name = local_name(child)
            shown = not hidden and all(self.open_fields)
            if name == "fldChar":
                # Also where it is deleted: its other half may not be.
                self._follow_field(attribute(child, "fldCharType"))
            elif name in _LEAVES:
                if shown:
                    self._read_leaf(child, name, around)
            elif name == "AlternateContent":
                first = child.find("{*}Choice")
                chosen = child.find("{*}Fallback") if first is None else first
                if chosen is not None:
                    self._read(chosen, hidden=hidden, around=around)
            elif name not in _NO_TEXT:
                is_hidden = hidden or name in _DELETED or _is_hidden(child)
                inner = self._styles.run_format(child, around) if name == "r" else around
                self._read(child, hidden=is_hidden, around=inner)

    def _read_leaf(self, leaf: Any, name: str, around: TextRun) -> None:
        if name == "txbxContent":
            self._boxes += _paragraphs_in(
                leaf, self._styles, self._numbering, hide_instructions=self._hide_instructions
            )
        elif name in _NOTE_REFERENCES:
            self._runs.append(TextRun("", note=(_NOTE_REFERENCES[name], attribute(leaf, "id"))))
        else:
            text = (leaf.text or "") if name == "t" else _CHARACTERS[name]
            self._runs.append(replace(around, text=text))

    def _follow_field(self, kind: str) -> None:
        """Keep track of fields, of which only the result is shown (17.16.18)."""
        if not self._hide_instructions:
            return
        if kind == "begin":
            self.open_fields.append(False)
        elif self.open_fields:
            if kind == "separate":
                self.open_fields[-1] = True
            else:
                self.open_fields.pop()


def _read_story(
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


def _paragraphs_in(
    element: Any,
    styles: Styles | None,
    numbering: Numbering | None,
    *,
    hide_instructions: bool = True,
) -> list[Paragraph]:
    """Return the paragraphs of a note or text box, and of the text boxes within it."""
    inner = [each for each in element.iter("{*}p") if _is_outermost(each, element)]
    story = _read_story(lambda: iter(inner), styles, numbering, hide_instructions=hide_instructions)
    return [each for paragraph in story.paragraphs for each in (paragraph, *paragraph.boxes)]


def _is_outermost(paragraph: Any, within: Any = None) -> bool:
    """Return whether a paragraph is in no other one, as those of a text box are."""
    for ancestor in paragraph.iterancestors():
        if ancestor is within:
            return True
        if local_name(ancestor) == "p":
            return False
    return True


def _is_in_deleted_row(paragraph: Any) -> bool:
    rows = paragraph.iterancestors("{*}tr")
    return any(row.find("{*}trPr/{*}del") is not None for row in rows)


def _is_hidden(element: Any) -> bool:
    return is_on(element.find("{*}rPr/{*}vanish")) is True
