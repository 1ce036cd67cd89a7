"""PDF to the words of its pages, its blocks, its page numbers and what it says of itself."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

from search.errors import ReadingError
from search.reading.assemble import filled
from search.reading.contents import Contents
from search.reading.letterhead import part_head, read_letterhead
from search.reading.letters import read_fields
from search.reading.pdf.blocks import blocks_of
from search.reading.pdf.layout import in_reading_order, lay_out, printed_numbers
from search.reading.pdf.lines import PageText, page_text_of
from search.reading.pdf.scans import DOTS_PER_INCH, ScanMemory, has_tesseract, read_scan, recognise
from search.reading.raw_blocks import RawBlock
from search.reading.repair import repair
from search.reading.running_heads import PAGE_END
from search.records import Limits, Metadata, PageStart

__all__ = ["read_pdf"]

_LOCK = Lock()
"""pdfium may be called from one thread at a time."""
_SCAN_SECONDS = 60.0
"""Of recognising one page."""
_MOST_PIXELS = 40_000_000
"""Of a page that is recognised: A3 at 300 dots an inch and a little more."""
_HEAD_BLOCKS = 25
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY
_INSTALL = (
    "Installeer Tesseract met de Nederlandse taaldata (Debian: apt-get install tesseract-ocr "
    "tesseract-ocr-nld) en draai daarna opnieuw: kamerwijzer index"
)
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|odt|rtf|txt|indd|xlsx?|pptx?|tmp)\b|^(?:untitled|naamloos|titelloos|document"
    r"|microsoft|powerpoint|presentatie|print|scan|geen titel|titel|template|sjabloon)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


@dataclass(slots=True)
class _Read:
    """What was found on the pages."""

    pages: list[PageText]
    scans: list[int]
    """Pages, counted from 0, that are a picture."""
    broken: list[int]
    labels: list[str]
    metadata: Metadata


def read_pdf(content: bytes, name: str, limits: Limits) -> Contents:
    """Read a PDF: the words that pdfium gives, page after page, parted by form feeds.

    The lines of a page come from top to bottom, column by column, in whatever order the file draws
    them; raised digits are written as ¹²³. A page that
    is a picture is recognised by Tesseract where that is installed. A page's number is its label,
    else what is printed on it, else its ordinal. Raises ReadingError for what is no PDF, is
    locked, broken or a scan that can't be read, or is larger or takes longer than `limits` allow.
    """
    import pypdfium2

    _check_kind(content, name)
    until = time.monotonic() + limits.seconds
    with _LOCK:
        document = _opened(content, name)
    try:
        with _LOCK:
            read = _read(document, name, limits, until)
        remarks = _recognised(document, content, name, read, until)
    except pypdfium2.PdfiumError as error:
        raise ReadingError(_broken(name)) from error
    finally:
        with _LOCK:
            document.close()
    if len(read.broken) == len(read.pages):
        raise ReadingError(_broken(name))
    return _contents(read, remarks, name, limits)


def _contents(read: _Read, remarks: Sequence[str], name: str, limits: Limits) -> Contents:
    """Put the pages together."""
    pages = [in_reading_order(page) for page in read.pages]
    source = PAGE_END.join(page.text for page in pages)
    _check_length(len(source), name, limits)
    placed, starts, at = [], [], 0
    for page in pages:
        pieces = tuple(piece.moved(at) for piece in page.pieces)
        placed.append(PageText(page.text, pieces, page.height, scanned=page.scanned))
        starts.append(at)
        at += len(page.text) + 1
    laid = lay_out(source, placed)
    blocks = tuple(blocks_of(source, laid))
    metadata, remark = _known(blocks, read.metadata)
    ordinals = [str(number + 1) for number in range(len(placed))]
    numbers = read.labels or printed_numbers(laid, source) or ordinals
    return Contents(
        source,
        blocks,
        metadata,
        tuple(PageStart(*each) for each in zip(starts, numbers, strict=True)),
        (*remarks, *remark),
    )


def _known(blocks: Sequence[RawBlock], info: Metadata) -> tuple[Metadata, tuple[str, ...]]:
    """Give what the fields of a letter's head say, filled from the info dictionary, and a remark
    where the date is the file's own.
    """
    head = blocks[:_HEAD_BLOCKS]
    fields = read_fields([line.strip().text for line in b.lines] for b in head)
    dated = fields.date or read_letterhead(part_head(repair(head))).metadata.date
    if dated or not info.date:
        return filled(fields, replace(info, date="")), ()
    return filled(fields, info), (
        "In de kop van het document is geen datum gevonden; de getoonde datum is de dag waarop "
        "het PDF-bestand is gemaakt.",
    )


# What pdfium gives


def _check_kind(content: bytes, name: str) -> None:
    if not content.strip(b"\x00 \t\r\n\f"):
        raise ReadingError(f"{name} is leeg. Haal het bestand opnieuw op, of verwijder het.")
    # Readers look for the header in the first 1,024 bytes (Adobe's implementation note 13).
    if b"%PDF-" not in content[:1024]:
        raise ReadingError(
            f"{name} is geen PDF-bestand. Geef het bestand de extensie van zijn eigen formaat, of "
            "haal het opnieuw op."
        )


def _opened(content: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise ReadingError(
                f"{name} is beveiligd met een wachtwoord. Open het bestand met het wachtwoord, "
                "sla het zonder beveiliging op en probeer het opnieuw."
            ) from error
        raise ReadingError(_broken(name)) from error


def _read(document: Any, name: str, limits: Limits, until: float) -> _Read:
    """Read the words of all pages; the lock is held."""
    import pypdfium2

    count = len(document)
    if count > limits.pages:
        raise ReadingError(
            f"{name} heeft {count} bladzijden; hooguit {limits.pages} kan. "
            "Knip het bestand in delen."
        )
    labels = [document.get_page_label(number) for number in range(count)]
    read = _Read(
        [], [], [], labels if all(label.strip() for label in labels) else [], _metadata_of(document)
    )
    length = 0
    for number in range(count):
        _check_time(until, name, limits)
        try:
            page, is_scan = _page(document, number)
        except pypdfium2.PdfiumError:
            page, is_scan = PageText(), False
            read.broken.append(number)
        read.pages.append(page)
        length += len(page.text)
        _check_length(length, name, limits)
        if is_scan:
            read.scans.append(number)
    return read


def _page(document: Any, number: int) -> tuple[PageText, bool]:
    """Read a page; of one that is a picture, or whose letters have no names, no text is taken."""
    page = document[number]
    try:
        height = page.get_height()
        textpage = page.get_textpage()
        try:
            text = page_text_of(textpage, height)
        finally:
            textpage.close()
        if _is_picture(page, text):
            return PageText(height=height), True
        return text, False
    finally:
        page.close()


def _is_picture(page: Any, text: PageText) -> bool:
    """Tell whether what is seen on a page is a picture, or letters that the file can't name."""
    from pypdfium2 import raw

    characters = len(re.sub(r"\s", "", text.text))
    if text.unread > 0.3 * characters:
        return True
    letters = len(re.findall(r"[^\W\d_]", text.text))
    if letters >= 60:
        return False
    whole = page.get_width() * page.get_height()
    covered, paths = 0.0, 0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / max(whole, 1.0))
        paths += drawn.type == raw.FPDF_PAGEOBJ_PATH
    # A page set in outlines of letters has hundreds of paths, a ruled one a few.
    return covered >= 0.6 or (letters < 3 and (covered >= 0.1 or paths >= 200))


