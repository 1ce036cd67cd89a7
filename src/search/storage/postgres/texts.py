"""Texts without the characters that PostgreSQL rejects."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["query_values", "storable"]

_REJECTED = re.compile("[\0\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Return a value to store; in a text, NUL and lone surrogates become U+FFFD."""
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return _REJECTED.sub("\ufffd", value)


def query_values(values: Any) -> Any:
    """Return the values of a query (a list, a dictionary, one value) with the same replacements.

    So a text is found by the characters that were replaced when it was stored.
    """
    if isinstance(values, dict):
        return {name: query_values(each) for name, each in values.items()}
    if isinstance(values, (list, tuple)):
        return [query_values(each) for each in values]
    return storable(values)
