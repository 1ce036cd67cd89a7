"""Text files and Markdown: the characters themselves."""

from __future__ import annotations

import html
import re

from search.witness.decoding import decoded
from search.witness.records import Allowance, Flag, Stream
from search.witness.writing import Writer

__all__ = ["MARKUP", "read_markdown", "read_text"]

_MARKUP = re.compile(
    r"""(?P<comment><!--.*?-->)
    |(?P<sup><sup>\s*(?P<high>[^<]{1,12}?)\s*</sup>)
    |(?P<sub><sub>\s*(?P<low>[^<]{1,12}?)\s*</sub>)
    |(?P<gone><(?P<del>del|s|strike)>(?P<struck>.*?)</(?P=del)>)
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
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|sup|sub|small|font|mark|code)\b", re.IGNORECASE)
MARKUP = "*_`[]\\"
"""Signs of Markdown that may be markup or text; they do not count on either side."""
_GONE = str.maketrans("", "", MARKUP)


def read_text(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the characters of a text file. Raises ReadingError for what is none."""
    writer = Writer(name, allowed)
    writer.say(decoded(content, name))
    return writer.finished()


def read_markdown(content: bytes, name: str, allowed: Allowance) -> tuple[Stream, ...]:
    """Return the characters of a Markdown file, without what is only markup."""
    source = decoded(content, name)
    writer = Writer(name, allowed)
    at = 0
    for found in _MARKUP.finditer(source):
        _plain(source[at : found.start()], writer)
        at = found.end()
        _take(found, writer)
    _plain(source[at:], writer)
    return writer.finished()


def _take(found: re.Match[str], writer: Writer) -> None:
    """Take what stands in or for a piece of markup."""
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


def _plain(text: str, writer: Writer) -> None:
    writer.say(text.translate(_GONE))
