"""Whether a text and a file say the same, once their solid characters agree."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum

from search.witness.folding import BREAK, NOTHING, TAB, Folded, FoldedMark, Sort
from search.witness.records import Flag, WitnessFinding, WitnessVerdict

__all__ = ["CONFIRMED", "SENTENCE_ENDS", "Reason", "fault", "finding"]

CONFIRMED = WitnessFinding(WitnessVerdict.CONFIRMED)


class Reason(Enum):
    """Why a text is not confirmed, in Dutch, and what it is that the file has there."""

    UNREADABLE = "in het bestand staat hier een teken dat niet kon worden gelezen"
    SIGN = "in het bestand staat hier een teken dat in de tekst ontbreekt"
    EXTRA_SIGN = "de tekst heeft hier een teken dat niet in het bestand staat"
    RAISED = "in het bestand staat hier een verhoogd cijfer, in de tekst niet"
    NOT_RAISED = "in de tekst staat hier een verhoogd cijfer, in het bestand niet"
    LOWERED = "een verlaagd cijfer is in de tekst een gewoon cijfer, of omgekeerd"
    HIDDEN = "in het bestand staat hier verborgen tekst, die in de tekst ontbreekt"
    DELETED = "in het bestand staat hier doorgehaalde of verwijderde tekst, die hier ontbreekt"
    HIDDEN_IN = "de tekst heeft hier woorden die in het bestand verborgen zijn"
    DELETED_IN = "de tekst heeft hier woorden die in het bestand doorgehaald of verwijderd zijn"
    NUMBER = "de cijfers staan in het bestand anders bij elkaar"
    CUT = "de tekst begint of eindigt midden in een woord of getal"
    PART = "in het bestand gaat de zin hier verder of begint hij eerder"
    JUMP = "de regels volgen in het bestand niet op elkaar"
    LEFT_OUT = "in het bestand staan hier woorden die in de tekst ontbreken"
    PUT_IN = "de tekst heeft hier woorden die daar niet in het bestand staan"
    NOT_FOUND = "de woorden staan niet zo in het bestand"
    SCANNED = "het bestand bevat gescande bladzijden; wat daar staat, is niet na te lezen"
    EMPTY = "er is geen tekst om te controleren"


_CONTRADICTED = frozenset(
    {
        Reason.RAISED,
        Reason.NOT_RAISED,
        Reason.LOWERED,
        Reason.NUMBER,
        Reason.HIDDEN_IN,
        Reason.DELETED_IN,
    }
)
_FLAGS = {
    Reason.UNREADABLE: Flag.SYMBOL,
    Reason.RAISED: Flag.RAISED,
    Reason.LOWERED: Flag.LOWERED,
    Reason.HIDDEN: Flag.HIDDEN,
    Reason.HIDDEN_IN: Flag.HIDDEN,
    Reason.DELETED: Flag.DELETED,
    Reason.DELETED_IN: Flag.DELETED,
}
_FAULTS = {Sort.HIDDEN: Reason.HIDDEN, Sort.DELETED: Reason.DELETED}
_DIGITS = re.compile(r"(?<=\d)(?=\d)")
_WORD = re.compile(r"[^\W_]")
_LABEL = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.):\]°]{0,2}|§?"
)
_LONGEST_LABEL = 10
SENTENCE_ENDS = frozenset(".?!:;…\"')]}")
_OPENS = frozenset("\"'([{")
_BULLETS = frozenset("•·▪▫‣◦●○■□◆◇➢➔→►▶✓✔☐☑☒✗*§o")


def finding(reason: Reason) -> WitnessFinding:
    """Return the finding for a reason."""
    verdict = WitnessVerdict.CONTRADICTED if reason in _CONTRADICTED else WitnessVerdict.UNCONFIRMED
    return WitnessFinding(verdict, reason.value, _FLAGS.get(reason, Flag.NONE))


def fault(ours: Folded, theirs: Folded, at: int, *, whole: bool = False) -> Reason | None:
    """Return what is wrong with a text whose solid characters the file has from `at` on.

    `whole` says that the text is a whole sentence, paragraph or cell.
    """
    length = len(ours.text)
    if any(mark.sort is Sort.SYMBOL for mark in ours.marks if mark.at < length or _glued(mark)):
        return Reason.UNREADABLE
    said, seen = _by_place(ours.marks), _by_place(theirs.marks_in(at + 1, at + length - 1), at)
    for place in sorted(said.keys() | seen.keys()):
        if 0 < place < length:
            wrong = _between(ours, theirs, at, place, said.get(place, ()), seen.get(place, ()))
            if wrong:
                return wrong
    return (
        _numbers(ours, theirs, at)
        or _start(theirs, at, said.get(0, ()))
        or _end(ours, theirs, at, said.get(length, ()))
        or (_part(theirs, at, at + length) if whole else None)
    )


def _by_place(marks: Sequence[FoldedMark], less: int = 0) -> dict[int, list[FoldedMark]]:
    found: defaultdict[int, list[FoldedMark]] = defaultdict(list)
    for mark in marks:
        found[mark.at - less].append(mark)
    return found


def _between(
    ours: Folded,
    theirs: Folded,
    at: int,
    place: int,
    said: Sequence[FoldedMark],
    seen: Sequence[FoldedMark],
) -> Reason | None:
    """Compare what is between two solid characters."""
    for mark in seen:
        if mark.sort in _FAULTS:
            return _FAULTS[mark.sort]
        if mark.sort is Sort.SYMBOL and not (mark.before == BREAK and ours.gaps[place] == BREAK):
            return Reason.UNREADABLE
    wrong = _raised(said, seen)
    if wrong:
        return wrong
    if not _same_height(theirs, at + place, said, seen):
        return Reason.LOWERED
    return _hyphens(theirs.text, at + place, said, seen)


def _raised(said: Sequence[FoldedMark], seen: Sequence[FoldedMark]) -> Reason | None:
    high = "".join(m.text for m in said if m.sort in (Sort.RAISED, Sort.NOTE))
    theirs = [m for m in seen if m.sort in (Sort.RAISED, Sort.NOTE)]
    if high == "".join(m.text for m in theirs):
        return None
    needed = "".join(m.text for m in theirs if m.sort is Sort.RAISED)
    if high == needed:
        return None
    return Reason.RAISED if needed else Reason.NOT_RAISED


def _same_height(
    theirs: Folded, at: int, said: Sequence[FoldedMark], seen: Sequence[FoldedMark]
) -> bool:
    """Return whether a lowered digit is lowered in both, or reads the same if not ("CO2")."""
    low = any(m.sort is Sort.LOWERED for m in said)
    if low == any(m.sort is Sort.LOWERED for m in seen):
        return True
    if low:
        return False
    text, before, after = theirs.text, at - 1, at + 1
    if text[before] in ",.":
        before -= 1
    named = text[before].isalpha() or _is_low(theirs, before)
    goes_on = text[after : after + 1].isdigit() and not theirs.gaps[after]
    return named and (not goes_on or _is_low(theirs, after))


def _is_low(text: Folded, at: int) -> bool:
    return any(mark.sort is Sort.LOWERED for mark in text.marks_in(at, at))


def _hyphens(
    text: str, at: int, said: Sequence[FoldedMark], seen: Sequence[FoldedMark]
) -> Reason | None:
    ours = [m for m in said if m.sort is Sort.HYPHEN]
    theirs = [m for m in seen if m.sort is Sort.HYPHEN]
    if bool(ours) == bool(theirs):
        return None
    if ours:
        return Reason.EXTRA_SIGN
    # The hyphen at the end of a line goes when the word is put together again.
    mark = theirs[-1]
    broken = mark.after == BREAK and not mark.before and len(theirs) == 1
    if broken and text[at - 1].isalpha() and text[at].isalpha():
        return None
    return Reason.SIGN


def _numbers(ours: Folded, theirs: Folded, at: int) -> Reason | None:
    """Return whether digits that follow each other are one number in both."""
    for found in _DIGITS.finditer(ours.text):
        place = found.start()
        if bool(ours.gaps[place]) == bool(theirs.gaps[at + place]):
            continue
        if not any(m.at == place and m.sort is Sort.HYPHEN for m in ours.marks):
            return Reason.NUMBER
    return None


def _glued(mark: FoldedMark) -> bool:
    return not mark.before


def _is_sign(character: str) -> bool:
    """Return whether a character means something that a sentence must not lose at its edge."""
    return (
        unicodedata.category(character) in ("Sm", "Sc", "So") or character in "%‰°§"
    ) and character not in _BULLETS


def _start(theirs: Folded, at: int, said: Sequence[FoldedMark]) -> Reason | None:
    """Look at what the file has right before a text."""
    gap, first = theirs.gaps[at], theirs.text[at]
    if at and not gap and _joined(theirs.text[at - 1], first) and not theirs.marks_in(at, at):
        return Reason.CUT
    if at and gap != BREAK and _is_sign(theirs.text[at - 1]) and first.isdigit():
        return Reason.SIGN
    for mark in theirs.marks_in(at, at):
        minus = mark.sort is Sort.HYPHEN and mark.before and not mark.after and first.isdigit()
        if minus and not any(m.sort is Sort.HYPHEN for m in said):
            return Reason.SIGN
        lost = mark.sort is Sort.SYMBOL and mark.after != BREAK
        if lost and (mark.before != BREAK or not mark.after):
            return Reason.UNREADABLE
    return None


def _joined(before: str, after: str) -> bool:
    return bool(_WORD.match(before) and _WORD.match(after))


def _end(ours: Folded, theirs: Folded, at: int, said: Sequence[FoldedMark]) -> Reason | None:
    """Look at what the file has right after a text."""
    end = at + len(ours.text)
    marks = theirs.marks_in(end, end)
    high = "".join(m.text for m in said if m.sort in (Sort.RAISED, Sort.NOTE))
    for mark in marks:
        if mark.sort is Sort.RAISED and not mark.before and mark.text != high:
            return Reason.RAISED
        if mark.sort is Sort.SYMBOL and not mark.before:
            return Reason.UNREADABLE
    raised = "".join(m.text for m in marks if m.sort in (Sort.RAISED, Sort.NOTE))
    if high and not raised.startswith(high):
        return Reason.NOT_RAISED
    if end == len(theirs.text) or theirs.gaps[end] == BREAK:
        return None
    gap, after = theirs.gaps[end], theirs.text[end]
    if gap == NOTHING and not marks and _joined(theirs.text[end - 1], after):
        return Reason.CUT
    if theirs.text[end - 1].isdigit() and _is_sign(after):
        return Reason.SIGN
    return None


def _part(theirs: Folded, start: int, end: int) -> Reason | None:
    """Return whether the file goes on before or after what is said to be whole."""
    before = start
    while before > max(0, start - _LONGEST_LABEL) and theirs.gaps[before] != BREAK:
        before -= 1
    begins = (
        not start
        or theirs.gaps[start] >= TAB
        or theirs.text[start - 1] in SENTENCE_ENDS
        or (
            (not before or theirs.gaps[before] == BREAK)
            and _is_label(theirs.text[before:start], theirs.text[start])
        )
    )
    ends = (
        end == len(theirs.text) or theirs.gaps[end] >= TAB or theirs.text[end - 1] in SENTENCE_ENDS
    )
    return None if begins and ends else Reason.PART


def _is_label(text: str, after: str) -> bool:
    """Return whether a text is the number or bullet of an item, and no part of a number."""
    if text[-1:].isdigit() and after.isdigit():
        return False
    return bool(_LABEL.fullmatch(text) or set(text) <= _BULLETS)
