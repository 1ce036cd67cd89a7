"""Word-by-word alignment of a quote with the run of a document that is most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from search.dutch.words import is_word, lookup
from search.quoting.quote_tokens import QuoteToken
from search.quoting.source import SourceTokens
from search.records import Difference, Span

__all__ = ["Alignment", "align"]

_SEED_LENGTH = 3
"""Tokens in a row that a quote and a document must share to be compared."""
_CASE_SHARE = 0.6
"""Share of words in common below which a text may be one that was written in other capitals."""
_MARGIN = 5
"""Tokens, on top of a quarter of the quote, that are compared on either side of its place."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The run of a document that is most like a quote, and how they differ.

    `share` is the share of words that both have in order, of the longer of the two.
    """

    span: Span
    differences: tuple[Difference, ...]
    share: float


def align(source: SourceTokens, quote: Sequence[QuoteToken]) -> Alignment | None:
    """Return the alignment of a quote with the likeliest run of a document.

    Returns None if they share no three tokens in a row (or fewer, for a shorter quote).
    """
    forms = [lookup(each.form) for each in quote]
    place = _likely_place(source.looked_up, forms)
    if place is None:
        return None
    margin = len(forms) // 4 + _MARGIN
    low = max(0, place - margin)
    high = min(len(source.forms), place + len(forms) + margin)
    exact = _aligned(source, quote, low, high, any_case=False)
    if exact and exact.share >= _CASE_SHARE:
        return exact
    other = _aligned(source, quote, low, high, any_case=True)
    return max((each for each in (exact, other) if each), key=lambda e: e.share, default=None)


def _aligned(
    source: SourceTokens, quote: Sequence[QuoteToken], low: int, high: int, *, any_case: bool
) -> Alignment | None:
    """Return the alignment with a run of a document; with `any_case` also of other capitals."""
    blocks = _equal_runs(source, quote, low, high, any_case=any_case)
    if not blocks:
        return None
    first, after = _ends(source, quote, blocks)
    same = sum(
        is_word(source.forms[i]) for begin, _, size in blocks for i in range(begin, begin + size)
    )
    quote_words = sum(is_word(token.form) for token in quote)
    source_words = sum(is_word(form) for form in source.forms[first:after])
    if any_case:
        blocks = list(_written_alike(source, quote, blocks, first))
    differences = tuple(_differences(source, quote, blocks, first, after))
    share = same / max(quote_words, source_words, 1)
    return Alignment(source.span(first, after), differences, share)


def _likely_place(source: Sequence[str], quote: Sequence[str]) -> int | None:
    """Return the token of the document at which most shared seeds make the quote begin."""
    size = min(_SEED_LENGTH, len(quote))
    seeds: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(quote) - size + 1):
        seeds.setdefault(tuple(quote[j : j + size]), []).append(j)
    votes: Counter[int] = Counter()
    for i in range(len(source) - size + 1):
        for j in seeds.get(tuple(source[i : i + size]), ()):
            votes[i - j] += 1
    if not votes:
        return None
    # Words that were added or left out shift the place a little, so neighbouring votes count.
    reach = len(quote) // 8 + 2
    near = {
        place: sum(votes.get(place + step, 0) for step in range(-reach, reach + 1))
        for place in votes
    }
    return max(near, key=lambda place: (near[place], votes[place], -place))


def _equal_runs(
    source: SourceTokens, quote: Sequence[QuoteToken], low: int, high: int, *, any_case: bool
) -> list[tuple[int, int, int]]:
    """Return the runs that both have, as (token of the document, token of the quote, length)."""
    own = {token.form for token in quote}
    source_forms = [
        other if (other := source.at_line_end.get(at)) in own else source.forms[at]
        for at in range(low, high)
    ]
    if any_case:
        source_forms = [lookup(form) for form in source_forms]
        forms = [lookup(token.form) for token in quote]
    else:
        known = set(source_forms)
        forms = [_form_in_source(token, known) for token in quote]
    blocks = Indel.editops(source_forms, forms).as_matching_blocks()
    everywhere = source.looked_up if any_case else source.forms
    runs = _closed_up(
        everywhere, [(low + block.a, block.b, block.size) for block in blocks if block.size]
    )
    while len(runs) > 1 and _is_stray(runs[0], runs[0], runs[1]):
        runs = runs[1:]
    while len(runs) > 1 and _is_stray(runs[-1], runs[-2], runs[-1]):
        runs = runs[:-1]
    return runs


def _closed_up(
    source: Sequence[str], runs: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Move each run to the first place after the previous run where the document has the same.

    A full stop could otherwise be matched with that of a later sentence.
    """
    closed: list[tuple[int, int, int]] = []
    for a, b, size in runs:
        if closed:
            last_a, last_b, last = closed[-1]
            words = source[a : a + size]
            places = range(last_a + last, a)
            a = next((at for at in places if source[at : at + size] == words), a)
            if (last_a + last, last_b + last) == (a, b):
                closed[-1] = (last_a, last_b, last + size)
                continue
        closed.append((a, b, size))
    return closed


def _is_stray(
    run: tuple[int, int, int], before: tuple[int, int, int], after: tuple[int, int, int]
) -> bool:
    """Return whether a run at an end skips more words of the document than it shares."""
    skipped = (after[0] - before[0] - before[2]) - (after[1] - before[1] - before[2])
    return skipped > run[2]


def _form_in_source(token: QuoteToken, source: Set[str]) -> str:
    """Return the form or reading of a token that the document has, else its own form."""
    if token.form in source:
        return token.form
    single = [reading.forms[0] for reading in token.readings if len(reading.forms) == 1]
    return next((form for form in single if form in source), token.form)


def _written_alike(
    source: SourceTokens,
    quote: Sequence[QuoteToken],
    blocks: Sequence[tuple[int, int, int]],
    first: int,
) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of equal runs that have the same capitals, the first letter aside."""
    for a, b, size in blocks:
        start = 0
        for i in range(size + 1):
            own, form = source.forms[a + i : a + i + 1], quote[b + i : b + i + 1]
            skipped = int(a + i == first)
            if i < size and own[0][skipped:] == form[0].form[skipped:]:
                continue
            if i > start:
                yield a + start, b + start, i - start
            start = i + 1


def _ends(
    source: SourceTokens, quote: Sequence[QuoteToken], blocks: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """Return the first token of the aligned run and the one after its last.

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
    """Return what is between the equal runs, before the first and after the last."""
    bounds = [(first, 0, 0), *blocks, (after, len(quote), 0)]
    found = []
    for (a, b, size), (next_a, next_b, _) in pairwise(bounds):
        in_source, in_quote = (a + size, next_a), (b + size, next_b)
        if in_source[0] == in_source[1] and in_quote[0] == in_quote[1]:
            continue
        found.append(Difference(_quote_span(quote, *in_quote), _source_span(source, *in_source)))
    return found


def _quote_span(quote: Sequence[QuoteToken], first: int, after: int) -> Span:
    """Return the span of tokens of the quote; without tokens, an empty one after the previous."""
    if first < after:
        return Span(quote[first].start, quote[after - 1].end)
    place = quote[first - 1].end if first else quote[0].start
    return Span(place, place)


def _source_span(source: SourceTokens, first: int, after: int) -> Span:
    if first < after:
        return source.span(first, after)
    place = source.ends[first - 1] if first else source.starts[0]
    return Span(place, place)
