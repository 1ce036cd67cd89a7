"""Numbers as Dutch texts write them, in digits and in words."""

from __future__ import annotations

import re

__all__ = ["COUNTS", "GROUPED_DIGITS", "ORDINALS", "holds_number"]

GROUPED_DIGITS = r"(?<![\d.,])\d{1,3}(?:[.\u00a0 ]\d{3})+(?![\d])"
"""Pattern of a number with grouped digits: "29 861", "1.600"."""

COUNTS = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
"""Pattern of the numbers that texts write as words when they count things."""

ORDINALS = {"eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "zesde": "6"}

_NUMBER = re.compile(
    rf"\d|\b(?:één|{COUNTS}|twintig|honderd(?:en)?|duizend(?:en)?|tientallen|miljoen(?:en)?|miljard(?:en)?"
    r"|hal(?:f|ve)|helft|kwart|derde|procent)\b",
    re.IGNORECASE,
)


def holds_number(text: str) -> bool:
    """Return whether a text holds a number or a fraction, in digits or in words."""
    return bool(_NUMBER.search(text))
