"""The characters of a PDF's pages as pdfium gives them, put together to words with a place.

pdfium (public/fpdf_text.h and fpdf_edit.h) gives characters in the order of the file's drawing
commands. Characters of one text object share a font, a size and a baseline, so these are asked
once an object; the places of characters are asked at the edges of words alone.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from search.witness.records import Flag

__all__ = ["Word", "words_of"]

_HYPHENS = (0x02, 0xFFFE)
"""pdfium's signs for a hyphen after which the word goes on (CPDF_TextPage)."""
_WHITE = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x2028, 0x2029, 0x3000}) | frozenset(
    range(0x2000, 0x200B)
)
_SYMBOL = Flag.SYMBOL.value
_TOUCHES = 0.25
"""Times the font size: characters nearer than this, without white space, are one word."""


@dataclass(slots=True)
class Word:
    """Characters without white space between them, on one baseline.

    Lengths are points; `left` and `right` count along the line, `base` up from line to line,
    whichever way the text is turned.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int
    flags: int
    """Those of `Flag`, as a plain number."""
    number: int
    """Counts the words in the order of the file."""


class _Setting(NamedTuple):
    """How the characters of one text object are set."""

    base: float
    size: float
    turn: int
    flags: int


@dataclass(slots=True)
class _Calls:
    """The calls to pdfium for one page, and what they write into."""

    raw: Any
    page: Any
    hidden: Callable[[int, tuple[float, float, float, float]], Flag]
    """Says of a text object and the box of its first character whether it can't be seen."""
    unicode: Any = field(init=False)
    object: Any = field(init=False)
    handle: Any = field(init=False)
    box: Any = field(init=False)
    matrix: Any = field(init=False)
    x: Any = field(default_factory=ctypes.c_double)
    y: Any = field(default_factory=ctypes.c_double)

    def __post_init__(self) -> None:
        raw = self.raw
        self.box, self.matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        # Called for each character: as plain numbers that takes a third of the time.
        self.handle = ctypes.cast(self.page, ctypes.c_void_p).value
        self.unicode = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint)
        self.object = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p)

    def setting(self, i: int, drawn: int) -> _Setting:
        raw, page, m = self.raw, self.page, self.matrix
        raw.FPDFText_GetMatrix(page, i, m)
        raw.FPDFText_GetCharOrigin(page, i, self.x, self.y)
        size = abs(raw.FPDFText_GetFontSize(page, i)) * math.hypot(m.c, m.d)
        turn = round(math.atan2(m.b, m.a) / (math.pi / 2)) % 4
        base = (self.y.value, -self.x.value, -self.y.value, self.x.value)[turn]
        raw.FPDFText_GetLooseCharBox(page, i, self.box)
        box = self.box
        flags = self.hidden(drawn, (box.left, box.bottom, box.right, box.top)).value
        good = math.isfinite(size) and math.isfinite(base) and 0.1 < size < 2000
        return _Setting(base, size, turn, flags) if good else _Setting(0.0, 1.0, turn, flags)

    def sides(self, i: int, turn: int) -> tuple[float, float]:
        self.raw.FPDFText_GetLooseCharBox(self.page, i, self.box)
        b = self.box
        return ((b.left, b.right), (b.bottom, b.top), (-b.right, -b.left), (-b.top, -b.bottom))[
            turn
        ]


def _plain(function: Any, result: Any) -> Any:
    made = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int)
    return made(ctypes.cast(function, ctypes.c_void_p).value or 0)


def words_of(
    textpage: Any, hidden: Callable[[int, tuple[float, float, float, float]], Flag]
) -> list[Word]:
    """Return the words of a page that pdfium has opened, in the order of the file."""
    from pypdfium2 import raw

    return list(_words(_Calls(raw, textpage, hidden)))


def _words(calls: _Calls) -> Iterator[Word]:
    unicode, object_, handle = calls.unicode, calls.object, calls.handle
    word: Word | None = None
    setting, known, last, number, was_unknown = _Setting(0.0, 1.0, 0, 0), 0, 0, 0, False
    for i in range(max(0, calls.raw.FPDFText_CountChars(calls.page))):
        code = unicode(handle, i)
        if code in _WHITE:
            if word is not None:
                yield _ended(calls, word, last)
                word = None
            continue
        character, unknown = _character(code)
        drawn = object_(handle, i)
        if drawn and drawn != known:
            before, known, setting = setting, drawn, calls.setting(i, drawn)
            if word is not None and not _goes_on(calls, word, before, setting, last, i):
                yield word
                word = None
        if word is not None and unknown != was_unknown:
            yield _ended(calls, word, last)
            word = None
        if word is None:
            left, right = calls.sides(i, setting.turn)
            flags = setting.flags | (_SYMBOL if unknown else 0)
            word = Word(
                character, left, right, setting.base, setting.size, setting.turn, flags, number
            )
            number += 1
        else:
            word.text += character
        last, was_unknown = i, unknown
    if word is not None:
        yield _ended(calls, word, last)


def _ended(calls: _Calls, word: Word, last: int) -> Word:
    """Return a word its right side, where its last character ends."""
    word.right = max(word.right, calls.sides(last, word.turn)[1])
    return word


def _goes_on(
    calls: _Calls, word: Word, before: _Setting, setting: _Setting, last: int, i: int
) -> bool:
    """Return whether a word goes on in another text object; ends it where it doesn't."""
    _ended(calls, word, last)
    same = (
        before.turn == setting.turn
        and before.flags == setting.flags
        and abs(before.base - setting.base) < 0.02 * before.size
        and abs(before.size - setting.size) < 0.02 * before.size
    )
    if not same:
        return False
    gap = calls.sides(i, setting.turn)[0] - word.right
    return abs(gap) < _TOUCHES * setting.size


@lru_cache(maxsize=4096)
def _character(code: int) -> tuple[str, bool]:
    """Return a character, and whether the file does not say which it is."""
    if code in _HYPHENS:
        return "-", False
    is_none = code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF
    if is_none or code & 0xFFFE == 0xFFFE or code == 0xFFFD:
        return "\ufffd", True
    private = 0xE000 <= code < 0xF900 or code >= 0xF0000
    return chr(code), private
