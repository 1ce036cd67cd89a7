"""Advice and reaction as CSV and Word, read back by what others use to read them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from search.engine import Engine
from search.exports import reactions_csv, reactions_docx
from search.records import (
    Holder,
    Label,
    Metadata,
    Quote,
    Reaction,
    Stance,
    Status,
    Theme,
    ThemeOrigin,
    View,
)

LETTER = "kst-29861-70"


def rows_of(content: bytes) -> list[list[str]]:
    """Read CSV as a spreadsheet does."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def table_of(content: bytes) -> Table:
    """Read the one table of a Word document."""
    (table,) = docx.Document(BytesIO(content)).tables
    return table


def test_csv_has_a_row_for_each_recommendation(engine: Engine) -> None:
    reactions = engine.reactions(LETTER)
    header, *rows = rows_of(engine.reactions_csv(LETTER))
    assert len(rows) == len(reactions) > 10
    assert {len(row) for row in rows} == {len(header)}
    for number, (row, reaction) in enumerate(zip(rows, reactions, strict=True), start=1):
        cells = dict(zip(header, row, strict=True))
        assert cells["Nr."] == str(number)
        assert cells["Aanbeveling"] == reaction.advice.quote.text
        assert cells["Van"] == "WRR"
        assert cells["Status"] == reaction.status.value
        assert cells["Vindplaats aanbeveling"] == reaction.advice.quote.citation
        views = reaction.reactions
        assert cells["Reactie van het kabinet"] == "\n".join(v.quote.text for v in views)
        assert cells["Vindplaats reactie"] == "\n".join(v.quote.citation for v in views)
        assert len(cells["Standpunt"].splitlines()) == len(views)


def test_word_has_a_row_for_each_recommendation(engine: Engine) -> None:
    reactions = engine.reactions(LETTER)
    content = engine.reactions_docx(LETTER)
    document = docx.Document(BytesIO(content))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Kabinetsreactie op het WRR-rapport" in shown
    assert "Kamerstukken II 2020/21, 29861, nr. 70" in shown
    head, *rows = table_of(content).rows
    assert [cell.text for cell in head.cells] == [
        "Nr.",
        "Aanbeveling",
        "Reactie van het kabinet",
        "Status",
    ]
    assert head._tr.trPr is not None
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(rows) == len(reactions)
    for row, reaction in zip(rows, reactions, strict=True):
        _, advice, said, status = (cell.text for cell in row.cells)
        assert reaction.advice.quote.text in advice
        assert reaction.advice.quote.citation in advice
        assert status == reaction.status.value
        for view in reaction.reactions:
            assert view.quote.text in said
            assert view.quote.citation in said
        if not reaction.reactions:
            assert said == "Geen reactie gevonden."


def test_word_names_language_and_title(engine: Engine) -> None:
    document = docx.Document(BytesIO(engine.reactions_docx(LETTER)))
    assert document.core_properties.author == "Kamerwijzer"
    assert "Samenleven" in document.core_properties.title
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}


def made(text: str, name: str = "WRR", stance: Stance = Stance.ADVICE) -> View:
    """Make a sentence of somebody."""
    return View(
        quote=Quote(text, "d", 0, len(text), f"{text[:1]}bron; ‘par’"),
        label=Label(Holder.ADVISOR, stance, 1.0, name),
        theme=Theme("", ThemeOrigin.ESTIMATED),
        metadata=Metadata(),
        url="",
        section=(),
    )


def reacted(advice: str, reaction: str, name: str = "WRR") -> Reaction:
    """Make a recommendation with one reaction."""
    said = made(reaction, stance=Stance.SUPPORT)
    return Reaction(made(advice, name), (said,), (Stance.SUPPORT,), Status.TAKEN)


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+31",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1+1",
        "\n=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x","y")',
    ],
)
def test_formula_does_not_run_in_a_spreadsheet(hostile: str) -> None:
    _, row = rows_of(reactions_csv([reacted(hostile, hostile, hostile)]))
    assert row[1] == row[2] == row[6] == f"'{hostile}"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


def test_separators_quotes_and_lines_stay_in_their_cell() -> None:
    text = 'Een; "twee"\ndrie, ’vier’ €'
    _, row = rows_of(reactions_csv([reacted(text, text)]))
    assert row[1] == row[6] == text


def test_word_takes_any_text() -> None:
    text = "<w:t>&amp; \x00\x0b\ufffe\ud800 𝐇 =1+1"
    content = reactions_docx([reacted(text, text, "\x01W")], "Naam\x00", "Bron\x02")
    cells = table_of(content).rows[1].cells
    assert "<w:t>&amp;  𝐇 =1+1" in cells[1].text
    assert cells[1].text.startswith("W: ")
    assert "<w:t>&amp;  𝐇 =1+1" in cells[2].text


def test_nothing_found_says_so(invented: Engine) -> None:
    assert len(rows_of(invented.reactions_csv("geen-advies"))) == 1
    document = docx.Document(BytesIO(invented.reactions_docx("geen-advies")))
    assert not document.tables
    assert any("geen aanbevelingen" in paragraph.text for paragraph in document.paragraphs)
