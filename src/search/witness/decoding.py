"""Bytes of a text file to characters."""

from __future__ import annotations

import re

from search.errors import ReadingError

__all__ = ["decoded", "decoded_markup"]

_DECLARED = re.compile(
    rb"""(?:<\?xml\s[^>]{0,100}?encoding|<meta\s[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_MOST_ATTRIBUTES = 1000
_SINGLE = {"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}


def decoded(content: bytes, name: str) -> str:
    """Return the characters of a text file: UTF-8, else Windows-1252. Raises ReadingError."""
    if b"\0" in content:
        raise ReadingError(f"{name} is geen tekstbestand. Sla het op als tekst in UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def decoded_markup(content: bytes, name: str) -> str:
    """Return the characters of an XML or HTML file, encoded as it says.

    Raises ReadingError for what is no text, or would keep a parser busy for minutes.
    """
    text = _decoded_markup(content, name)
    for tag in _LONG_TAG.finditer(text):
        # The time that libxml2 takes grows with the square of a tag's attributes.
        if tag.group().count("=") > _MOST_ATTRIBUTES:
            raise ReadingError(f"{name} heeft een element met te veel attributen.")
    return text


def _decoded_markup(content: bytes, name: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _once(content.decode("utf-16", "replace")).lstrip("\ufeff")
    if b"\0" in content:
        raise ReadingError(f"{name} is geen tekstbestand. Haal het bestand opnieuw op.")
    found = _DECLARED.search(content[:4096])
    declared = found[1].decode("ascii", "replace").lower() if found else ""
    if declared in _SINGLE and not content.startswith(b"\xef\xbb\xbf"):
        return _once(content.decode("cp1252", "replace")).lstrip("\ufeff")
    if declared in ("iso-8859-15", "latin9", "latin-9"):
        return content.decode("iso-8859-15").lstrip("\ufeff")
    return _once(decoded(content, name).lstrip("\ufeff")).lstrip("\ufeff")


def _once(text: str) -> str:
    """Undo that a file's UTF-8 was taken for Windows-1252 and encoded again, if all of it was."""
    if text.isascii():
        return text
    try:
        narrow = text.encode("cp1252", "strict")
    except UnicodeEncodeError:
        try:
            narrow = b"".join(bytes([ord(c)]) if ord(c) < 256 else c.encode("cp1252") for c in text)
        except UnicodeEncodeError:
            return text
    try:
        return narrow.decode("utf-8")
    except UnicodeDecodeError:
        return text
