"""What the label model reads: sentences in a row, with what stands around them, as tokens.

    <s> headings </s></s> question </s> before </s> sentence sentence … </s> after </s>

`question` is the MP's question or the motion's dictum that the sentences answer, `before` the end
of the two sentences before them, `after` the start of the next; each of them may be empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.embedding.builtin.adapted_model import Tokenise
from search.embedding.builtin.tokenizer import BOS, EOS
from search.labels.statements import Statement

__all__ = ["Window", "windows"]

HEADING_TOKENS = 32
QUESTION_TOKENS = 80
BEFORE_TOKENS = 40
AFTER_TOKENS = 24
SENTENCE_TOKENS = 96
TEXT_TOKENS = 200
"""Most tokens of each part; a longer one is cut. All together stay under 512."""
_HEADINGS = 2
"""Headings that are read: the nearest ones."""
_SENTENCES_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """A sequence of tokens, and which sentences stand where in it.

    `sentences` are positions in the list of statements, `ranges` the tokens of each.
    """

    tokens: tuple[int, ...]
    sentences: range
    ranges: tuple[range, ...]


def windows(tokenise: Tokenise, statements: Sequence[Statement]) -> Iterator[Window]:
    """Yield windows over the statements of a document, in order; each is in exactly one.

    A window stays within one section and one answer, and holds about `TEXT_TOKENS` tokens.
    """
    pieces = [tuple(tokenise(each.text)[:SENTENCE_TOKENS]) or (EOS,) for each in statements]
    for run in _runs(statements, [len(each) for each in pieces]):
        first = statements[run.start]
        tokens = [BOS, *tokenise(" / ".join(first.section[-_HEADINGS:]))[-HEADING_TOKENS:]]
        tokens += [EOS, EOS, *_both_ends(tokenise(first.question), QUESTION_TOKENS), EOS]
        before = range(max(0, run.start - _SENTENCES_BEFORE), run.start)
        near = [i for i in before if _place(statements[i]) == _place(first)]
        tokens += [piece for i in near for piece in pieces[i]][-BEFORE_TOKENS:]
        tokens.append(EOS)
        ranges = []
        for i in run:
            ranges.append(range(len(tokens), len(tokens) + len(pieces[i])))
            tokens += pieces[i]
        if run.stop < len(statements) and _place(statements[run.stop]) == _place(first):
            tokens += [EOS, *pieces[run.stop][:AFTER_TOKENS]]
        yield Window((*tokens, EOS), run, tuple(ranges))


def _runs(statements: Sequence[Statement], sizes: Sequence[int]) -> Iterator[range]:
    start, held = 0, 0
    for i, each in enumerate(statements):
        moved = _place(each) != _place(statements[start])
        if i > start and (moved or held + sizes[i] > TEXT_TOKENS):
            yield range(start, i)
            start, held = i, 0
        held += sizes[i]
    if statements:
        yield range(start, len(statements))


def _place(statement: Statement) -> tuple[tuple[str, ...], str]:
    return statement.section, statement.question


def _both_ends(tokens: list[int], most: int) -> list[int]:
    """Return tokens without their middle: a question says at its ends what it asks."""
    half = most // 2
    return tokens if len(tokens) <= most else [*tokens[:half], *tokens[-half:]]
