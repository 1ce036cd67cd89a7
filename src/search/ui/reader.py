"""HTML of one document: its outline, its text with footnotes, and the passage marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from search.records import Block, Document, Footnote, Kind, Span
from search.ui.markup import annotate

__all__ = ["TARGET", "outline_html", "reader_html"]

TARGET = "gemarkeerd"
"""Id of the place where the marked passage begins."""


@dataclass(slots=True)
class _Page:
    """A document while it is written: what to mark, and whether the first mark is placed."""

    document: Document
    span: Span | None
    placed: bool = False
    number: int = 0

    def inline(self, start: int, end: int) -> str:
        """Write a run of the text with its footnote marks and the marked span."""
        marks = self._marks(start, end)
        attributes = ""
        if marks and not self.placed:
            self.placed = True
            attributes = f'id="{TARGET}" tabindex="-1" data-kw-scroll'
        inserts = {
            note.anchor: _note_mark(i, note)
            for i, note in enumerate(self.document.footnotes)
            if note.anchor is not None and start <= note.anchor <= end
        }
        return annotate(self.document.text[start:end], start, marks, inserts, attributes)

    def _marks(self, start: int, end: int) -> tuple[Span, ...]:
        if self.span is None:
            return ()
        first, last = max(start, self.span.start), min(end, self.span.end)
        return (self.span,) if self.document.text[first:last].strip() else ()


def reader_html(document: Document, span: Span | None = None) -> str:
    """Write a document whole, with its outline and with `span` marked."""
    page = _Page(document, span)
    outline = outline_html(document)
    if outline and span is not None:
        outline = f'<a class="kw-jump" href="#{TARGET}">Gemarkeerde passage</a>{outline}'
    aside = (
        f'<aside class="kw-aside"><nav aria-label="Inhoud">'
        f'<p class="kw-aside-title">Inhoud</p>{outline}</nav></aside>'
        if outline
        else ""
    )
    folded = (
        f'<details class="kw-folded"><summary>Inhoud</summary><nav aria-label="Inhoud">{outline}'
        "</nav></details>"
        if outline
        else ""
    )
    body = f"{_text_html(page)}{_notes_html(page)}"
    wide = "" if outline else " kw-single"
    return (
        f'<div class="kw kw-reader{wide}">{aside}{folded}'
        f'<article class="kw-text" lang="nl" aria-label="Tekst van het document">{body}'
        "</article></div>"
    )


def outline_html(document: Document) -> str:
    """Write the tree of headings as nested lists of links."""
    headings = [b for b in document.blocks if b.kind is Kind.HEADING and not _is_title(document, b)]
    pieces: list[str] = []
    depth = 0
    for block in headings:
        level = _depth(document, block)
        level = min(level, depth + 1)
        pieces.append("</li>" if level <= depth else "")
        pieces.append("</ul></li>" * (depth - level) if level < depth else "")
        pieces.append("<ul>" if level > depth else "")
        name = escape(document.text[block.start : block.end])
        pieces.append(f'<li><a href="#kop-{block.start}">{name}</a>')
        depth = level
    pieces.append("</li></ul>" * depth)
    return "".join(pieces)


def _text_html(page: _Page) -> str:
    """Write the running text: headings, numbered paragraphs, lists, tables, signatories."""
    blocks = [b for b in page.document.blocks if b.kind is not Kind.FOOTNOTE]
    return "".join(
        _group_html(page, kind, list(group))
        for kind, group in groupby(blocks, key=lambda b: b.kind)
    )


def _group_html(page: _Page, kind: Kind, blocks: list[Block]) -> str:
    if kind is Kind.LIST_ITEM:
        items = "".join(f"<li>{page.inline(b.start, b.end)}</li>" for b in blocks)
        return f'<ul class="kw-list">{items}</ul>'
    if kind is Kind.LETTERHEAD:
        lines = "".join(f"<p>{page.inline(b.start, b.end)}</p>" for b in blocks)
        return f'<div class="kw-letterhead">{lines}</div>'
    if kind is Kind.SIGNATURE:
        lines = "".join(f"<p>{page.inline(b.start, b.end)}</p>" for b in blocks)
        return f'<section class="kw-signature" aria-label="Ondertekening">{lines}</section>'
    return "".join(_block_html(page, block) for block in blocks)


def _block_html(page: _Page, block: Block) -> str:
    inner = page.inline(block.start, block.end)
    if block.kind is Kind.HEADING:
        if _is_title(page.document, block):
            return f'<p class="kw-title">{inner}</p>'
        level = min(_depth(page.document, block) + 1, 6)
        return f'<h{level} id="kop-{block.start}" tabindex="-1">{inner}</h{level}>'
    if block.kind is Kind.TABLE:
        return f'<div class="kw-table" tabindex="0" role="region" aria-label="Tabel">{inner}</div>'
    page.number += 1
    return f'<p class="kw-par" id="al-{page.number}" data-number="{page.number}">{inner}</p>'


def _depth(document: Document, block: Block) -> int:
    return max(1, len(document.sections[block.section].path))


def _is_title(document: Document, block: Block) -> bool:
    """Tell whether a heading is the document's own name, which stands above the text already."""
    return document.text[block.start : block.end] == document.metadata.title


def _note_mark(index: int, note: Footnote) -> str:
    mark = escape(note.mark)
    return (
        f'<sup><a class="kw-note" id="noot-{index}-plek" href="#noot-{index}" '
        f'aria-label="Voetnoot {mark}">{mark}</a></sup>'
    )


def _notes_html(page: _Page) -> str:
    items = "".join(_note_items(page))
    if not items:
        return ""
    return (
        '<section class="kw-notes" aria-labelledby="voetnoten">'
        f'<h2 id="voetnoten">Voetnoten</h2><ul>{items}</ul></section>'
    )


def _note_items(page: _Page) -> Iterator[str]:
    for index, note in enumerate(page.document.footnotes):
        mark = escape(note.mark)
        back = (
            f'<a href="#noot-{index}-plek" aria-label="Terug naar voetnoot {mark} in de tekst">'
            f"{mark}</a>"
            if note.anchor is not None
            else mark
        )
        yield (
            f'<li id="noot-{index}" tabindex="-1"><span class="kw-note-mark">{back}</span> '
            f"<span>{page.inline(note.start, note.end)}</span></li>"
        )
