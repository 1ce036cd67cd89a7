"""Word documents: what is read, and what is refused."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from time import monotonic
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree

from search.errors import ReadingError
from search.labels.dialogue import statements_of
from search.labels.statements import Statement
from search.passages import make_passages
from search.quoting import fault_of
from search.reading import read_document, read_source
from search.reading.contents import Contents
from search.reading.office.docx import read_docx
from search.reading.raw_blocks import RawKind, Style
from search.records import Document, Kind, Limits, Span

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def word(body: str, **parts: str) -> bytes:
    """Pack a Word file of the XML within its body and within its other parts, by their names."""
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "header": "hdr",
    }
    names = f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"'
    related = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
        for name in roots
    )
    texts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}'
        f'/officeDocument" Target="word/document.xml"/><Relationship Id="b" Type="{PACKAGE}'
        '/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}'
        "</Relationships>",
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{CORE}" '
        f'xmlns:d="http://purl.org/dc/elements/1.1/">{parts.pop("core", "")}</c:coreProperties>',
    }
    for name, inner in parts.items():
        texts[f"word/{name}.xml"] = f"<w:{roots[name]} {names}>{inner}</w:{roots[name]}>"
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, text in texts.items():
            file.writestr(name, text)
    return out.getvalue()


def r(text: str, look: str = "", inner: str = "") -> str:
    """Write a run; `look` holds its properties and `inner` what follows its text."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t>{inner}</w:r>'


def p(*runs: str, style: str = "", inner: str = "") -> str:
    """Write a paragraph with the id of a style and further properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{inner}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Write a table of rows of cells, each the XML of its paragraphs."""
    written = "".join(
        f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{written}</w:tbl>"


BOLD, ITALIC, RAISED = "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>'
BREAK = "<w:br/>"
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'


def contents(content: bytes) -> Contents:
    return read_docx(content, "a.docx", Limits())


def blocks(content: bytes) -> list[tuple[RawKind, str]]:
    """Return the kind and the text of each block."""
    return [(block.kind, block.text) for block in contents(content).blocks]


def document(content: bytes, folder: Path) -> Document:
    """Read a file as a document, with all its text checked as one quote."""
    path = folder / "brief.docx"
    path.write_bytes(content)
    read = read_document(path, folder)
    assert fault_of(read, read_source(path), Span(0, len(read.text)), read.text) == ""
    return read


# What is read


def test_headings_come_from_styles_and_levels_and_from_what_styles_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="K1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="K2"><w:name w:val="Kop 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="E"><w:name w:val="Eigen"/><w:basedOn w:val="K2"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="O"><w:name w:val="Niveau"/><w:pPr>'
        '<w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    )
    body = (
        p(r("Titel"), style="T")
        + p(r("Een"), style="K1")
        + p(r("Twee"), style="K2")
        + p(r("Erft"), style="E")
        + p(r("Drie"), style="O")
        + p(r("Direct"), inner='<w:outlineLvl w:val="0"/>')
        + p(r("Gewoon"), style="K1", inner='<w:outlineLvl w:val="9"/>')
    )
    found = contents(word(body, styles=styles)).blocks
    assert [(b.text, b.depth) for b in found if b.kind is RawKind.HEADING] == [
        ("Titel", 1),
        ("Een", 2),
        ("Twee", 3),
        ("Erft", 3),
        ("Drie", 4),
        ("Direct", 2),
    ]
    assert [b.text for b in found if b.kind is RawKind.TEXT] == ["Gewoon"]


def test_line_that_is_bold_as_a_whole_is_a_heading() -> None:
    body = (
        p(r("Vet", BOLD), r("  "))
        + p(r("Vet en cursief", BOLD + ITALIC))
        + p(r("Cursief", ITALIC))
        + p(r("Half ", BOLD), r("vet"))
        + p(r("Een vette zin.", BOLD))
        + p(r("Uit", '<w:b w:val="0"/>'))
    )
    found = contents(word(body)).blocks
    assert [(b.text, b.style) for b in found if b.kind is RawKind.HEADING] == [
        ("Vet", Style.BOLD),
        ("Vet en cursief", Style.BOLD_ITALIC),
        ("Cursief", Style.ITALIC),
    ]


def test_bold_of_a_style_counts_and_bold_twice_is_not_bold() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="Vet"/><w:rPr><w:b/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name '
        'w:val="Normal"/></w:style><w:style w:type="character" w:styleId="S"><w:name '
        'w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    strong = '<w:rStyle w:val="S"/>'
    body = p(r("Kop"), style="V") + p(r("Sterk", strong)) + p(r("Weer niet", strong), style="V")
    assert blocks(word(body, styles=styles)) == [
        (RawKind.HEADING, "Kop"),
        (RawKind.HEADING, "Sterk"),
        (RawKind.TEXT, "Weer niet"),
    ]


def test_bold_first_line_is_the_heading_of_what_follows_the_break() -> None:
    body = p(r("Aanleiding", BOLD, BREAK), r("In het debat is gevraagd."))
    assert blocks(word(body)) == [
        (RawKind.HEADING, "Aanleiding"),
        (RawKind.TEXT, "In het debat is gevraagd."),
    ]


def test_bold_lines_rank_below_headings_by_style(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="K{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2)
    )
    body = (
        p(r("Een"), style="K1")
        + p(r("Twee"), style="K2")
        + p(r("Vet", BOLD))
        + p(r("Tekst."))
        + p(r("Drie"), style="K1")
        + p(r("Slot."))
    )
    read = document(word(body, styles=styles), tmp_path)
    assert [s.path for s in read.sections[1:]] == [
        ("Een",),
        ("Een", "Twee"),
        ("Een", "Twee", "Vet"),
        ("Drie",),
    ]


def test_items_of_lists_come_by_number_property_and_by_style() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List"/><w:pPr>{ITEM}</w:pPr>'
        "</w:style>"
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p(r("Eerst:"))
        + p(r("een"), inner=ITEM)
        + p(r("twee"), style="L")
        + p(r("geen punt."), style="L", inner=off)
    )
    assert [kind for kind, _ in blocks(word(body, styles=styles))] == [
        RawKind.TEXT,
        RawKind.LIST_ITEM,
        RawKind.LIST_ITEM,
        RawKind.TEXT,
    ]


