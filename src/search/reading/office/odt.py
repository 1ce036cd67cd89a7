"""Read OpenDocument texts (.odt): their paragraphs, notes and properties.

The parts and elements are those of OpenDocument 1.3 (part 2 for the package, part 3 for the text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from search.dutch.dates import iso_day
from search.reading.contents import Contents
from search.reading.left_out import LeftOut
from search.reading.office.manuscript import Manuscript, contents_of
from search.reading.office.odt_lists import OdtLists
from search.reading.office.odt_styles import STYLE_ELEMENTS, OdtStyles
from search.reading.office.packages import (
    Package,
    PackageFormat,
    attribute,
    local_name,
    release,
    translated_errors,
)
from search.reading.office.paragraphs import (
    MAX_COLUMNS,
    TITLE,
    CharacterFormat,
    Paragraph,
    TextRun,
    cell_of,
    with_raised_digits,
)
from search.reading.office.symbols import UNKNOWN, known_text
from search.records import Limits

__all__ = ["read_odt"]

_ODT = PackageFormat(
    "OpenDocument-tekst",
    ".odt",
    "LibreOffice of Word",
    "Sla het op als OpenDocument-tekst (.odt), of zet de tekst in een .txt- of .md-bestand.",
)
_MIMETYPES = tuple(
    f"application/vnd.oasis.opendocument.text{kind}".encode()
    for kind in ("", "-template", "-master")
)
_MAX_MANIFEST_BYTES = 2_000_000
_PARAGRAPHS = ("p", "h")
_NO_TEXT = frozenset(
    {
        "annotation",
        "tracked-changes",
        "ruby-text",
        "note-citation",
        "title",
        "desc",
        "binary-data",
        "number",
        "script",
        "event-listeners",
    }
)
"""Comments, deletions, and what describes a picture or is shown elsewhere."""
_CONTENTS = frozenset(
    {"table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index"}
)
_CELLS = ("table-cell", "covered-table-cell")
_HEADER_ELEMENTS = ("header", "header-first", "header-left")
_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 8
"""Of one `s` element, since a file may declare any number."""
_MAX_OUTLINE_LEVEL = 9
_MAX_REPEATS = 20
"""Of one cell with text, since a file may declare any number."""


def read_odt(content: bytes, name: str, limits: Limits) -> Contents:
    """Read an OpenDocument text.

    Headings come from their outline levels, else from lines that are bold or italic as a whole.
    Automatic numbers are part of the text. Hidden, deleted and struck text, comments and tables of
    contents are left out; text boxes stay, page headers and footers do not. Raises ReadingError
    when the file is of another kind, locked, damaged, or exceeds `limits`.
    """
    with translated_errors(name, content, _ODT):
        package = Package(name, content, _ODT, unpacked=limits.unpacked, seconds=limits.seconds)
        _check_kind(package)
        styles = OdtStyles()
        headers = _read_styles(package, styles)
        story = _Story(styles, package)
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("content.xml", wanted, "document-content"):
            if local_name(element) in STYLE_ELEMENTS:
                styles.add(element)
            else:
                story.add_shown(element)
        title, saved = _properties(package)
        manuscript = Manuscript(
            story.paragraphs,
            story.notes,
            story.labels,
            headers,
            title,
            saved,
            story.left_out.remarks,
        )
    return contents_of(manuscript, name, limits)


def _check_kind(package: Package) -> None:
    """Raise ReadingError when the package is no text, or is locked."""
    if "mimetype" in package and package.start_of("mimetype", 200).strip() not in _MIMETYPES:
        raise package.wrong_kind_error()
    # Not parsed: manifests of old programs have a DTD, which the parser refuses.
    manifest = b""
    if "meta-inf/manifest.xml" in package:
        manifest = package.start_of("meta-inf/manifest.xml", _MAX_MANIFEST_BYTES)
    if b"encryption-data" in manifest:
        raise package.locked_error()
    if "content.xml" not in package:
        raise package.wrong_kind_error()


def _read_styles(package: Package, styles: OdtStyles) -> list[Paragraph]:
    """Add the named styles to `styles`, and return the paragraphs of the page headers."""
    story = _Story(styles, package)
    if "styles.xml" in package:
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("styles.xml", wanted, "document-styles"):
            if local_name(element) in STYLE_ELEMENTS:
                styles.add(element)
            elif any(local_name(each) in _HEADER_ELEMENTS for each in element.iterancestors()):
                story.add_shown(element)
    return [each for paragraph in story.paragraphs for each in (paragraph, *paragraph.boxes)]


def _properties(package: Package) -> tuple[str, str]:
    """Return the title, and the day of the last save (ISO 8601), from the file's properties."""
    found: dict[str, str] = {}
    if "meta.xml" in package:
        wanted = ("title", "date", "creation-date")
        for element in package.elements("meta.xml", wanted, "document-meta"):
            found.setdefault(local_name(element), " ".join((element.text or "").split()))
    saved = iso_day(found.get("date", "")) or iso_day(found.get("creation-date", ""))
    return found.get("title", ""), saved


