"""HTML of a document and of the list of documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from search.quoting.permalinks import words_checksum
from search.records import (
    Block,
    Document,
    Dossier,
    Entry,
    Footnote,
    Kind,
    Metadata,
    MotionRecord,
    Section,
    Signatory,
    SourceMap,
    Span,
    Theme,
    ThemeOrigin,
    Vote,
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


def sentences_of(document: Document) -> list[Span]:
    """Return a sentence for each block but the headings."""
    return [Span(b.start, b.end) for b in document.blocks if b.kind is not Kind.HEADING]


def test_a_paragraphs_number_links_to_its_words(document: Document) -> None:
    block = document.blocks[2]
    words = document.text[block.start : block.end]
    href = (
        f"documenten?document=kst-12345-7&amp;van={block.start}&amp;tot={block.end}"
        f"&amp;proef={words_checksum(words)}"
    )
    assert (
        f'id="al-1" data-number="1"><a class="kw-anchor" href="{href}" data-kw-nav '
        'aria-label="Link naar alinea 1">1</a>Een'
    ) in reader_html(document)


def test_sentences_have_offsets_and_blocks_their_citation(
    document: Document,
) -> None:
    html = reader_html(document, sentences=sentences_of(document))
    item, note = document.blocks[4], document.footnotes[0]
    data = f'data-van="{item.start}" data-tot="{item.end}"'
    cited = f"{CITATION}, par. ‘Vee’"
    inner = f'<span class="kw-zin" {data}>1. schapen</span>'
    assert f'<li {data} data-citaat="{cited}">{inner}</li>' in html
    assert html.count('class="kw-zin"') == 7
    data = f'data-van="{note.start}" data-tot="{note.end}"'
    inner = f'<span class="kw-zin" {data}>Zie *daar*.</span>'
    assert (
        f'<span id="noot-0-tekst" {data} data-citaat="{CITATION}, par. ‘Inleiding’">{inner}</span>'
    ) in html
    assert "kw-zin" not in reader_html(document)


def test_a_mark_over_sentences_is_one_and_holds_them(document: Document) -> None:
    block = document.blocks[2]
    middle = block.start + len("Een <b>zin</b> ")
    parts = [Span(block.start, middle - 1), Span(middle, block.end)]
    html = reader_html(document, Span(block.start + 4, block.end), parts)
    opening = f'<span class="kw-zin" data-van="{block.start}" data-tot="{middle - 1}">'
    assert (
        f'{opening}Een </span><mark id="{TARGET}" tabindex="-1" data-kw-scroll>{opening}'
        "&lt;b&gt;zin&lt;/b&gt;</span> "
    ) in html
    assert html.count("<mark") == 1


def test_a_mark_of_a_footnote_is_described_by_the_footnote(document: Document) -> None:
    html = reader_html(document)
    assert 'aria-describedby="noot-0-tekst"' in html
    assert '<span id="noot-0-tekst">Zie *daar*.</span>' in html


def test_two_footnotes_at_one_word_both_have_their_mark(document: Document) -> None:
    first = document.footnotes[0]
    html = reader_html(replace(document, footnotes=(first, replace(first, mark="2"))))
    assert html.index('id="noot-0-plek"') < html.index('id="noot-1-plek"') < html.index("Vee</h3>")


def test_references_are_links_that_hold_no_other_link(document: Document) -> None:
    start = document.text.index("noot.")
    place = document.text.index("schapen")
    html = reader_html(
        document,
        references=[
            (Span(start, start + 5), "documenten?document=a&b", False),
            (Span(place, place + 7), "https://example.org/?a&b", True),
        ],
    )
    assert (
        '<a class="kw-ref" href="documenten?document=a&amp;b" data-kw-nav '
        'title="Lees dit document in Kamerwijzer">noot.</a><sup><a class="kw-note"'
    ) in html
    assert (
        '1. <a class="kw-ref" href="https://example.org/?a&amp;b" target="_blank" '
        'rel="noopener noreferrer" title="Officiële pagina (opent in een nieuw tabblad)">'
        "schapen</a></li>"
    ) in html


def test_the_marked_passage_has_its_bar_where_it_ends(document: Document) -> None:
    start, end = document.text.index("1. schapen"), document.text.index("geiten")
    html = reader_html(document, Span(start - 1, end), extra_actions=(Markup("<i>meer</i>"),))
    quoted = f"«1. schapen\n\n2.» ({CITATION}, par. ‘Vee’)"
    assert html.count("kw-marked") == html.count("kw-marked-name") * 2 == 2
    bar = html[html.index('<div class="kw-marked"') :]
    assert f'data-kw-copy="{quoted}"' in bar
    checksum = words_checksum("1. schapen\n\n2.")
    assert f"van={start}&amp;tot={end - 1}&amp;proef={checksum}" in bar
    assert "<li><i>meer</i></li></ul></div></li></ul>" in bar
    assert "kw-marked" not in reader_html(document, extra_actions=(Markup("<i>meer</i>"),))


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


def test_what_the_kamer_did_with_a_motion_is_marked_official() -> None:
    motion = MotionRecord(
        "2025Z03903",
        appreciation="Ontraden",
        decision="Verworpen.",
        date="2025-03-11",
        votes=(
            Vote("D66", "Voor", 9),
            Vote("<Vee>", "Tegen", 1, mistaken=True),
            Vote("VVD", "Tegen", 24),
        ),
    )
    entry = make_entry()
    html = about_html(
        replace(entry, metadata=replace(entry.metadata, motion=motion)), make_document()
    )
    for name, value in (
        ("Kabinetsappreciatie (officieel)", "Ontraden"),
        ("Besluit (officieel)", "Verworpen. (11 maart 2025)"),
        (
            "Stemming (officieel)",
            "Voor (9 zetels): D66. Tegen (25 zetels): &lt;Vee&gt; (bij vergissing), VVD",
        ),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in html
    assert "officieel" not in about_html(entry, make_document())


def test_the_reader_head_and_facts_are_escaped() -> None:
    html = title_html(make_entry()) + about_html(make_entry(), make_document())
    assert "<schapen>" not in html
    assert "<h1>Schapen &amp; geiten</h1>" in html
    assert "Tweede Kamer" in html
