"""Read PDF files: the text of their pages, their blocks, page numbers and metadata."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from search.concurrency import PDFIUM
from search.errors import ReadingError
from search.reading.assemble import fill_empty
from search.reading.contents import Contents
from search.reading.letters import read_fields
from search.reading.pdf.blocks import blocks_of
from search.reading.pdf.layout import in_reading_order, lay_out, printed_page_numbers
from search.reading.pdf.lines import PageText, read_page_text
from search.reading.pdf.margins import take_stationery
from search.reading.pdf.remarks import are, hidden_text, pages_are
from search.reading.pdf.scans import (
    DOTS_PER_INCH,
    OcrCache,
    has_tesseract,
    parse_tesseract_table,
    run_tesseract,
)
from search.reading.pdf.titles import largest_lines, says
from search.reading.raw_blocks import RawBlock
from search.reading.running_heads import PAGE_END
from search.records import Limits, Metadata, PageStart

__all__ = ["read_pdf"]

_MAX_OCR_SECONDS = 60.0
"""For one page."""
_MAX_PIXELS = 40_000_000
"""Of a rendered page: A3 at 300 dots an inch and a little more."""
_HEAD_BLOCKS = 25
_PROSE = re.compile(r"(?!(?:Betreft|Onderwerp)\b).{120,}[.:]")
"""A paragraph: what follows it is no head of a letter."""
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY
_INSTALL = (
    "Installeer Tesseract met de Nederlandse taaldata (Debian: apt-get install tesseract-ocr "
    "tesseract-ocr-nld) en draai daarna opnieuw: kamerwijzer index"
)
_OCR_FAILED = (
    "Tekstherkenning lukte niet. Maak een PDF met tekst, bijvoorbeeld met: "
    "ocrmypdf -l nld scan.pdf brief.pdf."
)
_GENERATED_TITLE = re.compile(
    r"\.(?:docx?|pdf|odt|rtf|txt|indd|xlsx?|pptx?|tmp)\b|^(?:untitled|naamloos|titelloos|document"
    r"|microsoft|powerpoint|presentatie|print|scan|geen titel|titel|template|sjabloon)\b",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


@dataclass(slots=True)
class _Extraction:
    """What pdfium reads of a document; pages are counted from 0."""

    labels: list[str]
    metadata: Metadata
    pages: list[PageText] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    hidden: dict[int, int] = field(default_factory=dict)
    """How many characters of a page were left out because nobody sees them."""


def read_pdf(content: bytes, name: str, limits: Limits) -> Contents:
    """Read a PDF: the text that pdfium returns, page after page, separated by form feeds.

    The lines of a page come from top to bottom, column by column, in whatever order the file draws
    them; raised digits are written as ¹²³. A page that is an image is recognised by Tesseract where
    that is installed. A page's number is its label, else what is printed on it, else its ordinal.
    Raises ReadingError for what is no PDF, is locked, broken or a scan that can't be read, or is
    larger or takes longer than `limits` allow.
    """
    import pypdfium2

    _check_kind(content, name)
    # Of this thread's own work: on a busy machine the clock runs while others have their turn.
    until = time.thread_time() + limits.seconds
    with PDFIUM:
        document = _open(content, name)
    try:
        with PDFIUM:
            extraction = _extract(document, name, limits, until)
        cache = OcrCache(content, limits.ocr_cache)
        remarks = _recognise_scans(document, cache, name, extraction, limits.seconds)
    except pypdfium2.PdfiumError as error:
        raise ReadingError(_damaged(name)) from error
    finally:
        with PDFIUM:
            document.close()
    if len(extraction.broken) == len(extraction.pages):
        raise ReadingError(_damaged(name))
    return _contents(extraction, remarks, name, limits)


def _contents(
    extraction: _Extraction, remarks: Sequence[str], name: str, limits: Limits
) -> Contents:
    bare, stationery = take_stationery(extraction.pages)
    pages = [in_reading_order(page) for page in bare]
    source = PAGE_END.join(page.text for page in pages)
    _check_length(len(source), name, limits)
    placed, starts, at = [], [], 0
    for page in pages:
        fragments = tuple(fragment.shifted(at) for fragment in page.fragments)
        placed.append(replace(page, fragments=fragments))
        starts.append(at)
        at += len(page.text) + 1
    layouts = lay_out(source, placed)
    blocks = tuple(blocks_of(source, layouts))
    metadata = _metadata(blocks, stationery, extraction.metadata, pages)
    ordinals = [str(number + 1) for number in range(len(placed))]
    numbers = extraction.labels or printed_page_numbers(layouts, source) or ordinals
    page_starts = tuple(PageStart(*each) for each in zip(starts, numbers, strict=True))
    return Contents(source, blocks, metadata, page_starts, remarks=tuple(remarks))


def _metadata(
    blocks: Sequence[RawBlock],
    stationery: Sequence[Sequence[str]],
    info: Metadata,
    pages: Sequence[PageText],
) -> Metadata:
    """Return the fields of a letter's head and margin, and the title.

    The title of the info dictionary is often that of a template or of another document, so it
    counts only where its words are on the first page; else the largest lines there are the title.
    """
    prose = (i for i, each in enumerate(blocks[:_HEAD_BLOCKS]) if _PROSE.fullmatch(each.text))
    until = next(prose, _HEAD_BLOCKS)
    head = [[line.strip().text for line in block.lines] for block in blocks[:until]]
    whole = [[" ".join(lines)] for lines in stationery]
    title = info.title if says(pages, info.title) else largest_lines(pages)
    return fill_empty(read_fields([*head, *stationery, *whole]), replace(info, title=title))


# Pages and properties, by pdfium


def _check_kind(content: bytes, name: str) -> None:
    if not content.strip(b"\x00 \t\r\n\f"):
        raise ReadingError(f"{name} is leeg. Haal het bestand opnieuw op, of verwijder het.")
    # Readers look for the header in the first 1,024 bytes (Adobe's implementation note 13).
    if b"%PDF-" not in content[:1024]:
        raise ReadingError(
            f"{name} is geen PDF-bestand. Geef het bestand de extensie van zijn eigen formaat, of "
            "haal het opnieuw op."
        )


def _open(content: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise ReadingError(
                f"{name} is beveiligd met een wachtwoord. Open het bestand met het wachtwoord, "
                "sla het zonder beveiliging op en probeer het opnieuw."
            ) from error
        raise ReadingError(_damaged(name)) from error


def _extract(document: Any, name: str, limits: Limits, until: float) -> _Extraction:
    """Read the text of all pages; the caller holds the lock."""
    import pypdfium2

    count = len(document)
    if count > limits.pages:
        raise ReadingError(
            f"{name} heeft {count} bladzijden; hooguit {limits.pages} kan. "
            "Knip het bestand in delen."
        )
    labels = [document.get_page_label(number) for number in range(count)]
    is_labelled = all(label.strip() for label in labels)
    extraction = _Extraction(labels if is_labelled else [], _info_of(document))
    length = 0
    for number in range(count):
        _check_time(until, name, limits)
        try:
            page, is_scan = _read_page(document, number)
        except pypdfium2.PdfiumError:
            page, is_scan = PageText(), False
            extraction.broken.append(number)
        extraction.pages.append(page)
        length += len(page.text)
        _check_length(length, name, limits)
        if is_scan:
            extraction.scans.append(number)
        if page.hidden:
            extraction.hidden[number] = page.hidden
    return extraction


def _read_page(document: Any, number: int) -> tuple[PageText, bool]:
    """Return the text of a page, and whether it is a scan or may be one."""
    page = document[number]
    try:
        height = page.get_height()
        textpage = page.get_textpage()
        try:
            text = read_page_text(textpage, height)
        finally:
            textpage.close()
        if not _is_scan(page, text):
            return text, False
        return (text if _has_letters(text) else PageText(height=height)), True
    finally:
        page.close()


def _has_letters(text: PageText) -> bool:
    """Return whether the letters of a page are the file's own, and mapped to Unicode."""
    characters = len(re.sub(r"\s", "", text.text))
    return text.unread <= 0.3 * characters and len(re.findall(r"[^\W\d_]", text.text)) >= 3


