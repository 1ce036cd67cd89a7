"""What Word shows: symbols, raised digits, formulas, tables; and what it does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.office.test_docx import (
    BOLD,
    RAISED,
    blocks,
    contents,
    document,
    p,
    r,
    table,
    word,
)

from search.reading.office.symbols import known_text, symbol
from search.reading.raw_blocks import RawKind
from search.records import Kind

LOWERED = '<w:vertAlign w:val="subscript"/>'
HIDDEN = "<w:vanish/>"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def source(body: str, **parts: str) -> str:
    return contents(word(body, **parts)).source


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


# Symbols


@pytest.mark.parametrize(
    ("name", "code", "character"),
    [
        ("Symbol", 0xF0B3, "≥"),
        ("Symbol", 0xB3, "≥"),
        ("symbol", 0xF061, "α"),
        ("Symbol", 0x20, " "),
        ("Symbol", 0xBD, "\ufffd"),
        ("Wingdings", 0xF0FC, "✓"),
        ("Wingdings", 0xF0E0, "→"),
        ("Wingdings", 0xF06F, "□"),
        ("Wingdings", 0xF0FF, "\ufffd"),
        ("Wingdings 2", 0x52, "☑"),
        ("Wingdings 2", 0xA3, "☐"),
        ("Webdings", 0x61, "✔"),
        ("MT Extra", 0x4C, "\ufffd"),
        ("Arial", 0x2265, "≥"),
        ("Arial", 0xF0B3, "\ufffd"),
        ("Arial", 0xD800, "\ufffd"),
        ("Symbol", 0x2265, "≥"),
        ("", 0x110000, "\ufffd"),
    ],
)
def test_symbols_by_font_and_code(name: str, code: int, character: str) -> None:
    assert symbol(code, name) == character


def test_letters_in_a_symbol_font_are_what_it_draws() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="G"><w:name w:val="Grieks"/><w:rPr>'
        f"{font('Symbol')}</w:rPr></w:style>"
    )
    body = p(
        r("hoek "),
        r("a \uf0b3 b", font("Symbol")),
        r(", "),
        r("m", '<w:rStyle w:val="G"/>'),
        r(", \uf0b3 en ", font("Arial")),
        r("\u2265", font("Symbol")),
    )
    assert source(body, styles=styles) == "hoek α ≥ β, μ, \ufffd en ≥"
    assert known_text("gewoon", "Symbol Serif") == "gewoon"


@pytest.mark.parametrize("code", ["", "zz", "F0B3F0B3"])
def test_symbol_without_a_code_is_marked(code: str) -> None:
    assert source(p(f'<w:r><w:sym w:font="Symbol" w:char="{code}"/></w:r>')) == "\ufffd"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("", "☐"),
        ('<w:default w:val="1"/>', "☒"),
        ("<w:checked/>", "☒"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
    ],
)
def test_boxes_of_forms(inner: str, shown: str) -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
        f"{inner}</w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    code = "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert source(p(begin, code, end, r(" akkoord"))) == f"{shown} akkoord"


# Raised and lowered


def test_digits_keep_their_height_and_letters_are_plain() -> None:
    body = p(
        r("10"),
        r("-", RAISED),
        r("6", RAISED),
        r(" m"),
        r("2", RAISED),
        r(" CO"),
        r("2", LOWERED),
        r(" 19"),
        r("e", RAISED),
        r(" x"),
        r("3", '<w:position w:val="6"/>'),
        r(" y"),
        r("3", '<w:position w:val="1"/>'),
    )
    assert source(body) == "10⁻⁶ m² CO₂ 19e x³ y3"


# Formulas


def argument(name: str, *inner: str) -> str:
    return f"<m:{name}>{''.join(inner)}</m:{name}>"


def mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def fraction(above: str, below: str, kind: str = "bar") -> str:
    properties = f'<m:fPr><m:type m:val="{kind}"/></m:fPr>'
    return argument("f", properties, argument("num", above), argument("den", below))


def power(base: str, above: str) -> str:
    return argument("sSup", argument("e", base), argument("sup", above))


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (fraction(mr("1"), mr("2")), "½"),
        (mr("2") + fraction(mr("1"), mr("2")), "2½"),
        (mr("2") + fraction(mr("3"), mr("7")), "2 3/7"),
        (fraction(mr("a+b"), mr("2,5")), "(a+b)/2,5"),
        (fraction(mr("n"), mr("k"), "noBar"), "\ufffd"),
        (power(mr("10"), mr("−6")), "10⁻⁶"),
        (power(mr("x+y"), mr("k+1")), "(x+y)^(k+1)"),
        (argument("sSub", argument("e", mr("H")), argument("sub", mr("2"))) + mr("O"), "H₂O"),
        (argument("rad", argument("deg"), argument("e", mr("a+b"))), "√(a+b)"),
        (argument("rad", argument("deg", mr("3")), argument("e", mr("8"))), "³√8"),
        (argument("d", argument("e", mr("a")), argument("e", mr("b"))), "(a|b)"),
        (argument("m", argument("mr", argument("e", mr("a")))), "\ufffd"),
        (argument("acc", '<m:accPr><m:chr m:val="̂"/></m:accPr>', argument("e", mr("p"))), "p̂"),
    ],
)
def test_formulas_on_a_line(formula: str, line: str, tmp_path: Path) -> None:
    body = p(r("Dat is "), f'<m:oMath xmlns:m="{MATH}">{formula}</m:oMath>', r(" van alles."))
    assert source(body) == f"Dat is {line} van alles."
    if "\ufffd" not in line:
        assert document(word(body), tmp_path).text == source(body)


def test_formula_as_a_picture_is_marked() -> None:
    old = '<w:r><w:object><o:OLEObject xmlns:o="o" ProgID="Equation.3"/></w:object></w:r>'
    assert source(p(r("Het is "), old, r("."))) == "Het is \ufffd."


def test_formula_as_deep_as_it_gets_is_read_in_a_moment() -> None:
    formula = mr("x")
    for _ in range(60):
        formula = power(formula, mr("2"))
    body = p(f'<m:oMath xmlns:m="{MATH}">{formula}</m:oMath>')
    assert "\ufffd" in source(body)


# Hidden and deleted text

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Instr"><w:name w:val="Instr"/><w:rPr>'
    f"{HIDDEN}</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Erft"><w:basedOn w:val="Instr"/></w:style>'
    f'<w:style w:type="character" w:styleId="V"><w:rPr>{HIDDEN}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="D"><w:rPr><w:strike/></w:rPr></w:style>'
)


def test_what_styles_hide_is_left_out_and_counted() -> None:
    shown = '<w:vanish w:val="0"/>'
    body = (
        p(r("Zichtbaar. "), r("Niet ", '<w:rStyle w:val="V"/>'), r("dit. "), r("wel", HIDDEN))
        + p(r("Weg."), style="Instr")
        + p(r("Ook weg, "), r("dit niet.", shown), style="Erft")
        + p(r("Weg ", '<w:rStyle w:val="D"/>'), r("en "), r("weg ", "<w:dstrike/>"), r("blijft."))
    )
    found = contents(word(body, styles=STYLES))
    assert [block.text for block in found.blocks] == [
        "Zichtbaar. dit.",
        # The end of the hidden paragraphs is hidden, so that the next one goes on there.
        "dit niet.en blijft.",
    ]
    assert found.remarks == (
        "4 stukken verborgen tekst zijn niet gelezen.",
        "2 stukken doorgehaalde of verwijderde tekst zijn niet gelezen.",
    )


def test_hidden_runs_in_a_row_are_one_piece_and_leave_the_sentence_whole(tmp_path: Path) -> None:
    body = p(r("De boot "), r("(concept", HIDDEN), r(") ", HIDDEN + BOLD), r("vaart."))
    read = document(word(body), tmp_path)
    assert read.text == "De boot vaart."
    assert read.remarks[0] == "1 stuk verborgen tekst is niet gelezen."


def test_hidden_rows_and_tracked_deletions_are_counted() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(r('weg'))}</w:tc></w:tr>"
    deleted = "<w:del><w:r><w:delText>nooit</w:delText></w:r></w:del>"
    found = contents(word(p(r("Zij zei "), deleted, r("altijd.")) + f"<w:tbl>{row}</w:tbl>"))
    assert found.source == "Zij zei altijd."
    assert [each.split()[:3] for each in found.remarks] == [
        ["1", "stuk", "verborgen"],
        ["1", "stuk", "doorgehaalde"],
    ]


def test_hidden_text_of_notes_and_boxes_is_counted_too() -> None:
    inner = p(r("vak"), r("weg", HIDDEN))
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    note = f'<w:footnote w:id="1">{p(r("Noot."), r("weg", HIDDEN))}</w:footnote>'
    body = p(r("a", inner='<w:footnoteReference w:id="1"/>'), box)
    found = contents(word(body, footnotes=note))
    assert found.source == "a\n\nvak\n\nNoot."
    assert found.remarks == ("2 stukken verborgen tekst zijn niet gelezen.",)


def test_text_without_hidden_text_has_no_remark() -> None:
    assert contents(word(p(r("Gewoon", '<w:vanish w:val="false"/>')))).remarks == ()


# Contents, drop caps, captions


def field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        f'{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    "contents_list",
    [
        p(field(" TOC \\o "), r("Een"), "<w:r><w:tab/></w:r>", field("PAGEREF x"), r("3"), END)
        + p(r("Twee"), END),
        p('<w:fldSimple w:instr="TOC \\o"><w:r><w:t>Een 3</w:t></w:r></w:fldSimple>'),
        p(r("Een 3"), style="T1") + p(r("Twee 4"), style="T1"),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p(r('Een 3'))}</w:sdtContent></w:sdt>",
        p(r("Een", inner="<w:tab/>"), r("3")) + p(r("Twee ..... 4")),
    ],
    ids=["field", "simple field", "style", "gallery", "typed"],
)
def test_table_of_contents_is_no_text(contents_list: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    body = p(r("Vooraf.")) + p(r("Inhoudsopgave", BOLD)) + contents_list + p(r("Een gewone zin."))
    assert source(body, styles=styles) == "Vooraf.\n\nEen gewone zin."


def test_lines_with_numbers_that_are_no_contents_stay() -> None:
    body = p(r("Tarieven")) + p(r("Kind", inner="<w:tab/>"), r("3")) + p(r("Fiets\t4"))
    assert source(body) == "Tarieven\n\nKind\t3\n\nFiets\t4"


def test_drop_cap_and_paragraph_without_its_end_go_on() -> None:
    cap = '<w:framePr w:dropCap="margin"/>'
    body = (
        p(r("D"), inner=cap) + p(r("e boot"), inner="<w:rPr><w:vanish/></w:rPr>") + p(r(" vaart."))
    )
    assert source(body) == "De boot vaart."


def test_bold_caption_is_no_heading() -> None:
    body = p(r("Tabel 2. Tarieven", BOLD)) + p(r("Tarieven", BOLD)) + p(r("Zie hier."))
    assert [kind for kind, _ in blocks(word(body))] == [
        RawKind.TEXT,
        RawKind.HEADING,
        RawKind.TEXT,
    ]


# Tables


def row(*cells: str, before: int = 0) -> str:
    properties = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(text: str, span: int = 1, merge: str = "") -> str:
    properties = f'<w:gridSpan w:val="{span}"/>{merge}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def test_merged_cells_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    begin, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        row(cell("Soort"), cell("Jaren", 2))
        + row(cell("Boot", merge=begin), cell("2018"), cell("2019"))
        + row(cell("", merge=goes_on), cell(""), cell("1,20"))
        + row(cell("2020"), before=2)
    )
    read = document(word(p(r("Vooraf.")) + f"<w:tbl>{rows}</w:tbl>"), tmp_path)
    (found,) = [read.text[b.start : b.end] for b in read.blocks if b.kind is Kind.TABLE]
    assert found.split("\n") == ["Soort\tJaren\t", "Boot\t2018\t2019", "\t\t1,20", "\t\t2020"]


def test_columns_of_a_table_around_another_one_stay(tmp_path: Path) -> None:
    inner = table((p(r("x")), p(r("y"))), (p(), p(r("z"))))
    rows = table((p(r("a")), p(r("b")), p(r("c"))), (p(r("d")), inner + p(), p(r("e"))))
    read = document(word(p(r("Vooraf.")) + rows), tmp_path)
    found = [read.text[b.start : b.end] for b in read.blocks if b.kind is Kind.TABLE]
    assert found[:2] == ["a\tb\tc\nd\t\t", "x\ty\n\tz"]
    assert read.text.endswith("e")


def test_million_columns_are_no_million_tabs() -> None:
    rows = "".join(row(cell("a", 900), cell("b", 900), cell(str(n))) for n in range(50))
    assert len(contents(word(f"<w:tbl>{rows}</w:tbl>")).blocks[0].text) < 10_000
