"""A page of a PDF to pieces of lines: its words as pdfium gives them, where and how they stand.

pdfium (https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h) gives
characters in the order of the file's drawing commands. Here they are put together to pieces, runs
on one line without a wide gap; what pieces make is the matter of `pdf_layout`.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

__all__ = ["LineFragment", "PageText", "page_text_of", "put_together"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE_GAP = 1.6
"""Times the font size: no space within a line is as wide, a gutter or a tab is."""
_LEAST_SPACE = 0.1
"""Times the font size: no space is narrower."""
_OTHER_LINE = 0.55
"""Times the font size: a baseline this far away is another line's, and no raised number's."""
_HYPHEN = 0x02
"""pdfium's sign for a hyphen behind which the word goes on (CPDF_TextPage)."""
_BOLD = re.compile(r"bold|black|heavy|demi|-bd\b|,b\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|kursiv|slanted", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # PDF 32000-1, table 123
_BOLD_WEIGHT = 700
_LONGEST_NAME = 256


@dataclass(frozen=True, slots=True)
class LineFragment:
    """A run of characters on one line, without a wide gap.

    `start` and `end` count characters of the page's text, or of the whole source once the page has
    its place. Lengths are points; `base`, the baseline, counts down the page.
    """

    start: int
    end: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    turn: int = 0
    """Quarter turns to the left of the text, as against the most of the page."""

    def moved(self, by: int) -> LineFragment:
        """Give the piece with its place counted from `by` characters earlier."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page in the file's order, each piece on a line of its own."""

    text: str = ""
    pieces: tuple[LineFragment, ...] = ()
    height: float = 0.0
    unread: int = 0
    """Characters of which the file does not say which they are."""
    scanned: bool = False


class _Font(NamedTuple):
    size: float
    bold: bool
    italic: bool
    turn: int
    rise: float
    """The baseline, up the page as it is read."""


class _Glyph(NamedTuple):
    character: str
    left: float
    right: float
    font: _Font
    spaced: bool
    """Whether white space stands before it."""


def page_text_of(textpage: Any, height: float) -> PageText:
    """Read a page that pdfium has opened (a `PdfTextPage`); `height` in points.

    Raised digits are written as ¹²³, so that the text itself says what is raised.
    """
    glyphs = list(_glyphs(textpage))
    turns = Counter(glyph.font.turn for glyph in glyphs)
    upright = turns.most_common(1)[0][0] if turns else 0
    top = max((glyph.font.rise for glyph in glyphs), default=0.0) if upright else height
    made: list[tuple[str, LineFragment]] = []
    for run in _runs(glyphs):
        text, piece = _piece(run, top)
        made.append((text, replace(piece, turn=(piece.turn - upright) % 4)))
    unread = sum(glyph.character == "\ufffd" for glyph in glyphs)
    return replace(put_together(made, height), unread=unread)


def put_together(made: Iterable[tuple[str, LineFragment]], height: float) -> PageText:
    """Put pieces one under another as the text of a page; their own places are not looked at."""
    texts: list[str] = []
    pieces: list[LineFragment] = []
    at = 0
    for text, piece in made:
        texts.append(text)
        pieces.append(replace(piece, start=at, end=at + len(text)))
        at += len(text) + 1
    return PageText("\n".join(texts), tuple(pieces), height)


@dataclass(slots=True)
class _Caller:
    """What the calls to pdfium write into, made once a page."""

    raw: Any
    page: Any
    box: Any = field(init=False)
    matrix: Any = field(init=False)
    x: Any = field(default_factory=ctypes.c_double)
    y: Any = field(default_factory=ctypes.c_double)
    flags: Any = field(default_factory=ctypes.c_int)
    name: Any = field(default_factory=lambda: ctypes.create_string_buffer(_LONGEST_NAME))

    def __post_init__(self) -> None:
        self.box, self.matrix = self.raw.FS_RECTF(), self.raw.FS_MATRIX()

    def font(self, i: int) -> _Font:
        """Give the font of character `i`; its size is the one that is seen on the page."""
        raw, page = self.raw, self.page
        length = raw.FPDFText_GetFontInfo(page, i, self.name, _LONGEST_NAME, self.flags)
        name = self.name.raw[: max(0, min(length, _LONGEST_NAME) - 1)].decode("utf-8", "replace")
        bold = bool(_BOLD.search(name)) or bool(self.flags.value & _FORCE_BOLD_FLAG and not name)
        if not bold and not re.search(r"regular|roman|book|light|medium|ital", name, re.IGNORECASE):
            bold = raw.FPDFText_GetFontWeight(page, i) >= _BOLD_WEIGHT
        italic = bool(_ITALIC.search(name) or self.flags.value & _ITALIC_FLAG)
        raw.FPDFText_GetMatrix(page, i, self.matrix)
        raw.FPDFText_GetCharOrigin(page, i, self.x, self.y)
        m = self.matrix
        size = abs(raw.FPDFText_GetFontSize(page, i)) * math.hypot(m.c, m.d)
        turn = round(math.atan2(m.b, m.a) / (math.pi / 2)) % 4
        rise = (self.y.value, -self.x.value, -self.y.value, self.x.value)[turn]
        return _Font(size if 0.1 < size < 2000 else 1.0, bold, italic, turn, rise)

    def sides(self, i: int, turn: int) -> tuple[float, float]:
        """Give where character `i` begins and ends along its line."""
        self.raw.FPDFText_GetLooseCharBox(self.page, i, self.box)
        box = self.box
        return (
            (box.left, box.right),
            (box.bottom, box.top),
            (-box.right, -box.left),
            (-box.top, -box.bottom),
        )[turn]


def _glyphs(textpage: Any) -> Iterator[_Glyph]:
    """Give the characters that are seen, in the file's order."""
    from pypdfium2 import raw

    call = _Caller(raw, textpage.raw)
    known, font, end, spaced, guessed = None, None, 0.0, False, False
    for i in range(max(0, raw.FPDFText_CountChars(call.page))):
        character = _character(raw.FPDFText_GetUnicode(call.page, i))
        if character.isspace() and character != "\u00a0":
            if raw.FPDFText_IsGenerated(call.page, i) == 1:
                guessed = True
            else:
                spaced = True
            continue
        drawn = ctypes.cast(raw.FPDFText_GetTextObject(call.page, i), ctypes.c_void_p).value
        if font is None or drawn is None or drawn != known:
            known, font = drawn, call.font(i)
        left, right = call.sides(i, font.turn)
        if all(map(math.isfinite, (left, right, font.rise))):
            # pdfium guesses a space behind a raised number, where there is no room for one.
            spaced = spaced or (guessed and abs(left - end) > _LEAST_SPACE * font.size)
            yield _Glyph(character, left, right, font, spaced)
            end, spaced, guessed = right, False, False


def _character(code: int) -> str:
    """Give a character; one that is none, or that no text can hold, becomes U+FFFD."""
    if code == _HYPHEN:
        return "-"
    if code in (0x09, 0x0A, 0x0D, 0x2028, 0x2029):
        return " "
    is_none = code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000
    if is_none or code > 0x10FFFF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return chr(code)


def _runs(glyphs: Iterable[_Glyph]) -> Iterator[list[_Glyph]]:
    """Part the characters where a line ends or leaves a wide gap."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(before.font.size, glyph.font.size)
    gap = glyph.left - before.right
    return (
        before.font.turn == glyph.font.turn
        and abs(before.font.rise - glyph.font.rise) < _OTHER_LINE * size
        and -size < gap < _WIDE_GAP * size
    )


def _piece(run: list[_Glyph], top: float) -> tuple[str, LineFragment]:
    """Write out a run of characters, and say how the most of them are set."""
    sizes = Counter((round(g.font.size, 1), round(g.font.rise, 1)) for g in run)
    (size, rise), _ = max(sizes.items(), key=lambda each: (each[1], each[0][0]))
    letters = [g for g in run if g.character.isalpha()] or run
    text = "".join(
        (" " if g.spaced and i else "") + _written(g, size, rise) for i, g in enumerate(run)
    )
    piece = LineFragment(
        0,
        len(text),
        min(g.left for g in run),
        max(g.right for g in run),
        top - rise,
        size,
        bold=all(g.font.bold for g in letters),
        italic=all(g.font.italic for g in letters),
        turn=run[0].font.turn,
    )
    return text, piece


def _written(glyph: _Glyph, size: float, rise: float) -> str:
    """Give a character, a raised digit as such."""
    lift = glyph.font.rise - rise
    small = glyph.font.size < 0.85 * size and lift > 0.12 * size
    return glyph.character.translate(_RAISED) if small or lift > 0.25 * size else glyph.character
