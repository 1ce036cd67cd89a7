"""The XML of a Word file: its paragraphs and notes as they are shown on paper.

Of the file only what holds text is unpacked and parsed, as a stream: python-docx would unpack all
of it, and knows no footnotes, text boxes or tracked changes. The elements are those of ECMA-376
part 1 (numbers of sections below are its own); names are compared without namespace, so that its
strict variant is read too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from search.reading.office.packages import Package, attribute, local
from search.reading.office.paragraphs import Cell, Paragraph, TextRun
from search.reading.office.word_styles import Numbering, Styles, is_on

__all__ = ["Story", "WordPackage"]

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "tab": "\t",
        "ptab": "\t",
        "br": "\n",
        "cr": "\n",
        "noBreakHyphen": "\u2011",
        "softHyphen": "\u00ad",
    }
)
_REFERENCES: Mapping[str, str] = MappingProxyType(
    {"footnoteReference": "footnote", "endnoteReference": "endnote"}
)
_LEAVES = frozenset({"t", "txbxContent", *_SIGNS, *_REFERENCES})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"})
_DELETED = frozenset({"del", "moveFrom"})


class WordPackage(Package):
    """The parts of a Word file that hold its text."""

    def story(self, styles: Styles | None = None, numbering: Numbering | None = None) -> Story:
        """Read the running text, that of tables and text boxes too.

        Raises ReadingError when the file holds no Word document.
        """
        return _told(lambda: self._running(self.main, "document"), styles, numbering)

    def story_of(self, part: str, root: str) -> Story:
        """Read the text of a header ("hdr") or another part that holds paragraphs."""
        return _told(lambda: self._running(part, root), None, None)

    def notes(self, kind: str, styles: Styles | None = None) -> dict[str, list[Paragraph]]:
        """Read the notes of a kind ("footnote", "endnote") as paragraphs, by id."""
        notes: dict[str, list[Paragraph]] = {}
        part = self.target(self.main, f"{kind}s")
        if part in self:
            for element in self.elements(part, kind, root=f"{kind}s"):
                notes[attribute(element, "id")] = _paragraphs_of(element, styles, None)
                element.clear()
        return notes

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the running text. Raises ReadingError without one."""
        main = self.target("", "officeDocument")
        if main not in self:
            raise self.refuse_kind()
        return main

    def target(self, part: str, kind: str) -> str:
        """Give the name of the part to which `part` has a relationship of a kind, or nothing."""
        return next((name for _, name in self.targets(part, kind)), "")

    def targets(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Give the id of each relationship of a kind that `part` has, and the part it leads to."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name in self:
            for each in self.elements(name, "Relationship", root="Relationships"):
                if attribute(each, "Type").rpartition("/")[2] == kind:
                    target = posixpath.join("/", folder, attribute(each, "Target"))
                    yield attribute(each, "Id"), posixpath.normpath(target).lstrip("/").lower()

    def _running(self, part: str, root: str) -> Iterator[Any]:
        """Give the paragraphs of the running text, those of tables too."""
        for paragraph in self.elements(part, "p", root):
            if _is_outermost(paragraph):
                yield paragraph
                paragraph.clear()
                _forget_before(paragraph)


def _forget_before(paragraph: Any) -> None:
    """Drop the paragraph before this one, which would stay in memory as an empty element."""
    before = paragraph.getprevious()
    if before is not None and local(before) == "p":
        paragraph.getparent().remove(before)


class Story:
    """Puts together the text of paragraphs that follow each other."""

    def __init__(
        self, *, by_field: bool, styles: Styles | None = None, numbering: Numbering | None = None
    ) -> None:
        """Begin; `by_field` says whether the instruction of a field is told from its result."""
        self.paragraphs: list[Paragraph] = []
        self.open_fields: list[bool] = []
        """Of each field that was begun and not ended, whether its result has begun."""
        self._by_field = by_field
        self._styles = styles or Styles()
        self._numbering = numbering
        self._parent: Any = None
        self._about: Paragraph | None = None
        self._pieces: list[TextRun] = []
        self._boxes: list[Paragraph] = []
        self._places: dict[Any, int] = {}

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The notes that are referred to, in order: "footnote" or "endnote", and the id."""
        flat = (each for p in self.paragraphs for each in (p, *p.boxes))
        return [piece.note for p in flat for piece in p.pieces if piece.note]

    def add(self, paragraph: Any) -> None:
        """Add a paragraph; one whose end is deleted goes on in the next one beside it."""
        if paragraph.getparent() is not self._parent:
            self.finish()
        self._parent = paragraph.getparent()
        self._about = self._described(paragraph)
        look = self._styles.look(paragraph)
        self._walk(paragraph, hidden=_row_is_deleted(paragraph), look=look)
        if not any(
            paragraph.find(f"{{*}}pPr/{{*}}rPr/{{*}}{name}") is not None for name in _DELETED
        ):
            self.finish()

    def finish(self) -> None:
        """End the paragraph that is being put together."""
        if self._about is not None:
            pieces, boxes = tuple(self._pieces), tuple(self._boxes)
            self.paragraphs.append(replace(self._about, pieces=pieces, boxes=boxes))
        self._pieces, self._boxes, self._about = [], [], None

    def _described(self, paragraph: Any) -> Paragraph:
        """Give what a paragraph is, without its characters."""
        listed, number = self._styles.item(paragraph, self._numbering)
        outline = self._styles.outline(paragraph)
        return Paragraph((), outline, listed, number, self._cell(paragraph))

    def _cell(self, paragraph: Any) -> Cell | None:
        """Give the place of a paragraph in the innermost table that it stands in."""
        around = [paragraph.iterancestors(f"{{*}}{name}") for name in ("tbl", "tr", "tc")]
        places = [next(each, None) for each in around]
        if any(place is None for place in places):
            return None
        # The elements are kept as keys: lxml would give their identity to others.
        return Cell(*(self._places.setdefault(each, len(self._places)) for each in places))

    def _walk(self, element: Any, *, hidden: bool, look: TextRun) -> None:
        for child in element:
            name = local(child)
            shown = not hidden and all(self.open_fields)
            if name == "fldChar":
                # Also where it is deleted: its other half may not be.
                self._pass_field(attribute(child, "fldCharType"))
            elif name in _LEAVES:
                if shown:
                    self._take(child, name, look)
            elif name == "AlternateContent":
                first = child.find("{*}Choice")
                chosen = child.find("{*}Fallback") if first is None else first
                if chosen is not None:
                    self._walk(chosen, hidden=hidden, look=look)
            elif name not in _NO_TEXT:
                gone = hidden or name in _DELETED or _vanishes(child)
                run = self._styles.run(child, look) if name == "r" else look
                self._walk(child, hidden=gone, look=run)

    def _take(self, leaf: Any, name: str, look: TextRun) -> None:
        """Take what has a text of its own, or stands for one."""
        if name == "txbxContent":
            self._boxes += _paragraphs_of(
                leaf, self._styles, self._numbering, by_field=self._by_field
            )
        elif name in _REFERENCES:
            self._pieces.append(TextRun("", note=(_REFERENCES[name], attribute(leaf, "id"))))
        else:
            text = (leaf.text or "") if name == "t" else _SIGNS[name]
            self._pieces.append(TextRun(text, look.bold, look.italic, look.raised))

    def _pass_field(self, kind: str) -> None:
        """Follow a field: only its result is shown, not what it is made from (17.16.18)."""
        if not self._by_field:
            return
        if kind == "begin":
            self.open_fields.append(False)
        elif self.open_fields:
            if kind == "separate":
                self.open_fields[-1] = True
            else:
                self.open_fields.pop()


def _told(
    paragraphs: Callable[[], Iterator[Any]],
    styles: Styles | None,
    numbering: Numbering | None,
    *,
    by_field: bool = True,
) -> Story:
    """Put together paragraphs, which can be given twice.

    A field that never ends would hide all that follows, so then all is taken for shown. Text boxes
    within are then read that way at once, or boxes in boxes would double the work each time.
    """
    for followed in (True, False) if by_field else (False,):
        story = Story(by_field=followed, styles=styles, numbering=numbering)
        for paragraph in paragraphs():
            story.add(paragraph)
        story.finish()
        if not story.open_fields:
            break
    return story


def _paragraphs_of(
    element: Any,
    styles: Styles | None,
    numbering: Numbering | None,
    *,
    by_field: bool = True,
) -> list[Paragraph]:
    """Give the paragraphs of a note or text box, and of the text boxes within it."""
    inner = [each for each in element.iter("{*}p") if _is_outermost(each, element)]
    found = _told(lambda: iter(inner), styles, numbering, by_field=by_field).paragraphs
    return [each for paragraph in found for each in (paragraph, *paragraph.boxes)]


def _is_outermost(paragraph: Any, within: Any = None) -> bool:
    """Tell whether a paragraph stands in no other one, as those of a text box do."""
    for ancestor in paragraph.iterancestors():
        if ancestor is within:
            return True
        if local(ancestor) == "p":
            return False
    return True


def _row_is_deleted(paragraph: Any) -> bool:
    rows = paragraph.iterancestors("{*}tr")
    return any(row.find("{*}trPr/{*}del") is not None for row in rows)


def _vanishes(element: Any) -> bool:
    """Tell whether a run is set as hidden text."""
    return is_on(element.find("{*}rPr/{*}vanish")) is True
