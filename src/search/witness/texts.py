"""Text files and Markdown: the characters themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from search.witness.decoding import decoded
from search.witness.records import Allowance, Flag, Stream
from search.witness.style_sheets import without
from search.witness.writing import StreamWriter

__all__ = ["MARKUP", "read_markdown", "read_text"]

_MARKUP = re.compile(
    r"""(?P<sup><sup>\s*(?P<high>[^<]{1,12}?)\s*</sup>)
    |(?P<sub><sub>\s*(?P<low>[^<]{1,12}?)\s*</sub>)
    |(?P<gone><(?P<del>del|s|strike)>(?P<struck>[^<]{0,4000})</(?P=del)>)
    |(?P<auto><(?P<address>(?:https?://|mailto:|www\.)[^\s<>]+|[^\s<>@]+@[^\s<>]+)>)
    |(?P<tag></?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>)
    |(?P<note>\[\^[^\]\s]{1,12}\]:?)
    |(?P<image>!\[[^\]\n]*\]\([^()\n]*\))
    |(?P<target>(?<=\])\((?:[^()\\\n]|\\.|\([^()\n]*\))*\))
    |(?P<escape>\\{1,2}(?=[!-/:-@\[-`{-~]))
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<struckout>~~(?P<strike>[^~\n]+)~~)
    |(?P<edge>^[ \t]*(?:(?:>|\#{1,6}(?=[ \t])|[-*+](?=[ \t])|\|)[ \t]*)+)
    |(?P<rule>^[ \t|:=-]{3,}$)
    |(?P<cell>\|)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+|\s+")
_NOTE = re.compile(r"\s*(?:<sup>\s*\d{1,3}\s*</sup>|\[\^[^\]\s]{1,12}\]:|[⁰¹²³⁴-⁹]{1,3}(?=\s))")
_EDGE = re.compile(
    r"(?:pagina|blad|blz\.)?\s?\d{1,4}(?:\s(?:van|/)\s\d{1,4})?|kst-?\d[\w-]*(?:\s+ISSN.*)?"
    r"|ISSN\ \d{4}\s?[-–]\s?\d{3}[\dX].*|['’‘]s-Gravenhage\ \d{4}"
    r"|(?:Tweede|Eerste)\ Kamer,\ vergaderjaar\ .{0,100}",
    re.IGNORECASE,
)
"""The edge of a printed page: its number, or the foot of an official publication."""
_AROUND_EDGES = " \t\n\r\f*_-–#"
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|sup|sub|small|font|mark|code)\b", re.IGNORECASE)
MARKUP = "*_`[]\\|"
"""Signs of Markdown that may be markup or text; they do not count on either side."""
_GONE = str.maketrans("", "", MARKUP)


def read_text(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the characters of a text file. Raises ReadingError when it can't be read."""
    return _by_paragraph(decoded(content, name), StreamWriter(name, allowed), _say)


def read_markdown(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the characters of a Markdown file, without what is only markup.

    Raises ReadingError when it can't be read.
    """
    source = without(decoded(content, name), "<!--", "-->")
    return _by_paragraph(source, StreamWriter(name, allowed), _read_paragraph)


def _by_paragraph(
    source: str, writer: StreamWriter, read: Callable[[str, StreamWriter], None]
) -> tuple[Stream, ...]:
    """Read a text; what cuts sentences in two where a page ended is a stream of its own."""
    for paragraph in _PARAGRAPH.findall(source):
        words = paragraph.strip(_AROUND_EDGES)
        ruled = not words and not paragraph.isspace()
        apart = ruled or _NOTE.match(paragraph) or _EDGE.fullmatch(words)
        if apart:
            writer.begin("noot of bladrand")
        read(paragraph, writer)
        if apart:
            writer.end()
    return writer.finished()


def _say(text: str, writer: StreamWriter) -> None:
    writer.say(text)


def _read_paragraph(paragraph: str, writer: StreamWriter) -> None:
    at = 0
    for found in _MARKUP.finditer(paragraph):
        _plain(paragraph[at : found.start()], writer)
        at = found.end()
        _take(found, writer)
    _plain(paragraph[at:], writer)


def _take(found: re.Match[str], writer: StreamWriter) -> None:
    """Take what a piece of markup holds or means."""
    if found["high"]:
        writer.say(found["high"], Flag.RAISED)
    elif found["low"]:
        writer.say(found["low"], Flag.LOWERED)
    elif found["struck"] or found["strike"]:
        writer.say(found["struck"] or found["strike"], Flag.DELETED)
    elif found["auto"]:
        writer.say(found["address"])
    elif found["entity"]:
        writer.say(html.unescape(found.group()))
    elif found["cell"]:
        writer.say("\t")
    elif found["tag"] and not _INLINE.match(found.group()):
        writer.part()


def _plain(text: str, writer: StreamWriter) -> None:
    writer.say(text.translate(_GONE))
