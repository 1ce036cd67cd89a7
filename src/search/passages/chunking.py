"""Cuts documents into passages, along the structure of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from search.dutch.sentences import split_sentences
from search.records import Block, Document, Kind, Passage, Sentence, Span, Theme, ThemeOrigin

__all__ = ["MOST_TOKENS", "TokenCounter", "make_passages"]

MOST_TOKENS = 200
"""Most tokens of the model in a passage, unless a single sentence has more."""
TOGETHER_TOKENS = 160
"""Tokens up to which short paragraphs under one heading make one passage: a line such as "gehoord
de beraadslaging," says nothing by itself."""
_LONGEST_SENTENCE = 400
"""Tokens of a sentence that is not cut at a comma or a space; the model reads 512 at most."""

TokenCounter = Callable[[Sequence[str]], list[int]]

_CELL = re.compile(r"[^\t]*\S[^\t]*")
_PROSE = re.compile(r"(?:\S+\s+){5}.*[.?!][\"'”’)]*\s*$|(?:\S+\s+){11}")
"""Of a cell with a sentence, or as long as one."""
_FEWEST_WORDS = 3

_GROUPED_KINDS = (Kind.LETTERHEAD, Kind.SIGNATURE, Kind.LIST_ITEM)
_NO_THEME = Theme("", ThemeOrigin.ESTIMATED)


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences of blocks that belong together; `lead` introduces a list."""

    kind: Kind
    section: int
    sentences: tuple[Span, ...]
    lead: Span | None = None


def make_passages(
    document: Document,
    count_tokens: TokenCounter,
    most_tokens: int = MOST_TOKENS,
    together: int = TOGETHER_TOKENS,
) -> list[Passage]:
    """Return the passages of a document, of at most `most_tokens` tokens of the model each.

    A passage is under one heading and holds whole sentences. A longer paragraph is cut into parts
    of about the same length; short paragraphs are joined up to `together` tokens. A list includes
    the sentence that introduces it; if it is cut, the later parts have that sentence as their
    `lead`. Each footnote, the letterhead and the signatures are passages of their own kind. Ids
    count from 0 within the document; the theme is empty.
    """
    passages: list[Passage] = []
    for group in _together(document.text, _groups(document), count_tokens, together):
        sentences = list(_bounded(document.text, group.sentences, count_tokens))
        sizes = count_tokens([document.text[s.start : s.end] for s in sentences])
        for number, part in enumerate(_parts(sentences, sizes, most_tokens)):
            passages.append(
                Passage(
                    id=len(passages),
                    document=document.id,
                    kind=group.kind,
                    start=part[0].start,
                    end=part[-1].end,
                    text=document.text[part[0].start : part[-1].end],
                    section=document.sections[group.section].path,
                    sentences=tuple(Sentence(s.start, s.end) for s in part),
                    theme=_NO_THEME,
                    lead=group.lead if number else None,
                    page=document.page_at(part[0].start),
                )
            )
    return _with_anchors(document, passages)


def _groups(document: Document) -> Iterator[_Group]:
    """Yield the blocks that stay together: lists with their lead, letterheads, signatures."""
    blocks = [b for b in document.blocks if b.kind is not Kind.HEADING and b.start < b.end]
    lead: Block | None = None
    for (kind, section), grouped in groupby(blocks, key=lambda b: (b.kind, b.section)):
        same = list(grouped)
        if kind in _GROUPED_KINDS:
            spans = [s for block in same for s in _sentences(document, block)]
            opening = _sentences(document, lead) if lead and lead.section == section else []
            yield _Group(kind, section, (*opening, *spans), opening[-1] if opening else None)
            lead = None
            continue
        if lead:
            yield _group(document, lead)
            lead = None
        if kind is Kind.PARAGRAPH and document.text[same[-1].end - 1] == ":":
            lead = same.pop()
        for block in same:
            yield _group(document, block)
    if lead:
        yield _group(document, lead)


def _together(
    text: str, groups: Iterable[_Group], count: TokenCounter, most: int
) -> Iterator[_Group]:
    """Join paragraphs of one section as long as they stay within `most` tokens."""
    waiting: _Group | None = None
    held = 0
    for group in groups:
        if group.kind is not Kind.PARAGRAPH:
            if waiting:
                yield waiting
                waiting = None
            yield group
            continue
        spans = group.sentences
        size = sum(count([text[s.start : s.end] for s in spans]))
        if waiting and group.section == waiting.section and held + size <= most:
            waiting = replace(waiting, sentences=(*waiting.sentences, *spans))
            held += size
            continue
        if waiting:
            yield waiting
        waiting, held = group, size
    if waiting:
        yield waiting


def _group(document: Document, block: Block) -> _Group:
    spans = _sentences(document, block)
    header = spans[0] if block.kind is Kind.TABLE else None
    return _Group(block.kind, block.section, tuple(spans), header)


def _sentences(document: Document, block: Block) -> list[Span]:
    """Return a block's sentences; a letterhead, a signature or a row of figures counts as one."""
    text = document.text[block.start : block.end]
    if block.kind in (Kind.LETTERHEAD, Kind.SIGNATURE):
        return [Span(block.start, block.end)]
    if block.kind is Kind.TABLE:
        return list(_rows(text, block.start))
    return [Span(block.start + s.start, block.start + s.end) for s in split_sentences(text)]


