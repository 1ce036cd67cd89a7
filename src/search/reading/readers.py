"""Which reader reads a file, and the words of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from search.errors import ReadingError
from search.reading.contents import Contents, Reader
from search.reading.raw_blocks import RawBlock
from search.reading.text.decoding import decode
from search.reading.text.plain import read_plain
from search.records import Limits

__all__ = ["ADVICE", "READERS", "open_file", "read_source", "refusal_of"]


def _text_of(content: bytes, name: str, limits: Limits) -> str:
    """Decode a text file; raises ReadingError when it holds more than it may."""
    source = decode(content, name)
    if len(source) > limits.characters:
        raise ReadingError(
            f"{name} bevat {len(source)} tekens; hooguit {limits.characters} kan. "
            "Knip het bestand in delen."
        )
    return source


def _text_reader(read: Callable[[str], list[RawBlock]]) -> Reader:
    def reader(content: bytes, name: str, limits: Limits) -> Contents:
        source = _text_of(content, name, limits)
        return Contents(source, tuple(read(source)))

    return reader


# The readers are imported when the first file of their kind is read: to answer needs none.


def _markdown(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.text.markdown import read_markdown

    return read_markdown(_text_of(content, name, limits))


def _xml(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.markup.xml_documents import read_xml

    return read_xml(content, name, limits)


def _html(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.markup.html import read_html

    return read_html(content, name, limits)


def _docx(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.office.docx import read_docx

    return read_docx(content, name, limits)


def _odt(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.office.odt import read_odt

    return read_odt(content, name, limits)


def _pdf(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.pdf.reader import read_pdf

    return read_pdf(content, name, limits)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": _markdown,
        ".pdf": _pdf,
        ".markdown": _markdown,
        ".txt": _text_reader(read_plain),
        ".docx": _docx,
        ".odt": _odt,
        ".xml": _xml,
        ".html": _html,
        ".htm": _html,
    }
)
"""The reader of each file name ending."""
_TEXTS = (".md", ".markdown", ".txt")
"""Endings of files whose words are their text, markup and all."""


_AS_TEXT = "Open het in een tekstverwerker, sla het op als .docx of .odt, en gebruik dat bestand."
_AS_SLIDES = "Bewaar de dia's als .pdf, en gebruik dat bestand."
_AS_SHEET = (
    "Een rekenblad is geen tekst: bewaar het blad waar het om gaat als .pdf, of zet de tabel in "
    "een .docx-bestand, en gebruik dat."
)
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".doc", ".rtf"), _AS_TEXT),
        **dict.fromkeys((".ppt", ".pptx", ".odp"), _AS_SLIDES),
        **dict.fromkeys((".xls", ".xlsx", ".ods"), _AS_SHEET),
    }
)
"""For the endings of documents that can't be read, what to do. Such files are refused by name,
where others (pictures, programs) are no documents and are left alone."""


def refusal_of(name: str, ending: str) -> str:
    """Return in Dutch why a file of this ending is not read, and what to do."""
    if ending.lower() in ADVICE:
        return (
            f"{name} kan niet worden gelezen: {ending.lower()} is geen bekend formaat. "
            + (ADVICE[ending.lower()])
        )
    known = ", ".join(sorted(READERS))
    return (
        f"{name} heeft een onbekend formaat ({ending or 'geen extensie'}). Gelezen worden: {known}."
    )


def open_file(path: Path, limits: Limits = Limits()) -> Contents:
    """Read a file by the reader of its ending.

    Raises ReadingError when it can't be read, is larger than it may be, or has an unknown ending.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadingError(refusal_of(str(path), path.suffix))
    content = _content(path, limits)
    try:
        return reader(content, str(path), limits)
    except ReadingError:
        raise
    except Exception as error:
        # Whatever a library makes of a file that it can't read, the other files go on.
        raise ReadingError(
            f"{path} kan niet worden gelezen ({type(error).__name__}). Controleer of het bestand "
            "heel is, of sla het in een ander formaat op."
        ) from error


def _content(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file; raises ReadingError."""
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise ReadingError(
                f"{path} is {size / 1e6:.0f} MB groot; hooguit {limits.bytes / 1e6:.0f} MB kan. "
                "Knip het bestand in delen."
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"{path} kan niet worden gelezen ({error.strerror}). "
            "Controleer de rechten van het bestand."
        ) from error


def read_source(path: Path, limits: Limits = Limits()) -> str:
    """Return the words of a file in order, against which a quote is checked.

    Raises ReadingError as `open_file` does.
    """
    if path.suffix.lower() in _TEXTS:
        # Its blocks need not be found again.
        return _text_of(_content(path, limits), str(path), limits)
    return open_file(path, limits).source
