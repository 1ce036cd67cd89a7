"""Places in laws and regulations: "art. 5 lid 2 onder a", as lawyers write them.

The form is that of the Leidraad voor juridische auteurs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.records import Document, Kind, Metadata

__all__ = ["place_in_law", "with_item"]

_KINDS = frozenset({"Wet", "Regeling"})
_ARTICLE = re.compile(
    r"(?:Artikel|Art\.)\s+(\d+[a-z]{0,3}(?:[.:]\d+[a-z]{0,2}){0,3}|[IVXL]+[A-Z]?)(?![\w:])"
)
_MEMBER = re.compile(r"lid\s+(\d{1,3}[a-z]?)\b\.?$", re.IGNORECASE)
_ITEM = re.compile(r"onder(?:deel)?\s+(\w{1,3}°?)$", re.IGNORECASE)
_LETTER = re.compile(r"([a-z]{1,2})[.)]\s")
_ORDINAL = re.compile(r"(\d{1,2})°")
_NUMBER = re.compile(r"(\d{1,2}[a-z]?)\.?\s")


def place_in_law(metadata: Metadata, section: Sequence[str]) -> str:
    """Return the article, member and items of a place in a law, or an empty text.

    The headings above it say them: ("Artikel 5 Titel", "lid 2", "onder a").
    """
    if metadata.kind not in _KINDS:
        return ""
    parts: list[str] = []
    for heading in section:
        # An article within one is of another law, which the first changes.
        if article := _ARTICLE.match(heading):
            parts = parts or [f"art. {article[1]}"]
        elif not parts:
            continue
        elif member := _MEMBER.match(heading):
            parts.append(f"lid {member[1]}")
        elif item := _ITEM.match(heading):
            parts.append(f"onder {item[1]}")
    return " ".join(parts)


def with_item(document: Document, section: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the headings above a place in a law, with the member and items that it is in.

    Members and items that are numbered in the text have no heading of their own; elsewhere than in
    a law the headings are as they were.
    """
    if not place_in_law(document.metadata, section):
        return tuple(section)
    found: list[str] = []
    levels = (_NUMBER, _LETTER, _ORDINAL)
    has_member = any(_MEMBER.match(heading) for heading in section)
    until = len(levels)
    for block in reversed([b for b in document.blocks if b.start <= place]):
        if block.kind is Kind.HEADING or document.sections[block.section].path != tuple(section):
            break
        if block.kind is not Kind.LIST_ITEM:
            if found or place >= block.end:
                continue
            break
        text = document.text[block.start : block.end]
        level, label = next(
            ((n, m[1]) for n, each in enumerate(levels) if (m := each.match(text))), (until, "")
        )
        if level < until and not (has_member and level == 0):
            found.insert(0, (f"lid {label}", f"onder {label}", f"onder {label}°")[level])
            until = level
    return (*section, *found)
