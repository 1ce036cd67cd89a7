"""Finds a quote in the documents of an index: word for word, else the text most like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.dutch import analyse
from search.dutch.words import is_word, lookup
from search.quoting.aligning import Alignment, align
from search.quoting.quote_tokens import QuoteToken, parts_of, without_reference
from search.quoting.source import SourceTokens
from search.records import Difference, Span
from search.storage import Index

__all__ = ["FoundQuote", "QuoteFinder"]

_MOST_PLACES = 20
"""Places of one quote that are returned; "het kabinet" has thousands."""
_MOST_DOCUMENTS = 60
_LONGEST_PHRASE = 24
"""Words of a quote that are looked up as one phrase; the rest is compared in the document."""
_SEED_LENGTH = 3
_MOST_SEEDS = 40
_CANDIDATES = 12
"""Documents, and passages, that are compared with a quote that is nowhere word for word."""
_NEAR_SHARE = 0.6
"""Least share of its words that a near quote must have."""
_LEAST_WORDS = 3
"""A shorter text with one word changed is another text, no misquote."""
_MOST_PARTS = 40
"""Parts of a quote that are aligned one by one; a text with more is no quote with gaps."""
_CACHED_DOCUMENTS = 32


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A place of a quote: the document, the spans of its parts, and what differs there.

    `share` is the share of the quote's words that are there, in order.
    """

    document: str
    parts: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()
    share: float = 1.0


class QuoteFinder:
    """Looks for quotes in one index. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._tokens = lru_cache(maxsize=_CACHED_DOCUMENTS)(self._read)

    def find(self, text: str) -> list[FoundQuote]:
        """Return at most 20 places of a quote: those word for word, else the nearest, if any.

        A reference in brackets after the quote is no part of it. Several places are nearest if
        they differ equally. Typography may differ, and what `QuoteToken.readings` allow; never a
        word.
        """
        if found := self.find_exact(text):
            return found
        quote = without_reference(text)
        return (self.find_exact(quote) if quote != text else []) or self.find_near(quote)

    def find_exact(self, text: str) -> list[FoundQuote]:
        """Return at most 20 places where a quote is word for word."""
        parts = _parts_with_words(text)
        return list(self._exact(parts)) or list(self._exact(_without_stop(parts)))

    def find_near(self, text: str) -> list[FoundQuote]:
        """Return the runs of text most like a quote that have at least 60 % of its words."""
        parts = _parts_with_words(text)
        words = sum(is_word(token.form) for part in parts for token in part)
        if words < _LEAST_WORDS or len(parts) > _MOST_PARTS:
            return []
        found = [self._aligned(name, parts) for name in self._candidates(parts)]
        close = [each for each in found if each and each.share >= _NEAR_SHARE]
        best = max((each.share for each in close), default=0.0)
        return [each for each in close if each.share == best][:_MOST_PLACES]

    def _read(self, name: str) -> SourceTokens | None:
        document = self._index.document(name)
        return SourceTokens(document) if document else None

    def _exact(self, parts: Sequence[Sequence[QuoteToken]]) -> Iterator[FoundQuote]:
        if not parts:
            return
        places = 0
        for name in self._holding(parts):
            source = self._tokens(name)
            for spans in source.find(parts) if source else ():
                yield FoundQuote(name, spans)
                places += 1
                if places == _MOST_PLACES:
                    return

    def _holding(self, parts: Sequence[Sequence[QuoteToken]]) -> list[str]:
        """Return the documents that may hold a quote, by the longest phrase of each part."""
        phrases = [run for part in parts if (run := _plain_run(part))]
        if phrases:
            return self._index.holding_all(phrases, _MOST_DOCUMENTS)
        # Each word has several readings: look for any of them.
        forms = [(token.form, *(f for r in token.readings for f in r.forms)) for token in parts[0]]
        words = [[lookup(form)] for several in forms for form in several if is_word(form)]
        return self._index.holding_most(words, _MOST_DOCUMENTS)

    def _candidates(self, parts: Sequence[Sequence[QuoteToken]]) -> list[str]:
        """Return the documents with the most seeds of a quote, and those with its rare words."""
        seeds = [seed for part in parts for seed in _seeds(part)]
        step = max(1, len(seeds) // _MOST_SEEDS)
        names = self._index.holding_most(seeds[::step], _CANDIDATES)
        terms = analyse(" ".join(token.form for part in parts for token in part))
        scored = self._index.search_words(terms[:_MOST_SEEDS], {"passage": 1.0}, _CANDIDATES)
        passages = self._index.passages(list(scored)).values()
        return list(dict.fromkeys((*names, *(passage.document for passage in passages))))

    def _aligned(self, name: str, parts: Sequence[Sequence[QuoteToken]]) -> FoundQuote | None:
        source = self._tokens(name)
        if source is None:
            return None
        aligned = [align(source, part) for part in parts]
        known = [each for each in aligned if each is not None]
        spans = [each.span for each in known]
        in_order = all(a.end <= b.start for a, b in pairwise(spans))
        if len(known) != len(parts) or not in_order:
            return None
        differences = tuple(d for each in known for d in each.differences)
        if not differences:
            # What a line end may have changed in a word is looked up without it.
            exact = next(source.find(parts), None)
            return FoundQuote(name, exact) if exact else None
        return FoundQuote(name, tuple(spans), differences, _share(known, parts))


def _parts_with_words(text: str) -> list[list[QuoteToken]]:
    """Return the parts of a quote; none if it has no word."""
    parts = parts_of(text)
    return parts if any(is_word(token.form) for part in parts for token in part) else []


def _share(aligned: Sequence[Alignment], parts: Sequence[Sequence[QuoteToken]]) -> float:
    lengths = [len(part) for part in parts]
    return sum(a.share * n for a, n in zip(aligned, lengths, strict=True)) / sum(lengths)


def _without_stop(parts: Sequence[Sequence[QuoteToken]]) -> list[Sequence[QuoteToken]]:
    """Return the parts without a full stop or comma at the end, which may be the quoter's own."""
    if not parts or parts[-1][-1].form not in (".", ","):
        return []
    last = parts[-1][:-1]
    return [*parts[:-1], last] if last else []


def _plain_run(part: Sequence[QuoteToken]) -> list[str]:
    """Return the longest run of words of a part that have one reading only."""
    best: list[str] = []
    run: list[str] = []
    for token in part:
        if token.is_plain:
            run.append(lookup(token.form))
        elif token.readings:
            run = []
        if len(run) > len(best):
            best = list(run)
        if len(best) == _LONGEST_PHRASE:
            break
    return best


def _seeds(part: Sequence[QuoteToken]) -> list[list[str]]:
    words = [lookup(token.form) for token in part if is_word(token.form)]
    size = min(_SEED_LENGTH, len(words))
    return [words[i : i + size] for i in range(len(words) - size + 1)] if size else []