def test_rows_of_a_table_are_lines_and_cells_are_separated_by_tabs(tmp_path: Path) -> None:
    body = p(r("Vooraf staat dit.")) + table(
        (p(r("Jaar")), p(r("Aantal"))),
        (p(r("2021")), p(r("drie")) + p(r("of vier"))),
        (p(), p(r("niets"))),
    )
    read = document(word(body), tmp_path)
    found = [read.text[b.start : b.end] for b in read.blocks if b.kind is Kind.TABLE]
    assert found == ["Jaar\tAantal\n2021\tdrie of vier\n\tniets"]


def test_table_that_only_lays_out_text_is_text() -> None:
    inner = table((p(r("binnen")), p(r("in rij"))))
    body = table((p(r("Alinea een.")) + p(r("Alinea twee.")) + inner + p(r("Daarna.")),))
    assert blocks(word(body)) == [
        (RawKind.TEXT, "Alinea een."),
        (RawKind.TEXT, "Alinea twee."),
        (RawKind.TABLE, "binnen in rij"),
        (RawKind.TEXT, "Daarna."),
    ]


def test_footnotes_get_a_mark_where_they_are_referred_to(tmp_path: Path) -> None:
    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{p(r(text))}{p(r("Tweede alinea."))}</w:{kind}>'

    def refer(kind: str, number: int) -> str:
        return f'<w:{kind}Reference w:id="{number}"/>'

    body = p(r("Dit staat vast", inner=refer("footnote", 7)), r(" en dat ook.")) + p(
        r("Een slot", inner=refer("endnote", 2)), r(".", inner=refer("footnote", 3))
    )
    notes = note("footnote", 3, "Noot drie.") + note("footnote", 7, "Noot zeven.")
    content = word(body, footnotes=notes, endnotes=note("endnote", 2, "Eindnoot."))
    read = document(content, tmp_path)
    assert [(n.mark, read.text[n.start : n.end]) for n in read.footnotes] == [
        ("1", "Noot zeven. Tweede alinea."),
        ("i", "Eindnoot. Tweede alinea."),
        ("2", "Noot drie. Tweede alinea."),
    ]
    before = [read.text[: n.anchor] for n in read.footnotes]
    assert before == [
        "Dit staat vast",
        "Dit staat vast en dat ook.\n\nEen slot",
        "Dit staat vast en dat ook.\n\nEen slot.",
    ]
    assert contents(content).source.split("\n\n")[2:] == [
        "Noot zeven.",
        "Tweede alinea.",
        "Eindnoot.",
        "Tweede alinea.",
        "Noot drie.",
        "Tweede alinea.",
    ]


def test_mark_after_a_line_break_is_not_lost(tmp_path: Path) -> None:
    body = p(r("Een regel", inner=BREAK + '<w:footnoteReference w:id="1"/>'), r("en nog een."))
    notes = f'<w:footnote w:id="1">{p(r("Noot."))}</w:footnote>'
    read = document(word(body, footnotes=notes), tmp_path)
    assert read.footnotes[0].anchor in (9, 10)


