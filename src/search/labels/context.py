"""The situation of a sentence: the kind of its section and of the question it answers."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from search.labels.patterns import compile_pattern

__all__ = ["question_flags", "section_flags"]

_OPINION_FLAGS = frozenset({"q:mening", "q:bereid", "q:oordeel"})


@lru_cache(maxsize=1)
def _situations() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return the flags with their patterns, for questions and for sections."""
    text = (files("search.labels") / "situations.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        pattern = compile_pattern(row["pattern"], {})
        found.setdefault(row["in"], []).append((row["flag"], pattern))
    return found


@lru_cache(maxsize=256)
def question_flags(question: str) -> frozenset[str]:
    """Return the kinds of the question that is answered; it may be of several kinds.

    "q:vraagtoe" means that an opinion or an action was asked for, so that an answer which refers
    to another's competence declines it.
    """
    if not question:
        return frozenset()
    flags = {flag for flag, pattern in _situations()["question"] if pattern.search(question)}
    if flags & _OPINION_FLAGS:
        flags.add("q:vraagtoe")
    return frozenset({*flags, "q:vraag"})


@lru_cache(maxsize=256)
def section_flags(path: tuple[str, ...]) -> frozenset[str]:
    """Return the kind of section that a heading path names, or an empty set.

    The deepest heading of a known kind decides: "Reactie" under "Het rapport" is a reaction.
    """
    for heading in reversed(path):
        for flag, pattern in _situations()["section"]:
            if pattern.search(heading):
                return frozenset({flag})
    return frozenset()