def _metadata_of(document: Any) -> Metadata:
    """Take the title and date that the file's info dictionary gives, where they look like any."""
    told = {}
    for key in ("Title", "CreationDate"):
        with suppress(UnicodeDecodeError):
            told[key] = document.get_metadata_value(key)
    title = " ".join(told.get("Title", "").replace("\x00", "").split())
    is_title = len(title.split()) >= 2 and len(title) <= 250 and not _NO_TITLE.search(title)
    made, day = _DATE.match(told.get("CreationDate", "")), ""
    if made:
        with suppress(ValueError):
            day = date(int(made[1]), int(made[2]), int(made[3])).isoformat()
    return Metadata(title=title if is_title else "", date=day)


# Pictures


def _recognised(document: Any, content: bytes, name: str, read: _Read, until: float) -> list[str]:
    """Put what Tesseract reads in the place of the pictures; give what there is to be said."""
    remarks = []
    if read.broken:
        remarks.append(f"{_named(read.broken)} beschadigd en {_is(read.broken)} niet gelezen.")
    if not read.scans:
        return remarks
    memory = ScanMemory(content)
    installed: bool | None = None
    done, left = [], []
    for number in read.scans:
        table = memory.get(number)
        if table is None:
            installed = has_tesseract() if installed is None else installed
            table = _recognise(document, number, name, until) if installed else None
            if table is not None:
                memory.put(number, table)
        if table is None:
            left.append(number)
            continue
        read.pages[number] = read_scan(table, read.pages[number].height)
        done.append(number)
    if not any(page.text for page in read.pages) and left:
        raise ReadingError(
            f"{name} is een scan: de bladzijden zijn afbeeldingen zonder tekst. "
            + (f"{_INSTALL}." if not installed else _BY_HAND)
        )
    if done:
        remarks.append(
            f"{_named(done)} gescand en met tekstherkenning gelezen; controleer citaten daaruit "
            "tegen het origineel."
        )
    if left:
        why = _BY_HAND if installed else f"{_INSTALL}."
        remarks.append(f"{_named(left)} gescand en {_is(left)} niet gelezen. {why}")
    return remarks


