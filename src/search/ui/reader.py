"""HTML of one document: its outline, its text with footnotes, and the passage marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

from search.citing import cite_in
from search.records import Block, Document, Footnote, Kind, Span
from search.ui.interleave import Layer, SpanElement, interleave, trim
from search.ui.links import reader_link
from search.ui.selection import marked_html, toolbar_html

__all__ = ["TARGET", "TextLink", "outline_html", "reader_html"]

TARGET = "gemarkeerd"
"""Id of the element at which the marked passage begins."""

TextLink = tuple[Span, str, bool]
"""A span of the text that names a document, its address, and whether that is on another site."""


@dataclass(slots=True)
class _ReaderPage:
    """A document while its HTML is written: what to mark, and whether the first mark is placed."""

    document: Document
    span: Span | None
    sentences: Layer
    references: Layer
    selectable: bool
    """Whether page.js is told which sentences there are."""
    extra_actions: Sequence[Markup] = ()
    placed: bool = False
    number: int = 0
    notes: dict[int, Markup] = field(default_factory=dict)
    last_marked: int = -1
    """Where the last block or footnote begins that has something marked."""

    def __post_init__(self) -> None:
        for index, note in enumerate(self.document.footnotes):
            if note.anchor is not None:
                mark = _note_mark(index, note)
                self.notes[note.anchor] = self.notes.get(note.anchor, Markup()) + mark
        runs: list[Block | Footnote] = [*self.document.blocks, *self.document.footnotes]
        marked = (run.start for run in runs if self._mark(run.start, run.end))
        self.last_marked = max(marked, default=-1)

    def inline(self, start: int, end: int) -> Markup:
        """Return a run of the text: footnote marks, the marked span, sentences, references."""
        marks = Layer()
        if marked := self._mark(start, end):
            opening = Markup("<mark>")
            if not self.placed:
                opening = Markup('<mark id="{}" tabindex="-1" data-kw-scroll>').format(TARGET)
            self.placed = True
            marks = Layer((SpanElement(marked, opening, Markup("</mark>")),))
        text = self.document.text[start:end]
        return interleave(text, start, (marks, self.sentences, self.references), self.notes)

    def data(self, start: int, end: int, section: int) -> Markup:
        """Return the attributes that say where a block is and how it is cited."""
        if not self.selectable:
            return Markup()
        attributes = Markup(' data-van="{}" data-tot="{}" data-citaat="{}"')
        return attributes.format(start, end, self.citation(section))

    def citation(self, section: int) -> str:
        """Return the citation of what is in a section."""
        metadata = self.document.metadata
        return cite_in(self.document.id, metadata, self.document.sections[section].path)

    def bar(self, start: int) -> Markup:
        """Return the bar of the marked passage when it ends in the run that begins at `start`."""
        if self.span is None or start != self.last_marked:
            return Markup()
        span = trim(self.span, self.document.text, 0)
        text = self.document.text[span.start : span.end]
        section = next((b.section for b in self.document.blocks if b.end > span.start), 0)
        href = reader_link(self.document.id, span, text)
        return marked_html(text, self.citation(section), href, self.extra_actions)

    def _mark(self, start: int, end: int) -> Span | None:
        """Return the marked part of a run, without the white space around it."""
        if self.span is None:
            return None
        marked = trim(self.span, self.document.text[start:end], start)
        return marked if marked.start < marked.end else None


def reader_html(
    document: Document,
    span: Span | None = None,
    sentences: Sequence[Span] = (),
    references: Sequence[TextLink] = (),
    extra_actions: Sequence[Markup] = (),
) -> Markup:
    """Return a document whole, with its outline and with `span` marked.

    With its `sentences` any of them can be selected and quoted. `references` become links.
    `extra_actions` are added to the bar of the marked passage.
    """
    page = _ReaderPage(
        document,
        span,
        Layer(_sentence(each) for each in sentences),
        Layer(_link(each) for each in references),
        bool(sentences),
        extra_actions,
    )
    outline = outline_html(document)
    return Markup(
        '<div class="kw kw-reader{wide}">{outline}'
        '<article class="kw-text" lang="nl" aria-label="Tekst van het document">{text}{notes}'
        "</article>{toolbar}</div>"
    ).format(
        wide="" if outline else " kw-single",
        outline=_contents_html(outline, marked=page.last_marked >= 0),
        text=_text_html(page),
        notes=_notes_html(page),
        toolbar=toolbar_html(document.id),
    )


def _contents_html(outline: Markup, *, marked: bool) -> Markup:
    """Return the outline twice: beside the text, and folded above it for a narrow screen."""
    if not outline:
        return outline
    if marked:
        jump = Markup('<a class="kw-jump" href="#{}">Gemarkeerde passage</a>').format(TARGET)
        outline = jump + outline
    return Markup(
        '<aside class="kw-aside"><nav aria-label="Inhoud">'
        '<p class="kw-aside-title">Inhoud</p>{outline}</nav></aside>'
        '<details class="kw-folded"><summary>Inhoud</summary><nav aria-label="Inhoud">{outline}'
        "</nav></details>"
    ).format(outline=outline)


def _sentence(span: Span) -> SpanElement:
    # Of a long document there are thousands: `%` takes a third of the time of `format`.
    opening = Markup('<span class="kw-zin" data-van="%d" data-tot="%d">') % (span.start, span.end)
    return SpanElement(span, opening, Markup("</span>"))


def _link(reference: TextLink) -> SpanElement:
    span, href, elsewhere = reference
    # Where a link leads is said in its title: text in the sentence would be copied along with it.
    more = (
        Markup(
            ' target="_blank" rel="noopener noreferrer" '
            'title="Officiële pagina (opent in een nieuw tabblad)"'
        )
        if elsewhere
        else Markup(' data-kw-nav title="Lees dit document in Kamerwijzer"')
    )
    opening = Markup('<a class="kw-ref" href="{}"{}>').format(href, more)
    return SpanElement(span, opening, Markup("</a>"))


def outline_html(document: Document) -> Markup:
    """Return the tree of headings as nested lists of links."""
    headings = [b for b in document.blocks if b.kind is Kind.HEADING and not _is_title(document, b)]
    html = Markup()
    depth = 0
    for block in headings:
        level = min(_depth(document, block), depth + 1)
        html += Markup("</li>") if level <= depth else ""
        html += Markup("</ul></li>") * (depth - level)
        html += Markup("<ul>") if level > depth else ""
        name = document.text[block.start : block.end]
        html += Markup('<li><a href="#kop-{}">{}</a>').format(block.start, name)
        depth = level
    return html + Markup("</li></ul>") * depth


def _text_html(page: _ReaderPage) -> Markup:
    """Return the running text: headings, numbered paragraphs, lists, tables, signatories."""
    blocks = [b for b in page.document.blocks if b.kind is not Kind.FOOTNOTE]
    return Markup().join(
        _group_html(page, kind, group) for kind, group in groupby(blocks, key=lambda b: b.kind)
    )


def _group_html(page: _ReaderPage, kind: Kind, blocks: Iterable[Block]) -> Markup:
    if kind is Kind.LIST_ITEM:
        item = Markup("<li{}>{}{}</li>")
        items = (
            item.format(_data(page, b), page.inline(b.start, b.end), page.bar(b.start))
            for b in blocks
        )
        return Markup('<ul class="kw-list">{}</ul>').format(Markup().join(items))
    if kind is Kind.LETTERHEAD:
        return Markup('<div class="kw-letterhead">{}</div>').format(_lines(page, blocks))
    if kind is Kind.SIGNATURE:
        return Markup(
            '<section class="kw-signature" aria-label="Ondertekening">{}</section>'
        ).format(_lines(page, blocks))
    return Markup().join(_block_html(page, block) + page.bar(block.start) for block in blocks)


def _lines(page: _ReaderPage, blocks: Iterable[Block]) -> Markup:
    line = Markup("<p{}>{}</p>{}")
    return Markup().join(
        line.format(_data(page, b), page.inline(b.start, b.end), page.bar(b.start)) for b in blocks
    )


def _data(page: _ReaderPage, block: Block) -> Markup:
    return page.data(block.start, block.end, block.section)


def _block_html(page: _ReaderPage, block: Block) -> Markup:
    text, data = page.inline(block.start, block.end), _data(page, block)
    if block.kind is Kind.HEADING:
        if _is_title(page.document, block):
            return Markup('<p class="kw-title"{}>{}</p>').format(data, text)
        level = min(_depth(page.document, block) + 1, 6)
        heading = Markup('<h{level} id="kop-{start}" tabindex="-1"{data}>{text}</h{level}>')
        return heading.format(level=level, start=block.start, data=data, text=text)
    if block.kind is Kind.TABLE:
        return Markup(
            '<div class="kw-table" tabindex="0" role="region" aria-label="Tabel"{}>{}</div>'
        ).format(data, text)
    page.number += 1
    span = Span(block.start, block.end)
    return Markup(
        '<p class="kw-par" id="al-{number}" data-number="{number}"{data}>'
        '<a class="kw-anchor" href="{href}" data-kw-nav '
        'aria-label="Link naar alinea {number}">{number}</a>{text}</p>'
    ).format(
        number=page.number,
        data=data,
        href=reader_link(page.document.id, span, page.document.text[block.start : block.end]),
        text=text,
    )


def _depth(document: Document, block: Block) -> int:
    return max(1, len(document.sections[block.section].path))


def _is_title(document: Document, block: Block) -> bool:
    """Return whether a heading is the document's own name, which is above the text already."""
    return document.text[block.start : block.end] == document.metadata.title


