"""Raised and lowered numbers as characters (10⁶, CO₂), and which of them mark no footnote."""

from __future__ import annotations

import re

__all__ = ["is_power", "lowered_digits", "plain_digits", "raised_digits"]

_PLAIN = "0123456789+-−–()="
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌")
_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉", "0123456789-0123456789")
_NUMBER = re.compile(r"[\d+\-−–()=,.\s]*\d[\d+\-−–()=,.\s]*", re.ASCII)
"""What is raised as a whole; for letters ("19e", "x^n") there are no such characters."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_METRE = re.compile(r"(?:^|[^\w’'])(?:[kcdhmµμ]|da)?m$|CO$")
_UNIT = re.compile(r"(?:^|[^\w’'])(?:kg|s|[a-z]|cos|sin|log|ln|exp)$")
_TEN = re.compile(r"(?<!\d)10$")


def raised_digits(text: str) -> str:
    """Return a number with its digits raised, character for character; other text as it is."""
    return text.translate(_RAISED) if _NUMBER.fullmatch(text) else text


def lowered_digits(text: str) -> str:
    """Return a number with its digits lowered, character for character; other text as it is."""
    return text.translate(_LOWERED) if _NUMBER.fullmatch(text) else text


def plain_digits(text: str) -> str:
    """Return a text with raised and lowered digits as plain ones, character for character."""
    return text.translate(_TO_PLAIN)


def is_power(before: str, has_note: bool) -> bool:
    """Return whether a raised number after the text `before` is a power and no footnote's mark.

    It is after a raised sign, a unit, a figure or a single letter, but not after a year;
    `has_note`: there is a footnote of that number, which is then as likely after a figure or a
    letter.
    """
    if before.endswith(("⁻", "⁺")) or _METRE.search(before) or _TEN.search(before):
        return True
    if has_note or _YEAR.search(before):
        return False
    return before[-1:].isdigit() or _UNIT.search(before) is not None