_BY_HAND = (
    "Tekstherkenning lukte niet. Maak een PDF met tekst, bijvoorbeeld met: "
    "ocrmypdf -l nld scan.pdf brief.pdf."
)


def _recognise(document: Any, number: int, name: str, until: float) -> str | None:
    left = until - time.monotonic()
    if left <= 0:
        raise ReadingError(
            f"Het kost te veel tijd om {name} te lezen: het is een scan van {len(document)} "
            "bladzijden. Wat al herkend is, is bewaard: probeer het opnieuw, dan gaat het verder. "
            "Of maak er een PDF met tekst van, bijvoorbeeld met: "
            "ocrmypdf -l nld scan.pdf brief.pdf."
        )
    with _LOCK:
        image = _picture(document, number)
    return recognise(image, min(left, _SCAN_SECONDS))


def _picture(document: Any, number: int) -> bytes:
    """Draw a page in grey, 300 dots an inch, as PGM (https://netpbm.sourceforge.net/doc/pgm.html).

    A very large page is drawn coarser.
    """
    page = document[number]
    try:
        scale = DOTS_PER_INCH / 72
        dots = page.get_width() * page.get_height() * scale**2
        bitmap = page.render(
            scale=scale * min(1.0, (_MOST_PIXELS / max(dots, 1.0)) ** 0.5),
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


# What is said to the user


def _check_time(until: float, name: str, limits: Limits) -> None:
    if time.monotonic() > until:
        raise ReadingError(
            f"{name} lezen kost meer dan {limits.seconds:.0f} seconden. Knip het bestand in delen."
        )


def _check_length(length: int, name: str, limits: Limits) -> None:
    if length > limits.characters:
        raise ReadingError(
            f"{name} bevat meer dan {limits.characters} tekens; meer kan niet. "
            "Knip het bestand in delen."
        )


def _broken(name: str) -> str:
    return (
        f"{name} is beschadigd en kan niet als PDF worden gelezen. Haal het bestand opnieuw op, of "
        "open het en sla het opnieuw op als PDF."
    )


def _named(pages: Sequence[int]) -> str:
    """Name pages, counted from 0, with the verb: "Bladzijden 1–3 en 5 zijn"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [f"{r[0] + 1}" if len(r) == 1 else f"{r[0] + 1}–{r[-1] + 1}" for r in runs]
    listed = " en ".join([*([", ".join(said[:-1])] if said[1:] else []), said[-1]])
    return f"{'Bladzijde' if len(pages) == 1 else 'Bladzijden'} {listed} {_is(pages)}"


def _is(pages: Sequence[int]) -> str:
    return "is" if len(pages) == 1 else "zijn"
