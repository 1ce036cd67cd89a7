"""Drafts as users upload them: real files, made here or letters of a ministry."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.paths import SHARED

from search.errors import ReadingError
from search.reading import drafts
from search.reading.drafts import read_draft
from search.reading.office.packages import Package

pytestmark = pytest.mark.slow

LETTERS = SHARED / "documents"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def word_of(body: str, *, prolog: str = "", notes: str = "", endnotes: str = "") -> bytes:
    """Pack a Word file of the XML of its body, of its notes, and of what precedes the root."""
    names = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}'
        '/officeDocument" Target="/word/document2.xml"/></Relationships>',
        "word/document2.xml": f"{prolog}<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document2.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/endnotes" Target="../word/endnotes.xml"/>'
        "</Relationships>",
        "word/footnotes.xml": f"<w:footnotes {names}>{notes}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {names}>{endnotes}</w:endnotes>",
    }
    return packed(parts)


def packed(parts: dict[str, str], compression: int = ZIP_DEFLATED) -> bytes:
    """Pack texts as a zip file."""
    out = BytesIO()
    with ZipFile(out, "w", compression) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def p(*runs: str, end: str = "") -> str:
    """Write a paragraph; `end` holds the tracked changes of its end."""
    return f"<w:p><w:pPr><w:rPr>{end}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


def r(text: str, inner: str = "") -> str:
    """Write a run with a text, followed by `inner`."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t>{inner}</w:r>'


