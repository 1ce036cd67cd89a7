"""What the style sheets of an HTML page hide on a screen; only the simplest selectors are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["HIDES", "Hidden", "hidden_by", "without"]

HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)")
_BRACES = re.compile(r"[{}]")

Hidden = frozenset[tuple[str, str, str]]
"""Selectors: the name of the element or nothing, "." or "#", and the class or id."""


def hidden_by(sheet: str) -> Hidden:
    """Return the simple selectors of a style sheet whose elements are not shown."""
    found = set()
    for selectors, body in _rules(without(sheet, "/*", "*/")):
        if HIDES.search(body):
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple:
                    found.add((simple[1] or "", simple[2], simple[3]))
    return frozenset(found)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the rules that hold on a screen; what is for paper or conditional is left."""
    opened: list[str] = []
    at = 0
    for brace in _BRACES.finditer(sheet):
        between, at = sheet[at : brace.start()], brace.end()
        if brace.group() == "{":
            opened.append(between)
        elif opened:
            selectors = opened.pop()
            if not opened and not selectors.lstrip().startswith("@"):
                yield selectors, between


def without(text: str, opening: str, closing: str) -> str:
    """Return a text without what is between two marks; what is not closed is kept."""
    kept, at = [], 0
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(closing)
        start = text.find(opening, at)
    kept.append(text[at:])
    return "".join(kept)
