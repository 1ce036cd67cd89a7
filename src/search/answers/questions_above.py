"""The question of an MP that stands above the answer to it."""

from __future__ import annotations

from collections.abc import Callable

from search.passages import answered_questions
from search.records import Document, Passage, Quote

__all__ = ["question_above"]

_LONGEST = 300
"""Characters of the question that are shown."""
_LEAST = 40
"""Characters that must be left to begin another question."""


def question_above(passage: Passage, document: Document, holds: Callable[[Quote], bool]) -> str:
    """Return the beginning of the questions that a passage answers, on one line.

    Empty for a passage that answers no MP. `holds` returns whether a quote is what its file says;
    from a question that is not, nothing is shown any more.
    """
    asked: list[str] = []
    left = _LONGEST
    for span in answered_questions(passage, document):
        if left < _LEAST:
            break
        text = _beginning(document.text[span.start : span.end], left)
        end = span.start + len(text)
        if not holds(Quote(text, document.id, span.start, end, "")):
            break
        left -= len(text)
        asked.append(" ".join(text.split()) + (" …" if end < span.end else ""))
    return " ".join(asked)


def _beginning(text: str, most: int) -> str:
    """Return a text up to its last whole word within `most` characters."""
    if len(text) <= most:
        return text
    words = text[: most + 1].rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else text[:most]