@dataclass(slots=True)
class _Around:
    """What is around a paragraph."""

    is_within: bool = False
    """Whether it is in another paragraph, or in what is no text."""
    is_hidden: bool = False
    is_deleted: bool = False
    is_contents: bool = False
    cell: tuple[Any, Any, Any] | None = None
    """The elements of the innermost table, row and cell."""


def _around(paragraph: Any) -> _Around:
    found = _Around()
    elements: dict[str, Any] = {}
    for each in paragraph.iterancestors():
        name = local_name(each)
        if name in _PARAGRAPHS:
            found.is_within = True
        elif name == "tracked-changes":
            found.is_deleted = True
        elif name in _NO_TEXT:
            found.is_within = True
        elif name in _CONTENTS:
            found.is_contents = True
        elif name == "section":
            is_off = attribute(each, "display") == "none" or attribute(each, "is-hidden") == "true"
            found.is_hidden = found.is_hidden or is_off
        elif name == "covered-table-cell" and "table-cell" not in elements:
            found.is_hidden = True
        elif name in ("table", "table-row", "table-cell"):
            elements.setdefault(name, each)
    if len(elements) == 3:
        found.cell = elements["table"], elements["table-row"], elements["table-cell"]
    return found


@dataclass(slots=True)
class _Story:
    """Collects the paragraphs of a text, with its notes."""

    styles: OdtStyles
    package: Package
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: dict[tuple[str, str], list[Paragraph]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)
    lists: OdtLists = field(init=False)
    _numbers: dict[Any, int] = field(default_factory=dict)
    """The numbers of tables, rows and cells."""
    _columns: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to count the items of lists."""
        self.lists = OdtLists(self.styles)

    def add_shown(self, element: Any) -> None:
        """Add a paragraph or heading that is in no other one, unless it is hidden or deleted."""
        around = _around(element)
        if around.is_within:
            return
        if around.is_deleted or around.is_hidden:
            if "".join(element.itertext()).strip():
                self.left_out.add(LeftOut(int(not around.is_deleted), int(around.is_deleted)))
        else:
            read = self._read(element, around)
            self.paragraphs.append(read)
            self._repeat(element, read, around)
        release(element, _PARAGRAPHS)

    def _repeat(self, element: Any, read: Paragraph, around: _Around) -> None:
        """Add the text of a cell again for each of the cells that repeat it (19.675.3)."""
        if around.cell is None or read.cell is None or not read.text.strip():
            return
        cell = around.cell[2]
        is_only = element.getparent() is cell and len(cell) == 1
        for more in range(1, min(_repeats(cell), _MAX_REPEATS) if is_only else 1):
            number = len(self._numbers)
            self._numbers[cell, more] = number
            column = min(read.cell.column + more, MAX_COLUMNS - 1)
            place = replace(read.cell, number=number, column=column)
            runs = tuple(run for run in read.runs if run.note is None)
            self.paragraphs.append(replace(read, runs=runs, cell=place, boxes=()))

    def _read(self, element: Any, around: _Around) -> Paragraph:
        reader = _ParagraphReader(self)
        hidden = any(
            local_name(each) == "hidden-paragraph" and attribute(each, "is-hidden") == "true"
            for each in element.iter("{*}hidden-paragraph")
        )
        looks = self.styles.paragraph_format(element)
        reader.read(element, looks._replace(hidden=True) if hidden else looks)
        cell = around.cell
        made = Paragraph(
            tuple(with_raised_digits(reader.runs)),
            self._outline_level(element),
            cell=cell_of(cell, self._column(cell[2]) if cell else 0, self._numbers),
            boxes=tuple(reader.boxes),
            is_contents=around.is_contents or self.styles.is_contents(element),
        )
        if reader.has_left_out and not made.text.strip():
            # Nothing of it is shown, so that it is no item of a list either.
            return made
        place = self.lists.place(element)
        made = replace(made, is_list_item=place.is_list_item, number_format=place.number_format)
        return made.numbered(place.number)

    def _column(self, cell: Any) -> int:
        """Return the column in which a cell begins, after the cells before it."""
        before = []
        each = cell
        while each is not None and each not in self._columns:
            before.append(each)
            each = each.getprevious()
        column = 0
        if each is not None:
            column = self._columns[each] + _repeats(each)
        for each in reversed(before):
            self._columns[each] = column
            column = min(column + _repeats(each), MAX_COLUMNS)
        return self._columns[cell]

    def _outline_level(self, element: Any) -> int:
        if local_name(element) == "h":
            level = attribute(element, "outline-level")
            return max(1, min(_MAX_OUTLINE_LEVEL, int(level))) if level.isdecimal() else 1
        return TITLE if self.styles.is_title(element) else 0

    def is_formula(self, element: Any) -> bool:
        """Return whether an `object` element is a formula, which is in a part of its own."""
        folder = attribute(element, "href").removeprefix("./").rstrip("/").lower()
        part = f"{folder}/content.xml"
        return part in self.package and b"<math" in self.package.start_of(part, 1000)

    def paragraphs_in(self, element: Any) -> list[Paragraph]:
        """Return the paragraphs of a text box or note, and of the text boxes within it."""
        found = []
        for each in element.iter("{*}p", "{*}h"):
            around = next(
                a for a in each.iterancestors() if a is element or local_name(a) in _PARAGRAPHS
            )
            if around is element:
                read = self._read(each, _around_within(each, element))
                found += [read, *read.boxes]
        return found

    def add_note(self, note: Any) -> tuple[str, str]:
        """Add a note's text and label, and return its kind and id."""
        kind = "endnote" if attribute(note, "note-class") == "endnote" else "footnote"
        # Without an id, the order of the notes tells them apart.
        key = kind, attribute(note, "id") or f"nr. {len(self.notes)}"
        citation, body = note.find("{*}note-citation"), note.find("{*}note-body")
        if citation is not None:
            self.labels[key] = "".join(citation.itertext()).strip()
        self.notes[key] = self.paragraphs_in(body) if body is not None else []
        return key


