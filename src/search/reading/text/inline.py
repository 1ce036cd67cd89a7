"""Markdown within a line: takes the markup out and keeps the place of each character.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/#inlines) as far as officialese
needs them; no parser is used, since each character must map back to the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.reading.raised_digits import is_power, lowered_digits, plain_digits, raised_digits
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["read_inline", "read_lines"]

_TAGS = (
    "a|abbr|b|blockquote|br|center|cite|code|del|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe"
    "|img|ins|li|mark|object|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup"
    "|svg|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
"""HTML that a converter leaves in Markdown; "<naam invullen>" is text."""
_TOKEN = re.compile(
    r"""(?P<escape>\\{1,2}[_*]|\\[!-/:-@\[-`{-~])
    |(?P<sup><sup>\s*(?P<suplabel>[^<]{1,5}?)\s*</sup>)
    |(?P<sub><sub>(?P<sublabel>[\d+-]{1,5})</sub>)
    |(?P<note>\[\^(?P<notelabel>[^\]\s]{1,12})\])
    |(?P<digits>[⁰¹²³⁴-⁹]+)
    |(?P<image>!\[[^\]]*\]\([^)]*\))
    |(?P<auto><(?P<address>(?:https?://|mailto:|www\.)[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>)
    |(?P<tag><!--.*?-->|</?(?:TAGS)\b[^<>]*>)
    |(?P<link>\[(?P<label>(?:[^\[\]\\]|\\.)+)\]\((?:[^()\\]|\\.|\([^()]*\))*\))
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<code>`+)
    |(?P<stars>\*+|_+)""".replace("TAGS", _TAGS),
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(slots=True)
class _Stars:
    """A run of emphasis characters that may open or close emphasis; `left` are still unmatched."""

    part: int
    character: str
    left: int
    opens: bool
    closes: bool


def read_inline(source: str, start: int, end: int, notes: Collection[str] = ()) -> SourcedText:
    """Read `source[start:end]` as inline Markdown.

    Emphasis, links, code marks, tags and images are gone; footnote marks (`<sup>3</sup>`, `[^3]`,
    `³`) become `marks`, while powers ("m<sup>2</sup>", "10⁶") stay raised. `notes` are the labels
    of the footnotes in the file.
    """
    return read_lines(source, [(start, end)], notes)[0]


def read_lines(
    source: str, spans: Sequence[tuple[int, int]], notes: Collection[str] = ()
) -> tuple[SourcedText, ...]:
    """Read the lines of one paragraph, as `read_inline` does; emphasis may go over a line end."""
    parts: list[SourcedText] = []
    stars: list[_Stars] = []
    ends = [0]
    for start, end in spans:
        _read_line(source, start, end, parts, stars, notes)
        ends.append(len(parts))
    _take_out_emphasis(parts, stars)
    return tuple(join(parts[first:last]) for first, last in pairwise(ends))


def _read_line(
    source: str,
    start: int,
    end: int,
    parts: list[SourcedText],
    stars: list[_Stars],
    notes: Collection[str],
) -> None:
    """Append the texts of a line to `parts`, and its runs of emphasis characters to `stars`."""
    at = start
    for token in _TOKEN.finditer(source, start, end):
        if token.start() < at:
            continue
        parts.append(SourcedText.of_source(source, at, token.start()))
        at = token.end()
        if token["stars"]:
            stars.append(_emphasis(source, token, len(parts)))
            parts.append(SourcedText.of_source(source, *token.span()))
        else:
            parts.append(_token(source, token, notes))
    parts.append(SourcedText.of_source(source, at, end))


def _token(source: str, token: re.Match[str], notes: Collection[str]) -> SourcedText:
    """Return what is left of one token."""
    end = token.end()
    if token["escape"]:
        return SourcedText.of_source(source, end - 1, end)
    if token["note"]:
        return _mark(token["notelabel"])
    if token["sup"] or token["digits"]:
        label = plain_digits(token["suplabel"] or token["digits"])
        before = source[max(0, token.start() - 12) : token.start()]
        if label.isdigit() and not is_power(before, label in notes):
            return _mark(label)
        if token["digits"]:
            return SourcedText.of_source(source, *token.span())
        return _shifted(source, token, "suplabel", raised_digits(token["suplabel"]))
    if token["sub"]:
        return _shifted(source, token, "sublabel", lowered_digits(token["sublabel"]))
    if token["auto"]:
        return SourcedText.of_source(source, *token.span("address"))
    if token["link"]:
        return read_inline(source, *token.span("label"), notes)
    if token["entity"]:
        return _entity(source, token)
    if re.fullmatch(r"<br\s*/?>", token.group(), re.IGNORECASE):
        return SourcedText.inserted("\n")
    return SourcedText()


def _shifted(source: str, token: re.Match[str], group: str, shifted: str) -> SourcedText:
    """Return a number between tags, raised or lowered.

    Its first and last characters are ones that the file writes otherwise, with the tag beside them.
    """
    start, end = token.span(group)
    if shifted == token[group]:
        return SourcedText.of_source(source, start, end)
    if len(shifted) == 1:
        return SourcedText.of_character(shifted, *token.span())
    first = SourcedText.of_character(shifted[0], token.start(), start + 1)
    last = SourcedText.of_character(shifted[-1], end - 1, token.end())
    return join([first, SourcedText.placed(shifted[1:-1], start + 1), last])


def _mark(label: str) -> SourcedText:
    return SourcedText(marks=(Mark(0, label),))


def _entity(source: str, token: re.Match[str]) -> SourcedText:
    character = html.unescape(token.group())
    if len(character) != 1 or (character.isspace() and character != "\u00a0"):
        return SourcedText.of_source(source, *token.span())
    return SourcedText.of_character(character, *token.span())


def _emphasis(source: str, token: re.Match[str], part: int) -> _Stars:
    """Return whether a run of * or _ can open or close emphasis (CommonMark's flanking rules)."""
    before = source[token.start() - 1] if token.start() else " "
    after = source[token.end()] if token.end() < len(source) else " "
    left = not after.isspace() and (_is_word(after) or before.isspace() or not _is_word(before))
    right = not before.isspace() and (_is_word(before) or after.isspace() or not _is_word(after))
    if token.group()[0] == "_":
        left, right = left and not _is_word(before), right and not _is_word(after)
    return _Stars(part, token.group()[0], len(token.group()), left, right)


def _is_word(character: str) -> bool:
    return character.isalnum()


def _take_out_emphasis(parts: list[SourcedText], stars: list[_Stars]) -> None:
    """Shorten the runs that pair up; what doesn't pair stays as text."""
    open_: list[_Stars] = []
    for run in stars:
        while run.closes and run.left:
            opener = next((o for o in reversed(open_) if o.character == run.character), None)
            if opener is None:
                break
            taken = min(opener.left, run.left)
            opener.left -= taken
            run.left -= taken
            del open_[open_.index(opener) + (1 if opener.left else 0) :]
        if run.opens and run.left:
            open_.append(run)
    for run in stars:
        parts[run.part] = parts[run.part].slice(0, run.left)
