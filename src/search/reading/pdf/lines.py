"""Read the text of a PDF page as line fragments: words as pdfium gives them, with place and font.

pdfium (https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h) returns
characters in the order of the file's drawing commands. Here they are joined to fragments: runs on
one line without a wide gap. `search.reading.pdf.layout` puts the fragments in reading order.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from search.reading.pdf.hidden import Visibility
from search.reading.pdf.rules import Rule, read_rules
from search.reading.pdf.runs import SUPERSCRIPTS, Font, Glyph, mend_runs

__all__ = ["Cell", "LineFragment", "PageText", "join_fragments", "read_page_text"]

_WIDE_GAP = 1.6
"""Times the font size: wider than a space within a line, narrower than a gutter or a tab."""
_MIN_SPACE, _MIN_SPACE_WITHIN = 0.1, 0.2
"""Times the font size: no space is narrower; within one string of the file, which may be spaced out
("Inf rastructuur"), none is that lacks a space of its own."""
_OTHER_LINE = 0.55
"""Times the font size: a baseline this far away is another line's, not a raised number's."""
_HYPHEN = 0x02
"""pdfium's code for a hyphen at a line end within a word (CPDF_TextPage)."""
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|-bd\b|,b\b", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obli|kursiv|slanted", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # PDF 32000-1, table 123
_BOLD_WEIGHT = 700
_MAX_FONT_NAME = 256
_NO_FONT = Font(1.0, False, False, 0, 0.0)


class Cell(NamedTuple):
    """The place of a text in the ruled tables of a page, each counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class LineFragment:
    """A run of characters on one line, without a wide gap.

    `start` and `end` are offsets in the page's text; after `shifted`, in the source of the whole
    document. Lengths are in points; `baseline` counts down from the top of the page.
    """

    start: int
    end: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    rotation: int = 0
    """Quarter turns counter-clockwise, relative to most text of the page."""
    cell: Cell | None = None

    def shifted(self, by: int) -> LineFragment:
        """Return the fragment with `by` added to its offsets."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page, each fragment on a line of its own."""

    text: str = ""
    fragments: tuple[LineFragment, ...] = ()
    height: float = 0.0
    unread: int = 0
    """How many characters the file does not map to Unicode."""
    scanned: bool = False
    hidden: int = 0
    """How many characters were left out because a reader of the page doesn't see them."""
    rules: tuple[Rule, ...] = ()
    """The lines that are drawn on a page with rows of cells."""


def read_page_text(textpage: Any, height: float) -> PageText:
    """Read a page that pdfium has opened (a `PdfTextPage`); `height` in points.

    Raised digits are written as ¹²³, so that the text itself says what is raised. What can't be
    seen is left out.
    """
    hidden: list[str] = []
    glyphs = list(_glyphs(textpage, hidden))
    rotations = Counter(glyph.font.rotation for glyph in glyphs)
    upright = rotations.most_common(1)[0][0] if rotations else 0
    top = max((glyph.font.rise for glyph in glyphs), default=0.0) if upright else height
    found: list[tuple[str, LineFragment]] = []
    for run in mend_runs(list(_runs(glyphs))):
        text, fragment = _fragment(run, top)
        found.append((text, replace(fragment, rotation=(fragment.rotation - upright) % 4)))
    unread = sum(glyph.character == "\ufffd" for glyph in glyphs)
    joined = join_fragments(found, height)
    rules = () if upright or not _has_rows(joined) else read_rules(textpage.page, height)
    return replace(joined, unread=unread, hidden=len(hidden), rules=rules)


def _has_rows(page: PageText) -> bool:
    """Return whether several lines of a page are in pieces, as the rows of a table are."""
    level = Counter(round(fragment.baseline) for fragment in page.fragments)
    return sum(count > 1 for count in level.values()) > 1


def join_fragments(parts: Iterable[tuple[str, LineFragment]], height: float) -> PageText:
    """Join texts to a page's text, one a line; the fragments get their offsets in it."""
    texts: list[str] = []
    fragments: list[LineFragment] = []
    at = 0
    for text, fragment in parts:
        texts.append(text)
        fragments.append(replace(fragment, start=at, end=at + len(text)))
        at += len(text) + 1
    return PageText("\n".join(texts), tuple(fragments), height)


