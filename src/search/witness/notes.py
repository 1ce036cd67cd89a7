"""Marks of notes that are written as plain text: "de Code 2), met name"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.witness.records import Flag, Stream, WitnessRun

__all__ = ["with_plain_notes"]

_NOTE = re.compile(r"^[ \t]*(\d{1,2})\)[ \t]", re.MULTILINE)
_MARK = re.compile(r"(?<=[\w.,;:?!”\"'’)])[ \u00a0]?(\d{1,2})\)(?!\w)")


def with_plain_notes(streams: Sequence[Stream]) -> list[Stream]:
    """Return streams in which such marks are labels, which a text may have or not.

    A number with a closing bracket is one where a line begins with the same, and no bracket was
    opened before it in its paragraph.
    """
    labels = {found[1] for stream in streams for found in _NOTE.finditer(stream.text)}
    if not labels:
        return list(streams)
    return [replace(each, runs=tuple(_runs(each.runs, labels))) for each in streams]


def _runs(runs: Sequence[WitnessRun], labels: set[str]) -> list[WitnessRun]:
    made: list[WitnessRun] = []
    depth = 0
    for run in runs:
        at = start = 0
        for found in _MARK.finditer(run.text) if not run.flags else ():
            depth = _depth(run.text[at : found.start()], depth)
            at = found.end()
            if depth > 0 or found[1] not in labels:
                depth = max(0, depth - 1)
                continue
            made.append(WitnessRun(run.text[start : found.start()], run.flags))
            made.append(WitnessRun(found.group(), Flag.LABEL))
            start = at
        depth = _depth(run.text[at:], depth)
        made.append(WitnessRun(run.text[start:], run.flags))
    return made


def _depth(text: str, depth: int) -> int:
    """Count the brackets that are open; a paragraph begins with none."""
    for character in text:
        if character == "\n":
            depth = 0
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
    return depth