def _is_scan(page: Any, text: PageText) -> bool:
    """Return whether a page is an image, or has letters that the file doesn't map to Unicode."""
    from pypdfium2 import raw

    characters = len(re.sub(r"\s", "", text.text))
    if text.unread > 0.3 * characters:
        return True
    letters = len(re.findall(r"[^\W\d_]", text.text))
    if letters >= 60:
        return False
    area = max(page.get_width() * page.get_height(), 1.0)
    covered, paths = 0.0, 0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / area)
        paths += drawn.type == raw.FPDF_PAGEOBJ_PATH
    # A page whose letters are drawn as outlines has hundreds of paths, a ruled one a few.
    return covered >= 0.6 or (letters < 3 and (covered >= 0.1 or paths >= 200))


def _info_of(document: Any) -> Metadata:
    """Return the title and date of the file's info dictionary, where they are plausible."""
    info = {}
    for key in ("Title", "CreationDate"):
        with suppress(UnicodeDecodeError):
            info[key] = document.get_metadata_value(key)
    title = " ".join(info.get("Title", "").replace("\x00", "").split())
    is_title = len(title.split()) >= 2 and len(title) <= 250 and not _GENERATED_TITLE.search(title)
    created, day = _PDF_DATE.match(info.get("CreationDate", "")), ""
    if created:
        with suppress(ValueError):
            day = date(int(created[1]), int(created[2]), int(created[3])).isoformat()
    return Metadata(title=title if is_title else "", file_date=day)


