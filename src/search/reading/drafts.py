"""A draft that a user uploads, to the text in which its quotes are looked for."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from pathlib import PurePath

from search.errors import ReadingError
from search.reading.office.packages import OTHER_KINDS, Packing, unpacking
from search.reading.office.paragraphs import Paragraph
from search.reading.office.word_xml import WordPackage

__all__ = ["LARGEST_DRAFT", "read_draft"]

LARGEST_DRAFT = 20_000_000
"""Bytes of a draft."""
_LARGEST_UNPACKED = 100_000_000
"""Bytes of what is unpacked of a Word file, together."""
_LONGEST = 60.0
"""Seconds that a Word file may take."""
_TEXT_ENDINGS = (".txt", ".md", ".markdown")
_SAVE = (
    "Sla uw tekst op als Word-document (.docx) of als tekst (.txt of .md) en probeer het opnieuw."
)
_WORD = Packing("Word-document", ".docx", "Word", _SAVE)


def read_draft(name: str, content: bytes) -> str:
    """Read the text of a draft: .txt or .md as it is, .docx as its paragraphs by blank lines.

    Text is UTF-8, UTF-16 with a BOM, or else Windows-1252; line ends become "\\n". Of a Word file
    come headings, paragraphs, lists and table cells in order of the document, a text box after
    the paragraph that it hangs on, and then the footnotes and endnotes. Tracked deletions and
    hidden text are left out, insertions stay. Raises ReadingError when the file is empty, too
    large, of another kind, locked, or unpacks to more than is safe.
    """
    ending = PurePath(name).suffix.lower()
    if ending != ".docx" and ending not in _TEXT_ENDINGS:
        what = f"een {ending}-bestand" if ending else "een bestand zonder extensie"
        raise ReadingError(f"{name} kan niet worden gelezen: het is {what}. {_SAVE}")
    if not content:
        raise ReadingError(f"{name} is leeg (0 bytes). Kies een bestand met tekst.")
    if len(content) > LARGEST_DRAFT:
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
    """Decode a text file, with its line ends made alike."""
    for start, kind in OTHER_KINDS.items():
        if content.startswith(start):
            raise ReadingError(f"{name} is geen tekst, maar {kind}. {_SAVE}")
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise ReadingError(f"{name} is geen tekstbestand (het bevat nul-bytes). {_SAVE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_word(name: str, content: bytes) -> str:
    """Read a Word file's text, its notes last."""
    with unpacking(name, content, _WORD):
        package = WordPackage(name, content, _WORD, unpacked=_LARGEST_UNPACKED, seconds=_LONGEST)
        story = package.story()
        texts = _texts_of(story.paragraphs)
        for kind in ("footnote", "endnote"):
            wanted = [number for what, number in story.notes if what == kind]
            notes = package.notes(kind) if wanted else {}
            for number in wanted:
                texts += _texts_of(notes.get(number, ()))
    return "\n\n".join(texts)


def _texts_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Give what paragraphs say, what stands in a text box after the paragraph it hangs on."""
    flat = (each for paragraph in paragraphs for each in (paragraph, *paragraph.boxes))
    return [text for each in flat if (text := each.text.strip())]
