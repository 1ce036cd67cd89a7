"""A quote as it was typed or pasted, as tokens that say what may be forgiven in each.

A footnote's mark may stand in a pasted text ("beleid³", "beleid.3", "[3]") and a page may have
broken a word ("onder-" over "wijs"). That can not be told from the words alone, so a token carries
the other ways to read it; the source decides. A raised or bracketed number behind a word is a mark
whatever the source has; an ordinary one only where the source has a footnote of that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.dutch.words import Token, is_word, tokens_of

__all__ = ["QuoteToken", "TokenReading", "parts_of"]

_GAP = re.compile(r"[\[(]\s*(?:…|\.{2,})\s*[\])]")
_MARK = re.compile(r"<sup>\s*\w{1,5}\s*</sup>|(?<=\S)(?:\[\^?\d{1,3}\]|\(\d{1,3}\))")
_RAISED = re.compile(r"(.*?)([⁰¹²³⁴-⁹]+)")
_UNIT = re.compile(r"[kcdmh]?m|CO")
"""A raised number behind one of these is no mark: square metres."""
_MARKED_WORD = re.compile(r"(.*[^\W\d_])(\d{1,3})")
_MARKED_NUMBER = re.compile(r"(\d+)([.,])(\d{1,3})")
_BULLETS = frozenset("-*")
_DEEPEST_INDENT = 40
"""Characters of white space that a bullet may have before it on its line."""
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class TokenReading(NamedTuple):
    """Another way to read a token: its forms in the source, if a footnote's mark stands there.

    `mark` is the footnote's label; an empty one asks for none.
    """

    forms: tuple[str, ...]
    mark: str


_NOTHING = TokenReading((), "")


class QuoteToken(NamedTuple):
    """A token of a quote, where it stands in it, and the other ways to read it."""

    form: str
    start: int
    end: int
    readings: tuple[TokenReading, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Tell whether it is a word that can be read in one way only."""
        return not self.readings and is_word(self.form)


def parts_of(text: str) -> list[list[QuoteToken]]:
    """Read a quote as its parts between `[…]` or `(…)`; a part without tokens is left out.

    Dots at the ends of a part ("…het kabinet vindt") leave words out too.
    """
    parts, at = [], 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        part = _trimmed(_part(text, at, end))
        if part:
            parts.append(part)
        at = gap.end() if gap else end
    return parts


def _trimmed(part: list[QuoteToken]) -> list[QuoteToken]:
    first, after = 0, len(part)
    while first < after and part[first].form == "...":
        first += 1
    while after > first and part[after - 1].form == "...":
        after -= 1
    return part[first:after]


def _part(text: str, start: int, end: int) -> list[QuoteToken]:
    asked: list[QuoteToken] = []
    at = start
    for mark in (*_MARK.finditer(text, start, end), None):
        stop = mark.start() if mark else end
        asked.extend(_words(text, [_moved(t, at) for t in tokens_of(text[at:stop])]))
        if mark:
            written = tuple(token.form for token in tokens_of(mark.group()))
            asked.append(
                QuoteToken(mark.group(), *mark.span(), (TokenReading(written, ""), _NOTHING))
            )
            at = mark.end()
    return asked


def _moved(token: Token, by: int) -> Token:
    return Token(token.form, token.start + by, token.end + by)


def _words(text: str, tokens: list[Token]) -> Iterator[QuoteToken]:
    """Give tokens with their readings; some take more than one token of the text together."""
    at = 0
    while at < len(tokens):
        taken, asked = _bracketed(tokens, at) or _broken(text, tokens, at) or (1, None)
        yield asked or QuoteToken(*tokens[at], _readings(text, tokens, at))
        at += taken


def _bracketed(tokens: list[Token], at: int) -> tuple[int, QuoteToken] | None:
    """Read a capital in brackets as the letter that it changes: "[D]e" is "de"."""
    if at + 3 >= len(tokens):
        return None
    opening, letter, closing, rest = tokens[at : at + 4]
    together = all(
        a.end == b.start for a, b in zip(tokens[at : at + 3], tokens[at + 1 : at + 4], strict=True)
    )
    if (opening.form, closing.form) != ("[", "]") or len(letter.form) != 1 or not together:
        return None
    form = letter.form + rest.form
    other = letter.form.swapcase() + rest.form
    return 4, QuoteToken(form, opening.start, rest.end, (TokenReading((other,), ""),))


def _broken(text: str, tokens: list[Token], at: int) -> tuple[int, QuoteToken] | None:
    """Read a word that a line end breaks as the word, or with its hyphen."""
    first = tokens[at]
    if not is_word(first.form):
        return None
    soft = text[first.end - 1] == "\u00ad"
    if at + 1 < len(tokens) and soft and "\n" in text[first.end : tokens[at + 1].start]:
        last = tokens[at + 1]
        return 2, QuoteToken(first.form + last.form, first.start, last.end)
    if at + 2 >= len(tokens):
        return None
    hyphen, last = tokens[at + 1 : at + 3]
    if hyphen.form != "-" or hyphen.start != first.end or not is_word(last.form):
        return None
    if "\n" not in text[hyphen.end : last.start]:
        return None
    kept = TokenReading((f"{first.form}-{last.form}",), "")
    apart = TokenReading((first.form, "-", last.form), "")
    return 3, QuoteToken(first.form + last.form, first.start, last.end, (kept, apart))


def _readings(text: str, tokens: list[Token], at: int) -> tuple[TokenReading, ...]:
    """Give the ways to read a token in which a footnote's mark or a bullet may hide."""
    token = tokens[at]
    form = token.form
    if raised := _RAISED.fullmatch(form):
        word = raised[1]
        if not word:
            return (_NOTHING,)
        sure = not word[-1].isdigit() and not _UNIT.fullmatch(word)
        return (TokenReading((word,), "" if sure else raised[2].translate(_SUPERSCRIPT)),)
    if form in _BULLETS and _opens_line(text, token.start):
        return (_NOTHING,)
    if word := _MARKED_WORD.fullmatch(form):
        return (TokenReading((word[1],), word[2]),)
    if number := _MARKED_NUMBER.fullmatch(form):
        return (TokenReading((number[1], number[2]), number[3]),)
    if not form.isdigit():
        return ()
    # "2018" with footnote 9 becomes "20189".
    within = [TokenReading((form[:-n],), form[-n:]) for n in (1, 2, 3) if n < len(form)]
    if len(form) <= 3 and at > 0 and not text[token.start - 1].isspace():
        within.append(TokenReading((), form))
    return tuple(within)


def _opens_line(text: str, at: int) -> bool:
    """Tell whether only white space, and little of it, stands before a place on its line."""
    start = max(0, at - _DEEPEST_INDENT)
    _, end_of_line, indent = text[start:at].rpartition("\n")
    return not indent.strip() and bool(end_of_line or not start)