# Scans


def _recognise_scans(
    document: Any, cache: OcrCache, name: str, extraction: _Extraction, seconds: float
) -> list[str]:
    """Replace scanned pages by what Tesseract reads; return the remarks for the user.

    Tesseract may take so many seconds for all pages; what is left then is named in a remark.
    """
    remarks = list(_page_remarks(extraction))
    if not extraction.scans:
        return remarks
    installed: bool | None = None
    done, left = [], []
    for number in extraction.scans:
        table = cache.get(number)
        if table is None:
            installed = has_tesseract() if installed is None else installed
            began = time.monotonic()
            table = _recognise(document, number, seconds) if installed and seconds > 0 else None
            seconds -= time.monotonic() - began
            if table is not None:
                cache.put(number, table)
        if table is None:
            if not extraction.pages[number].text:
                left.append(number)
            continue
        page = parse_tesseract_table(table, extraction.pages[number].height)
        # Letters that the file has itself are kept, unless they are a stamp on a page of text.
        if len(page.text) > 3 * len(extraction.pages[number].text):
            extraction.pages[number] = page
            done.append(number)
    if not any(page.text for page in extraction.pages) and left:
        raise ReadingError(
            f"{name} is een scan: de bladzijden zijn afbeeldingen zonder tekst. "
            + (f"{_INSTALL}." if not installed else _OCR_FAILED)
        )
    return [*remarks, *_scan_remarks(done, left, bool(installed))]


def _page_remarks(extraction: _Extraction) -> Iterator[str]:
    """Yield what the user should know of hidden text and damaged pages."""
    if extraction.hidden:
        yield hidden_text(extraction.hidden)
    if pages := extraction.broken:
        yield f"{pages_are(pages)} beschadigd en {are(pages)} niet gelezen."


def _scan_remarks(done: Sequence[int], left: Sequence[int], installed: bool) -> Iterator[str]:
    """Yield what the user should know of pages that were recognised, and that were not."""
    if done:
        yield (
            f"{pages_are(done)} gescand en met tekstherkenning gelezen; controleer citaten "
            "daaruit tegen het origineel."
        )
    if left:
        why = _OCR_FAILED if installed else f"{_INSTALL}."
        yield f"{pages_are(left)} gescand en {are(left)} niet gelezen. {why}"


def _recognise(document: Any, number: int, seconds: float) -> str | None:
    with PDFIUM:
        image = _render(document, number)
    return run_tesseract(image, min(seconds, _MAX_OCR_SECONDS))


def _render(document: Any, number: int) -> bytes:
    """Render a page in grey as PGM (https://netpbm.sourceforge.net/doc/pgm.html).

    It has 300 dots an inch; a very large page has fewer.
    """
    page = document[number]
    try:
        scale = DOTS_PER_INCH / 72
        dots = page.get_width() * page.get_height() * scale**2
        bitmap = page.render(
            scale=scale * min(1.0, (_MAX_PIXELS / max(dots, 1.0)) ** 0.5),
            grayscale=True,
            may_draw_forms=False,
        )
        try:
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            drawn = bytes(bitmap.buffer)
        finally:
            bitmap.close()
    finally:
        page.close()
    rows = (drawn[row * stride : row * stride + width] for row in range(height))
    return b"P5 %d %d 255\n" % (width, height) + b"".join(rows)


# Messages to the user


def _check_time(until: float, name: str, limits: Limits) -> None:
    if time.thread_time() > until:
        raise ReadingError(
            f"{name} lezen kost meer dan {limits.seconds:.0f} seconden. Knip het bestand in delen."
        )


def _check_length(length: int, name: str, limits: Limits) -> None:
    if length > limits.characters:
        raise ReadingError(
            f"{name} bevat meer dan {limits.characters} tekens; meer kan niet. "
            "Knip het bestand in delen."
        )


def _damaged(name: str) -> str:
    return (
        f"{name} is beschadigd en kan niet als PDF worden gelezen. Haal het bestand opnieuw op, of "
        "open het en sla het opnieuw op als PDF."
    )
