"""HTML of one document: its outline, its text with footnotes, and the passage marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from search.citing import cite_in
from search.records import Block, Document, Footnote, Kind, Span
from search.ui.interleave import Inset, Layer, interleave
from search.ui.links import reader_link
from search.ui.selection import marked_html, toolbar_html

__all__ = ["TARGET", "TextLink", "outline_html", "reader_html"]

TARGET = "gemarkeerd"
"""Id of the place where the marked passage begins."""

TextLink = tuple[Span, str, bool]
"""A span of the text that names a document, its address, and whether that is on another site."""


@dataclass(slots=True)
class _Page:
    """A document while it is written: what to mark, and whether the first mark is placed."""

    document: Document
    span: Span | None
    sentences: Layer
    references: Layer
    selectable: bool
    """Whether page.js is told which sentences there are."""
    extra_actions: Sequence[str] = ()
    placed: bool = False
    number: int = 0
    notes: dict[int, str] = field(default_factory=dict)
    last_marked: int = -1
    """Where the last block or footnote begins that has something marked."""

    def __post_init__(self) -> None:
        for index, note in enumerate(self.document.footnotes):
            if note.anchor is not None:
                mark = _note_mark(index, note)
                self.notes[note.anchor] = self.notes.get(note.anchor, "") + mark
        runs: list[Block | Footnote] = [*self.document.blocks, *self.document.footnotes]
        marked = (run.start for run in runs if self._mark(run.start, run.end))
        self.last_marked = max(marked, default=-1)

    def inline(self, start: int, end: int) -> str:
        """Write a run of the text: footnote marks, the marked span, sentences, references."""
        marks = Layer()
        if marked := self._mark(start, end):
            attributes = "" if self.placed else f' id="{TARGET}" tabindex="-1" data-kw-scroll'
            self.placed = True
            marks = Layer((Inset(marked, f"<mark{attributes}>", "</mark>"),))
        text = self.document.text[start:end]
        return interleave(text, start, (marks, self.sentences, self.references), self.notes)

    def data(self, start: int, end: int, section: int) -> str:
        """Write the attributes that say where a block stands and how it is cited."""
        if not self.selectable:
            return ""
        return f' data-van="{start}" data-tot="{end}" data-citaat="{escape(self.cited(section))}"'

    def cited(self, section: int) -> str:
        """Give the citation of what stands in a section."""
        about = self.document.metadata
        return cite_in(self.document.id, about, self.document.sections[section].path)

    def bar(self, start: int) -> str:
        """Write the bar of the marked passage when it ends in the run that begins at `start`."""
        if self.span is None or start != self.last_marked:
            return ""
        text = self.document.text[self.span.start : self.span.end]
        first = self.span.start + len(text) - len(text.lstrip())
        text = text.strip()
        section = next((b.section for b in self.document.blocks if b.end > first), 0)
        href = reader_link(self.document.id, Span(first, first + len(text)), text)
        return marked_html(text, self.cited(section), href, self.extra_actions)

    def _mark(self, start: int, end: int) -> Span | None:
        """Give what is marked of a run, without the white space around it."""
        if self.span is None:
            return None
        first, last = max(start, self.span.start), min(end, self.span.end)
        text = self.document.text[first:last]
        if first >= last or not text.strip():
            return None
        first += len(text) - len(text.lstrip())
        return Span(first, first + len(text.strip()))


def reader_html(
    document: Document,
    span: Span | None = None,
    sentences: Sequence[Span] = (),
    references: Sequence[TextLink] = (),
    extra_actions: Sequence[str] = (),
) -> str:
    """Write a document whole, with its outline and with `span` marked.

    With its `sentences` any of them can be selected and quoted. `references` become links.
    `extra_actions` is ready HTML for the bar of the marked passage.
    """
    page = _Page(
        document,
        span,
        Layer(_sentence(each) for each in sentences),
        Layer(_link(each) for each in references),
        bool(sentences),
        extra_actions,
    )
    outline = outline_html(document)
    if outline and page.last_marked >= 0:
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
        f"</article>{toolbar_html(document.id)}</div>"
    )


def _sentence(span: Span) -> Inset:
    opening = f'<span class="kw-zin" data-van="{span.start}" data-tot="{span.end}">'
    return Inset(span, opening, "</span>")


def _link(reference: TextLink) -> Inset:
    span, href, elsewhere = reference
    # The words that say where a link leads stand in a title: text in the sentence would be copied
    # along with it.
    more = (
        ' target="_blank" rel="noopener noreferrer" '
        'title="Officiële pagina (opent in een nieuw tabblad)"'
        if elsewhere
        else ' data-kw-nav title="Lees dit document in Kamerwijzer"'
    )
    return Inset(span, f'<a class="kw-ref" href="{escape(href)}"{more}>', "</a>")


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
        items = "".join(
            f"<li{_data(page, b)}>{page.inline(b.start, b.end)}{page.bar(b.start)}</li>"
            for b in blocks
        )
        return f'<ul class="kw-list">{items}</ul>'
    if kind is Kind.LETTERHEAD:
        return f'<div class="kw-letterhead">{_lines(page, blocks)}</div>'
    if kind is Kind.SIGNATURE:
        lines = _lines(page, blocks)
        return f'<section class="kw-signature" aria-label="Ondertekening">{lines}</section>'
    return "".join(_block_html(page, block) + page.bar(block.start) for block in blocks)


def _lines(page: _Page, blocks: list[Block]) -> str:
    return "".join(
        f"<p{_data(page, b)}>{page.inline(b.start, b.end)}</p>{page.bar(b.start)}" for b in blocks
    )


def _data(page: _Page, block: Block) -> str:
    return page.data(block.start, block.end, block.section)


def _block_html(page: _Page, block: Block) -> str:
    inner, data = page.inline(block.start, block.end), _data(page, block)
    if block.kind is Kind.HEADING:
        if _is_title(page.document, block):
            return f'<p class="kw-title"{data}>{inner}</p>'
        level = min(_depth(page.document, block) + 1, 6)
        return f'<h{level} id="kop-{block.start}" tabindex="-1"{data}>{inner}</h{level}>'
    if block.kind is Kind.TABLE:
        return (
            f'<div class="kw-table" tabindex="0" role="region" aria-label="Tabel"{data}>'
            f"{inner}</div>"
        )
    page.number += 1
    span = Span(block.start, block.end)
    href = reader_link(page.document.id, span, page.document.text[block.start : block.end])
    return (
        f'<p class="kw-par" id="al-{page.number}" data-number="{page.number}"{data}>'
        f'<a class="kw-anchor" href="{escape(href)}" data-kw-nav '
        f'aria-label="Link naar alinea {page.number}">{page.number}</a>{inner}</p>'
    )


def _depth(document: Document, block: Block) -> int:
    return max(1, len(document.sections[block.section].path))


def _is_title(document: Document, block: Block) -> bool:
    """Tell whether a heading is the document's own name, which stands above the text already."""
    return document.text[block.start : block.end] == document.metadata.title


def _note_mark(index: int, note: Footnote) -> str:
    mark = escape(note.mark)
    return (
        f'<sup><a class="kw-note" id="noot-{index}-plek" href="#noot-{index}" '
        f'aria-label="Voetnoot {mark}" aria-describedby="noot-{index}-tekst">{mark}</a></sup>'
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
    sections = {b.start: b.section for b in page.document.blocks if b.kind is Kind.FOOTNOTE}
    for index, note in enumerate(page.document.footnotes):
        mark = escape(note.mark)
        back = (
            f'<a href="#noot-{index}-plek" aria-label="Terug naar voetnoot {mark} in de tekst">'
            f"{mark}</a>"
            if note.anchor is not None
            else mark
        )
        data = page.data(note.start, note.end, sections.get(note.start, 0))
        yield (
            f'<li id="noot-{index}" tabindex="-1"><span class="kw-note-mark">{back}</span> '
            f'<span id="noot-{index}-tekst"{data}>{page.inline(note.start, note.end)}</span>'
            f"{page.bar(note.start)}</li>"
        )
