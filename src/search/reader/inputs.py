"""What the reader reads: a question and a passage in one sequence of tokens.

    <s> query: question </s></s> title section before | sentence sentence … </s>

`before` is the end of the passage before it: a short passage often leans on that.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.embedding.builtin.adapted_model import Tokenise
from search.embedding.builtin.tokenizer import BOS, EOS
from search.embedding.builtin.weights import PREFIXES

__all__ = ["Readable", "ReaderInput", "make_input"]

QUESTION_TOKENS = 48
TITLE_TOKENS = 20
SECTION_TOKENS = 16
BEFORE_TOKENS = 24
SENTENCE_TOKENS = 96
TEXT_TOKENS = 200
"""Most tokens of each part; a longer one is cut. All together stay under 512."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A passage as the reader reads it: where it stands, and its sentences in order."""

    title: str
    section: str
    before: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """A sequence of tokens, and the range of each sentence in it; empty if it was cut off."""

    tokens: tuple[int, ...]
    sentences: tuple[range, ...]


def make_input(tokenise: Tokenise, question: str, passage: Readable) -> ReaderInput:
    """Return the sequence for a question and a passage."""
    tokens = [BOS, *tokenise(PREFIXES["query"] + question)[:QUESTION_TOKENS], EOS, EOS]
    tokens += tokenise(passage.title)[:TITLE_TOKENS]
    tokens += tokenise(passage.section)[:SECTION_TOKENS]
    tokens += tokenise(passage.before)[-BEFORE_TOKENS:]
    first = len(tokens)
    ranges = []
    for sentence in passage.sentences:
        left = first + TEXT_TOKENS - len(tokens)
        pieces = tokenise(sentence)[: min(SENTENCE_TOKENS, left)]
        ranges.append(range(len(tokens), len(tokens) + len(pieces)))
        tokens += pieces
    return ReaderInput((*tokens, EOS), tuple(ranges))
