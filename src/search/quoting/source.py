"""The text of a document as tokens, in which quotes are looked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from search.dutch.words import is_word, lookup, tokens_of
from search.quoting.quote_tokens import QuoteToken
from search.records import Document, Span

__all__ = ["SourceTokens"]

_MARK_DISTANCE = 2
"""Characters, such as quotation marks, that may be between a word and its footnote's mark."""
_HYPHENS = "-‐‑"
_LONGEST_GAP = 300
"""Tokens, about half a page, that one `[…]` may leave out."""


class SourceTokens:
    """The tokens of a document's canonical text, with its footnote marks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        tokens = tokens_of(document.text)
        self.forms = [token.form for token in tokens]
        self.starts = [token.start for token in tokens]
        self.ends = [token.end for token in tokens]
        self.looked_up = [lookup(form) for form in self.forms]
        self.at_line_end = self._line_end_forms()
        """By token, the other form of a word in which a line ended: with or without a hyphen."""
        self._marks: dict[int, set[str]] = {}
        for note in document.footnotes:
            if note.anchor is not None:
                self._marks.setdefault(note.anchor, set()).add(note.mark)

    def _line_end_forms(self) -> dict[int, str]:
        """Return the other forms of words of which the file leaves out something in the middle.

        There a line ended in print, so that nobody knows whether the hyphen belongs to the word.
        """
        forms: dict[int, str] = {}
        for before, after in pairwise(self.document.source_map.segments):
            place = after.start
            skipped = after.source_start - before.source_start - before.source_length
            if before.start + before.length != place or skipped <= 0:
                continue
            at = bisect_left(self.ends, place + 1)
            if at == len(self.starts) or self.starts[at] >= place or self.ends[at] <= place:
                continue
            written = self.document.text[self.starts[at] : self.ends[at]]
            middle = place - self.starts[at]
            first, rest = written[:middle], written[middle:]
            hyphen = first[-1] if first[-1] in _HYPHENS else ""
            first = first.removesuffix(hyphen)
            if first[-1:].isalpha() and rest[:1].isalpha():
                (token,) = tokens_of(f"{first}{rest}" if hyphen else f"{first}-{rest}")[:1]
                forms[at] = token.form
        return forms

    def span(self, first: int, after: int) -> Span:
        """Return the span of the tokens from `first` up to but not `after`."""
        return Span(self.starts[first], self.ends[after - 1])

    def find(self, parts: Sequence[Sequence[QuoteToken]]) -> Iterator[tuple[Span, ...]]:
        """Yield each place where a quote's parts follow each other, word for word.

        A place is the spans of the parts. Places of one quote do not overlap.
        """
        at = 0
        while at < len(self.forms):
            first = self._first(parts[0], at, len(self.forms))
            if first is None:
                return
            found = self._chain(parts, first)
            if found is None:
                at = first[0] + 1
                continue
            yield tuple(self.span(*run) for run in found)
            at = found[-1][1]

    def _chain(
        self, parts: Sequence[Sequence[QuoteToken]], first: tuple[int, int]
    ) -> list[tuple[int, int]] | None:
        """Return the runs of tokens of all parts, given the first of the first part.

        The gap between the first two is made as short as possible.
        """
        runs = [first]
        for part in parts[1:]:
            following = self._first(part, runs[-1][1], runs[-1][1] + _LONGEST_GAP)
            if following is None:
                return None
            runs.append(following)
        if len(runs) > 1:
            while later := self._first(parts[0], runs[0][0] + 1, runs[1][0]):
                if later[1] > runs[1][0]:
                    break
                runs[0] = later
        return runs

    def _first(self, part: Sequence[QuoteToken], at: int, before: int) -> tuple[int, int] | None:
        """Return the first run of a part that begins at token `at` or later, before `before`."""
        first = part[0]
        known = None if first.readings else lookup(first.form)
        for start in range(at, min(before, len(self.forms))):
            if known is None or self.looked_up[start] == known or start in self.at_line_end:
                after = self._match(part, start)
                if after > start:
                    return start, after
        return None

    def _match(self, part: Sequence[QuoteToken], start: int) -> int:
        """Return the token after a part that is at token `start`, or -1 if it is not there."""
        at, begun = start, False
        for token in part:
            if at < len(self.forms) and self._same(token.form, at, first=not begun):
                at += 1
            else:
                taken = self._match_reading(token, at, first=not begun)
                if taken < 0:
                    return -1
                at += taken
            begun = begun or is_word(token.form)
        return at

    def _same(self, form: str, at: int, *, first: bool) -> bool:
        """Return whether a token has a form; the first letter of the first may differ in case."""
        own = self.forms[at]
        if own == form or self.at_line_end.get(at) == form:
            return True
        return first and own[1:] == form[1:] and own[:1].lower() == form[:1].lower()

    def _match_reading(self, token: QuoteToken, at: int, *, first: bool) -> int:
        """Return how many tokens of the source match another reading, or -1 if none matches."""
        for reading in token.readings:
            after = at + len(reading.forms)
            if after > len(self.forms):
                continue
            same = all(
                self._same(form, at + i, first=first and i == 0)
                for i, form in enumerate(reading.forms)
            )
            if same and (not reading.mark or self._has_mark(after, reading.mark)):
                return len(reading.forms)
        return -1

    def _has_mark(self, after: int, mark: str) -> bool:
        if not after:
            return False
        end = self.ends[after - 1]
        return any(mark in self._marks.get(end + i, ()) for i in range(_MARK_DISTANCE + 1))
