"""Texts as the database takes them, to be written or asked for."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["askable", "storable"]

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What the database takes in no text."""


def storable(value: Any) -> Any:
    """Give a value as the database takes it: of a text, what is no character is replaced."""
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return _UNSTORABLE.sub("\ufffd", value)


def askable(value: Any) -> Any:
    """Give a value of a query likewise, or a list or dictionary of such.

    So what was replaced when it was written is found by what it was.
    """
    if isinstance(value, dict):
        return {name: askable(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [askable(each) for each in value]
    return storable(value)
