"""Whether a question is in English: the texts are Dutch, those who ask are not always."""

from __future__ import annotations

import re

from search.dutch.stopwords import STOP_WORDS

__all__ = ["is_english"]

_ENGLISH = frozenset(
    "the what which who whom whose when where why how does did do are were has have been and or "
    "for with by about there many much any this that these those from will would should can "
    "could must on to at it its their they not".split()
) - (STOP_WORDS | {"die", "door"})
"""English words that do not tell a subject and are not such words in Dutch."""
_LEAST = 2


def is_english(question: str) -> bool:
    """Return whether a question is in English, by its words that do not tell a subject.

    A name of a law or a body in the other language does not change the language of a question, so
    English takes two such words, and more than there are Dutch ones.
    """
    words = re.findall(r"[^\W\d_]+", question.lower())
    english = sum(word in _ENGLISH for word in words)
    dutch = sum(word in STOP_WORDS for word in words)
    return english >= _LEAST and english > dutch
