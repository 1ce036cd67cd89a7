"""Accents that were encoded twice ("FinanciÃ«n"), put right for a whole file or not at all."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["undouble"]

_FOREIGN = re.compile("[^\x00-\u058f\u2000-\u2bff\ufb00-\ufb06\ufeff\ufffd\U0001f000-\U0001faff]")
"""What no Dutch text holds, but "é««" may stand for: all but Latin, Greek and Cyrillic letters,
signs, ligatures, emoji and a byte order mark."""


@lru_cache(maxsize=1)
def _bytes_of() -> dict[int, int]:
    """Give the byte of each character that Windows-1252 knows.

    As browsers do (WHATWG's windows-1252), the five bytes that it leaves open, and with them all
    of latin-1's control characters, stand for themselves: some programs write those instead.
    """
    known = {number: number for number in range(256)}
    for number in range(0x80, 0xA0):
        try:
            known[ord(bytes([number]).decode("cp1252"))] = number
        except UnicodeDecodeError:
            continue
    return known


def undouble(text: str) -> str:
    """Give a text whose UTF-8 was read as latin-1 or Windows-1252 and encoded again as it was.

    It is only changed when every character of it is one of Windows-1252, the bytes that they stand
    for are UTF-8 throughout, and what comes of it are signs that Dutch texts hold. Of a text with
    one accent that was written well the bytes are no UTF-8, so such a text stays as it is.
    """
    if text.isascii():
        return text
    table = _bytes_of()
    try:
        meant = bytes(table[ord(character)] for character in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text
    return text if _FOREIGN.search(meant) else meant
