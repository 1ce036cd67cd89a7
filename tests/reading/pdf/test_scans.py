"""Scans, read by Tesseract where it is installed; without it the user is told what to install."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from tests.reading.pdf.printing import HEIGHT, WIDTH, Paper, break_lines, runs_of

from search.errors import ReadingError
from search.quoting import fault_of
from search.reading import Contents, read_document
from search.reading.pdf.reader import read_pdf
from search.reading.pdf.scans import OcrCache, has_tesseract, parse_tesseract_table
from search.records import Kind, Limits, Span

FIRST = "De gemeente zorgt voor de opvang van nieuwkomers en krijgt daarvoor geld van het Rijk."
SECOND = "Het kabinet vindt dat één loket voor alle inwoners een goed idee is."
needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="tesseract with Dutch data (tesseract-ocr-nld) is not installed"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache what is recognised in a folder of the test's own."""
    monkeypatch.setattr("search.reading.pdf.scans.default_cache", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def contents(content: bytes) -> Contents:
    return read_pdf(content, "scan.pdf", Limits())


def put_text(paper: Paper, *paragraphs: str) -> None:
    y = 100.0
    for paragraph in paragraphs:
        for line in break_lines(runs_of(paragraph), 400, 12):
            paper.line(80, y, line, 12, 0)
            y += 15
        y += 15


def put_scan(paper: Paper, *paragraphs: str) -> None:
    """Put an image of a page with text on it."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    original = Paper()
    put_text(original, *paragraphs)
    original.turn()
    document = pypdfium2.PdfDocument(original.done())
    picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    png = io.BytesIO()
    picture.save(png, "PNG")
    paper.canvas.drawImage(ImageReader(io.BytesIO(png.getvalue())), 0, 0, WIDTH, HEIGHT)


@pytest.fixture(scope="module")
def scan() -> bytes:
    paper = Paper()
    put_scan(paper, FIRST, SECOND)
    paper.turn()
    return paper.done()


@pytest.fixture(scope="module")
def half_scan() -> bytes:
    """A page with text and two that are images."""
    paper = Paper()
    put_text(paper, "Deze bladzijde heeft gewoon tekst, die niemand hoeft te herkennen.")
    paper.turn()
    for text in (FIRST, SECOND):
        put_scan(paper, text)
        paper.turn()
    return paper.done()


def without_tesseract(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))


@needs_tesseract
def test_scan_becomes_paragraphs_with_their_page(scan: bytes, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan)
    document = read_document(tmp_path / "scan.pdf", tmp_path)
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [(Kind.PARAGRAPH, FIRST), (Kind.PARAGRAPH, SECOND)]
    assert document.page_at(document.text.index("kabinet")) == "1"
    source = contents(scan).source
    assert not fault_of(document, source, Span(0, len(document.text)), document.text)


@needs_tesseract
def test_what_was_recognised_is_kept_for_the_check_of_quotes(
    scan: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = contents(scan)
    without_tesseract(monkeypatch, tmp_path)
    assert contents(scan) == first


@needs_tesseract
def test_scanned_pages_are_named(half_scan: bytes) -> None:
    found = contents(half_scan)
    assert found.remarks[0] == (
        "Bladzijden 2–3 zijn gescand en met tekstherkenning gelezen; controleer citaten daaruit "
        "tegen het origineel."
    )
    assert [len(page) > 50 for page in found.source.split("\f")] == [True] * 3


def test_scan_without_tesseract_says_what_to_install(
    scan: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_tesseract(monkeypatch, tmp_path)
    with pytest.raises(
        ReadingError, match=r"scan\.pdf is een scan.*apt-get install tesseract-ocr "
    ):
        contents(scan)


def test_pages_that_could_not_be_recognised_are_named(
    half_scan: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_tesseract(monkeypatch, tmp_path)
    found = contents(half_scan)
    assert found.remarks[0].startswith("Bladzijden 2–3 zijn gescand en zijn niet gelezen. Install")
    assert [page[:5] for page in found.source.split("\f")] == ["Deze ", "", ""]


@pytest.mark.parametrize("language", ["eng", "nld"])
def test_tesseract_counts_only_with_dutch(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\necho List of languages:\necho {language}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert has_tesseract() is (language == "nld")


@pytest.mark.slow
def test_tesseract_that_hangs_is_stopped(
    half_scan: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "tesseract"
    sleep = shutil.which("sleep")
    program.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo nld || exec {sleep} 60\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    found = read_pdf(half_scan, "scan.pdf", Limits(seconds=2))
    assert found.remarks[0].startswith("Bladzijden 2–3 zijn gescand en zijn niet gelezen.")
    assert "ocrmypdf" in found.remarks[0]


def test_table_of_tesseract_is_read_and_stains_are_left() -> None:
    head = (
        "level page_num block_num par_num line_num word_num left top width height conf text"
    ).replace(" ", "\t")
    rows = [
        "5\t1\t1\t1\t1\t1\t300\t300\t200\t50\t96.5\tDe",
        "5\t1\t1\t1\t1\t2\t520\t300\t300\t50\t95.0\traad",
        "5\t1\t1\t1\t1\t3\t830\t300\t10\t50\t12.0\t|",
        "5\t1\t1\t1\t2\t1\t300\t370\t300\t50\t91.0\tzegt.",
        "4\t1\t1\t1\t2\t0\t300\t370\t300\t50\t-1\t",
        "onzin",
    ]
    page = parse_tesseract_table("\n".join([head, *rows]), 842)
    assert page.text == "De raad\nzegt."
    first = page.fragments[0]
    # 300 dots an inch: 300 dots are 72 points.
    assert (first.left, first.right, first.baseline) == pytest.approx((72.0, 196.8, 84.0))


def test_cache_that_can_not_be_written_keeps_nothing(cache: Path) -> None:
    cache.write_text("geen map")
    ocr_cache = OcrCache(b"bestand")
    ocr_cache.put(0, "tekst")
    assert ocr_cache.get(0) is None


def test_cache_keeps_pages_of_files_apart() -> None:
    OcrCache(b"een").put(0, "tekst")
    assert OcrCache(b"een").get(0) == "tekst"
    assert OcrCache(b"een").get(1) is None
    assert OcrCache(b"twee").get(0) is None
