"""Characters as they are compared: what typography does is folded away, what means something not.

A text is parted in two. Its *solid* characters, letters, digits and signs, are looked up as one
string. What may differ between a file and a true copy of it (white space, the hyphen at a line's
end, the mark of a note), and what is easily lost (a raised digit, a sign that the file can't name)
are *marks* between them, which are compared one by one where the strings agree.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from search.witness.records import Flag, WitnessRun

__all__ = ["BREAK", "SPACE", "TAB", "Folded", "FoldedMark", "Sort", "fold", "fold_text", "is_note"]

NOTHING, SPACE, TAB, BREAK = 0, 1, 2, 3
"""White space before a solid character: none, some, a tab, the end of a line or paragraph."""


class Sort(Enum):
    """What can be between two solid characters."""

    HYPHEN = "hyphen"
    RAISED = "raised"
    NOTE = "note"
    """A raised run that may be the mark of a note, which a reader takes out of the text."""
    LOWERED = "lowered"
    """Says that the next solid character is lowered."""
    SYMBOL = "symbol"
    HIDDEN = "hidden"
    DELETED = "deleted"


class FoldedMark(NamedTuple):
    """What is before the solid character number `at`."""

    at: int
    sort: Sort
    text: str
    before: int = NOTHING
    """The white space before it."""
    after: int = NOTHING


@dataclass(frozen=True, slots=True)
class Folded:
    """A text for comparison; `gaps` has for each solid character what white space is before it."""

    text: str
    gaps: bytes
    marks: tuple[FoldedMark, ...]
    places: tuple[int, ...] = ()
    """Where each mark stands, to look it up."""

    def marks_in(self, start: int, end: int) -> tuple[FoldedMark, ...]:
        """Return the marks before the characters from `start` up to and with `end`."""
        if not self.marks:
            return ()
        return self.marks[bisect_left(self.places, start) : bisect_left(self.places, end + 1)]


_HYPHENS = "\\-\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"
_LOW = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"
_UNKNOWN = "\ue000-\uf8ff\ufff9-\ufffd\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\U000f0000-\U0010ffff"
_FRACTIONS = "¼½¾⅐-⅞"
_SPECIAL = re.compile(
    rf"(?P<white>\s+)|(?P<hyphen>[{_HYPHENS}])|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<high>[{_HIGH}]+)|(?P<low>[{_LOW}]+)|(?P<unknown>[{_UNKNOWN}])"
    rf"|(?P<fraction>[{_FRACTIONS}])"
)
_PLAIN = str.maketrans(_HIGH + _LOW, "0123456789+-()" * 2)
_FORMS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′`´‛", "'"),
        **dict.fromkeys("“”„‟«»″＂", '"'),
        "⁄": "/",
        "…": "...",
        "ĳ": "ij",
        "Ĳ": "IJ",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "ſ": "s",
        "µ": "μ",
        "ⁿ": "n",
        "ª": "a",
        "º": "o",
        "ᵃ": "a",
        "ᵉ": "e",
        "ᵗ": "t",
        "ʰ": "h",
        "ᵈ": "d",
        "ʳ": "r",
        "ˢ": "s",
        "ᵒ": "o",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    }
)
_AS_MARK = re.compile(r"[\d+*†‡()\[\],.\s\u2010-\u2015\u2212-]*[\d*†‡][\d+*†‡()\[\],.\s-]*")
_IN_MARK = re.compile(r"[^\d+*†‡-]")
_YEAR = re.compile(r"(?:^|\D)(?:(?:19|20)\d\d){1,2}$")
_UNIT = re.compile(r"(?:[kcdhµμ]|da|m)?m|s|kg|[^\W\d_]|cos|sin|log|ln|exp", re.IGNORECASE)
"""A raised number after one of these is a power, not the mark of a note."""
_LONGEST_WORD, _LONGEST_MARK = 24, 40
# As plain numbers, which Python compares ten times as fast.
_LABEL, _NOTE, _HIDDEN = Flag.LABEL.value, Flag.NOTE.value, Flag.HIDDEN.value
_RAISED, _LOWERED, _SYMBOL = Flag.RAISED.value, Flag.LOWERED.value, Flag.SYMBOL.value
_GONE = _HIDDEN | Flag.DELETED.value


@dataclass(slots=True)
class _Folding:
    """A text as it is being folded."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    gaps: bytearray = field(default_factory=bytearray)
    marks: list[FoldedMark] = field(default_factory=list)
    gap: int = BREAK
    """The white space since the last solid character."""
    since: int = BREAK
    """The white space since the last solid character or mark."""

    def white(self, gap: int) -> None:
        self.gap = max(self.gap, gap)
        self.since = max(self.since, gap)
        if self.marks and self.marks[-1].at == self.length:
            last = self.marks[-1]
            self.marks[-1] = last._replace(after=max(last.after, gap))

    def solid(self, text: str) -> None:
        if not text:
            return
        self.parts.append(text)
        self.gaps.append(self.gap)
        self.gaps.extend(bytes(len(text) - 1))
        self.length += len(text)
        self.gap = self.since = NOTHING

    def mark(self, sort: Sort, text: str) -> None:
        self.marks.append(FoldedMark(self.length, sort, text, self.since))
        self.since = NOTHING

    def raised(self, text: str, known: bool) -> None:
        """Take a raised number, or the mark of a note, which `known` says that it is."""
        said = _IN_MARK.sub("", _dashes(text))
        if said:
            note = known or is_note(said, self.last_word(), self.gap)
            self.mark(Sort.NOTE if note else Sort.RAISED, said)

    def lowered(self, text: str) -> None:
        for character in text:
            self.mark(Sort.LOWERED, character)
            self.solid(character)

    def last_word(self) -> str:
        """Return the solid characters since the last white space, no more than a few."""
        tail = "".join(self.parts[-_LONGEST_WORD:])[-_LONGEST_WORD:]
        start = len(tail)
        while start and not self.gaps[self.length - (len(tail) - start) - 1]:
            start -= 1
        return tail[max(0, start - 1) :]