def _note_mark(index: int, note: Footnote) -> Markup:
    return Markup(
        '<sup><a class="kw-note" id="noot-{index}-plek" href="#noot-{index}" '
        'aria-label="Voetnoot {mark}" aria-describedby="noot-{index}-tekst">{mark}</a></sup>'
    ).format(index=index, mark=note.mark)


def _notes_html(page: _ReaderPage) -> Markup:
    items = Markup().join(_note_items(page))
    if not items:
        return items
    return Markup(
        '<section class="kw-notes" aria-labelledby="voetnoten">'
        '<h2 id="voetnoten">Voetnoten</h2><ul>{}</ul></section>'
    ).format(items)


def _note_items(page: _ReaderPage) -> Iterator[Markup]:
    sections = {b.start: b.section for b in page.document.blocks if b.kind is Kind.FOOTNOTE}
    back = Markup(
        '<a href="#noot-{index}-plek" aria-label="Terug naar voetnoot {mark} in de tekst">'
        "{mark}</a>"
    )
    for index, note in enumerate(page.document.footnotes):
        anchored = note.anchor is not None
        yield Markup(
            '<li id="noot-{index}" tabindex="-1"><span class="kw-note-mark">{mark}</span> '
            '<span id="noot-{index}-tekst"{data}>{text}</span>{bar}</li>'
        ).format(
            index=index,
            mark=back.format(index=index, mark=note.mark) if anchored else note.mark,
            data=page.data(note.start, note.end, sections.get(note.start, 0)),
            text=page.inline(note.start, note.end),
            bar=page.bar(note.start),
        )
