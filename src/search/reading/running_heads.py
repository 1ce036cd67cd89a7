"""Find running heads and feet: the lines that recur at the top or the foot of successive pages.

Only the text of the file is used, page by page, not the blocks that a reader made of it: the check
of a quote repeats the search on the file itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from search.records import Span

__all__ = ["PAGE_END", "recurring_lines", "running_head_key"]

PAGE_END = "\f"
_EDGE_LINES = 8
"""Lines at each end of a page that may be a running head or foot; a letter's may be a column."""
_MIN_PAGES = 3
"""Pages on which a line must recur, successive ones or every other one (left and right)."""
_MAX_CHARACTERS = 160
_MIN_TEXT_CHARACTERS = 50
"""Of a line of running text that goes on in the next."""
_MIN_DIGITS = 7
"""Of a line without letters."""


def recurring_lines(source: str) -> tuple[Span, ...]:
    """Find the lines of a running head or foot in a text whose pages are separated by form feeds.

    Such a line is among the first or last lines of at least three pages, each at most two pages
    after the one before; in a text of two pages, of both. Numbers may differ. Return the spans in
    `source`, in order. A page that has nothing else is not counted, nor is a sentence that comes
    back over several lines: that is text which is repeated.
    """
    pages = list(_pages(source))
    found = _recurring(source, pages, frozenset())
    alike = frozenset(
        number for number, lines in enumerate(pages) if lines and found.keys() >= {*lines}
    )
    if alike:
        counted = _recurring(source, pages, alike)
        keys = {running_head_key(source[line.start : line.end]) for line in counted}
        again = (line for number in alike for line in pages[number])
        found = counted | {
            line: found[line]
            for line in again
            if running_head_key(source[line.start : line.end]) in keys
        }
    repeated = {line for lines in pages for line in _repeated_text(source, lines, found)}
    return tuple(sorted(found.keys() - repeated, key=lambda line: (line.start, line.end)))


def _recurring(source: str, pages: list[list[Span]], left_out: frozenset[int]) -> dict[Span, bool]:
    """Return the lines that recur, and whether they are at the same place on at least three pages.

    The place is counted in lines from the edge of the page.
    """
    places: dict[tuple[str, bool], list[tuple[int, int, Span]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        if number in left_out:
            continue
        # A line of a short page may be at both ends.
        for edge, is_foot in ((lines[:_EDGE_LINES], False), (lines[: -_EDGE_LINES - 1 : -1], True)):
            for place, span in enumerate(edge):
                key = running_head_key(source[span.start : span.end])
                if key:
                    places[key, is_foot].append((number, place, span))
    found: dict[Span, bool] = {}
    for same in places.values():
        for run in _runs(same):
            if len({number for number, _, _ in run}) < min(_MIN_PAGES, max(2, len(pages))):
                continue
            for _, place, span in run:
                level = len({number for number, other, _ in run if other == place})
                found[span] = found.get(span, False) or level >= _MIN_PAGES
    return found


def _repeated_text(source: str, lines: list[Span], found: dict[Span, bool]) -> Iterator[Span]:
    """Yield recurring lines between which a sentence goes on, where the page doesn't fix them."""
    for before, after in pairwise(lines):
        if found.get(before, True) or found.get(after, True):
            continue
        text, following = source[before.start : before.end], source[after.start : after.end]
        long = len(text) >= _MIN_TEXT_CHARACTERS
        if long and following[:1].islower() and text.rstrip()[-1:] not in ".?!:;":
            yield from (before, after)


def running_head_key(line: str) -> str:
    """Return what a line has in common with the same running head on other pages, or "".

    Numbers are ignored, except in a line without letters, a reference such as "2021-0000123";
    short numbers without letters may be a table and have no key, but a page's with their total
    ("2/10", "3 | 75") do.
    """
    if len(line) > _MAX_CHARACTERS:
        return ""
    plain = " ".join(line.lower().split())
    if re.search(r"[^\W\d_]", plain):
        return re.sub(r"\d+", "#", plain)
    if of_total := re.fullmatch(r"\d{1,4} ?([/|] ?\d{1,4})", plain):
        return f"#{of_total[1]}"
    return plain if sum(map(str.isdigit, plain)) >= _MIN_DIGITS else ""


def _pages(source: str) -> Iterator[list[Span]]:
    at = 0
    for page in source.split(PAGE_END):
        yield [
            Span(at + line.start(), at + line.end()) for line in re.finditer(r"[^\r\n]*\S.*", page)
        ]
        at += len(page) + 1


def _runs(places: list[tuple[int, int, Span]]) -> Iterator[list[tuple[int, int, Span]]]:
    """Split the places of one line where it is absent from more than one page."""
    run: list[tuple[int, int, Span]] = []
    for place in places:
        if run and place[0] - run[-1][0] > 2:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