def _repeats(cell: Any) -> int:
    repeated = attribute(cell, "number-columns-repeated")
    if local_name(cell) not in _CELLS:
        return 0
    return max(1, min(int(repeated), MAX_COLUMNS)) if repeated.isdecimal() else 1


def _around_within(paragraph: Any, box: Any) -> _Around:
    """Return what is around a paragraph of a text box or note: its cell is one within that."""
    found = _around(paragraph)
    is_within = found.cell and any(each is box for each in found.cell[0].iterancestors())
    return replace(found, cell=found.cell if is_within else None)


@dataclass(slots=True)
class _ParagraphReader:
    """Reads the characters of one paragraph."""

    story: _Story
    runs: list[TextRun] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    has_left_out: bool = False
    _last_left_out: str = ""
    _after_space: bool = True
    """Whether a space here adds nothing: at the start, or after another one."""

    def read(self, element: Any, around: CharacterFormat) -> None:
        """Read an element; `around` is the format around it."""
        self._add_text(element.text, around)
        for child in element:
            self._read_child(child, local_name(child), around)
            self._add_text(child.tail, around)

    def _read_child(self, child: Any, name: str, around: CharacterFormat) -> None:
        if name == "s":
            count = attribute(child, "c")
            self._add_space(
                " " * (min(int(count), _MAX_SPACES) if count.isdecimal() else 1), around
            )
        elif name == "tab":
            self._add_space("\t", around)
        elif name == "line-break":
            self._add_space("\n", around)
        elif name == "note":
            if around.is_seen:
                self.runs.append(TextRun("", note=self.story.add_note(child)))
        elif name == "text-box":
            if around.is_seen:
                self.boxes += self.story.paragraphs_in(child)
        elif name == "object":
            if self.story.is_formula(child):
                self._add_text(UNKNOWN, around)
        elif name in ("span", "a"):
            self.read(child, self.story.styles.span_format(child, around))
        elif name == "hidden-text":
            hides = attribute(child, "is-hidden") != "false"
            self.read(child, around._replace(hidden=True) if hides else around)
        elif name and name not in _NO_TEXT:
            self.read(child, around)

    def _add_text(self, text: str | None, around: CharacterFormat) -> None:
        """Add characters, each run of white space as one space (OpenDocument 1.3, 6.1.2)."""
        if not text:
            return
        if not around.is_seen:
            self._leave_out(text, around)
            return
        text = known_text(_SPACES.sub(" ", text), around.font or "")
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self._last_left_out = ""
            self.runs.append(around.run(text))

    def _leave_out(self, text: str, around: CharacterFormat) -> None:
        """Count a piece of text, which may consist of several texts in a row."""
        kind = "hidden" if around.hidden else "deleted"
        if text.strip() and self._last_left_out != kind:
            self.has_left_out = True
            self._last_left_out = kind
            self.story.left_out.add(LeftOut(int(kind == "hidden"), int(kind == "deleted")))

    def _add_space(self, white_space: str, around: CharacterFormat) -> None:
        if around.is_seen:
            self.runs.append(around.run(white_space))
            self._after_space = False
