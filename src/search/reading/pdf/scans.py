"""Pages that are pictures to words, by Tesseract with its Dutch data, where it is installed.

https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html. What was recognised is kept in the
user's cache folder by the checksum of the file, so that a quote is checked against the very words
that were indexed, in whatever version Tesseract comes next. Where the folder was emptied, the page
is recognised anew.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from search.reading.pdf.lines import LineFragment, PageText, put_together

__all__ = ["DOTS_PER_INCH", "ScanMemory", "has_tesseract", "read_scan", "recognise"]

DOTS_PER_INCH = 300
_POINTS = 72 / DOTS_PER_INCH
_LANGUAGE = "nld"
_LEAST_SURE = 30.0
"""Percent; a sign without letters that Tesseract is less sure of is a stain."""
_WIDE_GAP = 1.6
"""Times the font size, as in the lines of a page with text."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    bottom: float
    height: float
    line: tuple[str, ...]


class ScanMemory:
    """What was recognised on the pages of one file before."""

    def __init__(self, content: bytes) -> None:
        """Find the place of a file by its bytes."""
        # Only a scan needs the cache folder, and with it the code that knows where it is.
        from search.embedding.model_store import cache_folder

        self._folder = cache_folder() / "scans" / hashlib.sha256(content).hexdigest()

    def get(self, page: int) -> str | None:
        """Give what Tesseract said of a page, counted from 0, or None when it never saw it."""
        try:
            return self._place(page).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, page: int, found: str) -> None:
        """Keep what Tesseract says of a page; a folder that can't be written keeps nothing."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("wb", dir=self._folder, delete=False) as file:
                file.write(found.encode("utf-8"))
            os.replace(file.name, self._place(page))
        except OSError:
            return

    def _place(self, page: int) -> Path:
        return self._folder / f"{page + 1}-{_LANGUAGE}-{DOTS_PER_INCH}.tsv"


def has_tesseract() -> bool:
    """Tell whether Tesseract and its Dutch data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in told.stdout.decode("utf-8", "replace").split()


def recognise(image: bytes, seconds: float) -> str | None:
    """Let Tesseract read a picture of 300 dots an inch (PGM), in at most so many seconds.

    Gives its table of words (TSV), or None when it fails or takes longer.
    """
    command = [
        "tesseract",
        "stdin",
        "stdout",
        "-l",
        _LANGUAGE,
        "--dpi",
        str(DOTS_PER_INCH),
        "-c",
        "tessedit_create_tsv=1",
    ]
    # One thread: on small machines more of them make a page slower, and others wait.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        ran = subprocess.run(
            command,
            input=image,
            capture_output=True,
            timeout=max(0.1, seconds),
            check=False,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None


def read_scan(table: str, height: float) -> PageText:
    """Make a page of Tesseract's table of words; `height` of the page in points.

    Of a scan no font is known: all pieces have the size of the page's usual line.
    """
    words = list(_words(table))
    # A line is as tall as its letters with their tails, which is a little less than the font size.
    size = median([word.height for word in words] or [10.0]) * 1.3
    made: list[tuple[str, LineFragment]] = []
    for line in _lines(words):
        bottom = median(word.bottom for word in line)
        run: list[_Word] = []
        for word in line:
            if run and word.left - run[-1].right > _WIDE_GAP * size:
                made.append(_piece(run, bottom, size))
                run = []
            run.append(word)
        made.append(_piece(run, bottom, size))
    page = put_together(made, height)
    return PageText(page.text, page.pieces, height, scanned=True)


def _words(table: str) -> list[_Word]:
    found = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        # What is raised or a page end elsewhere means nothing in a scan.
        text = re.sub(r"[\s\x00-\x1f]+", " ", row.get("text") or "").strip()
        try:
            left, top, width, height = (
                float(row[name]) * _POINTS for name in ("left", "top", "width", "height")
            )
            sure = float(row["conf"])
        except (KeyError, TypeError, ValueError):
            continue
        is_stain = not any(map(str.isalnum, text)) and sure < _LEAST_SURE
        if row.get("level") != "5" or not text or is_stain:
            continue
        line = tuple(row.get(name) or "" for name in ("block_num", "par_num", "line_num"))
        found.append(_Word(text, left, left + width, top + height, height, line))
    return found


def _lines(words: Sequence[_Word]) -> list[list[_Word]]:
    lines: dict[tuple[str, ...], list[_Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _piece(words: Sequence[_Word], bottom: float, size: float) -> tuple[str, LineFragment]:
    text = " ".join(word.text for word in words)
    return text, LineFragment(0, 0, words[0].left, words[-1].right, bottom, size)