def test_soft_hyphens_are_dropped_and_no_break_spaces_stay(tmp_path: Path) -> None:
    body = p(r("beleids\u00adbrief", inner="<w:softHyphen/>"), r("en van 5\u00a0mei"))
    assert document(word(body), tmp_path).text == "beleidsbriefen van 5\u00a0mei"


def test_deletions_comments_and_field_codes_are_left_out() -> None:
    body = p(
        r("Zij zei "),
        "<w:del><w:r><w:delText>nooit</w:delText></w:r></w:del>",
        f"<w:ins>{r('altijd ')}</w:ins>",
        '<w:r><w:commentReference w:id="1"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        f"<w:hyperlink>{r('het adres')}</w:hyperlink>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    assert contents(word(body)).source == "Zij zei altijd het adres"


def test_text_box_follows_its_paragraph_and_header_is_no_text() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('In het vak.'))}</w:txbxContent>"
    box += "</v:textbox></w:pict></w:r>"
    body = p(r("Voor "), box, r("en na."))
    found = contents(word(body, header=p(r("Kop van de bladzijde"))))
    assert found.source == "Voor en na.\n\nIn het vak."
    assert [block.text for block in found.blocks] == ["Voor en na.", "In het vak."]


# What the head of a letter says


def letter(*body: str) -> str:
    """Write the letter of a ministry: its head in tables, then the paragraphs of its body."""
    colophon = "".join(
        p(r(line))
        for line in (
            "Directie Voorlichting",
            "Turfmarkt 147",
            "Contactpersoon",
            "T 070 370 79 11",
            "Onze referentie",
            "2024-0001234",
        )
    )
    head = table(
        (p(r("&gt; Retouradres Postbus 20301 2500 EH Den Haag")),),
        (p(r("Aan de Voorzitter van de Eerste Kamer")) + p(r("Postbus 20017")),),
        (p(r("Datum")), p(r("5 juli 2024"))),
        (p(r("Betreft")), p(r("Voortgang van de aanpak"))),
    )
    return head + table((colophon,)) + "".join(body)


def test_fields_of_the_head_become_metadata_and_stationery_is_no_text() -> None:
    found = contents(word(letter(p(r("Hierbij zend ik u de voortgang.")))))
    assert found.metadata.date == "2024-07-05"
    assert found.metadata.title == "Voortgang van de aanpak"
    assert found.metadata.chamber == "I"
    assert found.metadata.reference == "2024-0001234"
    assert found.source.split("\n\n") == [
        "Aan de Voorzitter van de Eerste Kamer",
        "Postbus 20017",
        "Datum",
        "5 juli 2024",
        "Betreft",
        "Voortgang van de aanpak",
        "Hierbij zend ik u de voortgang.",
    ]


def test_field_without_a_value_takes_no_other_fields_label() -> None:
    head = table((p(r("Ons kenmerk")) + p(r("Datum")) + p(r("8 mei 2023")),))
    found = contents(word(head + p(r("Tekst.")))).metadata
    assert (found.reference, found.date) == ("", "2023-05-08")


def test_contact_in_the_running_text_stays() -> None:
    cell = "".join(p(r(line)) for line in ("Vragen?", "Contactpersoon", "J. Jansen", "Den Haag"))
    body = p(r("Een brief.")) + table((cell,))
    assert "Contactpersoon" in contents(word(body)).source


def test_page_header_gives_fields_that_the_text_lacks() -> None:
    header = table((p(r("Datum")), p(r("25 juli 2024"))))
    found = contents(word(p(r("Geachte voorzitter,")), header=header))
    assert found.metadata.date == "2024-07-25"
    assert found.source == "Geachte voorzitter,"
    assert found.remarks == ()


def test_day_of_saving_is_the_date_of_the_file_only(tmp_path: Path) -> None:
    core = "<d:title>Nota</d:title><c:modified>2024-03-02T10:00:00Z</c:modified>"
    content = word(p(r("Zonder datum.")), core=core)
    found = contents(content).metadata
    assert (found.title, found.date, found.file_date) == ("Nota", "", "2024-03-02")
    assert any("2 maart 2024" in remark for remark in document(content, tmp_path).remarks)


# Questions and answers

HEADLINE = "Antwoorden van de minister van Financiën op vragen van het lid Jansen (XYZ) over rente."


def statements(read: Document) -> dict[str, Statement]:
    """Return the statements of a document by their text."""
    passages = make_passages(read, lambda texts: [len(text.split()) for text in texts])
    sentences = [(passage.section, s) for passage in passages for s in passage.sentences]
    return {s.text: s for s in statements_of(read, sentences)}