@dataclass(slots=True)
class _PdfiumText:
    """pdfium's functions for one text page, with the buffers that they fill."""

    raw: Any
    page: Any
    box: Any = field(init=False)
    matrix: Any = field(init=False)
    x: Any = field(default_factory=ctypes.c_double)
    y: Any = field(default_factory=ctypes.c_double)
    flags: Any = field(default_factory=ctypes.c_int)
    name: Any = field(default_factory=lambda: ctypes.create_string_buffer(_MAX_FONT_NAME))

    def __post_init__(self) -> None:
        self.box, self.matrix = self.raw.FS_RECTF(), self.raw.FS_MATRIX()

    def font(self, i: int) -> Font:
        """Return the font of character `i`, with its size as it is seen on the page."""
        raw, page = self.raw, self.page
        length = raw.FPDFText_GetFontInfo(page, i, self.name, _MAX_FONT_NAME, self.flags)
        name = self.name.raw[: max(0, min(length, _MAX_FONT_NAME) - 1)].decode("utf-8", "replace")
        bold = bool(_BOLD_NAME.search(name) or (self.flags.value & _FORCE_BOLD_FLAG and not name))
        if not bold and not re.search(r"regular|roman|book|light|medium|ital", name, re.IGNORECASE):
            bold = raw.FPDFText_GetFontWeight(page, i) >= _BOLD_WEIGHT
        italic = bool(_ITALIC_NAME.search(name) or self.flags.value & _ITALIC_FLAG)
        raw.FPDFText_GetMatrix(page, i, self.matrix)
        raw.FPDFText_GetCharOrigin(page, i, self.x, self.y)
        m = self.matrix
        size = abs(raw.FPDFText_GetFontSize(page, i)) * math.hypot(m.c, m.d)
        rotation = round(math.atan2(m.b, m.a) / (math.pi / 2)) % 4
        rise = (self.y.value, -self.x.value, -self.y.value, self.x.value)[rotation]
        return Font(size if 0.1 < size < 2000 else 1.0, bold, italic, rotation, rise)

    def sides(self, i: int, rotation: int) -> tuple[float, float]:
        """Return where character `i` begins and ends along its line."""
        self.raw.FPDFText_GetLooseCharBox(self.page, i, self.box)
        box = self.box
        return (
            (box.left, box.right),
            (box.bottom, box.top),
            (-box.right, -box.left),
            (-box.top, -box.bottom),
        )[rotation]


def _glyphs(textpage: Any, hidden: list[str]) -> Iterator[Glyph]:
    """Yield the visible characters, in the file's order; add the others to `hidden`."""
    from pypdfium2 import raw

    pdfium = _PdfiumText(raw, textpage.raw)
    seen = Visibility(textpage.page)
    known, font, end, after_space, guessed = None, _NO_FONT, 0.0, False, False
    inkless = False
    for i in range(max(0, raw.FPDFText_CountChars(pdfium.page))):
        character = _character(raw.FPDFText_GetUnicode(pdfium.page, i))
        if character.isspace() and character != "\u00a0":
            if raw.FPDFText_IsGenerated(pdfium.page, i) == 1:
                guessed = True
            else:
                after_space = True
            continue
        text = raw.FPDFText_GetTextObject(pdfium.page, i)
        drawn = ctypes.cast(text, ctypes.c_void_p).value
        is_new = drawn is None or drawn != known
        if is_new:
            known, font = drawn, pdfium.font(i)
            inkless = seen.is_inkless(text, pdfium.x.value, pdfium.y.value)
        left, right = pdfium.sides(i, font.rotation)
        box = pdfium.box
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if inkless or seen.is_outside(*middle):
            hidden.append(character)
            continue
        if all(map(math.isfinite, (left, right, font.rise))):
            # pdfium guesses a space after a raised number, where there is no room for one.
            least = (_MIN_SPACE if is_new else _MIN_SPACE_WITHIN) * font.size
            after_space = after_space or (guessed and abs(left - end) > least)
            yield Glyph(character, left, right, font, after_space)
            end, after_space, guessed = right, False, False


def _character(code: int) -> str:
    """Return the character of a code; U+FFFD for control characters and invalid codes."""
    if code == _HYPHEN:
        return "-"
    if code in (0x09, 0x0A, 0x0D, 0x2028, 0x2029):
        return " "
    is_invalid = code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000
    if is_invalid or code > 0x10FFFF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return chr(code)


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Split the characters where a line ends or leaves a wide gap."""
    run: list[Glyph] = []
    largest: Glyph | None = None
    for glyph in glyphs:
        if run and not _continues(run[-1], largest or run[-1], glyph):
            yield run
            run, largest = [], None
        run.append(glyph)
        if largest is None or glyph.font.size > largest.font.size:
            largest = glyph
    if run:
        yield run


def _continues(before: Glyph, largest: Glyph, glyph: Glyph) -> bool:
    """Return whether a character is on the line of the one before, of which one is the largest.

    A raised sign may come right after a lowered one, over it: NH₄⁺.
    """
    size = max(before.font.size, glyph.font.size)
    highest = max(largest.font.size, size)
    gap = glyph.left - before.right
    apart = min(abs(other.font.rise - glyph.font.rise) for other in (before, largest))
    return (
        before.font.rotation == glyph.font.rotation
        and apart < _OTHER_LINE * highest
        and -size < gap < _WIDE_GAP * size
    )


def _fragment(run: list[Glyph], top: float) -> tuple[str, LineFragment]:
    """Return the text of a run, and a fragment with the font that most of it has."""
    sizes = Counter((round(g.font.size, 1), round(g.font.rise, 1)) for g in run)
    (size, rise), _ = max(sizes.items(), key=lambda each: (each[1], each[0][0]))
    letters = [g for g in run if g.character.isalpha()] or run
    text = "".join(
        (" " if g.after_space and i else "") + _written(g, size, rise) for i, g in enumerate(run)
    )
    fragment = LineFragment(
        0,
        len(text),
        min(g.left for g in run),
        max(g.right for g in run),
        top - rise,
        size,
        bold=all(g.font.bold for g in letters),
        italic=all(g.font.italic for g in letters),
        rotation=run[0].font.rotation,
    )
    return text, fragment


def _written(glyph: Glyph, size: float, rise: float) -> str:
    """Return the character, a raised digit as superscript."""
    lift = glyph.font.rise - rise
    small = glyph.font.size < 0.85 * size and lift > 0.12 * size
    raised = small or lift > 0.25 * size
    return glyph.character.translate(SUPERSCRIPTS) if raised else glyph.character
