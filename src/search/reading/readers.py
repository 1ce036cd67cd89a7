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

__all__ = ["READERS", "open_file", "read_source"]


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

    return _text_reader(read_markdown)(content, name, limits)


def _official_xml(content: bytes, name: str, limits: Limits) -> Contents:
    from search.reading.markup.official_xml import read_official_xml

    return read_official_xml(content, name, limits)


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
        ".xml": _official_xml,
        ".html": _html,
        ".htm": _html,
    }
)
"""The reader of each file name ending."""
_TEXTS = (".md", ".markdown", ".txt")
"""Endings of files whose words are their text, markup and all."""


def open_file(path: Path, limits: Limits = Limits()) -> Contents:
    """Read a file by the reader of its ending.

    Raises ReadingError when it can't be read, is larger than it may be, or has an unknown ending.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise ReadingError(
            f"{path} heeft een onbekend formaat ({path.suffix or 'geen extensie'}). "
            f"Gelezen worden: {known}."
        )
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
    """Give the bytes of a file; raises ReadingError."""
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
    """Give the words of a file in order, against which a quote is checked.

    Raises ReadingError as `open_file` does.
    """
    if path.suffix.lower() in _TEXTS:
        # Its blocks need not be found again.
        return _text_of(_content(path, limits), str(path), limits)
    return open_file(path, limits).source
