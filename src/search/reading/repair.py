"""Undoes what printing did to a text: running heads, footnote blocks, sentences cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText, join, squeezed

__all__ = ["is_running_head", "join_lines", "repair"]

_RUNNING_HEAD = re.compile(
    r"""(?:Tweede|Eerste)\ Kamer,\ vergaderjaar\ \d{4}\s?[–-]\s?\d{4},.{0,80}   # running foot
    |kst-?\d[\w-]*(?:\s+ISSN.*)?                                               # foot of page 1
    |ISSN\ \d{4}\s?[-–]\s?\d{4}.*
    |['’‘]s-Gravenhage\ \d{4}
    |(?:[Pp]agina|[Bb]lad|blz\.)\s\d{1,4}(?:\s?(?:van|[/-])\s?\d{1,4})?""",
    re.VERBOSE,
)
_PAGE_NUMBER = re.compile(r"[-–]?\s?\d{1,4}\s?[-–]?")
_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_GOES_ON = re.compile(r"[\"'“‘«(\[]*[a-zà-ÿ]")
_HYPHENATED = re.compile(r"(?<![\w-])[\w-]*\w[-\u00ad‐]$")
_COLLIDING = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu".split())
"""Vowels that would be read as one sound (https://taaladvies.net, klinkerbotsing)."""
_LOOSE_PREFIXES = frozenset("be ge re pre co".split())
"""After these a broken word lacks a trema, not a hyphen: be-|invloeden."""
_COMPASS = frozenset("noord oost zuid west".split())
_HYPHEN_PREFIXES = frozenset("oud ex niet non vice adjunct interim bijna".split())
_LETTERHEAD_LINES = 12
"""Among so many first blocks a bare number is a dossier or a year, not a page number."""
_LONGEST_LOOSE_LINE = 80
"""A text of up to so many characters may be a line by itself: an address, a date, a name."""


def repair(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks as the author wrote them, in reading order, footnotes last.

    Running heads and page breaks are dropped. A paragraph or list item that a page break, a
    footnote block or an empty line cut in two is whole again; a word cut by a hyphen too.
    """
    words = {word for b in blocks for word in re.findall(r"[\w-]+", b.text.lower())}
    body: list[RawBlock] = []
    notes: list[RawBlock] = []
    cut = False
    for number, block in enumerate(blocks):
        if block.kind is RawKind.FOOTNOTE:
            notes.append(_without_hyphens(block, words))
            cut = True
        elif not block.text or _is_page_matter(block, number):
            cut = True
        else:
            whole = _without_hyphens(_without_running_heads(block), words)
            if body and _goes_on(body[-1], whole, cut):
                body[-1] = _continued(body[-1], whole, words)
            else:
                body.append(whole)
            cut = False
    return body + notes


def is_running_head(line: str) -> bool:
    """Return whether a line is one that official prints repeat on every page."""
    return bool(_RUNNING_HEAD.fullmatch(line))


def _is_page_matter(block: RawBlock, number: int) -> bool:
    if block.kind is not RawKind.TEXT:
        return False
    is_page = number > _LETTERHEAD_LINES and _PAGE_NUMBER.fullmatch(block.text)
    return bool(is_page or is_running_head(block.text))


def _without_running_heads(block: RawBlock) -> RawBlock:
    """Drop running feet among the lines of a text."""
    if block.kind is not RawKind.TEXT or len(block.lines) < 2:
        return block
    kept = [line for line in block.lines if not is_running_head(squeezed(line.text).strip())]
    return replace(block, lines=tuple(kept)) if kept else block


def _goes_on(before: RawBlock, block: RawBlock, cut: bool) -> bool:
    """Return whether `block` continues the sentence in which `before` breaks off.

    `cut`: something of the page (a footnote, a rule, a running foot) was between them. A block
    that is earlier in the file continues nothing, since a quote must follow the file.
    """
    if before.kind not in (RawKind.TEXT, RawKind.LIST_ITEM) or block.kind is not RawKind.TEXT:
        return False
    first, last = block.lines[0], before.lines[-1]
    if first.source_start() < last.source_end or (last.text and not first.text):
        return False
    end, start = before.text, block.text
    if _ENDS.search(end):
        return False
    is_long = len(end) > _LONGEST_LOOSE_LINE
    return (cut or is_long or not end.endswith(",")) if _GOES_ON.match(start) else cut and is_long


def _continued(before: RawBlock, block: RawBlock, words: set[str]) -> RawBlock:
    last = _spliced(before.lines[-1].strip(), block.lines[0].strip(), words)
    return replace(before, lines=(*before.lines[:-1], last, *block.lines[1:]))


def _without_hyphens(block: RawBlock, words: set[str]) -> RawBlock:
    """Join the lines of a block between which a word was broken."""
    if block.kind is RawKind.TABLE or len(block.lines) < 2:
        return block
    lines = [block.lines[0]]
    for line in block.lines[1:]:
        if _HYPHENATED.search(lines[-1].strip().text):
            lines[-1] = _spliced(lines[-1].strip(), line.strip(), words)
        else:
            lines.append(line)
    return replace(block, lines=tuple(lines))


def join_lines(lines: Sequence[SourcedText]) -> SourcedText:
    """Return lines as one, with the words whole that a hyphen broke between two of them."""
    whole = lines[0] if lines else SourcedText()
    for line in lines[1:]:
        whole = _spliced(whole.strip(), line.strip(), set())
    return whole


def _spliced(before: SourcedText, after: SourcedText, words: set[str]) -> SourcedText:
    """Join two ends of a sentence, or of a word that a hyphen broke.

    The hyphen goes, unless the text elsewhere has the word with it or the word needs it. Before
    "en" or "of" it breaks no word ("onderwijs- en integratiebeleid").
    """
    broken = _HYPHENATED.search(before.text)
    if not broken or re.match(r"(?:en|of|tot|dan)\b", after.text):
        return join([before, after], " ")
    start = re.match(r"[\w-]+", after.text)
    first, last = broken.group()[:-1].lower(), start.group().lower() if start else ""
    has = f"{first}-{last}" in words or f"{first}-{last.split('-')[0]}" in words
    needed = has or _keeps_hyphen(broken.group()[:-1], after.text)
    if needed and not broken.group().endswith("\u00ad"):
        return join([before, after])
    return join([before.slice(0, len(before) - 1), after])


def _keeps_hyphen(first: str, after: str) -> bool:
    """Return whether a word of these two parts has a hyphen of its own (Leidraad, 6.1-6.8).

    It has one beside capitals, digits and single letters ("WRR-rapport", "Oost-Europa", "65-plus"),
    between vowels that would be read as one ("zee-egel"), between points of the compass, and after
    some prefixes.
    """
    parts = first.split("-")
    if len(parts[-1]) < 2 or not after[:1].islower() or parts[-1].isupper():
        return True
    if re.search(r"\d", parts[-1]):
        return True
    collide = f"{parts[-1][-1]}{after[0]}".lower() in _COLLIDING
    if collide and parts[-1].lower() not in _LOOSE_PREFIXES:
        return True
    last = parts[-1].lower()
    if last in _COMPASS:
        return any(after.startswith(point) for point in _COMPASS)
    return last in _HYPHEN_PREFIXES and not re.match(r"(?:e|st|heid)\w{0,5}\b", after)
