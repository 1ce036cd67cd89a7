"""HTML of a document and of the list of documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.records import (
    Block,
    Document,
    Dossier,
    Entry,
    Footnote,
    Kind,
    Metadata,
    Section,
    Signatory,
    SourceMap,
    Span,
    Theme,
    ThemeOrigin,
)
from search.ui.catalogue import about_html, catalogue_html, title_html
from search.ui.reader import TARGET, outline_html, reader_html

METADATA = Metadata(
    title="Brief over <schapen>",
    subject="Schapen & geiten",
    kind="Brief regering",
    issuer="Kabinet",
    date="2021-03-24",
    url="https://example.org/a?b=1&c=2",
    licence="Publiek domein",
    chamber="II",
    vergaderjaar="2020-2021",
    dossiers=(Dossier("12345", "Vee"),),
    ondernummer="7",
)
CITATION = "Kamerstukken II 2020/21, 12345, nr. 7"


def make_document() -> Document:
    """Make a document with every kind of block."""
    parts = (
        (Kind.LETTERHEAD, "Vergaderjaar 2020–2021", 0),
        (Kind.HEADING, "Inleiding", 1),
        (Kind.PARAGRAPH, "Een <b>zin</b> met een noot.", 1),
        (Kind.HEADING, "Vee", 2),
        (Kind.LIST_ITEM, "1. schapen", 2),
        (Kind.LIST_ITEM, "2. geiten", 2),
        (Kind.HEADING, "Slot", 3),
        (Kind.PARAGRAPH, "Nog een alinea.", 3),
        (Kind.SIGNATURE, "De Minister,\nA. Naam", 3),
        (Kind.FOOTNOTE, "Zie *daar*.", 1),
    )
    text, blocks = "", []
    for kind, part, section in parts:
        blocks.append(Block(kind, len(text), len(text) + len(part), section))
        text += part + "\n\n"
    note = blocks[-1]
    return Document(
        id="kst-12345-7",
        path="kst-12345-7.md",
        text=text,
        metadata=METADATA,
        sections=(
            Section((), 0, 24),
            Section(("Inleiding",), 24, 60),
            Section(("Inleiding", "Vee"), 60, 100),
            Section(("Slot",), 100, len(text)),
        ),
        blocks=tuple(blocks),
        footnotes=(Footnote("1", note.start, note.end, blocks[2].end),),
        signatories=(Signatory("A. Naam", "Minister", blocks[8].start, blocks[8].end),),
        source_map=SourceMap(()),
    )


def make_entry() -> Entry:
    """Make the list's entry of the sample document."""
    themes = (Theme("landbouw", ThemeOrigin.ESTIMATED),)
    return Entry("kst-12345-7", "kst-12345-7.md", METADATA, CITATION, themes, 9, 1234)


@pytest.fixture
def document() -> Document:
    return make_document()


def test_text_is_escaped(document: Document) -> None:
    html = reader_html(document)
    assert "&lt;b&gt;zin&lt;/b&gt;" in html
    assert "*daar*" in html


def test_headings_nest_in_text_and_outline(document: Document) -> None:
    html = reader_html(document)
    heads = [b for b in document.blocks if b.kind is Kind.HEADING]
    assert f'<h2 id="kop-{heads[0].start}" tabindex="-1">Inleiding</h2>' in html
    assert f'<h3 id="kop-{heads[1].start}" tabindex="-1">Vee</h3>' in html
    assert outline_html(document) == (
        f'<ul><li><a href="#kop-{heads[0].start}">Inleiding</a>'
        f'<ul><li><a href="#kop-{heads[1].start}">Vee</a></li></ul></li>'
        f'<li><a href="#kop-{heads[2].start}">Slot</a></li></ul>'
    )


def test_paragraphs_are_numbered_and_items_are_one_list(document: Document) -> None:
    html = reader_html(document)
    assert 'data-number="1"' in html
    assert 'data-number="2"' in html
    assert '<ul class="kw-list"><li>1. schapen</li><li>2. geiten</li></ul>' in html


def test_footnotes_link_there_and_back(document: Document) -> None:
    html = reader_html(document)
    assert 'noot.<sup><a class="kw-note" id="noot-0-plek" href="#noot-0"' in html
    assert '<li id="noot-0" tabindex="-1">' in html
    assert 'href="#noot-0-plek"' in html
    assert html.index("Ondertekening") < html.index('id="noot-0"')


def test_a_footnote_without_a_place_has_no_way_back(document: Document) -> None:
    lost = replace(document.footnotes[0], anchor=None)
    html = reader_html(replace(document, footnotes=(lost,)))
    assert "plek" not in html
    assert "Zie *daar*." in html


def test_a_span_is_marked_over_blocks_with_one_target(document: Document) -> None:
    start = document.text.index("noot.")
    end = document.text.index("schapen") + 7
    html = reader_html(document, Span(start, end))
    assert html.count(f'id="{TARGET}"') == 1
    assert html.count("<mark") == 3
    assert "<mark>1. schapen</mark>" in html


def test_a_marked_footnote_is_the_target(document: Document) -> None:
    note = document.footnotes[0]
    html = reader_html(document, Span(note.start, note.end))
    assert f'<mark id="{TARGET}" tabindex="-1" data-kw-scroll>Zie *daar*.</mark>' in html


def test_a_span_of_white_space_marks_nothing(document: Document) -> None:
    start = document.blocks[0].end
    assert "<mark" not in reader_html(document, Span(start, start + 2))


def test_the_documents_own_title_is_no_heading(document: Document) -> None:
    titled = replace(document, metadata=replace(document.metadata, title="Inleiding"))
    assert "Inleiding" not in outline_html(titled)
    assert '<p class="kw-title">Inleiding</p>' in reader_html(titled)


def test_a_document_without_headings_has_no_outline(document: Document) -> None:
    bare = replace(document, blocks=tuple(b for b in document.blocks if b.kind is Kind.PARAGRAPH))
    assert "Inhoud" not in reader_html(bare)


def test_the_list_names_what_is_known() -> None:
    entry, document = make_entry(), make_document()
    html = catalogue_html([entry], {entry.id: document.signatories})
    for part in (
        "1 document, 1.234 woorden",
        "Schapen &amp; geiten",
        "Brief over &lt;schapen&gt;",
        "Brief regering · Kabinet · 24 maart 2021",
        "12345 (Vee)",
        "2020–2021",
        "A. Naam, Minister",
        "landbouw (geschat)",
        "Publiek domein",
        "9 passages",
    ):
        assert part in html


def test_the_reader_head_and_facts_are_escaped() -> None:
    html = title_html(make_entry()) + about_html(make_entry(), make_document())
    assert "<schapen>" not in html
    assert "<h1>Schapen &amp; geiten</h1>" in html
    assert "Tweede Kamer" in html
