"""A document's text as tokens, in which a quote is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.dutch.words import is_word, lookup, tokens_of
from search.quoting.quote_tokens import QuoteToken
from search.records import Document, Span

__all__ = ["SourceTokens"]

_NEAR_MARK = 2
"""Between a word and its footnote's mark may stand a quotation mark or two."""
_MOST_LEFT_OUT = 300
"""Tokens, about half a page, that one `[…]` may stand for."""


class SourceTokens:
    """The tokens of a document's canonical text, with the footnote marks that stood in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        tokens = tokens_of(document.text)
        self.forms = [token.form for token in tokens]
        self.starts = [token.start for token in tokens]
        self.ends = [token.end for token in tokens]
        self.looked_up = [lookup(form) for form in self.forms]
        self._marks: dict[int, set[str]] = {}
        for note in document.footnotes:
            if note.anchor is not None:
                self._marks.setdefault(note.anchor, set()).add(note.mark)

    def span(self, first: int, after: int) -> Span:
        """Give the text's span of the tokens from `first` up to but not `after`."""
        return Span(self.starts[first], self.ends[after - 1])

    def find(self, parts: Sequence[Sequence[QuoteToken]]) -> Iterator[tuple[Span, ...]]:
        """Find each place where a quote's parts stand one behind another, word for word.

        Gives the spans of the parts. Places of one quote do not overlap.
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
        """Give the runs of tokens of all parts, the first being known; as little as can be is
        left out between the first two.
        """
        runs = [first]
        for part in parts[1:]:
            following = self._first(part, runs[-1][1], runs[-1][1] + _MOST_LEFT_OUT)
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
        """Give where a part first stands that begins at token `at` or behind it."""
        first = part[0]
        known = None if first.readings else lookup(first.form)
        for start in range(at, min(before, len(self.forms))):
            if known is None or self.looked_up[start] == known:
                after = self._match(part, start)
                if after > start:
                    return start, after
        return None

    def _match(self, part: Sequence[QuoteToken], start: int) -> int:
        """Give the token behind a part that stands at token `start`, or -1 where it doesn't."""
        at, begun = start, False
        for asked in part:
            if at < len(self.forms) and self._same(asked.form, at, first=not begun):
                at += 1
            else:
                taken = self._read_otherwise(asked, at, first=not begun)
                if taken < 0:
                    return -1
                at += taken
            begun = begun or is_word(asked.form)
        return at

    def _same(self, form: str, at: int, *, first: bool) -> bool:
        """Tell whether a token has a form; of the first word, the first letter's case is free."""
        said = self.forms[at]
        if said == form:
            return True
        return first and said[1:] == form[1:] and said[:1].lower() == form[:1].lower()

    def _read_otherwise(self, asked: QuoteToken, at: int, *, first: bool) -> int:
        """Give how many tokens the source spends on another reading, or -1 for none."""
        for reading in asked.readings:
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
        """Tell whether the mark of a footnote stood right behind the token before `after`."""
        if not after:
            return False
        end = self.ends[after - 1]
        return any(mark in self._marks.get(end + i, ()) for i in range(_NEAR_MARK + 1))
