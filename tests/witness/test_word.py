"""Word files: symbols, heights, hidden and deleted text, numbers, formulas and other parts."""

from __future__ import annotations

import pytest
from tests.witness.making import check, docx, p, r, witness

from search.witness import Flag, WitnessVerdict

HIDDEN = "<w:style w:type='paragraph' w:styleId='Instr'><w:rPr><w:vanish/></w:rPr></w:style>"
HIDES = "<w:style w:type='character' w:styleId='Weg'><w:rPr><w:vanish/></w:rPr></w:style>"
LIST = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='Artikel %1'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
    "<w:lvlText w:val='%2.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)


def _said(body: str, text: str, **parts: str) -> bool:
    return check(docx(body, **parts), "brief.docx", text).confirmed


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Symbol", "F0B3", "≥"), ("Symbol", "00B3", "≥"), ("Wingdings", "F0E0", "→")],
)
def test_symbol_is_the_character_that_is_seen(font: str, code: str, shown: str) -> None:
    sign = f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"
    body = p(r("Gratis voor wie "), sign, r(" 65 jaar is."))
    assert _said(body, f"Gratis voor wie {shown} 65 jaar is.")
    assert not _said(body, "Gratis voor wie 65 jaar is.")


def test_symbol_of_an_unknown_font_can_not_be_confirmed() -> None:
    sign = "<w:r><w:sym w:font='Webdings' w:char='F0B3'/></w:r>"
    found = check(docx(p(r("Wie "), sign, r(" 65 is."))), "brief.docx", "Wie 65 is.")
    assert (found.verdict, found.flags) == (WitnessVerdict.UNCONFIRMED, Flag.SYMBOL)


def test_letters_set_in_a_symbol_font_are_what_is_seen() -> None:
    body = p(r("De factor "), r("b", "<w:rFonts w:ascii='Symbol'/>"), r(" is groot."))
    assert _said(body, "De factor β is groot.")
    assert not _said(body, "De factor b is groot.")


@pytest.mark.parametrize("look", ["<w:vertAlign w:val='superscript'/>", "<w:position w:val='8'/>"])
def test_raised_run(look: str) -> None:
    body = p(r("Ongeveer 10"), r("6", look), r(" liter."))
    assert _said(body, "Ongeveer 10⁶ liter.")
    assert not _said(body, "Ongeveer 106 liter.")
    assert not _said(body, "Ongeveer 10 liter.")


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (p(r("Dit is "), r("niet ", "<w:vanish/>"), r("waar.")), {}),
        (p(r("Dit is "), r("niet ", "<w:rStyle w:val='Weg'/>"), r("waar.")), {"styles": HIDES}),
        (p(r("Dit is "), r("niet ", "<w:strike/>"), r("waar.")), {}),
        (
            p(
                r("Dit is "),
                "<w:del><w:r><w:delText xml:space='preserve'>niet </w:delText></w:r></w:del>",
                r("waar."),
            ),
            {},
        ),
        (p(r("Dit is "), f"<w:moveFrom>{r('niet ')}</w:moveFrom>", r("waar.")), {}),
    ],
)
def test_hidden_and_deleted_runs_are_not_let_in_nor_passed_over(
    body: str, parts: dict[str, str]
) -> None:
    let_in = check(docx(body, **parts), "brief.docx", "Dit is niet waar.")
    left_out = check(docx(body, **parts), "brief.docx", "Dit is waar.")
    assert let_in.verdict is WitnessVerdict.CONTRADICTED
    assert left_out.verdict is WitnessVerdict.UNCONFIRMED
    assert let_in.flags in (Flag.HIDDEN, Flag.DELETED)
    assert left_out.flags == let_in.flags


def test_paragraph_hidden_by_its_style() -> None:
    body = p(r("Zichtbaar.")) + p(r("Verborgen instructie."), style="Instr")
    assert _said(body, "Zichtbaar.", styles=HIDDEN)
    found = check(docx(body, styles=HIDDEN), "brief.docx", "Verborgen instructie.")
    assert found.flags is Flag.HIDDEN


def test_deleted_row_of_a_table() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('Weg ermee.'))}</w:tc></w:tr>"
    body = f"<w:tbl>{row}<w:tr><w:tc>{p(r('Blijft.'))}</w:tc></w:tr></w:tbl>"
    assert _said(body, "Blijft.")
    assert not _said(body, "Weg ermee.")


