"""Leave out tables of contents: their lines are those of headings that come later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.reading.office.paragraphs import Paragraph

__all__ = ["without_contents_lists"]

_TITLE = re.compile(r"(?:inhoud(?:sopgave)?|inhoudstafel|table of contents|contents)\W*", re.I)
_ENTRY = re.compile(r"\s*\S[^\n]{0,300}?(?:\t|\.{4,}|…{2,}|(?:\. ){4,})[\s.…]*\d{1,4}\s*")
"""A line with the number of a page, as a writer types it who has no automatic table."""
_LEAST_ENTRIES = 2


def without_contents_lists(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without tables of contents and the titles above them."""
    kept: list[Paragraph] = []
    at = 0
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        if paragraph.is_contents:
            _drop_title(kept)
        elif is_title(paragraph) and (after := _typed_entries(paragraphs, at + 1)):
            at = after
            continue
        else:
            kept.append(paragraph)
        at += 1
    return kept


def is_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is what stands above a table of contents."""
    text = paragraph.text
    return len(text) < 40 and bool(_TITLE.fullmatch(text.strip()))


def _drop_title(kept: list[Paragraph]) -> None:
    last = len(kept) - 1
    while last >= 0 and not kept[last].text.strip():
        last -= 1
    if last >= 0 and is_title(kept[last]):
        del kept[last:]


def _typed_entries(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Return the index after the typed lines of a table of contents, 0 if there are none."""
    at, entries, after = start, 0, start
    while at < len(paragraphs) and len(paragraphs[at].text) < 400:
        text = paragraphs[at].text
        if text.strip():
            if not _ENTRY.fullmatch(text) or paragraphs[at].cell:
                break
            entries, after = entries + 1, at + 1
        at += 1
    return after if entries >= _LEAST_ENTRIES else 0
