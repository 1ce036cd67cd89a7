"""A quote as it was typed or pasted, as tokens that say what may be forgiven in each.

A pasted text may hold a footnote's mark ("beleid³", "beleid.3", "[3]") or a word that a line end
broke ("onder-" above "wijs"). The words alone do not tell, so a token has other readings, and the
source decides. A raised or bracketed number after a word is a mark whatever the source has; an
ordinary number only if the source has a footnote of that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.dutch.words import Token, is_word, tokens_of
from search.reading.raised_digits import lowered_digits, plain_digits, raised_digits

__all__ = ["QuoteToken", "TokenReading", "parts_of", "without_reference"]

_REFERENCE = re.compile(
    r"\s*\((?:zie\s+)?(?:Kamerst|Handelingen|Aanhangsel|Stb|Staatsbl|Stcrt|Staatsc|Trb|ECLI|bron|"
    r"p\.|pp\.|blz|pag)[^()]{0,200}\)[\s.]*\Z",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\[(]\s*(?:…|\.{2,})\s*[\])]")
_MARK = re.compile(
    r"<sup>\s*\w{1,5}\s*</sup>|(?<=\S)(?:\[\^?\d{1,3}\]|\(\d{1,3}\))|\A\s*\[\^?\d{1,3}\]:?(?=\s)"
)
"""A footnote's mark, or its number before the words of the note itself."""
_RAISED = re.compile(r"(.*?)([⁰¹²³⁴-⁹]+)")
_UNIT = re.compile(r"[kcdhmµμ]?m|CO")
"""A raised number after one of these is no mark: square metres."""
_MARKED_WORD = re.compile(r"(.*[^\W\d_])'?(\d{1,3})")
"""A word with a number right after it, or after the quotation mark that ends there."""
_MARKED_NUMBER = re.compile(r"(\d+)([.,])(\d{1,3})")
_FORMULA = re.compile(r"(?=.*\d)(?:[A-Z][a-z]?\d{0,3}){1,8}")
"""Of chemistry, as CO2."""
_INVERSE = re.compile(r"([^\W\d_]{1,4})-(\d)")
"""A unit with a negative power, as it is copied: m-3."""
_SHIFTED = re.compile(r"(?:[A-Za-z]+[₀-₉]+)+[A-Za-z]*|[kcdhmµμ]?m[²³]")
_BULLETS = frozenset("-*>")
_DEEPEST_INDENT = 40
"""Characters of white space that a bullet may have before it on its line."""


class TokenReading(NamedTuple):
    """Another reading of a token: its forms in the source, if that has a footnote's mark there.

    `mark` is the footnote's label; if it is empty, the source needs no mark.
    """

    forms: tuple[str, ...]
    mark: str


_LEFT_OUT = TokenReading((), "")


