"""Lines in reading order to blocks: paragraphs, headings, lists, tables and footnotes.

What a writer's text program knew is gone from a PDF; it is told from line spacing, indents, the
room that is left at the end of a line, and the size and weight of the letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.reading.pdf.layout import Flow, Laid, Line
from search.reading.raw_blocks import RawBlock, RawKind, Style
from search.reading.sourced_text import Mark, SourcedText, join

__all__ = ["blocks_of"]

_BULLET = re.compile(r"[•·▪‣◦●○■□➢►✓\ue000-\uf8ff](?:\s+|(?=\w))")
_DASH = re.compile(r"[-–—*]\s+")
_NUMBER = re.compile(r"(?:\d{1,3}[.)°º]|[a-z][.)]|[ivx]{1,4}[.)]|\((?:\d{1,2}|[a-z])\))\s+")
_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")
_NOTE = re.compile(r"([⁰¹²³⁴-⁹]{1,3}|\d{1,3}[.)]?(?=\s))\s*(?=\S)")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d/])[kcdmh]?m$|CO$")
"""A raised 2 behind one of these is a square metre, no footnote."""
_ENDS = re.compile(r"[.?!:;…][\"'”’»)\]⁰¹²³⁴-⁹]*$")
_SMALL = 0.93
"""A footnote's letters, as a share of the running text's."""
_LARGE = 1.08
_LONGEST_HEADING = 200
_LONGEST_ITALIC = 120
_MOST_HEADING_LINES = 4


@dataclass(frozen=True, slots=True)
class _Set:
    """How the running text of a document is set."""

    size: float
    bold: bool
    italic: bool
    leading: float
    """From one baseline to the next, as a multiple of the font size."""


@dataclass(slots=True)
class _Part:
    """A block as it grows: its lines, and where their text begins behind a bullet or label."""

    kind: RawKind
    lines: list[Line]
    skipped: int = 0
    """Characters of the first line that are no text of the block."""
    inset: float = 0.0
    """Where the text of an item begins, behind its bullet or number."""
    label: str = ""
    rows: bool = False
    """Whether its lines have cells."""
    scanned: bool = False
    """Whether nothing is known of its font."""

    @property
    def top(self) -> float:
        return self.lines[0].base


def blocks_of(source: str, laid: Sequence[Laid]) -> list[RawBlock]:
    """Make the blocks of a document of its pages in reading order.

    Where a column or page ends stands a break.
    """
    set_ = _set_of(laid)
    told: list[_Part | None] = []
    for page in laid:
        body: list[_Part | None] = []
        for flow in page.flows:
            body += [*_parts_of(flow, set_, page.scanned), None]
        for flow in page.beside:
            _put_beside(body, _parts_of(flow, set_, page.scanned))
        for part in body:
            _add(told, part)
        told.append(None)
    return _written(source, told, set_)


def _set_of(laid: Sequence[Laid]) -> _Set:
    """Measure the running text: the size and weight that most letters have."""
    lines = [line for page in laid for flow in page.flows for line in flow.lines]
    weights: Counter[tuple[float, bool, bool]] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2, line.bold, line.italic] += len(line.text)
    if not weights:
        return _Set(10.0, False, False, 1.2)
    (size, bold, italic), _ = weights.most_common(1)[0]
    steps: Counter[float] = Counter()
    for page in laid:
        for flow in page.flows:
            for before, line in zip(flow.lines, flow.lines[1:], strict=False):
                step = (line.base - before.base) / max(size, 1.0)
                if abs(line.size - size) <= 0.5 and abs(before.size - size) <= 0.5 and step < 2.6:
                    steps[round(step * 20) / 20] += 1
    leading = steps.most_common(1)[0][0] if steps else 1.2
    return _Set(size, bold, italic, max(leading, 0.9))


# Lines to parts


def _parts_of(flow: Flow, set_: _Set, scanned: bool) -> list[_Part]:
    """Part the lines of a column in blocks, its footnotes told apart."""
    foot = len(flow.lines) if scanned else _first_note(flow.lines, set_)
    parts: list[_Part] = []
    for number, line in enumerate(flow.lines[:foot]):
        before = flow.lines[number - 1] if number else None
        opened = _opened(flow, before, line, parts[-1] if parts else None, set_)
        if opened is None:
            parts[-1].lines.append(line)
        else:
            opened.scanned = scanned
            parts.append(opened)
    return parts + list(_notes(flow.lines[foot:]))


def _first_note(lines: Sequence[Line], set_: _Set) -> int:
    """Give the number of the line at which the footnotes of a column begin.

    They are the small lines at its foot, from the first that begins with a number, or that goes
    on with a note of the page before.
    """
    first = len(lines)
    while first and lines[first - 1].size <= _SMALL * set_.size:
        first -= 1
    labelled = [i for i in range(first, len(lines)) if _NOTE.match(lines[i].text)]
    if not labelled:
        return len(lines)
    goes_on = lines[first].text[:1].islower() and 0 < labelled[0] - first <= 12
    return first if goes_on else labelled[0]


def _notes(lines: Sequence[Line]) -> Iterator[_Part]:
    """Make a footnote of each number that a line begins with, if it counts up."""
    part: _Part | None = None
    last = 0
    for line in lines:
        label = _NOTE.match(line.text)
        number = int(re.sub(r"\D", "", label[1].translate(_DIGITS))) if label else 0
        raised = bool(label and _RAISED.match(label[1]))
        if label and (raised or part is None or number == last + 1):
            if part is not None:
                yield part
            last = number
            part = _Part(RawKind.FOOTNOTE, [line], label.end(), label=str(number))
        elif part is None:
            # What the page before left over.
            part = _Part(RawKind.FOOTNOTE, [line])
        else:
            part.lines.append(line)
    if part is not None:
        yield part


def _opened(
    flow: Flow, before: Line | None, line: Line, part: _Part | None, set_: _Set
) -> _Part | None:
    """Give the block that a line opens, or None where it goes on with the one before."""
    is_row = _is_row(line)
    if part is None or before is None:
        return _new(line, part, True)
    gap = (line.base - before.base) / max(line.size, before.size)
    apart = (
        not 0 <= gap <= 1.25 * set_.leading
        or abs(line.size - before.size) > 0.08 * before.size
        or part.rows != is_row
    )
    if part.rows and is_row and 0 <= gap < 2 * set_.leading:
        return None
    full = _is_full(before, line, flow)
    ends = bool(_ENDS.search(before.text))
    broken = apart or not full or ends or before.text.endswith(",")
    item = _new(line, part, broken or line.left > before.left + 0.5 * line.size)
    if item.kind is RawKind.LIST_ITEM or apart:
        return item
    restyled = line.bold != before.bold or line.italic != before.italic
    if restyled and (not full or ends):
        return item
    if part.kind is RawKind.LIST_ITEM:
        back = part.inset > part.lines[0].left and line.left < part.inset - 0.7 * line.size
        hangs = len(part.lines) > 1 and line.left < part.lines[-1].left - 0.7 * line.size
        return item if (back and _hangs(part)) or hangs or (ends and not full and back) else None
    indented = line.left > before.left + 0.8 * line.size and before.left <= flow.left + line.size
    return item if ends and (not full or indented) else None


def _hangs(part: _Part) -> bool:
    """Tell whether the lines of an item stand under its text, not under its bullet."""
    return len(part.lines) == 1 or part.lines[1].left >= part.inset - 0.7 * part.lines[1].size


def _is_full(before: Line, line: Line, flow: Flow) -> bool:
    """Tell whether the first word of `line` would not have fitted behind the line before."""
    word = len(line.text.split(" ", 1)[0]) + 1
    width = (line.right - line.left) / max(1, len(line.text))
    return before.right + word * width > flow.right - 0.3 * line.size


def _is_row(line: Line) -> bool:
    """Tell whether a line has cells: wide gaps, of which none is behind a bullet or number."""
    first = line.text[: line.pieces[0].end - line.pieces[0].start] + " "
    is_label = _BULLET.match(first) or _DASH.match(first) or _NUMBER.fullmatch(first)
    label = bool(is_label or _HEADING_NUMBER.fullmatch(first) or len(first) < 3)
    return len(line.pieces) > (2 if label else 1)


def _new(line: Line, before: _Part | None, broken: bool) -> _Part:
    """Open a block; `broken` says whether the line before was ended on purpose."""
    text = line.text
    if _is_row(line):
        return _Part(RawKind.TABLE, [line], rows=True)
    bullet = _BULLET.match(text)
    dash = _DASH.match(text) if broken or _is_sister(before, line, _DASH) else None
    number = _NUMBER.match(text) if broken else None
    label = bullet or dash or number
    if label is None or label.end() >= len(text):
        return _Part(RawKind.TEXT, [line])
    behind = (
        line.pieces[1].left
        if len(line.pieces) > 1
        else (line.left + (line.right - line.left) * label.end() / len(text))
    )
    return _Part(RawKind.LIST_ITEM, [line], 0 if number else label.end(), behind)


def _is_sister(before: _Part | None, line: Line, mark: re.Pattern[str]) -> bool:
    """Tell whether a line begins as the item before does, at the same place."""
    if before is None or before.kind is not RawKind.LIST_ITEM:
        return False
    first = before.lines[0]
    hangs = len(before.lines) == 1 or before.lines[-1].left > first.left + 0.3 * first.size
    return bool(mark.match(first.text)) and abs(first.left - line.left) < 2 and hangs


# Parts in the order of the document


def _put_beside(body: list[_Part | None], parts: Sequence[_Part]) -> None:
    """Put what stands beside the column before the block that begins at its height.

    So that no sentence is cut, it comes behind a block in whose middle it stands.
    """
    if not parts:
        return
    top, size = parts[0].top, parts[0].lines[0].size
    at = next(
        (
            i
            for i, part in enumerate(body)
            if part is not None
            and part.kind is not RawKind.FOOTNOTE
            and part.top >= top - 0.6 * size
        ),
        None,
    )
    if at is None:
        at = max(
            (
                i + 1
                for i, part in enumerate(body)
                if part is not None and part.kind is not RawKind.FOOTNOTE
            ),
            default=0,
        )
    elif at == 0 and body[0] is not None and body[0].lines[0].text[:1].islower():
        at = 1
    body[at:at] = parts


def _add(told: list[_Part | None], part: _Part | None) -> None:
    """Add a block; what a footnote left over goes on in the note of the page before."""
    if part is not None and part.kind is RawKind.FOOTNOTE and not part.label:
        earlier = next(
            (p for p in reversed(told) if p is not None and p.kind is RawKind.FOOTNOTE), None
        )
        if earlier is not None:
            earlier.lines += part.lines
            return
        part.kind = RawKind.TEXT
    told.append(part)


# Parts to blocks


def _written(source: str, parts: Sequence[_Part | None], set_: _Set) -> list[RawBlock]:
    """Write the parts out as blocks, headings ranked by size and style."""
    styles = [
        None if part is None or part.scanned else _heading_style(part, set_) for part in parts
    ]
    known = sorted({style for style in styles if style}, key=lambda s: (-s[0], s[1].value))
    depth = {style: min(number + 1, 6) for number, style in enumerate(known)}
    of_style = Counter(style for _, style in known)
    ranked_by_style = all(count == 1 for count in of_style.values())
    blocks = []
    for part, style in zip(parts, styles, strict=True):
        if part is None:
            blocks.append(RawBlock(RawKind.BREAK))
        elif style:
            # Where size tells headings of one style apart, the style must not rank them again.
            shown = style[1] if ranked_by_style else Style.PLAIN
            blocks.append(_block(source, part, RawKind.HEADING, depth[style], shown))
        else:
            blocks.append(_block(source, part, part.kind))
    return blocks


def _heading_style(part: _Part, set_: _Set) -> tuple[float, Style] | None:
    """Give the size and style of a block that is a heading, else None."""
    text = " ".join(line.text for line in part.lines)
    if part.kind is RawKind.LIST_ITEM and not _HEADING_NUMBER.match(text):
        return None
    if part.kind not in (RawKind.TEXT, RawKind.LIST_ITEM) or not re.search(r"[^\W\d_]", text):
        return None
    size = round(part.lines[0].size * 2) / 2
    large = size >= _LARGE * set_.size
    bold = all(line.bold for line in part.lines) and not set_.bold
    italic = all(line.italic for line in part.lines) and not set_.italic
    if not (large or bold or italic) or (size < _SMALL * set_.size):
        return None
    longest = _LONGEST_HEADING if large or bold else _LONGEST_ITALIC
    tall = len(part.lines) > (_MOST_HEADING_LINES if large or bold else 2)
    if tall or len(text) > longest or text.rstrip()[-1:] in ".,;:" or text[:1].islower():
        return None
    style = (Style.PLAIN, Style.ITALIC, Style.BOLD, Style.BOLD_ITALIC)[2 * bold + italic]
    return max(size, set_.size), style


def _block(
    source: str, part: _Part, kind: RawKind, depth: int = 0, style: Style = Style.PLAIN
) -> RawBlock:
    lines = [
        _rope(source, line, part.skipped if number == 0 else 0, "\t" if part.rows else " ")
        for number, line in enumerate(part.lines)
    ]
    if kind is RawKind.TABLE and len(lines) == 1:
        kind = RawKind.TEXT
    return RawBlock(kind, tuple(lines), depth=depth, style=style, label=part.label)


def _rope(source: str, line: Line, skipped: int, between: str) -> SourcedText:
    """Take a line from the source; raised numbers become footnote marks."""
    ropes: list[SourcedText] = []
    for piece in line.pieces:
        start = min(piece.start + skipped, piece.end)
        skipped = max(0, skipped - (piece.end - piece.start) - 1)
        if start < piece.end:
            ropes.append(join(_marked(source, start, piece.end)))
    return join(ropes, between)


def _marked(source: str, start: int, end: int) -> Iterable[SourcedText]:
    at = start
    for raised in _RAISED.finditer(source, start, end):
        if _UNIT.search(source[max(start, raised.start() - 12) : raised.start()]):
            continue
        yield SourcedText.of_source(source, at, raised.start())
        yield SourcedText("", (), (), (Mark(0, raised.group().translate(_DIGITS)),))
        at = raised.end()
    yield SourcedText.of_source(source, at, end)