def test_marker_is_a_heading_also_as_first_line_of_its_question(tmp_path: Path) -> None:
    body = (
        p(r(HEADLINE, BOLD))
        + p(r("Vraag 1", BOLD, BREAK), r("Kent u de rente?", BOLD))
        + p(r("Antwoord op vraag 1", BOLD, BREAK), r("Ja, die ken ik."))
        + p(r("Vraag 2"))
        + p(r("Wat doet u daaraan", BOLD))
        + p(r("Antwoord"))
        + p(r("Kern", BOLD))
        + p(r("Niets."))
    )
    read = document(word(body), tmp_path)
    assert [s.heading for s in read.sections] == [
        "",
        HEADLINE,
        "Vraag 1",
        "Antwoord op vraag 1",
        "Vraag 2",
        "Antwoord",
        "Kern",
    ]
    found = statements(read)
    assert found["Ja, die ken ik."].question == "Kent u de rente?"
    assert found["Niets."].question == "Wat doet u daaraan"
    assert read.metadata.title == HEADLINE
    assert read.metadata.kind == "Antwoord op Kamervragen"
    assert read.metadata.issuer == "Minister van Financiën"
    assert read.metadata.subject == "Rente"
    assert read.metadata.askers == ("Jansen (XYZ)",)


def test_line_above_answers_continues_over_paragraphs(tmp_path: Path) -> None:
    body = (
        p(r("Een brief vooraf."))
        + p(r("Antwoorden van de staatssecretaris van Financiën op Kamervragen ", BOLD))
        + p(r("van de leden Jansen, Pietersen (XYZ) en De Vries (ABC) over de rente", BOLD))
        + p(r("Vraag 1"))
        + p(r("Klopt het?"))
        + p(r("Antwoord 1"))
        + p(r("Ja."))
    )
    read = document(word(body), tmp_path)
    assert read.metadata.issuer == "Staatssecretaris van Financiën"
    assert read.metadata.askers == ("Jansen (XYZ)", "Pietersen (XYZ)", "De Vries (ABC)")
    assert len(read.sections) == 4


def test_without_answers_a_line_about_answers_is_text() -> None:
    found = contents(word(p(r(HEADLINE)) + p(r("Dit is een bericht."))))
    assert found.metadata.kind == ""
    assert [block.kind for block in found.blocks] == [RawKind.TEXT, RawKind.TEXT]


def answered(*runs: str, after: str, **parts: str) -> bytes:
    """Write a question with an answer, followed by `after`."""
    body = p(r("Vraag 1")) + p(*runs) + p(r("Antwoord op vraag 1")) + p(r("Ja, dat klopt."))
    return word(body + after, **parts)


def test_numbered_sources_below_the_answers_are_footnotes_of_the_question(tmp_path: Path) -> None:
    raised = r("Kent u het bericht"), r("1", RAISED), r(" en het rapport 2)?")
    lists = (
        '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="4"/></w:num>'
    )
    typed = p(r("1) NOS, 6 maart 2024.")) + p(r("[2] Rapport van de raad."))
    items = p(r("NOS, 6 maart 2024."), inner=ITEM) + p(r("Rapport van de raad."), inner=ITEM)
    for content in (
        answered(*raised, after=typed),
        answered(*raised, after=items, numbering=lists),
    ):
        read = document(content, tmp_path)
        assert [(n.mark, read.text[n.start : n.end]) for n in read.footnotes] == [
            ("1)", "NOS, 6 maart 2024."),
            ("2)", "Rapport van de raad."),
        ]
        assert "Kent u het bericht en het rapport?" in read.text
        assert [read.text[: n.anchor or 0][-7:] for n in read.footnotes] == ["bericht", "rapport"]


@pytest.mark.parametrize(
    ("question", "after"),
    [
        ("Kent u het bericht?", "1) Eerst dit."),
        ("Kent u 1) het bericht 1)?", "1) Eerst dit."),
        ("Kent u het bericht 2)?", "2) Eerst dit."),
        ("Kent u het bericht 11)?", "1) Eerst dit."),
        ("Kent u het bericht 1)?", "1. Eerst dit."),
    ],
)
def test_numbers_that_may_be_something_else_stay_text(question: str, after: str) -> None:
    found = contents(answered(r(question), after=p(r(after))))
    assert not [block for block in found.blocks if block.kind is RawKind.FOOTNOTE]
    assert found.blocks[-1].text == after


