"""The citatenlijst as Word, Markdown and CSV, read back by what others use to read them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search.exports.quote_list import (
    checked_csv,
    quotes_csv,
    quotes_docx,
    quotes_markdown,
    sources_of,
)
from search.reading.drafts import read_draft
from search.records import Hit, Kind, Metadata, Passage, Quote, Span, Theme, ThemeOrigin
from search.records.quotes import CheckedQuote, Difference, ListedQuote, QuoteMatch, Verdict

LETTER = "Kamerstukken II 2020/21, 29861, nr. 70, par. ‘Thema 4: Migratiebeleid’"
PAGE = "https://zoek.officielebekendmakingen.nl/kst-29861-70.html"
ODD = "\x00\x0b\ufffe\ud800<w:t>&amp; 𝐇"


def listed(
    text: str, note: str = "", *, citation: str = LETTER, url: str = PAGE, start: int = 100
) -> ListedQuote:
    """Put a text on the list."""
    quote = Quote(text, "kst-29861-70", start, start + len(text), citation)
    return ListedQuote(quote, Metadata(subject="Kabinetsreactie"), ("Thema 4",), url, note)


def opened(content: bytes) -> WordDocument:
    """Read a Word document."""
    return docx.Document(BytesIO(content))


def notes_part(document: WordDocument) -> tuple[Part, Any]:
    """Return the part with the footnotes, and its XML."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    return part, parse_xml(part.blob)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read CSV as a spreadsheet does."""
    assert content.startswith(b"\xef\xbb\xbf")
    text = StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def shown(markdown: str) -> list[str]:
    """Return the text of each block as a Markdown renderer shows it, without footnotes."""
    blocks = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        assert token.type not in ("html_block", "code_block", "fence", "hr", "table_open")
        assert token.type not in ("ordered_list_open", "bullet_list_open")
        if token.type == "inline":
            inner = token.children or []
            assert not {each.type for each in inner} - {
                "text",
                "text_special",
                "softbreak",
                "link_open",
                "link_close",
            }
            blocks.append("".join(" " if i.type == "softbreak" else i.content for i in inner))
    return blocks


# Word


def test_each_quote_is_a_paragraph_with_a_footnote_of_its_source() -> None:
    document = opened(quotes_docx([listed("Een."), listed("Twee.", url="")], "Mijn citaten"))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Mijn citaten",
        "«Een.»",
        "«Twee.»",
    ]
    part, root = notes_part(document)
    first, second = root.findall(qn("w:footnote"))[2:]
    assert "".join(t.text for t in first.iter(qn("w:t"))) == f" {LETTER}, {PAGE}"
    assert "".join(t.text for t in second.iter(qn("w:t"))) == f" {LETTER}"
    (link,) = root.iter(qn("w:hyperlink"))
    assert "".join(t.text for t in link.iter(qn("w:t"))) == PAGE
    relation = part.rels[link.get(qn("r:id"))]
    assert relation.is_external
    assert relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    assert relation.target_ref == PAGE


def test_references_and_footnotes_have_the_same_numbers() -> None:
    document = opened(quotes_docx([listed(f"Zin {n}.") for n in range(3)]))
    references = [each.get(qn("w:id")) for each in document.element.iter(qn("w:footnoteReference"))]
    _, root = notes_part(document)
    numbers = [note.get(qn("w:id")) for note in root.findall(qn("w:footnote"))]
    assert references == ["1", "2", "3"]
    assert numbers == ["-1", "0", "1", "2", "3"]
    for note in root.findall(qn("w:footnote"))[2:]:
        assert len(list(note.iter(qn("w:footnoteRef")))) == 1


def test_word_knows_the_separators_and_the_part() -> None:
    content = quotes_docx([listed("Een.")])
    document = opened(content)
    part, root = notes_part(document)
    assert part.content_type == CONTENT_TYPE.WML_FOOTNOTES
    kinds = [note.get(qn("w:type")) for note in root.findall(qn("w:footnote"))]
    assert kinds == ["separator", "continuationSeparator", None]
    settings = document.settings.element
    names = [child.tag.rpartition("}")[2] for child in settings]
    # The order is fixed by the schema: footnotePr stands before compat.
    assert names.index("characterSpacingControl") < names.index("footnotePr")
    assert names.index("footnotePr") < names.index("compat")
    declared = settings.find(qn("w:footnotePr")).findall(qn("w:footnote"))
    assert [each.get(qn("w:id")) for each in declared] == ["-1", "0"]
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        assert len(set(file.namelist())) == len(file.namelist())
        types = file.read("[Content_Types].xml").decode()
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                parse_xml(file.read(name))
    assert f'PartName="/word/footnotes.xml" ContentType="{CONTENT_TYPE.WML_FOOTNOTES}"' in types


