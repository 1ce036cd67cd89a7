"""Optical character recognition of scanned pages by Tesseract with its Dutch data, if installed.

https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html. Its output is cached by the
checksum of the file, so that a quote is checked against the words that were indexed, also after an
upgrade of Tesseract. After the cache is emptied, pages are recognised again.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import median

from search.files import default_cache, write_atomically
from search.reading.pdf.lines import LineFragment, PageText, join_fragments

__all__ = ["DOTS_PER_INCH", "OcrCache", "has_tesseract", "parse_tesseract_table", "run_tesseract"]

DOTS_PER_INCH = 300
_POINTS_PER_DOT = 72 / DOTS_PER_INCH
_LANGUAGE = "nld"
_MIN_CONFIDENCE = 30.0
"""Percent; a word without letters or digits of which Tesseract is less sure is a stain."""
_WIDE_GAP = 1.6
"""Times the font size, as in `search.reading.pdf.lines`."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    bottom: float
    height: float
    line: tuple[str, ...]


class OcrCache:
    """Caches Tesseract's output for the pages of one file."""

    def __init__(self, content: bytes, cache: Path | None = None) -> None:
        """Take the file's bytes, and the cache folder, None for the user's."""
        self._content = content
        self._cache = cache

    @cached_property
    def _folder(self) -> Path:
        # Hashed at the first use only, since few files are scans.
        digest = hashlib.sha256(self._content).hexdigest()
        return (self._cache or default_cache()) / "scans" / digest

    def get(self, page: int) -> str | None:
        """Return Tesseract's table of a page, counted from 0, or None when none was kept."""
        try:
            return self._path(page).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, page: int, table: str) -> None:
        """Keep Tesseract's table of a page; a folder that can't be written keeps nothing."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(page), table.encode("utf-8"))
        except OSError:
            return

    def _path(self, page: int) -> Path:
        return self._folder / f"{page + 1}-{_LANGUAGE}-{DOTS_PER_INCH}.tsv"


def has_tesseract() -> bool:
    """Return whether Tesseract and its Dutch data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def run_tesseract(image: bytes, seconds: float) -> str | None:
    """Run Tesseract on an image of 300 dots an inch (PGM), for at most so many seconds.

    Return its table of words (TSV), or None when it fails or takes longer.
    """
    command = f"tesseract stdin stdout -l {_LANGUAGE} --dpi {DOTS_PER_INCH}"
    # One thread: on small machines more of them make a page slower, and others wait.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        ran = subprocess.run(
            [*command.split(), "-c", "tessedit_create_tsv=1"],
            input=image,
            capture_output=True,
            timeout=max(0.1, seconds),
            check=False,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None


def parse_tesseract_table(table: str, height: float) -> PageText:
    """Parse Tesseract's table of words (TSV) as a page; `height` of the page in points.

    The fonts of a scan are unknown: all fragments have the size of the page's usual line.
    """
    words = _words(table)
    # A line is as tall as its letters with their tails, which is a little less than the font size.
    size = median([word.height for word in words] or [10.0]) * 1.3
    found: list[tuple[str, LineFragment]] = []
    for line in _lines(words):
        bottom = median(word.bottom for word in line)
        run: list[_Word] = []
        for word in line:
            if run and word.left - run[-1].right > _WIDE_GAP * size:
                found.append(_fragment(run, bottom, size))
                run = []
            run.append(word)
        found.append(_fragment(run, bottom, size))
    return replace(join_fragments(found, height), scanned=True)


def _words(table: str) -> list[_Word]:
    found = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        # Control characters that mean something elsewhere, as a page end, mean nothing in a scan.
        text = re.sub(r"[\s\x00-\x1f]+", " ", row.get("text") or "").strip()
        try:
            left, top, width, height = (
                float(row[name]) * _POINTS_PER_DOT for name in ("left", "top", "width", "height")
            )
            confidence = float(row["conf"])
        except (KeyError, TypeError, ValueError):
            continue
        is_stain = not any(map(str.isalnum, text)) and confidence < _MIN_CONFIDENCE
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


def _fragment(words: Sequence[_Word], bottom: float, size: float) -> tuple[str, LineFragment]:
    text = " ".join(word.text for word in words)
    return text, LineFragment(0, 0, words[0].left, words[-1].right, bottom, size)
