"""The cues: words that indicate a stance, read from the table `cues.tsv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from search.labels.parties import name_patterns
from search.labels.patterns import compile_pattern, needed_words
from search.records import Span, Stance

__all__ = ["Cue", "CueMatch", "asks_for_research", "find_cues", "read_cues"]

_RESEARCH = re.compile(
    r"\b(?:onderzoek|onderzoeken|onderzocht|verkennen|verkenning|verken|bezien|bestuderen"
    r"|inventariseren|uitzoeken|nagaan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `cues.tsv`.

    `weight` is 3 for words that decide, 2 for likely ones, 1 for a hint. The cue counts only in
    one of the situations `when` (see `context.py`), and not if `unless` matches too. `origin` is
    the document for which it was written, which an evaluation on that document leaves out; it is
    empty for common officialese.
    """

    stance: Stance
    weight: int
    pattern: re.Pattern[str]
    needs: frozenset[str]
    """Pieces of words of which a sentence must hold one; if empty, the pattern is always tried."""
    unless: re.Pattern[str] | None
    when: frozenset[str]
    origin: str


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue found in a sentence; `span` counts from the sentence's start."""

    cue: Cue
    span: Span


@lru_cache(maxsize=1)
def read_cues() -> tuple[Cue, ...]:
    """Return the table of cues; raise ValueError for an invalid pattern."""
    text = (files("search.labels") / "cues.tsv").read_text(encoding="utf-8")
    names = name_patterns()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        Cue(
            stance=Stance(row["stance"]),
            weight=int(row["weight"]),
            pattern=compile_pattern(row["pattern"], names),
            needs=frozenset(needed_words(row["pattern"])),
            unless=compile_pattern(row["unless"], names) if row["unless"] else None,
            when=frozenset(filter(None, (row["when"] or "").split(","))),
            origin=row["from"] or "",
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def _pieces() -> tuple[str, ...]:
    """Return the pieces that any cue needs, each once: many cues need the same."""
    return tuple(sorted({piece for cue in read_cues() for piece in cue.needs}))


def find_cues(
    masked: str, situation: Collection[str], without: Collection[str] = ()
) -> tuple[CueMatch, ...]:
    """Return the cues of a masked sentence that count in its situation, in order of the table.

    `situation` holds flags such as "q:mening" or "s:rapport"; cues that were written for the
    documents `without` are left out.
    """
    found = []
    lowered = masked.lower()
    held = {piece for piece in _pieces() if piece in lowered}
    for cue in read_cues():
        if cue.needs and cue.needs.isdisjoint(held):
            continue
        if (cue.when and cue.when.isdisjoint(situation)) or cue.origin in without:
            continue
        match = cue.pattern.search(masked)
        if match and not (cue.unless and cue.unless.search(masked)):
            found.append(CueMatch(cue, Span(match.start(), match.end())))
    return tuple(found)


def asks_for_research(advice: str) -> bool:
    """Return whether an advice is to find something out, not yet to do something."""
    return bool(_RESEARCH.search(advice))
