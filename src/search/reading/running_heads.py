"""Running heads and feet: the lines that come back at the top or the foot of page after page.

Only the words of the file are looked at, page by page, not what a reader made of them: the check
of a quote asks the same question of the file again, and takes no reader's word for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from search.records import Span

__all__ = ["PAGE_END", "furniture_key", "recurring_lines"]

PAGE_END = "\f"
_EDGE = 8
"""Lines at each end of a page that may be a running head or foot; a letter's may be a column."""
_RUN = 3
"""Pages on which a line must come back, one after another or every other one (left and right)."""
_MOST_CHARACTERS = 160
_LONG_NUMBER = 7
"""Digits."""


def recurring_lines(source: str) -> tuple[Span, ...]:
    """Find the lines of a running head or foot in a text whose pages are parted by form feeds.

    A line is one when it stands among the first or last lines of at least three pages, none of
    which is more than two behind the one before; of a text of two pages, on both. Numbers may
    differ. Gives the spans in `source`, in order.
    """
    pages = list(_pages(source))
    places: dict[tuple[str, bool], list[tuple[int, Span]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        # A line of a short page may stand at both ends.
        for edge, of_foot in ((lines[:_EDGE], False), (lines[-_EDGE:], True)):
            for span in edge:
                key = furniture_key(source[span.start : span.end])
                if key:
                    places[key, of_foot].append((number, span))
    found = {
        (span.start, span.end)
        for standing in places.values()
        for run in _runs(standing)
        if len({number for number, _ in run}) >= min(_RUN, max(2, len(pages)))
        for _, span in run
    }
    return tuple(Span(*each) for each in sorted(found))


def furniture_key(line: str) -> str:
    """Give what a line has in common with the same line of another page, or nothing.

    Of a line without letters, a reference such as "2021-0000123", the numbers must be the same
    too; short numbers may be a table and have nothing in common.
    """
    if len(line) > _MOST_CHARACTERS:
        return ""
    plain = " ".join(line.lower().split())
    if re.search(r"[^\W\d_]", plain):
        return re.sub(r"\d+", "#", plain)
    return plain if sum(map(str.isdigit, plain)) >= _LONG_NUMBER else ""


def _pages(source: str) -> Iterator[list[Span]]:
    at = 0
    for page in source.split(PAGE_END):
        yield [
            Span(at + line.start(), at + line.end()) for line in re.finditer(r"[^\r\n]*\S.*", page)
        ]
        at += len(page) + 1


def _runs(standing: list[tuple[int, Span]]) -> Iterator[list[tuple[int, Span]]]:
    """Part the places of one line where it stays away for more than a page."""
    run: list[tuple[int, Span]] = []
    for place in standing:
        if run and place[0] - run[-1][0] > 2:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
