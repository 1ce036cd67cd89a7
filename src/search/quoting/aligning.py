"""Aligns a quote with the run of a document that comes nearest to it, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from search.dutch.words import is_word, lookup
from search.quoting.quote_tokens import QuoteToken
from search.quoting.source import SourceTokens
from search.records import Difference, Span

__all__ = ["Aligned", "align"]

_SEED = 3
"""Tokens of a run that a quote and a document must share to be compared."""
_STRAY = 5
"""Tokens beside the likely place, besides a quarter of the quote, that are compared too."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where a quote nearly stands, what differs, and the share of its words that are there."""

    span: Span
    differences: tuple[Difference, ...]
    share: float


def align(source: SourceTokens, quote: Sequence[QuoteToken]) -> Aligned | None:
    """Align a quote with the likeliest run of a document.

    Returns None when they share no run of three tokens (or fewer, for a shorter quote).
    `share` counts the words that both have in order, of the longer of the two.
    """
    forms = [lookup(each.form) for each in quote]
    place = _likely_place(source.looked_up, forms)
    if place is None:
        return None
    slack = len(forms) // 4 + _STRAY
    low = max(0, place - slack)
    high = min(len(source.forms), place + len(forms) + slack)
    blocks = _equal_runs(source, quote, low, high)
    if not blocks:
        return None
    first, after = _ends(source, quote, blocks)
    same = sum(
        is_word(source.forms[i]) for begin, _, size in blocks for i in range(begin, begin + size)
    )
    quoted = sum(is_word(form) for form in forms)
    said = sum(is_word(form) for form in source.forms[first:after])
    differences = tuple(_differences(source, quote, blocks, first, after))
    return Aligned(source.span(first, after), differences, same / max(quoted, said, 1))


def _likely_place(said: Sequence[str], quoted: Sequence[str]) -> int | None:
    """Give the token of a document where the quote would begin by most of the runs they share."""
    size = min(_SEED, len(quoted))
    seeds: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(quoted) - size + 1):
        seeds.setdefault(tuple(quoted[j : j + size]), []).append(j)
    votes: Counter[int] = Counter()
    for i in range(len(said) - size + 1):
        for j in seeds.get(tuple(said[i : i + size]), ()):
            votes[i - j] += 1
    if not votes:
        return None
    # Words that were put in or left out move the place by a few: neighbours vote along.
    reach = len(quoted) // 8 + 2
    near = {
        place: sum(votes.get(place + step, 0) for step in range(-reach, reach + 1))
        for place in votes
    }
    return max(near, key=lambda place: (near[place], votes[place], -place))


def _equal_runs(
    source: SourceTokens, quote: Sequence[QuoteToken], low: int, high: int
) -> list[tuple[int, int, int]]:
    """Give the runs that both have, as (token of the document, token of the quote, length)."""
    said = source.forms[low:high]
    forms = [_as_said(each, said) for each in quote]
    blocks = Indel.editops(said, forms).as_matching_blocks()
    runs = _drawn_together(
        source.forms, [(low + block.a, block.b, block.size) for block in blocks if block.size]
    )
    while len(runs) > 1 and _is_stray(runs[0], runs[0], runs[1]):
        runs = runs[1:]
    while len(runs) > 1 and _is_stray(runs[-1], runs[-2], runs[-1]):
        runs = runs[:-1]
    return runs


def _drawn_together(
    said: Sequence[str], runs: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Move each run to the first place behind the one before it where the document says the same.

    A full stop may otherwise be taken for that of a later sentence.
    """
    drawn: list[tuple[int, int, int]] = []
    for a, b, size in runs:
        if drawn:
            last_a, last_b, last = drawn[-1]
            words = said[a : a + size]
            places = range(last_a + last, a)
            a = next((at for at in places if said[at : at + size] == words), a)
            if (last_a + last, last_b + last) == (a, b):
                drawn[-1] = (last_a, last_b, last + size)
                continue
        drawn.append((a, b, size))
    return drawn


def _is_stray(
    run: tuple[int, int, int], before: tuple[int, int, int], after: tuple[int, int, int]
) -> bool:
    """Tell whether a run at an end costs more words of the document than it has in common."""
    skipped = (after[0] - before[0] - before[2]) - (after[1] - before[1] - before[2])
    return skipped > run[2]


def _as_said(asked: QuoteToken, said: Sequence[str]) -> str:
    """Read a token with a mark or a broken word as the document writes it, if it does."""
    if asked.form in said:
        return asked.form
    single = [each.forms[0] for each in asked.readings if len(each.forms) == 1]
    return next((form for form in single if form in said), asked.form)


def _ends(
    source: SourceTokens, quote: Sequence[QuoteToken], blocks: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """Give the first token of the run and the one behind it.

    Words at an end of the quote that differ take as many of the document's, in one sentence.
    """
    first, leading = blocks[0][0], blocks[0][1]
    while leading and first and not _ends_sentence(source.forms[first - 1]):
        first, leading = first - 1, leading - 1
    after = blocks[-1][0] + blocks[-1][2]
    trailing = len(quote) - blocks[-1][1] - blocks[-1][2]
    while trailing and after < len(source.forms) and not _ends_sentence(source.forms[after]):
        after, trailing = after + 1, trailing - 1
    return first, after


def _ends_sentence(form: str) -> bool:
    return form in (".", "?", "!")


def _differences(
    source: SourceTokens,
    quote: Sequence[QuoteToken],
    blocks: Sequence[tuple[int, int, int]],
    first: int,
    after: int,
) -> list[Difference]:
    """Give what lies between the equal runs, and before and behind them."""
    bounds = [(first, 0, 0), *blocks, (after, len(quote), 0)]
    found = []
    for (a, b, size), (next_a, next_b, _) in pairwise(bounds):
        said, typed = (a + size, next_a), (b + size, next_b)
        if said[0] == said[1] and typed[0] == typed[1]:
            continue
        found.append(Difference(_quoted_span(quote, *typed), _said_span(source, *said)))
    return found


def _quoted_span(quote: Sequence[QuoteToken], first: int, after: int) -> Span:
    """Give the span of the quote's tokens, empty behind the token before where there are none."""
    if first < after:
        return Span(quote[first].start, quote[after - 1].end)
    place = quote[first - 1].end if first else quote[0].start
    return Span(place, place)


def _said_span(source: SourceTokens, first: int, after: int) -> Span:
    if first < after:
        return source.span(first, after)
    place = source.ends[first - 1] if first else source.starts[0]
    return Span(place, place)
