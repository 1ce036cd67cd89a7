"""Raw blocks to a `Document`: canonical text, sections, footnotes, signatories, source map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from search.dutch.question_markers import is_marker
from search.reading.headings import mark_numbered_headings, rank_headings
from search.reading.letterhead import read_letterhead, split_head
from search.reading.raw_blocks import RawBlock, RawKind
from search.reading.repair import repair
from search.reading.signatures import RawSignatory, read_signatures
from search.reading.sourced_text import SourcedText, join, segments_of
from search.reading.titles import title_case
from search.records import (
    AuthorKind,
    Block,
    Document,
    Footnote,
    Kind,
    Metadata,
    Section,
    Signatory,
    SourceMap,
)

__all__ = ["assemble"]

_QUESTION_DEPTH = 30
"""Below the headings of the document itself."""
_KINDS = {
    RawKind.TEXT: Kind.PARAGRAPH,
    RawKind.LIST_ITEM: Kind.LIST_ITEM,
    RawKind.TABLE: Kind.TABLE,
    RawKind.HEADING: Kind.HEADING,
}


def assemble(
    identifier: str,
    path: str,
    raw_blocks: Sequence[RawBlock],
    known: Metadata = Metadata(),
    *,
    is_record: bool = False,
) -> Document:
    """Make a document of the blocks of one file; `known` is the metadata of its format.

    The canonical text holds, in this order: the head, the running text, the signatures, the
    footnotes. Blocks are separated by an empty line; the lines of a head, a list and a signature
    by a line end. Metadata in the text go before what is `known`, unless that `is_record`.
    """
    blocks = _split_questions(mark_numbered_headings(repair(split_head(raw_blocks))))
    notes = [block for block in blocks if block.kind is RawKind.FOOTNOTE]
    blocks = [block for block in blocks if block.kind is not RawKind.FOOTNOTE]
    head = read_letterhead(blocks)
    signed, signatories = read_signatures(blocks[head.blocks :])
    body = blocks[head.blocks : len(blocks) - signed]
    has_title = is_record and known.title
    title, body = (None, body) if has_title else _take_title(body, head.metadata)
    draft = _begin_draft(blocks[: head.blocks], title, body)
    people = [_add_signatory(draft, signatory) for signatory in signatories]
    footnotes = _add_footnotes(draft, notes)

    name = title_case(title.text if title else head.metadata.title, [p.function for p in people])
    in_text = replace(head.metadata, title=name)
    text = draft.whole()
    return Document(
        id=identifier,
        path=path,
        text=text.text,
        metadata=fill_empty(known, in_text) if is_record else fill_empty(in_text, known),
        sections=draft.finished_sections(len(text)),
        blocks=tuple(draft.blocks),
        footnotes=tuple(footnotes),
        signatories=tuple(people),
        source_map=SourceMap(segments_of(text)),
    )


def _begin_draft(
    head: Sequence[RawBlock], title: SourcedText | None, body: Sequence[RawBlock]
) -> _Draft:
    """Return a draft with the head, the title and the running text."""
    draft = _Draft()
    for block in head:
        draft.add(Kind.LETTERHEAD, block.sourced, 0)
    draft.add_title(title)
    _add_body(draft, body)
    return draft


def _split_questions(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Make headings of the lines "Vraag 1" and "Antwoord 1" that begin or divide a paragraph."""
    split: list[RawBlock] = []
    for block in blocks:
        at = [n for n, line in enumerate(block.lines) if is_marker(line.text.strip())]
        if block.kind is not RawKind.TEXT or not at:
            split.append(block)
            continue
        if at[0]:
            split.append(replace(block, lines=block.lines[: at[0]]))
        for start, end in zip(at, [*at[1:], len(block.lines)], strict=True):
            heading = replace(block, kind=RawKind.HEADING, lines=block.lines[start : start + 1])
            split.append(replace(heading, depth=_QUESTION_DEPTH))
            if end > start + 1:
                split.append(replace(block, lines=block.lines[start + 1 : end]))
    return split


