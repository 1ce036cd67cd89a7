"""PDF: pdfium's own characters, page by page."""

from __future__ import annotations

from time import thread_time
from typing import Any

from search.concurrency import PDFIUM
from search.errors import ReadingError
from search.witness.pdf_hidden import hider_of
from search.witness.pdf_lines import Line, lines_of
from search.witness.pdf_search import Pages
from search.witness.pdf_words import words_of
from search.witness.records import Allowance, Flag, Stream, WitnessRun

__all__ = ["read_pdf"]

_FEW = 60
"""Letters; a page with fewer and a picture on it may say more than its characters."""


def read_pdf(content: bytes, name: str, allowed: Allowance) -> tuple[tuple[Stream, ...], Pages]:
    """Return the characters of a PDF, and its lines to look texts up in. Raises ReadingError."""
    import pypdfium2

    until = thread_time() + allowed.seconds
    lines: list[Line] = []
    pictures = False
    left = allowed.characters
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise ReadingError(f"{name} kan niet als PDF worden gelezen.") from error
        try:
            if len(document) > allowed.pages:
                raise ReadingError(f"{name} heeft te veel bladzijden ({len(document)}).")
            for number in range(len(document)):
                found, picture = _page(document, number)
                lines += found
                pictures = pictures or picture
                left -= sum(len(line.text) for line in found)
                if left < 0 or thread_time() > until:
                    raise ReadingError(f"{name} nalezen kost te veel tijd of geheugen.")
        finally:
            document.close()
    return _streams(lines), Pages(lines, pictures=pictures)


def _page(document: Any, number: int) -> tuple[list[Line], bool]:
    """Read a page; says too whether it may be a picture of a page."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return [], True
    try:
        textpage = page.get_textpage()
        try:
            lines = lines_of(words_of(textpage, hider_of(page)), number)
        finally:
            textpage.close()
        few = sum(len(line.text) for line in lines) < _FEW
        return lines, few and _has_picture(page)
    except pypdfium2.PdfiumError:
        return [], True
    finally:
        page.close()


def _has_picture(page: Any) -> bool:
    """Return whether a picture covers a good part of a page."""
    from pypdfium2 import raw

    whole = page.get_width() * page.get_height()
    for drawn in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * whole:
            return True
    return False


def _streams(lines: list[Line]) -> tuple[Stream, ...]:
    """Return the pages as streams, line by line in the order of the file."""
    runs: dict[int, list[WitnessRun]] = {}
    for line in lines:
        hidden = Flag.HIDDEN if line.hidden else Flag.NONE
        page = runs.setdefault(line.page, [])
        page += [WitnessRun(run.text, run.flags | hidden) for run in line.runs]
        page.append(WitnessRun("\n"))
    return tuple(Stream(f"bladzijde {n + 1}", tuple(found)) for n, found in runs.items())
