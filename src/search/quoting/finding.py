"""Finds a quote in the documents of an index: word for word, else what comes nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.dutch import analyse
from search.dutch.words import is_word, lookup
from search.quoting.aligning import Aligned, align
from search.quoting.quote_tokens import QuoteToken, parts_of
from search.quoting.source import SourceTokens
from search.records import Difference, Span
from search.storage import Index

__all__ = ["FoundQuote", "QuoteFinder"]

MOST_PLACES = 20
"""Places of one quote that are given; of "het kabinet" there are thousands."""
_MOST_DOCUMENTS = 60
_LONGEST_PHRASE = 24
"""Words of a quote that are looked up in one phrase; the rest is read in the document."""
_SEED = 3
_MOST_SEEDS = 40
_CANDIDATES = 12
"""Documents, and passages, that are compared with a quote that stands nowhere word for word."""
_NEAR = 0.6
"""Share of the words that a run must have in common with a quote to be nearly it."""
_LEAST_WORDS = 3
"""Two words that differ in one are another thing, no misquote."""
_MOST_PARTS = 40
"""Parts of a quote that are aligned one by one; more is no quote with words left out."""
_KEPT_DOCUMENTS = 32


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A place of a quote: the document, the spans of its parts, and what differs there."""

    document: str
    parts: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()
    share: float = 1.0

    @property
    def is_exact(self) -> bool:
        """Tell whether the quote stands here word for word."""
        return not self.differences


class QuoteFinder:
    """Looks for quotes in one index. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._tokens = lru_cache(maxsize=_KEPT_DOCUMENTS)(self._read)

    def find(self, text: str) -> list[FoundQuote]:
        """Find where a quote stands: all places word for word, else the nearest, or none.

        Several are nearest when they differ as little. At most 20 places. Forgiven are what
        `typography` and `asked` forgive, never a word.
        """
        return self.find_exact(text) or self.find_near(text)

    def find_exact(self, text: str) -> list[FoundQuote]:
        """Find where a quote stands word for word; at most 20 places."""
        parts = _spoken(text)
        return list(self._exact(parts)) or list(self._exact(_without_stop(parts)))

    def find_near(self, text: str) -> list[FoundQuote]:
        """Find the runs of text that come nearest to a quote, of at least 60 % of its words."""
        parts = _spoken(text)
        words = sum(is_word(each.form) for part in parts for each in part)
        if words < _LEAST_WORDS or len(parts) > _MOST_PARTS:
            return []
        found = [self._aligned(name, parts) for name in self._candidates(parts)]
        close = [each for each in found if each and each.share >= _NEAR]
        best = max((each.share for each in close), default=0.0)
        return [each for each in close if each.share == best][:MOST_PLACES]

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
                if places == MOST_PLACES:
                    return

    def _holding(self, parts: Sequence[Sequence[QuoteToken]]) -> list[str]:
        """Give the documents that may hold a quote, by the longest phrase of each part."""
        phrases = [run for part in parts if (run := _plain_run(part))]
        if phrases:
            return self._index.holding_all(phrases, _MOST_DOCUMENTS)
        # Each word can be read in several ways: look for any of them.
        forms = [(asked.form, *(f for r in asked.readings for f in r.forms)) for asked in parts[0]]
        words = [[lookup(form)] for several in forms for form in several if is_word(form)]
        return self._index.holding_most(words, _MOST_DOCUMENTS)

    def _candidates(self, parts: Sequence[Sequence[QuoteToken]]) -> list[str]:
        """Give the documents that share most runs of words with a quote, or have its rare words."""
        seeds = [seed for part in parts for seed in _seeds(part)]
        step = max(1, len(seeds) // _MOST_SEEDS)
        names = self._index.holding_most(seeds[::step], _CANDIDATES)
        terms = analyse(" ".join(each.form for part in parts for each in part))
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
        return (
            FoundQuote(name, tuple(spans), differences, _share(known, parts))
            if differences
            else None
        )


def _spoken(text: str) -> list[list[QuoteToken]]:
    """Read a quote as its parts; nothing when it holds no word."""
    parts = parts_of(text)
    return parts if any(is_word(each.form) for part in parts for each in part) else []


def _share(aligned: Sequence[Aligned], parts: Sequence[Sequence[QuoteToken]]) -> float:
    lengths = [len(part) for part in parts]
    return sum(a.share * n for a, n in zip(aligned, lengths, strict=True)) / sum(lengths)


def _without_stop(parts: Sequence[Sequence[QuoteToken]]) -> list[Sequence[QuoteToken]]:
    """Leave out the full stop or comma at the end, which whoever quotes puts in for himself."""
    if not parts or parts[-1][-1].form not in (".", ","):
        return []
    last = parts[-1][:-1]
    return [*parts[:-1], last] if last else []


def _plain_run(part: Sequence[QuoteToken]) -> list[str]:
    """Give the longest run of words of a part that can be read in one way only."""
    best: list[str] = []
    run: list[str] = []
    for asked in part:
        if asked.is_plain:
            run.append(lookup(asked.form))
        elif asked.readings:
            run = []
        if len(run) > len(best):
            best = list(run)
        if len(best) == _LONGEST_PHRASE:
            break
    return best


def _seeds(part: Sequence[QuoteToken]) -> list[list[str]]:
    words = [lookup(asked.form) for asked in part if is_word(asked.form)]
    size = min(_SEED, len(words))
    return [words[i : i + size] for i in range(len(words) - size + 1)] if size else []