def test_bullets_below_the_last_answer_stay_its_own() -> None:
    content = answered(r("Kent u het bericht 1)?"), after=p(r("Een punt"), inner=ITEM))
    assert blocks(content)[-1] == (RawKind.LIST_ITEM, "Een punt")


# What is refused


def test_other_kinds_and_too_much_are_refused_by_name() -> None:
    other = BytesIO()
    with ZipFile(other, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for content, part in (
        (b"", "is leeg"),
        (b"zomaar tekst", "geen Word-document"),
        (b"<html>", "HTML"),
        (b"%PDF-1.7", "een PDF"),
        (ole, "een ouder Word-bestand"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (other.getvalue(), "geen Word-document"),
        (word(p(r("a" * 3_000_000))), "onverwacht groot"),
        (word("<w:p>"), "beschadigd"),
    ):
        with pytest.raises(ReadingError, match=part) as refused:
            contents(content)
        assert str(refused.value).startswith("a.docx ")


def test_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim", "utf-8")
    for entity in ('"ha"', f'SYSTEM "{secret.as_uri()}"'):
        content = word(p(r("tekst")) + p(r("slot")))
        with ZipFile(BytesIO(content)) as file:
            parts = {name: file.read(name).decode() for name in file.namelist()}
        doctype = f"<!DOCTYPE d [<!ENTITY x {entity}>]>"
        parts["word/document.xml"] = doctype + parts["word/document.xml"].replace("slot", "&x;")
        out = BytesIO()
        with ZipFile(out, "w") as file:
            for name, text in parts.items():
                file.writestr(name, text)
        with pytest.raises(ReadingError, match="DTD") as refused:
            contents(out.getvalue())
        assert "geheim" not in str(refused.value)


def test_limits_are_kept() -> None:
    content = word(p(r("twaalf tekens")))
    assert read_docx(content, "a.docx", Limits(characters=13)).source == "twaalf tekens"
    with pytest.raises(ReadingError, match="13 tekens; hooguit 12"):
        read_docx(content, "a.docx", Limits(characters=12))
    with pytest.raises(ReadingError, match="onverwacht groot"):
        read_docx(content, "a.docx", Limits(unpacked=500))
    with pytest.raises(ReadingError, match="seconden"):
        read_docx(content, "a.docx", Limits(seconds=-1))


def test_boxes_in_boxes_with_open_fields_are_read_in_a_moment() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    body = p(r("diep"))
    for _ in range(40):
        body = p(start, f"<w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r>")
    began = monotonic()
    assert "diep" in contents(word(body)).source
    assert monotonic() - began < 2


def test_damage_raises_reading_errors_only() -> None:
    notes = f'<w:footnote w:id="1">{p(r("Noot."))}</w:footnote>'
    content = word(letter(p(r("a", inner='<w:footnoteReference w:id="1"/>'))), footnotes=notes)
    chance = random.Random(20240705)
    refused = 0
    for _ in range(400):
        damaged = bytearray(content)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        for _ in range(chance.randrange(1, 4) if damaged else 0):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        began = monotonic()
        try:
            contents(bytes(damaged))
        except ReadingError:
            refused += 1
        assert monotonic() - began < 2
    assert refused > 100


def changed(part: bytes, chance: random.Random) -> bytes:
    """Remove, move or rename some elements of a part."""
    root = etree.fromstring(part)
    for _ in range(chance.randrange(1, 4)):
        one, other = chance.choices([each for each in root.iter() if each is not root], k=2)
        way = chance.randrange(3)
        if way == 0 and len(root) > 1:
            one.getparent().remove(one)
        elif way == 1 and one not in other.iterancestors() and one is not other:
            other.append(one)
        else:
            one.tag = other.tag
    return bytes(etree.tostring(root))


@pytest.mark.slow
def test_changed_elements_never_raise_and_words_stay_in_order(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="1">{p(r("Noot."))}</w:footnote>'
    marked = r("Kent u dat 1)?", inner='<w:footnoteReference w:id="1"/>')
    content = word(
        letter(
            p(r(HEADLINE)),
            p(r("Vraag 1")),
            p(marked),
            p(r("Antwoord 1")),
            p(r("Ja", BOLD)),
            p(r("punt"), inner=ITEM),
            p(r("1) a")),
        ),
        footnotes=notes,
    )
    with ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    chance = random.Random(7)
    main = "word/document.xml"
    for _ in range(300):
        out = BytesIO()
        with ZipFile(out, "w") as file:
            for name, part in parts.items():
                file.writestr(name, changed(part, chance) if name == main else part)
        if any(block.text for block in contents(out.getvalue()).blocks):
            document(out.getvalue(), tmp_path)