def test_styles_that_are_used_are_there_under_words_own_names() -> None:
    document = opened(quotes_docx([listed("Een.", "notitie")]))
    _, root = notes_part(document)
    known = {style.style_id: style.name for style in document.styles}
    used = set()
    for tree in (root, document.element):
        for tag in ("w:pStyle", "w:rStyle"):
            used |= {each.get(qn("w:val")) for each in tree.iter(qn(tag))}
    assert {known[each] for each in used} == {
        "Heading 1",
        "footnote text",
        "footnote reference",
        "Hyperlink",
        "Notitie",
    }


def test_page_is_a4_and_dutch() -> None:
    document = opened(quotes_docx([], "Voor\x00 de krant"))
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert document.core_properties.author == "Kamerwijzer"
    assert document.core_properties.title == "Voor de krant"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    assert document.paragraphs[-1].text == "Uw citatenlijst is leeg."


def test_quote_of_two_paragraphs_has_one_footnote_and_its_note_stands_apart() -> None:
    document = opened(quotes_docx([listed("Een.\n\nTwee.", "Voor H2\nnavragen\n\nbellen")]))
    _, one, two, note, more = document.paragraphs
    assert [one.text, two.text] == ["«Een.", "Twee.»"]
    assert [note.text, more.text] == ["Notitie: Voor H2\nnavragen", "bellen"]
    assert [each.style.name for each in (one, two, note, more) if each.style] == [
        "Normal",
        "Normal",
        "Notitie",
        "Notitie",
    ]
    marks = [len(list(each._p.iter(qn("w:footnoteReference")))) for each in (one, two, note, more)]
    assert marks == [0, 1, 0, 0]


def test_any_text_fits_in_word() -> None:
    content = quotes_docx([listed(ODD, ODD, citation=ODD, url=f"https://x.nl/{ODD}")], ODD)
    assert read_draft("a.docx", content).split("\n\n") == [
        "<w:t>&amp; 𝐇",
        "«<w:t>&amp; 𝐇»",
        "Notitie: <w:t>&amp; 𝐇",
        "<w:t>&amp; 𝐇, https://x.nl/%00%0B%EF%BF%BE%3Cw:t%3E&amp;%20%F0%9D%90%87",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://", "http://[", "geen adres"])
def test_only_web_addresses_become_links(url: str) -> None:
    part, root = notes_part(opened(quotes_docx([listed("Een.", url=url)])))
    assert len(part.rels) == 0
    assert "".join(t.text for t in root.iter(qn("w:t"))) == f" {LETTER}, {url}"
    assert f"{LETTER}, {url}" in shown(quotes_markdown([listed("Een.", url=url)]))[-1]


def test_source_without_citation_is_named() -> None:
    assert "Kabinetsreactie" in shown(quotes_markdown([listed("Een.", citation="")]))[-1]


# Markdown


def test_markdown_has_quotes_notes_and_footnotes() -> None:
    text = quotes_markdown([listed("Een.\n\nTwee.", "Navragen"), listed("Drie.", url="")])
    citation = LETTER
    assert text == (
        "# Citatenlijst\n\n"
        "> «Een.\n>\n> Twee.»[^1]\n\n"
        "Notitie: Navragen\n\n"
        "> «Drie.»[^2]\n\n"
        f"[^1]: {citation}, <{PAGE}>\n\n"
        f"[^2]: Bron van het citaat: {citation}\n"
    )
    assert quotes_markdown([]) == "# Citatenlijst\n\nUw citatenlijst is leeg.\n"


@pytest.mark.parametrize(
    "text",
    [
        "*vet* _cur_ `code` [link](x) ![p](y) <b>html</b> &amp; &copy; ~~weg~~ | a | b |",
        "a\\b \\* <https://x.nl> [^1] [^1]: x $x$ ^2^ ==m== 'a' \"b\" -- ... @nr #12",
    ],
)
def test_renderer_shows_the_very_words(text: str) -> None:
    marked = quotes_markdown([listed(text, text, citation=text, url="")])
    assert shown(marked) == [
        "Citatenlijst",
        f"«{text}»[^1]",
        f"Notitie: {text}",
        f"[^1]: Bron van het citaat: {text}",
    ]


@pytest.mark.parametrize(
    "start",
    [
        "# kop",
        "- punt",
        "+ punt",
        "* punt",
        "1. een",
        "12) twee",
        "> citaat",
        "---",
        "===",
        "```",
        "    code",
        "[a]: b",
        ": uitleg",
        "|a|b|",
        "2021.",
        "-",
    ],
)
def test_second_paragraph_is_no_list_heading_or_code(start: str) -> None:
    assert shown(quotes_markdown([listed(f"Een\n\n{start}", f"Een\n\n{start}")]))[1:5] == [
        "«Een",
        f"{start.strip()}»[^1]",
        "Notitie: Een",
        start.strip(),
    ]


@pytest.mark.parametrize("citation", ["Bron", 'Bron "titel"', "Bron (titel)", "(titel)"])
@pytest.mark.parametrize("url", ["", PAGE])
def test_footnote_is_no_definition_of_a_link(citation: str, url: str) -> None:
    assert citation in shown(quotes_markdown([listed("Een.", citation=citation, url=url)]))[-1]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1))
