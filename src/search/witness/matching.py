"""Looking up a text in the streams of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.witness.comparing import CONFIRMED, Reason, fault, finding
from search.witness.explaining import why
from search.witness.folding import BREAK, Folded, fold
from search.witness.notes import with_plain_notes
from search.witness.records import Flag, Stream, WitnessFinding

__all__ = ["Streams", "joined", "places"]

_END = "\0"
"""Stands between streams; no text has it."""
_LET_IN = (
    (Reason.HIDDEN_IN, Flag.HIDDEN),
    (Reason.DELETED_IN, Flag.HIDDEN | Flag.DELETED),
)
_MOST_PLACES = 200
"""Of one text in a file that are compared."""


def joined(folded: Sequence[Folded], between: str = "") -> Folded:
    """Return texts as one, `between` them a character that no text has, or nothing."""
    if len(folded) == 1:
        return folded[0]
    marks, at = [], 0
    texts, gaps = [], bytearray()
    for number, each in enumerate(folded):
        if number and between:
            texts.append(between)
            gaps.append(BREAK)
            at += len(between)
        marks += [mark._replace(at=mark.at + at) for mark in each.marks]
        texts.append(each.text)
        gaps += each.gaps
        at += len(each.text)
    return Folded("".join(texts), bytes(gaps), tuple(marks), tuple(mark.at for mark in marks))


class Streams:
    """The streams of a file, ready for texts to be looked up in them."""

    def __init__(self, streams: Sequence[Stream]) -> None:
        """Fold the streams once, and again with the numbers that a program counts, if any."""
        self._streams = streams = with_plain_notes(streams)
        self._folded = [joined([fold(each.runs) for each in streams], _END)]
        if any(run.flags & Flag.LABEL for each in streams for run in each.runs):
            self._folded.append(joined([fold(e.runs, labels=True) for e in streams], _END))
        self._at = [0] * len(self._folded)
        self._unhidden: dict[Reason, str] = {}

    def find(self, text: Folded, *, whole: bool) -> WitnessFinding:
        """Return what the streams say of a text."""
        first: Reason | None = None
        for number, theirs in enumerate(self._folded):
            for at in places(theirs.text, text.text, self._at[number]):
                wrong = fault(text, theirs, at, whole=whole)
                if wrong is None:
                    # The next text asked for mostly follows this one.
                    self._at[number] = at
                    return CONFIRMED
                first = first or wrong
        return finding(first or self._let_in(text) or why(text, self._folded[0]))

    def _let_in(self, text: Folded) -> Reason | None:
        """Return whether a text is in the file once what is hidden or deleted counts as well."""
        for reason, flags in _LET_IN:
            if reason not in self._unhidden:
                self._unhidden[reason] = self._shown(flags)
            if text.text in self._unhidden[reason]:
                return reason
        return None

    def _shown(self, flags: Flag) -> str:
        runs = [[*stream.runs] for stream in self._streams]
        if not any(run.flags & flags for each in runs for run in each):
            return ""
        shown = [[replace(run, flags=run.flags & ~flags) for run in each] for each in runs]
        return joined([fold(each) for each in shown], _END).text


def places(theirs: str, ours: str, start: int, most: int = _MOST_PLACES) -> Iterator[int]:
    """Yield the places of a text, those from `start` on before the others, `most` of each."""
    for first, end in ((start, len(theirs)), (0, start + len(ours) - 1)):
        at, count = theirs.find(ours, first, end), 0
        while at >= 0 and count < most:
            yield at
            count += 1
            at = theirs.find(ours, at + 1, end)