def field(kind: str) -> str:
    """Write one of the marks of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


# Text files


@pytest.mark.parametrize("name", ["concept.txt", "concept.MD", "map/concept.markdown"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_editors(name: str, encoding: str) -> None:
    text = "«Geen» — zei ’t café: € 5"
    assert read_draft(name, text.encode(encoding)) == text


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_by_its_mark(mark: str) -> None:
    assert read_draft("a.txt", "\ufeff«Één»".encode(mark)) == "«Één»"


def test_line_ends_become_alike_and_markdown_stays() -> None:
    assert read_draft("a.md", b"# Kop\r\n\r\n> **a**\rb\n") == "# Kop\n\n> **a**\nb\n"


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.odt", b"x", "een .odt-bestand"),
        ("a.doc", b"x", "een .doc-bestand"),
        ("a", b"x", "een bestand zonder extensie"),
        ("a.txt", b"", "is leeg"),
        ("a.docx", b"", "is leeg"),
        ("a.txt", b" \r\n\t", "bevat geen tekst"),
        ("a.txt", b"a\x00b", "nul-bytes"),
        ("a.txt", "\ufeffab".encode("utf-32-le"), "nul-bytes"),
        ("a.txt", b"%PDF-1.7 ...", "een PDF"),
        ("a.md", b"{\\rtf1 a}", "een RTF-bestand"),
        ("a.docx", b"zomaar tekst", "is geen Word-document"),
        ("a.docx", b"%PDF-1.7 ...", "een PDF"),
        ("a.docx", b"PK\x03\x04 en niets meer", "is beschadigd"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument", "een ouder Word-bestand"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "wachtwoord",
        ),
    ],
)
def test_what_is_no_draft_is_refused_by_name(name: str, content: bytes, part: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_draft(name, content)
    assert str(refused.value).startswith(f"{name} ")
    assert part in str(refused.value)


def test_file_over_20_mb_is_refused() -> None:
    assert len(read_draft("a.txt", b"a" * 20_000_000)) == 20_000_000
    with pytest.raises(ReadingError, match=r"te groot: 20,3 MB, terwijl 20 MB het maximum is"):
        read_draft("a.txt", b"a" * 20_300_000)


# Word files


def test_paragraphs_headings_lists_and_cells_come_in_order() -> None:
    document = docx.Document()
    document.add_heading("Kop", level=1)
    document.add_paragraph("Eerst")
    document.add_paragraph("punt", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, "ABCD", strict=True):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("Laatst\tmet tab\nen regel")
    out = BytesIO()
    document.save(out)
    assert read_draft("a.docx", out.getvalue()).split("\n\n") == [
        "Kop",
        "Eerst",
        "punt",
        "A",
        "B",
        "C",
        "D",
        "Laatst\tmet tab\nen regel",
    ]


def test_links_and_controls_are_read_and_numbers_of_notes_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("a ")
    inner = "<w:r><w:t>b</w:t></w:r>"
    for xml in (
        f"<w:hyperlink {nsdecls('w')}>{inner}</w:hyperlink>",
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{inner}"
        "</w:sdtContent></w:sdt>",
        f"<w:r {nsdecls('w')}><w:footnoteReference w:id='9'/><w:noBreakHyphen/></w:r>",
        f"<w:smartTag {nsdecls('w')}>{inner}</w:smartTag>",
    ):
        paragraph._p.append(parse_xml(xml))
    out = BytesIO()
    document.save(out)
    assert read_draft("a.docx", out.getvalue()) == "a bb\u2011b"


@pytest.mark.parametrize("style", ["Quote", "Intense Quote"])
def test_block_quotes_are_marked_as_in_markdown(style: str) -> None:
    document = docx.Document()
    document.add_paragraph("Men schrijft:")
    document.add_paragraph("Het Rijk betaalt\nalles.", style=style)
    document.add_paragraph("De minister zegt:")
    document.add_paragraph("Dat klopt.").paragraph_format.left_indent = docx.shared.Cm(1)
    document.add_paragraph("Zij schrijft: ja.")
    document.add_paragraph("Ingesprongen.").paragraph_format.left_indent = docx.shared.Cm(1)
    out = BytesIO()
    document.save(out)
    assert read_draft("a.docx", out.getvalue()).split("\n\n") == [
        "Men schrijft:",
        "> Het Rijk betaalt\n> alles.",
        "De minister zegt:",
        "> Dat klopt.",
        "Zij schrijft: ja.",
        "Ingesprongen.",
    ]


def test_hidden_by_style_is_left_out_and_digits_stay_raised() -> None:
    document = docx.Document()
    document.styles["Caption"].font.hidden = True
    document.add_paragraph("weg", style="Caption")
    paragraph = document.add_paragraph("10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" liter ")
    paragraph.add_run("weg").font.strike = True
    out = BytesIO()
    document.save(out)
    assert read_draft("a.docx", out.getvalue()) == "10⁶ liter"


def test_deletions_are_left_out_and_insertions_stay() -> None:
    deleted = "<w:r><w:delText>weg</w:delText></w:r>"
    body = p(
        r("Zij zei «"),
        f"<w:del>{deleted}</w:del>",
        f"<w:ins>{r('nooit')}</w:ins>",
        f"<w:moveFrom>{r('verplaatst')}</w:moveFrom>",
        f"<w:moveTo>{r(' meer')}</w:moveTo>",
        r("»"),
    )
    assert read_draft("a.docx", word_of(body)) == "Zij zei «nooit meer»"


def test_paragraph_whose_end_is_deleted_continues_in_the_next() -> None:
    body = p(r("een "), end="<w:del w:id='1'/>") + p(r("zin")) + p(r("twee"))
    assert read_draft("a.docx", word_of(body)) == "een zin\n\ntwee"


def test_deleted_end_of_a_cell_joins_nothing() -> None:
    cell = f"<w:tc>{p(r('een'), end='<w:del/>')}</w:tc><w:tc>{p(r('twee'))}</w:tc>"
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    assert read_draft("a.docx", word_of(body)) == "een\n\ntwee"


def test_deleted_row_and_hidden_text_are_left_out() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    hidden = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
    body = (
        f"<w:tbl>{row.format('<w:del/>', p(r('weg')))}{row.format('', p(r('hier')))}</w:tbl>"
        + p(hidden.format("", "verborgen"), hidden.format(' w:val="0"', "zichtbaar"))
    )
    assert read_draft("a.docx", word_of(body)) == "hier\n\nzichtbaar"


def test_notes_come_last_in_the_order_of_their_references() -> None:
    def note(kind: str, number: int, text: str) -> str:
        return f"<w:{kind} w:id='{number}'>{p('<w:r><w:footnoteRef/></w:r>', r(text))}</w:{kind}>"

    def refer(kind: str, number: int) -> str:
        return f"<w:{kind}Reference w:id='{number}'/>"

    body = (
        p(r("Eind", refer("endnote", 4)), r("noot", refer("footnote", 2)))
        + p(r("x"), f"<w:del>{r('', refer('footnote', 3))}</w:del>")
        + p(r("slot", refer("footnote", 1)))
    )
    notes = (
        "<w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        + note("footnote", 1, " een")
        + note("footnote", 2, " twee")
        + note("footnote", 3, " geschrapt")
    )
    content = word_of(body, notes=notes, endnotes=note("endnote", 4, "vier"))
    assert read_draft("a.docx", content).split("\n\n") == [
        "Eindnoot",
        "x",
        "slot",
        "twee",
        "een",
        "vier",
    ]


def test_text_box_comes_once_and_after_its_paragraph() -> None:
    inside = p(r("in "), r("vak")) + p(r("twee"))
    box = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    inner = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p(r("voor "), inner, r("na")) + p(f"<w:r><w:pict>{box}</w:pict></w:r>")
    assert read_draft("a.docx", word_of(body)).split("\n\n") == [
        "voor na",
        "in vak",
        "twee",
        "in vak",
        "twee",
    ]


def test_of_a_field_only_the_result_is_read() -> None:
    body = p(
        r("a "),
        field("begin"),
        "<w:r><w:instrText>IF </w:instrText></w:r>",
        field("begin"),
        field("separate"),
        r("genest"),
        field("end"),
        r("bouw"),
        field("separate"),
        r("uitkomst"),
        field("end"),
        r(" z"),
    )
    assert read_draft("a.docx", word_of(body)) == "a uitkomst z"


def test_field_that_never_ends_hides_nothing() -> None:
    body = p(r("a "), field("begin"), r("b")) + p(r("c"))
    assert read_draft("a.docx", word_of(body)) == "a b\n\nc"


def test_strict_variant_of_the_format_is_read() -> None:
    content = word_of(p(r("strikt")))
    with ZipFile(BytesIO(content)) as file:
        parts = {each: file.read(each).decode() for each in file.namelist()}
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {name: text.replace(W, strict) for name, text in parts.items()}
    assert read_draft("a.docx", packed(parts)) == "strikt"


def test_word_file_without_words_says_so() -> None:
    with pytest.raises(ReadingError, match="bevat geen tekst"):
        read_draft("a.docx", word_of(p(r(" "))))


# Hostile and damaged files


def test_other_zip_files_are_no_word_file() -> None:
    sheet = f'<Relationships xmlns="{PACKAGE}"><Relationship Type="{RELATIONS}/officeDocument" '
    sheet += 'Target="xl/workbook.xml"/></Relationships>'
    for parts in (
        {"mimetype": "application/vnd.oasis.opendocument.text"},
        {"_rels/.rels": sheet, "xl/workbook.xml": "<workbook/>"},
        {"_rels/.rels": sheet, "xl/workbook.xml": f"<workbook>{'<p/>' * 3}</workbook>"},
        {"_rels/.rels": sheet},
    ):
        with pytest.raises(ReadingError, match="geen Word-document"):
            read_draft("a.docx", packed(parts))


def test_broken_xml_and_broken_zip_are_refused() -> None:
    with pytest.raises(ReadingError, match="is beschadigd"):
        read_draft("a.docx", word_of("<w:p>"))
    content = word_of(p(r("tekst" * 50)))
    with pytest.raises(ReadingError, match="is beschadigd"):
        read_draft("a.docx", content[: len(content) // 2])


def test_damaged_bytes_raise_reading_errors_only() -> None:
    content = word_of(p(r("Het kabinet besluit.")))
    refused = 0
    for place in range(len(content)):
        for flip in (0x01, 0x80, 0xFF):
            damaged = content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :]
            try:
                read_draft("a.docx", damaged)
            except ReadingError:
                refused += 1
    assert refused > len(content)


def test_part_that_unpacks_too_far_is_refused_before_it_is_unpacked() -> None:
    bomb = word_of(p(r("a" * 2_000_000)))
    assert len(bomb) < 10_000
    with pytest.raises(ReadingError, match="uitgepakt onverwacht groot"):
        read_draft("a.docx", bomb)


def test_limit_of_what_is_unpacked_counts_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    content = word_of(p(r("b", "<w:footnoteReference w:id='1'/>")), notes="")
    with ZipFile(BytesIO(content)) as file:
        # No endnote is referred to, so their part is not read.
        read = sum(each.file_size for each in file.infolist() if "endnotes" not in each.filename)
    monkeypatch.setattr(drafts, "_MAX_UNPACKED_BYTES", read)
    assert read_draft("a.docx", content) == "b"
    monkeypatch.setattr(drafts, "_MAX_UNPACKED_BYTES", read - 1)
    with pytest.raises(ReadingError, match="uitgepakt onverwacht groot"):
        read_draft("a.docx", content)


def test_false_size_does_not_get_more_unpacked() -> None:
    body = p(r("".join(f"{number:x}" for number in range(200_000))))
    content = bytearray(word_of(body))
    # The central directory: uncompressed size at 24, after the signature (APPNOTE 4.3.12).
    place = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    assert content[place + 46 : place + 64] == b"word/document2.xml"
    content[place + 24 : place + 28] = struct.pack("<I", 300)
    with pytest.raises(ReadingError, match="is beschadigd"):
        read_draft("a.docx", bytes(content))


def test_stream_is_counted_whatever_the_directory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Package, "_check", lambda *_: None)
    monkeypatch.setattr(drafts, "_MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(ReadingError, match="uitgepakt onverwacht groot"):
        read_draft("a.docx", word_of(p(r("a" * 2_000_000))))


def test_locked_part_and_strange_packing_are_refused() -> None:
    content = bytearray(word_of(p(r("geheim"))))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(ReadingError, match="wachtwoord"):
        read_draft("a.docx", bytes(content))
    with pytest.raises(ReadingError, match="geen Word-document"):
        read_draft("a.docx", packed({"_rels/.rels": "<Relationships/>"}, ZIP_BZIP2))


def test_entities_are_refused_and_never_expanded(tmp_path: Path) -> None:
    laughs = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim", "utf-8")
    for entities, used in (
        (laughs, "&a9;"),
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"),
        ("", "onschuldig"),
    ):
        prolog = f"<!DOCTYPE w:document [{entities}]>"
        with pytest.raises(ReadingError, match=r"DTD|is beschadigd") as refused:
            read_draft("a.docx", word_of(p(r("voor")) + p(r(used)), prolog=prolog))
        assert "geheim" not in str(refused.value)


def test_deep_nesting_is_refused_without_a_crash() -> None:
    body = "<w:p>" + "<w:ins>" * 5_000 + "</w:ins>" * 5_000 + "</w:p>" + p(r("a"))
    with pytest.raises(ReadingError):
        read_draft("a.docx", word_of(body))


@pytest.mark.slow
def test_many_paragraphs_are_read_in_a_moment() -> None:
    many = [f"alinea {number} van {number * 7919}" for number in range(20_000)]
    text = read_draft("a.docx", word_of("".join(p(r(each)) for each in many)))
    assert text.split("\n\n") == many


# Real letters


@pytest.mark.skipif(not LETTERS.is_dir(), reason="../shared/documents is not here")
@pytest.mark.parametrize(
    ("name", "box", "inside", "note"),
    [
        (
            "antwoord-beckerman",
            "www.rijksoverheid.nl/jenv",
            "4 december 2023",
            "Aanhangsel van de Handelingen II, 2022/-23, nr. 1823.",
        ),
        (
            "antwoord-lahlah-chakor",
            "5401166",
            "16 mei 2024",
            "Kamerstukken II 2021/22, 29 628, nr. 1099.",
        ),
        (
            "antwoord-temmink-van-nispen",
            "5164758",
            "11 januari 2024",
            "Kamerstukken, 2022-2023, 29628, nr. 1135",
        ),
    ],
)
def test_real_letter_is_read_with_boxes_tables_and_notes(
    name: str, box: str, inside: str, note: str
) -> None:
    paragraphs = read_letter(name)
    assert paragraphs.count(box) == 1
    assert paragraphs.index(inside) < paragraphs.index(note)


@pytest.mark.skipif(not LETTERS.is_dir(), reason="../shared/documents is not here")
@pytest.mark.parametrize(
    "name",
    [
        "antwoord-beckerman",
        "antwoord-lahlah-chakor",
        "antwoord-politieposten-wolvega",
        "antwoord-temmink-van-nispen",
    ],
)
def test_no_paragraph_of_a_real_letter_is_missed(name: str) -> None:
    read = " ".join(" ".join(read_letter(name)).split())
    place = 0
    for paragraph in docx.Document(str(LETTERS / f"{name}.docx")).paragraphs:
        place = read.index(" ".join(paragraph.text.split()), place)
    assert place > len(read) / 2


def read_letter(name: str) -> list[str]:
    """Return the paragraphs of a real letter."""
    path = LETTERS / f"{name}.docx"
    return read_draft(path.name, path.read_bytes()).split("\n\n")