def test_renderer_shows_any_text(text: str) -> None:
    blocks = shown(quotes_markdown([listed(f"{text}\n\nx{text}\n\n{text}x")]))
    assert " ".join(blocks[1:-1]).split() == (
        [*f"«{text}".split(), *f"x{text}".split(), *f"{text}x»[^1]".split()]
    )


# CSV


def test_csv_has_a_row_for_each_quote() -> None:
    text = 'Een; "twee"\n\ndrie'
    rows = rows_of(quotes_csv([listed(text, "let op"), listed("Vier.", start=0)]))
    assert rows[0] == {
        "Nr.": "1",
        "Citaat": text,
        "Vindplaats": LETTER,
        "Notitie": "let op",
        "Document": "kst-29861-70",
        "Adres": PAGE,
        "Begin": "100",
        "Einde": "117",
    }
    assert [row["Nr."] for row in rows] == ["1", "2"]
    assert (rows[1]["Begin"], rows[1]["Einde"]) == ("0", "5")


@pytest.mark.parametrize("hostile", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", " =1+1", "\n=x"])
def test_formula_does_not_run_in_a_spreadsheet(hostile: str) -> None:
    quote = listed(hostile, hostile, citation=hostile, url=hostile)
    (row,) = rows_of(quotes_csv([quote]))
    assert {row[name] for name in ("Citaat", "Vindplaats", "Notitie", "Adres")} == {f"'{hostile}"}
    (row,) = rows_of(checked_csv([CheckedQuote(hostile, 0, 4, Verdict.ABSENT, ())]))
    assert row["Citaat"] == f"'{hostile}"


# A draft's quotes


def matched(text: str, start: int, *differences: Difference, name: str = "") -> QuoteMatch:
    """Find a quote in a letter."""
    quote = Quote(text, "kst-1-2", start, start + len(text), f"Bron {start}")
    place = (Span(start, start + len(text)),)
    return QuoteMatch(quote, Metadata(subject=name), (), PAGE, place, differences)


def test_checked_quotes_say_what_differs() -> None:
    #        0123456789012345678901234567890
    typed = "Het kabinet wil snel een Staat."
    theirs = "Het kabinet zal\neen jaarlijkse Staat."
    # In the document it begins at 1000: "zal" at 1012, "jaarlijkse" at 1020.
    match = matched(
        theirs,
        1000,
        Difference(Span(12, 15), Span(1012, 1015)),
        Difference(Span(16, 21), Span(1016, 1016)),
        Difference(Span(25, 25), Span(1020, 1031)),
        name="Kabinetsreactie",
    )
    (row,) = rows_of(checked_csv([CheckedQuote(typed, 7, 38, Verdict.NEAR, (match,))]))
    assert row == {
        "Nr.": "1",
        "Citaat": typed,
        "Oordeel": "bijna woordelijk",
        "Bron": "Kabinetsreactie",
        "Vindplaats": "Bron 1000",
        "Woorden in de bron": theirs,
        "Verschillen": "«wil» → «zal»; toegevoegd «snel»; weggelaten «jaarlijkse»",
        "Adres": PAGE,
        "Dichtstbijzijnd": "",
    }


def test_each_place_of_a_quote_has_a_row_and_an_absent_one_names_the_nearest() -> None:
    passage = Passage(
        id=0,
        document="kst-3-4",
        start=0,
        end=4,
        text="Iets",
        kind=Kind.PARAGRAPH,
        section=(),
        theme=Theme("", ThemeOrigin.ESTIMATED),
        sentences=(),
    )
    hit = Hit(1, 1.0, passage, Metadata(), "Bron Z", "https://z.nl")
    rows = rows_of(
        checked_csv(
            [
                CheckedQuote("Een", 0, 3, Verdict.EXACT, (matched("Een", 5), matched("Een", 9))),
                CheckedQuote("Twee", 9, 13, Verdict.ABSENT, (), hit),
                CheckedQuote("Drie", 20, 24, Verdict.ABSENT, ()),
            ]
        )
    )
    assert [(row["Nr."], row["Oordeel"], row["Vindplaats"]) for row in rows] == [
        ("1", "woordelijk", "Bron 5"),
        ("1", "woordelijk", "Bron 9"),
        ("2", "niet gevonden", ""),
        ("3", "niet gevonden", ""),
    ]
    assert [row["Bron"] for row in rows] == ["kst-1-2", "kst-1-2", "", ""]
    assert [row["Dichtstbijzijnd"] for row in rows] == ["", "", "Bron Z", ""]
    assert {row["Adres"] for row in rows[2:]} == {""}


# Bibliography


def test_quotes_become_sources_in_the_same_order() -> None:
    first, second = sources_of([listed("Een.", "let op"), listed("Twee.")])
    assert (first.document, first.quote, first.note) == ("kst-29861-70", "Een.", "let op")
    assert first.metadata.subject == "Kabinetsreactie"
    assert first.section == ("Thema 4",)
    assert (second.quote, second.note) == ("Twee.", "")
