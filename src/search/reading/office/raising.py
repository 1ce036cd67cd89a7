"""Raised and lowered digits as the characters that Unicode has for them: "10⁶", "CO₂", "m²"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from search.reading.office.paragraphs import TextRun

__all__ = ["lowered_digits", "plain_digits", "raised_digits", "with_raised_digits"]

_PLAIN = "0123456789+-−–()="
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌")
_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_NUMBER = re.compile(r"[0-9+\-−–()=,.\s]*[0-9][0-9+\-−–()=,.\s]*")
"""What is raised as a whole; letters ("19e", "x^n") have no such characters."""


def raised_digits(text: str) -> str:
    """Return a number raised, or an empty text if it can't be."""
    if text == "n":
        return "ⁿ"
    return text.translate(_RAISED) if _NUMBER.fullmatch(text) else ""


def lowered_digits(text: str) -> str:
    """Return a number lowered, or an empty text if it can't be."""
    return text.translate(_LOWERED) if _NUMBER.fullmatch(text) else ""


def plain_digits(text: str) -> str:
    """Return a text with its raised digits as plain ones, character for character."""
    return text.translate(_TO_PLAIN)


def with_raised_digits(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Yield runs with raised and lowered numbers as such; a number may consist of several runs."""
    for height, group in groupby(runs, key=lambda run: run.height):
        members = list(group)
        table = {1: _RAISED, -1: _LOWERED}.get(height)
        if table is None or not _NUMBER.fullmatch("".join(run.text for run in members)):
            yield from members
            continue
        for run in members:
            yield replace(run, text=run.text.translate(table))
