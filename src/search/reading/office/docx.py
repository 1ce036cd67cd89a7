"""Read Word documents (.docx): their paragraphs, notes and properties.

The parts and elements are those of ECMA-376; the properties are Dublin Core (part 2, 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from search.dutch.dates import iso_day
from search.reading.contents import Contents
from search.reading.office.manuscript import Manuscript, contents_of
from search.reading.office.packages import PackageFormat, local_name, translated_errors
from search.reading.office.paragraphs import Paragraph
from search.reading.office.word_lists import Numbering, read_numbering
from search.reading.office.word_styles import Styles, read_styles
from search.reading.office.word_xml import WordPackage
from search.records import Limits

__all__ = ["package_styles", "read_docx"]

_WORD = PackageFormat(
    "Word-document",
    ".docx",
    "Word",
    "Sla het in Word op als Word-document (.docx), of zet de tekst in een .txt- of .md-bestand.",
)


def read_docx(content: bytes, name: str, limits: Limits) -> Contents:
    """Read a Word document.

    Headings come from styles and outline levels, else from lines that are bold or italic as a
    whole. Automatic numbers are part of the text. Hidden, deleted and struck text, comments, tables
    of contents and the instructions of fields are left out; text boxes stay, page headers and
    footers do not. Raises ReadingError when the file is of
    another kind, locked, damaged, or exceeds `limits`.
    """
    with translated_errors(name, content, _WORD):
        package = WordPackage(
            name, content, _WORD, unpacked=limits.unpacked, seconds=limits.seconds
        )
        styles, numbering = package_styles(package), _numbering(package)
        story = package.read_main(styles, numbering)
        paragraphs = list(numbering.numbered(story.paragraphs))
        notes: dict[tuple[str, str], list[Paragraph]] = {}
        for kind in sorted({kind for kind, _ in story.notes}):
            found = package.read_notes(kind, styles, numbering, story.left_out)
            for number, each in found.items():
                notes[kind, number] = list(numbering.numbered(each))
        title, saved = _properties(package)
        headers = tuple(_header_paragraphs(package, styles))
        manuscript = Manuscript(
            paragraphs, notes, {}, headers, title, saved, story.left_out.remarks
        )
    return contents_of(manuscript, name, limits)


def package_styles(package: WordPackage) -> Styles:
    """Return the styles of a Word file."""
    part = package.related_part(package.main, "styles")
    if part not in package:
        return Styles()
    return read_styles(package.elements(part, ("style", "rPrDefault"), "styles"))


def _numbering(package: WordPackage) -> Numbering:
    part = package.related_part(package.main, "numbering")
    if part not in package:
        return Numbering()
    return read_numbering(package.elements(part, ("abstractNum", "num"), "numbering"))


def _header_paragraphs(package: WordPackage, styles: Styles) -> Iterator[Paragraph]:
    """Yield the paragraphs of the page headers, the longest header first."""
    parts = dict(package.related_parts(package.main, "header"))
    stories = [
        package.read_part(part, "hdr", styles).paragraphs
        for part in parts.values()
        if part in package
    ]
    # That is the header of a letter's first page, with its fields; the others repeat some of them.
    stories.sort(key=lambda paragraphs: -sum(len(_all_text(p)) for p in paragraphs))
    for paragraphs in stories:
        for paragraph in paragraphs:
            yield from (paragraph, *paragraph.boxes)


def _all_text(paragraph: Paragraph) -> str:
    return paragraph.text + "".join(box.text for box in paragraph.boxes)


def _properties(package: WordPackage) -> tuple[str, str]:
    """Return the title, and the day of the last save (ISO 8601), from the file's properties."""
    part = package.related_part("", "core-properties")
    found: dict[str, str] = {}
    if part in package:
        for element in package.elements(part, ("title", "created", "modified"), "coreProperties"):
            found[local_name(element)] = " ".join((element.text or "").split())
    saved = iso_day(found.get("modified", "")) or iso_day(found.get("created", ""))
    return found.get("title", ""), saved