def fold(runs: Iterable[WitnessRun], *, labels: bool = False) -> Folded:
    """Return runs of characters for comparison, with the `labels` that a program counts or not."""
    folding = _Folding()
    for run in runs:
        flags = run.flags.value
        if flags & _LABEL and not labels:
            continue
        if flags & _GONE:
            if run.text.strip():
                sort = Sort.HIDDEN if flags & _HIDDEN else Sort.DELETED
                folding.mark(sort, run.text)
        elif flags & _NOTE:
            folding.raised(run.text, known=True)
        elif flags & _RAISED and len(run.text) <= _LONGEST_MARK and _AS_MARK.fullmatch(run.text):
            folding.raised(run.text, known=False)
        else:
            _add(folding, run.text, flags)
    text = "".join(folding.parts)
    marks = tuple(folding.marks)
    return Folded(text, bytes(folding.gaps), marks, tuple(mark.at for mark in marks))


def fold_text(text: str) -> Folded:
    """Return a text of which nothing is known but its characters for comparison."""
    return fold((WitnessRun(text),))


def _add(folding: _Folding, text: str, flags: int) -> None:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    at = 0
    for found in _SPECIAL.finditer(text):
        _solid(folding, text[at : found.start()], flags)
        at = found.end()
        _special(folding, found)
    _solid(folding, text[at:], flags)


def _solid(folding: _Folding, text: str, flags: int) -> None:
    if not text:
        return
    if flags & _SYMBOL:
        folding.mark(Sort.SYMBOL, text)
        return
    folded = text if text.isascii() else text.translate(_FORMS)
    if "`" in folded:
        folded = folded.replace("`", "'")
    if not flags & _LOWERED:
        folding.solid(folded)
        return
    for character in folded:
        if character.isdigit():
            folding.lowered(character)
        else:
            folding.solid(character)


def _special(folding: _Folding, found: re.Match[str]) -> None:
    kind, text = found.lastgroup, found.group()
    if kind == "white":
        folding.white(_gap(text))
    elif kind == "hyphen":
        folding.mark(Sort.HYPHEN, "-")
    elif kind == "high":
        folding.raised(text.translate(_PLAIN), known=False)
    elif kind == "low":
        folding.lowered(text.translate(_PLAIN))
    elif kind == "unknown":
        folding.mark(Sort.SYMBOL, text)
    elif kind == "fraction":
        # "2½" is not "21/2": the white space keeps them apart.
        folding.white(SPACE)
        folding.solid(unicodedata.normalize("NFKC", text).replace("\u2044", "/"))
        folding.white(SPACE)


def _gap(white: str) -> int:
    if white.isspace() and not set(white).isdisjoint("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        return BREAK
    return TAB if "\t" in white else SPACE


def _dashes(text: str) -> str:
    return re.sub(f"[{_HYPHENS}]", "-", text)


def is_note(raised: str, word: str, gap: int = NOTHING) -> bool:
    """Return whether a raised run after a word may be the mark of a note rather than a power.

    Behind a number, a unit or a single letter it is a power as far as a plain reading can tell.
    """
    number = raised.strip("*†‡")
    if number and not (number.isdigit() and len(number) <= 3):
        return False
    if not number or gap or not word:
        return True
    last = word[-1]
    if last.isdigit():
        return bool(_YEAR.search(word))
    if last.isalpha():
        letters = re.search(r"[^\W\d_]+(?:'[^\W\d_]+)*$", word)
        return not (letters and _UNIT.fullmatch(letters.group()))
    if last == ")":
        return bool(re.search(r"[^\W\d_]{2}", word)) or "(" not in word
    return True
