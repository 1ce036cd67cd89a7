"""Read the text of a draft that a user uploads, to look for quotes in it."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from pathlib import PurePath

from search.errors import ReadingError
from search.reading.office.docx import package_styles
from search.reading.office.packages import FILE_SIGNATURES, PackageFormat, translated_errors
from search.reading.office.paragraphs import Paragraph
from search.reading.office.word_xml import WordPackage

__all__ = ["read_draft"]

_MAX_BYTES = 20_000_000
_MAX_UNPACKED_BYTES = 100_000_000
"""Of all parts of a Word file that are read."""
_MAX_SECONDS = 60.0
"""For a Word file."""
_TEXT_ENDINGS = (".txt", ".md", ".markdown")
_ADVICE = (
    "Sla uw tekst op als Word-document (.docx) of als tekst (.txt of .md) en probeer het opnieuw."
)
_WORD = PackageFormat("Word-document", ".docx", "Word", _ADVICE)


def read_draft(name: str, content: bytes) -> str:
    """Read the text of a draft: .txt or .md as it is, .docx as paragraphs between blank lines.

    Text is UTF-8, UTF-16 with a BOM, or else Windows-1252; line ends become "\\n". A Word file
    yields headings, paragraphs, lists and table cells in order of the document, a text box after
    the paragraph in which it is anchored, and then the footnotes and endnotes; the lines of a block
    quote begin with "> ". Hidden, deleted and struck text is left out. Raises ReadingError when the
    file is empty, too large, of another kind, locked, or unpacks to more than is safe.
    """
    ending = PurePath(name).suffix.lower()
    if ending != ".docx" and ending not in _TEXT_ENDINGS:
        what = f"een {ending}-bestand" if ending else "een bestand zonder extensie"
        raise ReadingError(f"{name} kan niet worden gelezen: het is {what}. {_ADVICE}")
    if not content:
        raise ReadingError(f"{name} is leeg (0 bytes). Kies een bestand met tekst.")
    if len(content) > _MAX_BYTES:
        megabytes = f"{len(content) / 1e6:.1f}".replace(".", ",")
        raise ReadingError(
            f"{name} is te groot: {megabytes} MB, terwijl 20 MB het maximum is. "
            "Verwijder afbeeldingen uit het bestand, of plak de tekst waar het om gaat."
        )
    text = _read_word(name, content) if ending == ".docx" else _decode(name, content)
    if not text.strip():
        raise ReadingError(f"{name} bevat geen tekst. Kies een bestand met tekst.")
    return text


def _decode(name: str, content: bytes) -> str:
    for start, kind in FILE_SIGNATURES.items():
        if content.startswith(start):
            raise ReadingError(f"{name} is geen tekst, maar {kind}. {_ADVICE}")
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise ReadingError(f"{name} is geen tekstbestand (het bevat nul-bytes). {_ADVICE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_word(name: str, content: bytes) -> str:
    with translated_errors(name, content, _WORD):
        package = WordPackage(
            name, content, _WORD, unpacked=_MAX_UNPACKED_BYTES, seconds=_MAX_SECONDS
        )
        styles = package_styles(package)
        story = package.read_main(styles)
        texts = _texts_of(story.all_paragraphs)
        for kind in ("footnote", "endnote"):
            wanted = [identifier for found, identifier in story.notes if found == kind]
            notes = package.read_notes(kind, styles) if wanted else {}
            for identifier in wanted:
                texts += _texts_of(notes.get(identifier, ()))
    return "\n\n".join(texts)


def _texts_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return the texts of paragraphs; block quotes as in Markdown.

    A paragraph that is set in is one if it follows a colon.
    """
    texts: list[str] = []
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        is_announced = bool(texts) and texts[-1].endswith(":")
        if paragraph.is_block_quote or (paragraph.is_indented and is_announced):
            text = "\n".join(f"> {line}" for line in text.split("\n") if text)
        if text:
            texts.append(text)
    return texts
