"""The situation of a sentence: under which heading it stands, and which question it answers."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from search.labels.patterns import compile_pattern

__all__ = ["question_flags", "section_flags"]

_ASKS_FOR_STAND = frozenset({"q:mening", "q:bereid", "q:oordeel"})


@lru_cache(maxsize=1)
def _situations() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Read the table of situations: for questions and for sections, flags with their patterns."""
    text = (files("search.labels") / "situations.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        pattern = compile_pattern(row["pattern"], {})
        found.setdefault(row["in"], []).append((row["flag"], pattern))
    return found


@lru_cache(maxsize=256)
def question_flags(question: str) -> frozenset[str]:
    """Give the kinds of question that an answer answers; several may be answered at once.

    "q:vraagtoe" says that an opinion or an action was asked for, so that to point at somebody
    else's competence is to decline it.
    """
    if not question:
        return frozenset()
    flags = {flag for flag, pattern in _situations()["question"] if pattern.search(question)}
    if flags & _ASKS_FOR_STAND:
        flags.add("q:vraagtoe")
    return frozenset({*flags, "q:vraag"})


@lru_cache(maxsize=256)
def section_flags(path: tuple[str, ...]) -> frozenset[str]:
    """Give the kind of section that a heading path names, or none.

    The deepest heading that says something decides: "Reactie" under "Het rapport" is a reaction.
    """
    for heading in reversed(path):
        for flag, pattern in _situations()["section"]:
            if pattern.search(heading):
                return frozenset({flag})
    return frozenset()
