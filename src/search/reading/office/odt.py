"""OpenDocument texts (.odt): their paragraphs, notes and properties.

The parts and elements are those of OpenDocument 1.3 (part 2 for the package, part 3 for the text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from search.dutch.dates import iso_day
from search.reading.contents import Contents
from search.reading.office.manuscript import Manuscript, contents_of
from search.reading.office.odt_styles import STYLE_ELEMENTS, OdtStyles
from search.reading.office.packages import Package, Packing, attribute, local, unpacking
from search.reading.office.paragraphs import TITLE, Cell, Paragraph, TextRun
from search.records import Limits

__all__ = ["read_odt"]

_ODT = Packing(
    "OpenDocument-tekst",
    ".odt",
    "LibreOffice of Word",
    "Sla het op als OpenDocument-tekst (.odt), of zet de tekst in een .txt- of .md-bestand.",
)
_KINDS = tuple(
    f"application/vnd.oasis.opendocument.text{kind}".encode()
    for kind in ("", "-template", "-master")
)
_MOST_OF_MANIFEST = 2_000_000
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
"""Comments, deletions, and what describes a picture or is shown in another place."""
_HEADERS = ("header", "header-first", "header-left")
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 8
"""Of a run of spaces; more say no more, and a number in a file may be any."""
_DEEPEST = 9


def read_odt(content: bytes, name: str, limits: Limits) -> Contents:
    """Read an OpenDocument text.

    Headings come from their outline levels, else from lines that are bold or italic as a whole.
    Tracked deletions, hidden text and comments are left out; text boxes stay, page headers and
    footers do not. Raises ReadingError when the file is of another kind, locked, damaged, or asks
    more than `limits`.
    """
    with unpacking(name, content, _ODT):
        package = Package(name, content, _ODT, unpacked=limits.unpacked, seconds=limits.seconds)
        _check_kind(package)
        styles = OdtStyles()
        headers = _read_styles(package, styles)
        story = _Story(styles)
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("content.xml", wanted, "document-content"):
            if local(element) in STYLE_ELEMENTS:
                styles.add(element)
            elif _is_running(element):
                story.add(element)
                _forget(element)
        title, saved = _properties(package)
        manuscript = Manuscript(story.paragraphs, story.notes, story.labels, headers, title, saved)
    return contents_of(manuscript, name, limits)


def _check_kind(package: Package) -> None:
    """Refuse what is no text, or is locked."""
    if "mimetype" in package and package.start_of("mimetype", 200).strip() not in _KINDS:
        raise package.refuse_kind()
    # Not parsed: manifests of old programs have a DTD, which is refused elsewhere.
    manifest = "meta-inf/manifest.xml"
    if manifest in package:
        said = package.start_of(manifest, _MOST_OF_MANIFEST)
        if b"encryption-data" in said:
            raise package.refuse_locked()
    if "content.xml" not in package:
        raise package.refuse_kind()


def _read_styles(package: Package, styles: OdtStyles) -> list[Paragraph]:
    """Read the named styles, and give the paragraphs of the page headers."""
    story = _Story(styles)
    if "styles.xml" in package:
        wanted = (*STYLE_ELEMENTS, *_PARAGRAPHS)
        for element in package.elements("styles.xml", wanted, "document-styles"):
            if local(element) in STYLE_ELEMENTS:
                styles.add(element)
            elif _is_running(element) and any(
                local(each) in _HEADERS for each in element.iterancestors()
            ):
                story.add(element)
    return [each for paragraph in story.paragraphs for each in (paragraph, *paragraph.boxes)]


def _properties(package: Package) -> tuple[str, str]:
    """Give the title, and the day on which the file was last saved, of the file's properties."""
    found: dict[str, str] = {}
    if "meta.xml" in package:
        wanted = ("title", "date", "creation-date")
        for element in package.elements("meta.xml", wanted, "document-meta"):
            found.setdefault(local(element), " ".join((element.text or "").split()))
    saved = iso_day(found.get("date", "")) or iso_day(found.get("creation-date", ""))
    return found.get("title", ""), saved


def _is_running(paragraph: Any) -> bool:
    """Tell whether a paragraph stands in no other one, was not deleted and is not hidden."""
    return not any(
        (name := local(each)) in _PARAGRAPHS
        or name in _NO_TEXT
        or (name == "section" and attribute(each, "display") == "none")
        for each in paragraph.iterancestors()
    )


def _forget(paragraph: Any) -> None:
    """Drop what was read of a paragraph, and the empty one before it."""
    paragraph.clear()
    before = paragraph.getprevious()
    if before is not None and local(before) in _PARAGRAPHS:
        paragraph.getparent().remove(before)


