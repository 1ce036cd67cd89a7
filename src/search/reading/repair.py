"""Mends what printing did to a text: page furniture, footnote blocks, sentences cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.sourced_text import SourcedText, join

__all__ = ["is_furniture", "repair"]

_FURNITURE = re.compile(
    r"""(?:Tweede|Eerste)\ Kamer,\ vergaderjaar\ \d{4}\s?[–-]\s?\d{4},.{0,80}   # running foot
    |kst-?\d[\w-]*(?:\s+ISSN.*)?                                               # foot of page 1
    |ISSN\ \d{4}\s?[-–]\s?\d{4}.*
    |['’‘]s-Gravenhage\ \d{4}
    |(?:Pagina|pagina|Blad|blz\.)\s\d{1,4}(?:\s(?:van|/)\s\d{1,4})?""",
    re.VERBOSE,
)
_PAGE_NUMBER = re.compile(r"[-–]?\s?\d{1,4}\s?[-–]?")
_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_GOES_ON = re.compile(r"[\"'“‘«(\[]*[a-zà-ÿ]")
_HYPHENATED = re.compile(r"[A-Za-zÀ-ÿ]{2,}[-\u00ad‐]$")
_LETTERHEAD_LINES = 12
"""Among the first blocks a bare number is a dossier or a year, no page number."""
_SHORT = 80
"""A text up to this length may be a line by itself: an address, a date, a signature."""


def repair(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Give the blocks as the author wrote them, in reading order, footnotes last.

    Page furniture and page breaks are dropped. A paragraph or list item that a page break, a
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
        elif not block.text or _is_furniture(block, number):
            cut = True
        else:
            whole = _without_hyphens(_without_furniture(block), words)
            if body and _goes_on(body[-1], whole, cut):
                body[-1] = _continued(body[-1], whole, words)
            else:
                body.append(whole)
            cut = False
    return body + notes


def is_furniture(line: str) -> bool:
    """Tell whether a line is what official prints put on each page, page number aside."""
    return bool(_FURNITURE.fullmatch(line))


def _is_furniture(block: RawBlock, number: int) -> bool:
    if block.kind is not RawKind.TEXT:
        return False
    is_page = number > _LETTERHEAD_LINES and _PAGE_NUMBER.fullmatch(block.text)
    return bool(is_page or _FURNITURE.fullmatch(block.text))


def _without_furniture(block: RawBlock) -> RawBlock:
    """Drop a running foot that stands as a line within a text."""
    if block.kind is not RawKind.TEXT or len(block.lines) < 2:
        return block
    kept = [line for line in block.lines if not _FURNITURE.fullmatch(line.squeeze().strip().text)]
    return replace(block, lines=tuple(kept)) if kept else block


def _goes_on(before: RawBlock, block: RawBlock, cut: bool) -> bool:
    """Tell whether `block` goes on with the sentence in which `before` breaks off.

    `cut` says that something of the page (a footnote, a rule, a running foot) stood between.
    What stands earlier in the file goes on with nothing, since a quote must follow the file.
    """
    if before.kind not in (RawKind.TEXT, RawKind.LIST_ITEM) or block.kind is not RawKind.TEXT:
        return False
    first, last = block.lines[0], before.lines[-1]
    if first.source_start() < last.source_end or (last.text and not first.text):
        return False
    end, start = before.text, block.text
    if _ENDS.search(end):
        return False
    is_long = len(end) > _SHORT
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


def _spliced(before: SourcedText, after: SourcedText, words: set[str]) -> SourcedText:
    """Join two ends of a sentence, or of a word that a hyphen broke.

    The hyphen goes, unless the text elsewhere writes the word with it or the word needs it: behind
    capitals and before a capital or a number ("WRR-rapport", "Oost-Europa", "COVID-19"). Before
    "en" or "of" it is no break ("onderwijs- en integratiebeleid").
    """
    broken = _HYPHENATED.search(before.text)
    if not broken or re.match(r"(?:en|of|tot|dan)\b", after.text):
        return join([before, after], " ")
    start = re.match(r"\w+", after.text)
    with_hyphen = f"{broken.group()}{start.group() if start else ''}".lower()
    needed = with_hyphen in words or broken.group().isupper() or not after.text[:1].islower()
    if needed and not broken.group().endswith("\u00ad"):
        return join([before, after])
    return join([before.slice(0, len(before) - 1), after])