def _rows(text: str, offset: int) -> Iterator[Span]:
    """Yield the rows of a table, or the sentences in the cells of a row that holds some."""
    at = offset
    for row in text.split("\n"):
        cells = [(at + found.start(), found.group()) for found in _CELL.finditer(row)]
        if len(cells) > 1 and any(_PROSE.search(cell) for _, cell in cells):
            yield from _in_cells(cells)
        elif row:
            yield Span(at, at + len(row))
        at += len(row) + 1


def _in_cells(cells: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """Yield the sentences of cells; a number or a word belongs to the cell after it."""
    start = -1
    for number, (at, cell) in enumerate(cells):
        if len(cell.split()) < _FEWEST_WORDS and number < len(cells) - 1:
            start = at if start < 0 else start
            continue
        for sentence in split_sentences(cell):
            yield Span(at + sentence.start if start < 0 else start, at + sentence.end)
            start = -1


def _bounded(text: str, sentences: Sequence[Span], count: TokenCounter) -> Iterator[Span]:
    """Yield the sentences, cut at a mark or a space if they are too long for the model."""
    sizes = count([text[s.start : s.end] for s in sentences])
    for sentence, size in zip(sentences, sizes, strict=True):
        cut = _cut_near_middle(text, sentence) if size > _LONGEST_SENTENCE else None
        if cut is None:
            yield sentence
        else:
            yield from _bounded(text, cut, count)


def _cut_near_middle(text: str, span: Span) -> tuple[Span, Span] | None:
    middle = (span.start + span.end) // 2
    for marks in (";", ",", " \n\t\u00a0", ""):
        places = [
            i + 1 for i in range(span.start, span.end - 1) if (text[i] in marks if marks else True)
        ]
        if places:
            at = min(places, key=lambda place: abs(place - middle))
            right = at
            while right < span.end and text[right].isspace():
                right += 1
            left = at
            while left > span.start and text[left - 1].isspace():
                left -= 1
            if span.start < left and right < span.end:
                return Span(span.start, left), Span(right, span.end)
    return None


def _parts(sentences: Sequence[Span], sizes: Sequence[int], most: int) -> Iterator[Sequence[Span]]:
    """Yield the sentences in as few runs of at most `most` tokens as possible, of similar length.

    Dynamic programming: for each number of sentences, the cuts with the fewest runs are kept, and
    of those the ones with the smallest sum of squared lengths.
    """
    best = [(0, 0, 0)]
    for end in range(1, len(sentences) + 1):
        ways = []
        held = 0
        for first in range(end - 1, -1, -1):
            held += sizes[first]
            if held > most and first < end - 1:
                break
            runs, squares, _ = best[first]
            ways.append((runs + 1, squares + held * held, first))
        best.append(min(ways))
    cuts = [len(sentences)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    for first, end in pairwise(reversed(cuts)):
        yield sentences[first:end]


def _with_anchors(document: Document, passages: list[Passage]) -> list[Passage]:
    """Return the passages, each footnote with the sentence that holds its mark as `anchor`."""
    sentences = sorted(
        (s for p in passages if p.kind is not Kind.FOOTNOTE for s in p.sentences),
        key=lambda s: s.start,
    )
    anchors = {note.start: note.anchor for note in document.footnotes if note.anchor is not None}
    anchored = []
    for passage in passages:
        anchor = anchors.get(passage.start) if passage.kind is Kind.FOOTNOTE else None
        span = _sentence_before(sentences, anchor) if anchor else None
        anchored.append(replace(passage, anchor=span) if span else passage)
    return anchored


def _sentence_before(sentences: Sequence[Sentence], place: int) -> Span | None:
    """Return the sentence that holds the character before `place`; they are sorted by start."""
    number = bisect_left(sentences, place, key=lambda s: s.start) - 1
    if number < 0 or place > sentences[number].end:
        return None
    return Span(sentences[number].start, sentences[number].end)