@dataclass(slots=True)
class _Draft:
    """A document's text as it grows."""

    parts: list[SourcedText] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    starts: list[int] = field(default_factory=lambda: [0])
    end_of_body: int = 0

    def add(self, kind: Kind, sourced: SourcedText, section: int) -> Block:
        """Append a block to the text and return it with its offsets."""
        if self.blocks:
            separator = SourcedText.inserted(_separator(self.blocks[-1].kind, kind))
            self.parts.append(separator)
            self.length += len(separator)
        block = Block(kind, self.length, self.length + len(sourced), section)
        self.parts.append(sourced)
        self.length += len(sourced)
        self.blocks.append(block)
        if kind not in (Kind.FOOTNOTE, Kind.SIGNATURE):
            self.end_of_body = block.end
        return block

    def add_title(self, title: SourcedText | None) -> None:
        if title is not None:
            self.add(Kind.HEADING, title, 0)

    def open_section(self, heading: SourcedText, level: int) -> None:
        """Begin the section of a heading, under the open headings of a lower level."""
        path = (*self.paths[-1][: level - 1], heading.text)
        self.paths.append(path)
        self.starts.append(self.length + (2 if self.blocks else 0))
        self.add(Kind.HEADING, heading, len(self.paths) - 1)

    def reopen_section(self, path: tuple[str, ...]) -> None:
        """Begin a section without a heading of its own in the text."""
        self.paths.append(path)
        self.starts.append(self.length + (2 if self.blocks else 0))

    def whole(self) -> SourcedText:
        return join(self.parts)

    def finished_sections(self, length: int) -> tuple[Section, ...]:
        ends = [*(max(0, start - 2) for start in self.starts[1:]), self.end_of_body]
        return tuple(
            Section(path, start, min(end, length))
            for path, start, end in zip(self.paths, self.starts, ends, strict=True)
        )


def _separator(before: Kind, after: Kind) -> str:
    """Return what separates two blocks: items come right under their introduction."""
    if after is Kind.LIST_ITEM and before in (Kind.LIST_ITEM, Kind.PARAGRAPH):
        return "\n"
    return "\n" if before is after is Kind.LETTERHEAD else "\n\n"


def _take_title(body: list[RawBlock], found: Metadata) -> tuple[SourcedText | None, list[RawBlock]]:
    """Take the title off a document without a head: its first heading, if above all others."""
    if found.title or not body or body[0].kind is not RawKind.HEADING:
        return None, body
    others = [block.depth for block in body[1:] if block.kind is RawKind.HEADING]
    if any(depth <= body[0].depth for depth in others):
        return None, body
    return body[0].sourced, body[1:]


def _add_body(draft: _Draft, body: Sequence[RawBlock]) -> None:
    headings = [block for block in body if block.kind is RawKind.HEADING]
    levels = iter(rank_headings(headings))
    open_: list[tuple[int, tuple[str, ...]]] = [(-1, ())]
    for block in body:
        if block.kind is RawKind.HEADING:
            draft.open_section(block.sourced, next(levels))
            while open_[-1][0] >= block.depth > 0:
                open_.pop()
            open_.append((block.depth, draft.paths[-1]))
            continue
        if block.depth and (block.label or open_[-1][0] >= block.depth):
            while open_[-1][0] >= block.depth:
                open_.pop()
            if block.label:
                open_.append((block.depth, (*open_[-1][1], block.label)))
            draft.reopen_section(open_[-1][1])
        sourced = join(block.lines, "\n") if block.kind is RawKind.TABLE else block.sourced
        draft.add(_KINDS[block.kind], sourced, len(draft.paths) - 1)


def _add_signatory(draft: _Draft, signatory: RawSignatory) -> Signatory:
    block = draft.add(Kind.SIGNATURE, join(signatory.lines, "\n"), 0)
    return Signatory(signatory.name, signatory.function, block.start, block.end)


def _add_footnotes(draft: _Draft, notes: Sequence[RawBlock]) -> list[Footnote]:
    """Append the footnotes to the text, each in the section of its mark."""
    anchors = _anchors(draft)
    footnotes = []
    for note in notes:
        anchor = anchors.get(note.label, [])
        offset = anchor.pop(0) if anchor else None
        section = _section_of(draft.blocks, offset) if offset else 0
        block = draft.add(Kind.FOOTNOTE, note.sourced, section)
        footnotes.append(Footnote(note.label, block.start, block.end, offset))
    return footnotes


def _section_of(blocks: Sequence[Block], offset: int) -> int:
    """Return the section of the block that holds the character before `offset`."""
    block = blocks[bisect_left(blocks, offset, key=lambda b: b.start) - 1]
    return block.section if block.start < offset <= block.end else 0


def _anchors(draft: _Draft) -> dict[str, list[int]]:
    """Return, for each footnote label, the offsets in the text where its mark was."""
    anchors: dict[str, list[int]] = {}
    offset = 0
    for part in draft.parts:
        for mark in part.marks:
            anchors.setdefault(mark.label, []).append(offset + mark.offset)
        offset += len(part)
    return anchors


def fill_empty(metadata: Metadata, known: Metadata) -> Metadata:
    """Return `metadata` with its empty fields taken from `known`."""
    values = ((field_.name, getattr(metadata, field_.name)) for field_ in fields(Metadata))
    empty = [name for name, value in values if not value or value is AuthorKind.UNKNOWN]
    return replace(metadata, **{name: getattr(known, name) for name in empty})