def test_number_that_word_counts_may_be_there_or_not() -> None:
    body = p(r("De boot is veilig."), numbered="0") + p(r("Dat is gekeurd."), numbered="1")
    body += p(r("De steiger is sterk."), numbered="0")
    for text in (
        "Artikel 3 De boot is veilig.",
        "a. Dat is gekeurd.",
        "De steiger is sterk.",
        "Artikel 4 De steiger is sterk.",
    ):
        assert _said(body, text, numbering=LIST)
    for text in ("Artikel 5 De steiger is sterk.", "b. Dat is gekeurd."):
        assert not _said(body, text, numbering=LIST)


def test_instruction_of_a_field_is_no_text() -> None:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    field = mark("begin") + r("IF 1=1") + mark("separate") + r("in mei") + mark("end")
    body = p(r("Dat was "), field, r(" zo."))
    assert _said(body, "Dat was in mei zo.")
    assert not _said(body, "Dat was IF 1=1in mei zo.")


def test_field_that_never_ends_hides_nothing_but_its_paragraph() -> None:
    body = p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>") + p(r("Dit is gewoon te lezen."))
    assert _said(body, "Dit is gewoon te lezen.")


@pytest.mark.parametrize("text", ["Het deel is ½ groot.", "Het deel is 1/2 groot."])
def test_fraction_of_a_formula(text: str) -> None:
    def t(said: str) -> str:
        return f"<m:r><m:t>{said}</m:t></m:r>"

    formula = f"<m:oMath><m:f><m:num>{t('1')}</m:num><m:den>{t('2')}</m:den></m:f></m:oMath>"
    body = p(r("Het deel is "), formula, r(" groot."))
    assert _said(body, text)
    assert not _said(body, "Het deel is 12 groot.")
    assert not _said(body, "Het deel is groot.")


def test_power_root_and_brackets_of_a_formula() -> None:
    inner = "<m:r><m:t>x</m:t></m:r>"
    power = f"<m:sSup><m:e>{inner}</m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{power}</m:e></m:rad>"
    body = p(r("Dan geldt "), f"<m:oMath><m:d><m:e>{root}</m:e></m:d></m:oMath>", r(" altijd."))
    assert _said(body, "Dan geldt (√(x²)) altijd.")
    assert not _said(body, "Dan geldt (√(x)) altijd.")


def test_matrix_and_old_equation_can_not_be_confirmed() -> None:
    matrix = "<m:oMath><m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e></m:mr></m:m></m:oMath>"
    old = "<w:r><w:object><w:OLEObject ProgID='Equation.3'/></w:object></w:r>"
    for formula in (matrix, old):
        body = p(r("Dus "), formula, r(" klopt."))
        assert not _said(body, "Dus klopt.")
        assert not _said(body, "Dus 1 klopt.")


def test_signs_of_their_own_elements() -> None:
    run = "<w:r><w:t>EU</w:t><w:noBreakHyphen/><w:t>lid</w:t><w:softHyphen/><w:t>staat</w:t>"
    body = p(run + "<w:tab/><w:t>ja</w:t><w:br/><w:t>nee</w:t></w:r>")
    assert _said(body, "EU-lidstaat\tja\nnee")


def test_other_parts_are_texts_of_their_own() -> None:
    body = p(r("Het kabinet steunt dit."))
    file = docx(
        body,
        footnotes=f"<w:footnote w:id='1'>{p(r('Zie bijlage twee.'))}</w:footnote>",
        header=p(r("Ministerie van Proeven")),
    )
    read = witness(file, "brief.docx")
    assert [stream.name for stream in read.streams] == ["tekst", "voetnoten", "koptekst"]
    assert read.check("Zie bijlage twee.").confirmed
    assert read.check("Ministerie van Proeven").confirmed
    assert not read.check("Het kabinet steunt dit. Zie bijlage twee.").confirmed


def test_text_box_stands_apart_from_its_paragraph() -> None:
    box = f"<w:r><w:txbxContent>{p(r('In het kader.'))}</w:txbxContent></w:r>"
    body = p(r("Het kabinet "), box, r("steunt dit."))
    assert _said(body, "Het kabinet steunt dit.")
    assert _said(body, "In het kader.")


def test_mark_of_a_note_that_is_typed_by_hand_may_be_left_out() -> None:
    body = p(r("Ook de Code 2), met name dit.")) + p(r("2) Zie de bijlage."))
    assert _said(body, "Ook de Code, met name dit.")
    assert _said(body, "Ook de Code 2), met name dit.")
    assert not _said(p(r("Ook de wet (artikel 2) geldt.")), "Ook de wet (artikel geldt.")


def test_runs_say_what_they_are() -> None:
    file = docx(p(r("m"), r("2", "<w:vertAlign w:val='superscript'/>")))
    flags = {run.text.strip(): run.flags for run in witness(file, "brief.docx").streams[0].runs}
    assert flags["2"] is Flag.RAISED
    assert flags["m"] is Flag.NONE
