"""Bytes of an XML file to a tree, with the dangerous parts of XML turned off or refused."""

from __future__ import annotations

import re

from search.errors import ReadingError
from search.reading.markup.xml_text import Element
from search.reading.text.mojibake import fix_mojibake

__all__ = ["decode_marked_up", "parse_xml"]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"\s*<\?xml(?=\s)[^>]{0,200}\?>")
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_PROLOG = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_ENCODINGS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-15", "latin-9", "latin9"), "iso-8859-15"),
}
"""What a file may declare besides UTF-8. As in browsers (WHATWG), latin-1 is Windows-1252."""
_BOM = "\ufeff"
_MOST_JUNK = 400


def parse_xml(content: bytes, name: str) -> Element:
    """Parse an XML file and return its root, without comments and processing instructions.

    Nothing outside the file is opened and no entity is expanded. Raises ReadingError for XML that
    is not well-formed or has a document type, which no official publication has.
    """
    from lxml import etree

    declared = _DECLARED.search(content[:400])
    text = decode_marked_up(content, name, declared[1].decode("ascii") if declared else "")
    # A byte order mark that was decoded as text, or what a program wrote before the file.
    junk = max(0, text.find("<", 0, _MOST_JUNK))
    text = _DECLARATION.sub("", text[junk:], count=1)
    if _PROLOG.match(text):
        raise ReadingError(
            f"{name} heeft een documenttype (DOCTYPE). Dat wordt niet gelezen; "
            "haal de XML opnieuw op bij officielebekendmakingen.nl."
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = f" (regel {error.lineno})" if isinstance(error, etree.XMLSyntaxError) else ""
        raise ReadingError(
            f"{name} is geen geldige XML{line}. Haal het bestand opnieuw op."
        ) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError(f"{name} is geen XML zonder documenttype.")
    return root


def decode_marked_up(content: bytes, name: str, declared: str) -> str:
    """Decode a file that may declare its encoding, and put doubly encoded accents right.

    A byte order mark goes before `declared`. Bytes that can't be decoded so are read as UTF-8,
    else as Windows-1252. Raises ReadingError, which names the file, for bytes that are not text.
    """
    if content.startswith(_UTF_16):
        text = content.decode("utf-16", "replace")
    elif b"\x00" in content:
        raise ReadingError(
            f"{name} is geen tekstbestand (het bevat nul-bytes). Haal het bestand opnieuw op."
        )
    else:
        text = _decode(content, declared.lower())
    text = fix_mojibake(text.lstrip(_BOM)).lstrip(_BOM)
    if "\x00" in text:
        raise ReadingError(f"{name} is geen tekstbestand (het bevat nul-tekens).")
    return text


def _decode(content: bytes, declared: str) -> str:
    for encoding in (_ENCODINGS.get(declared, "utf-8"), "utf-8"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")