class QuoteToken(NamedTuple):
    """A token of a quote, its span in the quote, and its other readings."""

    form: str
    start: int
    end: int
    readings: tuple[TokenReading, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Return whether it is a word with one reading only."""
        return not self.readings and is_word(self.form)


def parts_of(text: str) -> list[list[QuoteToken]]:
    """Return the parts of a quote between `[…]` or `(…)`, as tokens; empty parts are left out.

    Dots at the ends of a part ("…het kabinet vindt") are left out too.
    """
    parts, at = [], 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        part = _trimmed(_part(text, at, end))
        if part:
            parts.append(part)
        at = gap.end() if gap else end
    return parts


def without_reference(text: str) -> str:
    """Return a quote without the reference to its source in brackets after it, if it has one."""
    found = _REFERENCE.search(text)
    return text[: found.start()] if found else text


def _trimmed(part: list[QuoteToken]) -> list[QuoteToken]:
    first, after = 0, len(part)
    while first < after and part[first].form == "...":
        first += 1
    while after > first and part[after - 1].form == "...":
        after -= 1
    return part[first:after]


def _part(text: str, start: int, end: int) -> list[QuoteToken]:
    made: list[QuoteToken] = []
    at = start
    for mark in (*_MARK.finditer(text, start, end), None):
        stop = mark.start() if mark else end
        made.extend(_with_readings(text, [_moved(t, at) for t in tokens_of(text[at:stop])]))
        if mark:
            written = tuple(token.form for token in tokens_of(mark.group()))
            readings = (TokenReading(written, ""), _LEFT_OUT)
            made.append(QuoteToken(mark.group(), *mark.span(), readings))
            at = mark.end()
    return made


def _moved(token: Token, by: int) -> Token:
    return Token(token.form, token.start + by, token.end + by)


def _with_readings(text: str, tokens: list[Token]) -> Iterator[QuoteToken]:
    """Yield tokens with their readings; one may take several tokens of the text together."""
    at = 0
    while at < len(tokens):
        taken, made = _bracketed(tokens, at) or _broken(text, tokens, at) or (1, None)
        yield made or QuoteToken(*tokens[at], _readings(text, tokens, at))
        at += taken


def _bracketed(tokens: list[Token], at: int) -> tuple[int, QuoteToken] | None:
    """Return a word with a capital in brackets, which may be "de" for "[D]e", and its length."""
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
    """Return a word that a line end breaks, with or without its hyphen, and its length."""
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
    """Return the other readings of a token that may hold a footnote's mark or be a bullet."""
    token = tokens[at]
    form = token.form
    if form.isalpha() or (not form[-1].isalnum() and form not in _BULLETS):
        return ()
    if _SHIFTED.fullmatch(form):
        return (*_mark_readings(form), TokenReading((plain_digits(form),), ""))
    if raised := _mark_readings(form):
        return raised
    if form in _BULLETS and _opens_line(text, token.start):
        return (_LEFT_OUT,)
    if readings := _digit_readings(form):
        return readings
    if number := _MARKED_NUMBER.fullmatch(form):
        return (TokenReading((number[1], number[2]), number[3]),)
    if not form.isdecimal():
        return ()
    # "2018" with footnote 9 becomes "20189".
    within = [TokenReading((form[:-n],), form[-n:]) for n in (1, 2, 3) if n < len(form)]
    if len(form) <= 3 and at > 0:
        # Some viewers put a space before a raised number ("overschrijving 3 is dat").
        within.append(TokenReading((), form))
    return tuple(within)


def _mark_readings(form: str) -> tuple[TokenReading, ...]:
    """Return the reading of a token with a raised number as a footnote's mark, if it has one."""
    raised = _RAISED.fullmatch(form)
    if raised is None:
        return ()
    word = raised[1]
    if not word:
        return (_LEFT_OUT,)
    certain = not word[-1].isdigit() and not _UNIT.fullmatch(word)
    return (TokenReading((word,), "" if certain else plain_digits(raised[2])),)


def _digit_readings(form: str) -> tuple[TokenReading, ...]:
    """Return the readings of a word with digits: with a mark, or as it was before it was copied.

    What is copied of "CO₂" or "m²" may be "CO2" or "m2".
    """
    word = _MARKED_WORD.fullmatch(form)
    readings = [TokenReading((word[1],), word[2])] if word else []
    if inverse := _INVERSE.fullmatch(form):
        readings.append(TokenReading((inverse[1], "⁻", raised_digits(inverse[2])), ""))
    if _FORMULA.fullmatch(form):
        lowered = re.sub(r"\d+", lambda found: lowered_digits(found.group()), form)
        readings.append(TokenReading((lowered,), ""))
    elif word and _UNIT.fullmatch(word[1]):
        readings.append(TokenReading((word[1] + raised_digits(word[2]),), ""))
    return tuple(readings)


def _opens_line(text: str, at: int) -> bool:
    """Return whether only a little white space precedes a place on its line."""
    start = max(0, at - _DEEPEST_INDENT)
    _, end_of_line, indent = text[start:at].rpartition("\n")
    return not indent.strip() and bool(end_of_line or not start)
