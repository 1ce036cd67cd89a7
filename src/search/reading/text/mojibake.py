"""Text that was encoded twice ("FinanciÃ«n"), put right for a whole file or not at all."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["fix_mojibake"]

_FOREIGN = re.compile("[^\x00-\u058f\u2000-\u2bff\ufb00-\ufb06\ufeff\ufffd\U0001f000-\U0001faff]")
"""What no Dutch text holds, but "é««" may decode to: all but Latin, Greek and Cyrillic letters,
signs, ligatures, emoji and a byte order mark."""


@lru_cache(maxsize=1)
def _bytes_of() -> dict[int, int]:
    """Return the byte of each character of Windows-1252.

    As in WHATWG's windows-1252, the five bytes that it leaves undefined, and all of latin-1's
    control characters, are themselves, since some programs write those instead.
    """
    known = {number: number for number in range(256)}
    for number in range(0x80, 0xA0):
        try:
            known[ord(bytes([number]).decode("cp1252"))] = number
        except UnicodeDecodeError:
            continue
    return known


def fix_mojibake(text: str) -> str:
    """Return a text with UTF-8 that was read as latin-1 or Windows-1252 decoded again.

    It is only changed when every character is one of Windows-1252, their bytes are UTF-8
    throughout, and the result has only characters of Dutch texts. The bytes of a text with one
    correct accent are not UTF-8, so such a text stays as it is.
    """
    if text.isascii():
        return text
    table = _bytes_of()
    try:
        meant = bytes(table[ord(character)] for character in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text
    return text if _FOREIGN.search(meant) else meant