@dataclass(slots=True)
class _Story:
    """Puts together the paragraphs of a text, with its notes."""

    styles: OdtStyles
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: dict[tuple[str, str], list[Paragraph]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    _places: dict[Any, int] = field(default_factory=dict)
    _items: set[Any] = field(default_factory=set)
    """Items of lists that were opened."""

    def add(self, element: Any) -> None:
        """Add a paragraph or heading."""
        self.paragraphs.append(self._read(element))

    def _read(self, element: Any) -> Paragraph:
        line = _Line(self)
        if not self.styles.hides(element, "paragraph"):
            line.walk(element, self.styles.look(element))
        listed, number = self._listed(element)
        return Paragraph(
            tuple(line.pieces),
            self._outline(element),
            listed,
            number,
            self._cell(element),
            tuple(line.boxes),
        )

    def _outline(self, element: Any) -> int:
        if local(element) == "h":
            level = attribute(element, "outline-level")
            return max(1, min(_DEEPEST, int(level))) if level.isdecimal() else 1
        return TITLE if self.styles.is_title(element) else 0

    def _listed(self, element: Any) -> tuple[bool, str]:
        """Tell whether a paragraph opens an item of a list, and how the item is numbered."""
        item = element.getparent()
        if item is None or local(item) != "list-item" or item in self._items:
            return False, ""
        self._items.add(item)
        lists = list(item.iterancestors("{*}list"))
        name = next((found for each in lists if (found := attribute(each, "style-name"))), "")
        return True, self.styles.numbers.get(name, "") if len(lists) == 1 else ""

    def _cell(self, element: Any) -> Cell | None:
        """Give the place of a paragraph in the innermost table that it stands in."""
        cell = next(element.iterancestors("{*}table-cell"), None)
        row = next(element.iterancestors("{*}table-row"), None)
        table = next(element.iterancestors("{*}table"), None)
        if cell is None or row is None or table is None:
            return None
        # The elements are kept as keys: lxml would give their identity to others.
        return Cell(
            *(self._places.setdefault(each, len(self._places)) for each in (table, row, cell))
        )

    def paragraphs_in(self, element: Any) -> list[Paragraph]:
        """Read the paragraphs of a text box or note, and of the text boxes within it."""
        found = []
        for each in element.iter("{*}p", "{*}h"):
            around = next(
                a for a in each.iterancestors() if a is element or local(a) in _PARAGRAPHS
            )
            if around is element:
                read = self._read(each)
                found += [read, *read.boxes]
        return found

    def take_note(self, note: Any) -> tuple[str, str]:
        """Keep a note's text and label, and give the name by which its mark knows it."""
        kind = "endnote" if attribute(note, "note-class") == "endnote" else "footnote"
        # An id may be missing; the place among the notes then tells them apart.
        name = kind, attribute(note, "id") or f"nr. {len(self.notes)}"
        citation, body = note.find("{*}note-citation"), note.find("{*}note-body")
        if citation is not None:
            self.labels[name] = "".join(citation.itertext()).strip()
        self.notes[name] = self.paragraphs_in(body) if body is not None else []
        return name


@dataclass(slots=True)
class _Line:
    """The characters of one paragraph as they are read."""

    story: _Story
    pieces: list[TextRun] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    _spaced: bool = True
    """Whether white space here adds nothing: at the start, or behind other white space."""

    def walk(self, element: Any, look: TextRun) -> None:
        """Take what stands in an element."""
        self._say(element.text, look)
        for child in element:
            self._take(child, local(child), look)
            self._say(child.tail, look)

    def _take(self, child: Any, name: str, look: TextRun) -> None:
        if name == "s":
            count = attribute(child, "c")
            self._put(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1), look)
        elif name == "tab":
            self._put("\t", look)
        elif name == "line-break":
            self._put("\n", look)
        elif name == "note":
            self.pieces.append(TextRun("", note=self.story.take_note(child)))
        elif name == "text-box":
            self.boxes += self.story.paragraphs_in(child)
        elif name == "span":
            if not self.story.styles.hides(child, "text"):
                self.walk(child, self.story.styles.run(child, look))
        elif name and name not in _NO_TEXT:
            self.walk(child, look)

    def _say(self, text: str | None, look: TextRun) -> None:
        """Take characters, each run of white space as one space (OpenDocument 1.3, 6.1.2)."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._spaced:
            text = text.removeprefix(" ")
        if text:
            self._spaced = text.endswith(" ")
            self.pieces.append(TextRun(text, look.bold, look.italic, look.raised))

    def _put(self, white_space: str, look: TextRun) -> None:
        self.pieces.append(TextRun(white_space, look.bold, look.italic, look.raised))
        self._spaced = False
