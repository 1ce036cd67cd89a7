"""Why a text was not found: where it and the file part ways, and what the file has there."""

from __future__ import annotations

from collections.abc import Iterator

from search.witness.comparing import Reason
from search.witness.folding import Folded, FoldedMark, Sort

__all__ = ["why"]

_ENOUGH = 8
"""Characters in common by which a place is known."""
_MOST_PLACES = 5
_NEAR = 400
_SIGNS = 2
"""Characters that are left out as a sign, not as words."""


def why(ours: Folded, theirs: Folded) -> Reason:
    """Return the reason for a text that the file does not have as it is."""
    length = _longest(ours.text, theirs.text)
    if length < min(_ENOUGH, max(1, len(ours.text) - 1)):
        return Reason.NOT_FOUND
    general = Reason.NOT_FOUND
    for at in _places(theirs.text, ours.text[:length]):
        reason = _parting(ours, theirs, length, at + length)
        if reason is not Reason.NOT_FOUND:
            if reason not in (Reason.LEFT_OUT, Reason.PUT_IN, Reason.JUMP):
                return reason
            general = reason
    return general


def _longest(ours: str, theirs: str) -> int:
    """Return the length of the longest beginning of a text that the file has."""
    least, most = 0, len(ours)
    while least < most:
        middle = (least + most + 1) // 2
        if theirs.find(ours[:middle]) >= 0:
            least = middle
        else:
            most = middle - 1
    return least


def _places(theirs: str, piece: str) -> Iterator[int]:
    at = theirs.find(piece)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = theirs.find(piece, at + 1)


def _parting(ours: Folded, theirs: Folded, place: int, at: int) -> Reason:
    """Look at what both have after what they have in common."""
    rest, file = ours.text[place:], theirs.text[at : at + _NEAR]
    for mark in theirs.marks_in(at, at):
        reason = _of_mark(mark, rest)
        if reason:
            return reason
    ahead = rest[:_ENOUGH]
    skipped = file.find(ahead)
    if skipped > 0:
        signs = skipped <= _SIGNS and not any(map(str.isalnum, file[:skipped]))
        return Reason.SIGN if signs else Reason.LEFT_OUT
    if file and rest.find(file[:_ENOUGH]) > 0:
        return Reason.PUT_IN
    return Reason.JUMP if len(ahead) == _ENOUGH and ahead in theirs.text else Reason.NOT_FOUND


def _of_mark(mark: FoldedMark, rest: str) -> Reason | None:
    if mark.sort is Sort.SYMBOL:
        return Reason.UNREADABLE
    if mark.sort in (Sort.RAISED, Sort.NOTE) and rest.startswith(mark.text):
        return Reason.RAISED
    return None
