"""Advice and reactions as a table: CSV for a spreadsheet, and a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from search.exports.spreadsheet import write_csv
from search.exports.word_files import clean_text, describe_document
from search.records import Reaction, Status, View
from search.wording import STANCES, adviser_label

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

__all__ = ["reactions_csv", "reactions_docx"]

_HEADER = (
    "Nr.",
    "Aanbeveling",
    "Van",
    "Vindplaats aanbeveling",
    "Status",
    "Standpunt",
    "Reactie van het kabinet",
    "Vindplaats reactie",
)
_COLUMNS = ("Nr.", "Aanbeveling", "Reactie van het kabinet", "Status")
_WIDTHS = (1.2, 8.6, 12.0, 3.2)
"""Of the Word table's columns, in centimetres; together the width of an A4 page in landscape."""
_EMPTY = "In dit document zijn geen aanbevelingen gevonden."


def reactions_csv(reactions: Iterable[Reaction]) -> bytes:
    """Return reactions as CSV that Excel opens; see `write_csv`."""
    rows: list[tuple[str | int, ...]] = [
        (number, *_cells(reaction)) for number, reaction in enumerate(reactions, start=1)
    ]
    return write_csv(_HEADER, rows)


def _cells(reaction: Reaction) -> tuple[str, ...]:
    advice, views = reaction.advice, reaction.reactions
    return (
        advice.quote.text,
        adviser_label(advice.label),
        advice.quote.citation,
        reaction.status.value,
        "\n".join(STANCES[view.label.stance] for view in views),
        "\n".join(view.quote.text for view in views),
        "\n".join(view.quote.citation for view in views),
    )


def reactions_docx(reactions: Sequence[Reaction], name: str, citation: str) -> bytes:
    """Return reactions as a Word document with a table.

    `name` and `citation` are those of the document that reacts.
    """
    # Slow to import, and only needed here.
    from docx import Document

    document = Document()
    _set_page(document, name)
    document.add_heading("Advies en reactie", level=1)
    document.add_paragraph(clean_text(name))
    if citation != name:
        document.add_paragraph(clean_text(citation))
    if reactions:
        _fill(_new_table(document), reactions)
    else:
        document.add_paragraph(_EMPTY)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: WordDocument, name: str) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(10)
    describe_document(document, f"Advies en reactie: {name}")


def _new_table(document: WordDocument) -> Table:
    """Return a new table with its header, which is repeated on each page."""
    from docx.oxml import OxmlElement

    table: Table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, title in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _fill(table: Table, reactions: Sequence[Reaction]) -> None:
    from docx.shared import Cm

    for number, reaction in enumerate(reactions, start=1):
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        advice = reaction.advice
        cells[0].text = str(number)
        _quote(cells[1], advice, adviser_label(advice.label))
        views = reaction.reactions
        for view, following in zip(views, (*views[1:], None), strict=True):
            # Sentences from one place share a citation.
            last = not following or following.quote.citation != view.quote.citation
            _quote(cells[2], view, STANCES[view.label.stance], cited=last)
        if not reaction.reactions:
            cells[2].text = Status.NONE.value.capitalize() + "."
        cells[3].text = reaction.status.value
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _quote(cell: _Cell, view: View, what: str, *, cited: bool = True) -> None:
    """Add a quote to a cell: `what` in bold, the words, and below them the citation."""
    # A new cell has one empty paragraph.
    empty = len(cell.paragraphs) == 1 and not cell.text
    paragraph = cell.paragraphs[0] if empty else cell.add_paragraph()
    paragraph.add_run(clean_text(f"{what}: ")).bold = True
    paragraph.add_run(clean_text(view.quote.text))
    if cited:
        cell.add_paragraph().add_run(clean_text(view.quote.citation)).italic = True
