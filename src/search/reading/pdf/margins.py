"""Take the printed stationery of letters off the pages: the column with address and reference.

The house style of the Rijksoverheid has it to the right of the text, in small letters, on every
page (https://www.rijkshuisstijl.nl); others have it to the left. A line of the text may end beyond
where the column begins, so size and place tell it from the text, not a gutter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.reading.pdf.lines import LineFragment, PageText, join_fragments

__all__ = ["take_stationery"]

_SMALL = 0.88
"""Largest size of stationery, as a share of the running text's."""
_LONG = 25
"""Characters from which a fragment shows how wide the text is."""
_BEYOND = 0.72
"""How far into the text, as a share of its width, a column to the right of it may begin."""
_SAME_COLUMN = 4.0
"""Points that the sides of one column may differ."""
_LABEL = re.compile(
    r"(?:(?:ons|uw|onze|uw)\s(?:kenmerk|referentie|brief)|kenmerk|zaaknummer|bezoekadres|postadres"
    r"|contactpersoon|inlichtingen\sbij|behandeld\sdoor|bijlagen?(?:\(n\))?|correspondentieadres"
    r"|overheidsidentificatienr|doorkiesnummer|retouradres|kopie\saan|onderwerp|datum)\s*:?\s*$"
    r"|(?:ministerie\svan|directoraat-generaal|directie|afdeling)\s*(?:[A-Z]|$)"
    r"|(?:T|F|tel\.?|fax)\s?:?\s\(?\+?[\d(][\d\s()-]{7,}|www\.\S+$|postbus\s\d",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:pagina|blad|blz\.?)\s*\d", re.IGNORECASE)
_NUMBER = re.compile(r"\W*\d{1,4}\W*$")
_SAME_GROUP = 1.85
"""Times the font size: a line this far below another belongs to it."""
_TINY = 0.75
"""Largest size of a firm's small print, as a share of the running text's."""
_FIRM = re.compile(
    r"Handelsregister|\bK\.?v\.?K\b|\bIBAN\b|\bBIC\b|\bBTW\b|[A-Z]{2}\d{2}[A-Z]{4}\d{6,}"
    r"|algemene voorwaarden",
    re.IGNORECASE,
)
_RETURN_ADDRESS = re.compile(r">?\s*Retouradres\b", re.IGNORECASE)
_PRINTER = re.compile(
    r"(?:ah|h|kst|stcrt|stb|trb|blg|kv)-[a-z0-9]+-[\w-]+$|ISSN \d{4}", re.IGNORECASE
)
"""What the publisher prints at the foot of the first page."""


@dataclass(frozen=True, slots=True)
class _Column:
    page: int
    left: float
    fragments: tuple[LineFragment, ...]
    is_labelled: bool


def take_stationery(pages: Sequence[PageText]) -> tuple[list[PageText], list[list[str]]]:
    """Return the pages without stationery, and the lines that were on the first page of it.

    The lines are grouped as they are printed, by the white space between them.
    """
    body = _body(pages)
    columns = [column for i, page in enumerate(pages) for column in _columns(i, page, *body)]
    labelled = [column for column in columns if column.is_labelled]
    taken: dict[int, set[int]] = {}
    first: list[list[str]] = []
    for column in columns:
        if any(abs(column.left - each.left) < _SAME_COLUMN for each in labelled):
            taken.setdefault(column.page, set()).update(f.start for f in column.fragments)
            if column.page == 0:
                first += _groups(column.fragments, pages[0])
    for i, page in enumerate(pages):
        taken.setdefault(i, set()).update(_sideways(page, *body[1:]))
        for fragment in page.fragments:
            text = page.text[fragment.start : fragment.end]
            if _PRINTER.match(text) or (i == 0 and _RETURN_ADDRESS.match(text)):
                taken[i].add(fragment.start)
    if pages:
        taken[0].update(_small_print(pages[0], body[0]))
    return [_without(page, taken.get(i, set())) for i, page in enumerate(pages)], first


