"""Read OpenDocument texts (.odt): their paragraphs, notes and properties.

The parts and elements are those of OpenDocument 1.3 (part 2 for the package, part 3 for the text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from search.dutch.dates import iso_day
from search.reading.contents import Contents
from search.reading.office.manuscript import Manuscript, contents_of
from search.reading.office.odt_styles import STYLE_ELEMENTS, OdtStyles
from search.reading.office.packages import (
    Package,
    PackageFormat,
    attribute,
    local_name,
    release,
    translated_errors,
)
from search.reading.office.paragraphs import TITLE, Paragraph, TextRun, cell_of
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
        "hidden-text",
        "script",
        "object",
        "event-listeners",
    }
)
"""Comments, deletions, and what describes a picture or is shown elsewhere."""
_HEADER_ELEMENTS = ("header", "header-first", "header-left")
_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 8
"""Of one `s` element, since a file may declare any number."""
_MAX_OUTLINE_LEVEL = 9


def read_odt(content: bytes, name: str, limits: Limits) -> Contents:
    """Read an OpenDocument text.

    Headings come from their outline levels, else from lines that are bold or italic as a whole.
    Tracked deletions, hidden text and comments are left out; text boxes stay, page headers and
    footers do not. Raises ReadingError when the file is of another kind, locked, damaged, or
    exceeds `limits`.
    """
    with translated_errors(name, content, _ODT):
        package = Package(name, content, _ODT, unpacked=limits.unpacked, seconds=limits.seconds)
        _check_kind(package)
        styles = OdtStyles()
        headers = _read_styles(package, styles)
        story = _Story(styles)
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("content.xml", wanted, "document-content"):
            if local_name(element) in STYLE_ELEMENTS:
                styles.add(element)
            elif _is_shown(element):
                story.add(element)
                release(element, _PARAGRAPHS)
        title, saved = _properties(package)
        manuscript = Manuscript(story.paragraphs, story.notes, story.labels, headers, title, saved)
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
    story = _Story(styles)
    if "styles.xml" in package:
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("styles.xml", wanted, "document-styles"):
            if local_name(element) in STYLE_ELEMENTS:
                styles.add(element)
            elif _is_shown(element) and any(
                local_name(each) in _HEADER_ELEMENTS for each in element.iterancestors()
            ):
                story.add(element)
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


def _is_shown(paragraph: Any) -> bool:
    """Return whether a paragraph is in no other one, and neither deleted nor hidden."""
    return not any(
        (name := local_name(each)) in _PARAGRAPHS
        or name in _NO_TEXT
        or (name == "section" and attribute(each, "display") == "none")
        for each in paragraph.iterancestors()
    )


@dataclass(slots=True)
class _Story:
    """Collects the paragraphs of a text, with its notes."""

    styles: OdtStyles
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: dict[tuple[str, str], list[Paragraph]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    _cell_numbers: dict[Any, int] = field(default_factory=dict)
    _items: set[Any] = field(default_factory=set)
    """List items of which the first paragraph was read."""

    def add(self, element: Any) -> None:
        """Add a paragraph or heading."""
        self.paragraphs.append(self._read(element))

    def _read(self, element: Any) -> Paragraph:
        reader = _ParagraphReader(self)
        if not self.styles.hides(element, "paragraph"):
            reader.read(element, self.styles.paragraph_format(element))
        return Paragraph(
            tuple(reader.runs),
            self._outline_level(element),
            *self._list_item(element),
            cell_of(element, ("table", "table-row", "table-cell"), self._cell_numbers),
            tuple(reader.boxes),
        )

    def _outline_level(self, element: Any) -> int:
        if local_name(element) == "h":
            level = attribute(element, "outline-level")
            return max(1, min(_MAX_OUTLINE_LEVEL, int(level))) if level.isdecimal() else 1
        return TITLE if self.styles.is_title(element) else 0

    def _list_item(self, element: Any) -> tuple[bool, str]:
        """Return whether a paragraph is the first of a list item, and the item's number format."""
        item = element.getparent()
        if item is None or local_name(item) != "list-item" or item in self._items:
            return False, ""
        self._items.add(item)
        lists = list(item.iterancestors("{*}list"))
        name = next((found for each in lists if (found := attribute(each, "style-name"))), "")
        return True, self.styles.number_formats.get(name, "") if len(lists) == 1 else ""

    def paragraphs_in(self, element: Any) -> list[Paragraph]:
        """Return the paragraphs of a text box or note, and of the text boxes within it."""
        found = []
        for each in element.iter("{*}p", "{*}h"):
            around = next(
                a for a in each.iterancestors() if a is element or local_name(a) in _PARAGRAPHS
            )
            if around is element:
                read = self._read(each)
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


@dataclass(slots=True)
class _ParagraphReader:
    """Reads the characters of one paragraph."""

    story: _Story
    runs: list[TextRun] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    _after_space: bool = True
    """Whether a space here adds nothing: at the start, or after another one."""

    def read(self, element: Any, around: TextRun) -> None:
        """Read an element; `around` is an empty run with the formatting around it."""
        self._add_text(element.text, around)
        for child in element:
            self._read_child(child, local_name(child), around)
            self._add_text(child.tail, around)

    def _read_child(self, child: Any, name: str, around: TextRun) -> None:
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
            self.runs.append(TextRun("", note=self.story.add_note(child)))
        elif name == "text-box":
            self.boxes += self.story.paragraphs_in(child)
        elif name == "span":
            if not self.story.styles.hides(child, "text"):
                self.read(child, self.story.styles.span_format(child, around))
        elif name and name not in _NO_TEXT:
            self.read(child, around)

    def _add_text(self, text: str | None, around: TextRun) -> None:
        """Add characters, each run of white space as one space (OpenDocument 1.3, 6.1.2)."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self.runs.append(replace(around, text=text))

    def _add_space(self, white_space: str, around: TextRun) -> None:
        self.runs.append(replace(around, text=white_space))
        self._after_space = False