def _body(pages: Sequence[PageText]) -> tuple[float, float, float]:
    """Return the size of the running text, and its left and right side."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for fragment in page.fragments:
            sizes[round(fragment.size * 2) / 2] += fragment.end - fragment.start
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    long = [
        fragment
        for page in pages
        for fragment in page.fragments
        if fragment.end - fragment.start >= _LONG and fragment.size > _SMALL * size
    ]
    if not long:
        return size, float("-inf"), float("inf")
    lefts, rights = sorted(f.left for f in long), sorted(f.right for f in long)
    return size, lefts[len(lefts) // 12], rights[-1 - len(rights) // 20]


def _columns(
    number: int, page: PageText, size: float, left: float, right: float
) -> Iterator[_Column]:
    """Yield the columns of small letters beside the text of a page."""
    begin = left + _BEYOND * (right - left)
    small = [
        f
        for f in page.fragments
        if not f.rotation
        and f.size <= _SMALL * size
        and (f.left >= begin or f.right <= left)
        and not _PAGE.match(page.text[f.start : f.end])
    ]
    for group in _aligned(small):
        group = [f for f in group if not _is_lone_number(f, group, page)]
        others = [f for f in page.fragments if f not in group and not f.rotation]
        if len(group) > 1 and not _is_cut(group, others):
            said = [page.text[f.start : f.end].strip() for f in group]
            yield _Column(number, group[0].left, tuple(group), any(map(_LABEL.match, said)))


def _sideways(page: PageText, left: float, right: float) -> Iterator[int]:
    """Yield the places of text that is turned a quarter in the margin of a page."""
    for fragment in page.fragments:
        if fragment.rotation in (1, 3):
            x = fragment.baseline - page.height
            x = x if fragment.rotation == 1 else -x
            if not left <= x <= right:
                yield fragment.start


def _small_print(page: PageText, size: float) -> Iterator[int]:
    """Yield the places of the terms and numbers of a firm, at the foot of its letter's first page.

    They are set much smaller than the text, and are no footnotes.
    """
    feet: list[LineFragment] = []
    for fragment in sorted(page.fragments, key=lambda f: -f.baseline):
        text = page.text[fragment.start : fragment.end]
        if fragment.size > _TINY * size or re.match(r"[⁰¹²³⁴-⁹]|\d{1,3}[ .)]", text):
            break
        feet.append(fragment)
    said = " ".join(page.text[f.start : f.end] for f in feet)
    if _FIRM.search(said):
        yield from (fragment.start for fragment in feet)


def _is_lone_number(fragment: LineFragment, group: Sequence[LineFragment], page: PageText) -> bool:
    """Return whether a number is the page's, and not the value of a field above it."""
    if not _NUMBER.match(page.text[fragment.start : fragment.end]):
        return False
    reach = _SAME_GROUP * fragment.size
    return not any(0 < fragment.baseline - f.baseline < reach for f in group)


def _aligned(fragments: Sequence[LineFragment]) -> list[list[LineFragment]]:
    """Group fragments that begin at about the same place along the line."""
    groups: list[list[LineFragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.left):
        if groups and fragment.left - groups[-1][0].left < _SAME_COLUMN:
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    return groups


def _is_cut(group: Sequence[LineFragment], others: Sequence[LineFragment]) -> bool:
    """Return whether text runs through a column, or its lines are cells of a table's rows."""
    in_rows = 0
    for fragment in group:
        beside = [f for f in others if abs(f.baseline - fragment.baseline) < 0.6 * fragment.size]
        if any(f.right > fragment.left + 1 and f.left < fragment.right - 1 for f in beside):
            return True
        in_rows += any(
            abs(f.baseline - fragment.baseline) < 0.5
            and (f.left > fragment.right or abs(f.size - fragment.size) < 0.05 * f.size)
            for f in beside
        )
    return in_rows > len(group) / 3


def _groups(fragments: Sequence[LineFragment], page: PageText) -> list[list[str]]:
    groups: list[list[str]] = []
    last: LineFragment | None = None
    for fragment in sorted(fragments, key=lambda f: f.baseline):
        near = last is not None and fragment.baseline - last.baseline < _SAME_GROUP * fragment.size
        if not near:
            groups.append([])
        groups[-1].append(page.text[fragment.start : fragment.end].strip())
        last = fragment
    return groups


def _without(page: PageText, starts: set[int]) -> PageText:
    if not starts:
        return page
    kept = [(page.text[f.start : f.end], f) for f in page.fragments if f.start not in starts]
    joined = join_fragments(kept, page.height)
    return replace(page, text=joined.text, fragments=joined.fragments)
