"""Tables with lines around their cells: text that wraps in a cell is read as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.reading.pdf.printing import HEIGHT, Paper

from search.reading import read_document
from search.records import Document, Kind

Draw = Callable[[Paper], None]
Rows = Sequence[Sequence[Sequence[str]]]
"""Of each row the cells, of each cell its lines."""

SIDES = (60, 170, 290)
ADVICE: Rows = (
    (("Aanbeveling",), ("Reactie",)),
    (
        ("Controleer of de server", "niet wordt gebruikt."),
        ("Wij gaan na of dit met de", "bestaande invoer-", "programma’s mogelijk is."),
    ),
    (("Houd de sleutels geheim", "voor alle beheerders."), ("Dat doen wij al.",)),
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Draw], Document]:
    def read(draw: Draw) -> Document:
        paper = Paper()
        draw(paper)
        paper.turn()
        (tmp_path / "stuk.pdf").write_bytes(paper.done())
        return read_document(tmp_path / "stuk.pdf", tmp_path)

    return read


def body(paper: Paper, y: float) -> None:
    paper.put(60, y, "De gemeente zorgt voor de opvang van nieuwkomers en krijgt daarvoor geld")
    paper.put(60, y + 12, "van het Rijk, zoals in de wet is vastgelegd.")


def tables(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is Kind.TABLE]


def table(paper: Paper, rows: Rows, y: float = 60, ruled: bool = True) -> None:
    """Draw rows of cells, with lines around each cell or at the head and the foot alone."""
    top = y
    heights = [top]
    for row in rows:
        for x, cell in zip(SIDES, row, strict=False):
            for number, line in enumerate(cell):
                paper.put(x + 4, y + 12 + 12 * number, line)
        y += 12 * max(map(len, row)) + 5
        heights.append(y)
    for height in heights if ruled else (heights[0], heights[1], heights[-1]):
        paper.canvas.line(SIDES[0], HEIGHT - height, SIDES[-1], HEIGHT - height)
    for x in SIDES:
        paper.canvas.line(x, HEIGHT - top, x, HEIGHT - y)


def drawn(rows: Rows, ruled: bool = True) -> Draw:
    def draw(paper: Paper) -> None:
        table(paper, rows, ruled=ruled)
        body(paper, 300)

    return draw


def test_text_that_wraps_in_a_cell_is_one(read: Callable[[Draw], Document]) -> None:
    (found,) = tables(read(drawn(ADVICE)))
    assert found.split("\n") == [
        "Aanbeveling\tReactie",
        "Controleer of de server niet wordt gebruikt.\t"
        "Wij gaan na of dit met de bestaande invoerprogramma’s mogelijk is.",
        "Houd de sleutels geheim voor alle beheerders.\tDat doen wij al.",
    ]


def test_rows_without_lines_between_them_stay_rows(read: Callable[[Draw], Document]) -> None:
    rows: Rows = (
        (("Soort",), ("Bedrag",)),
        (("Fiets", "Auto", "Trein"), ("1.250", "12.500", "125.000")),
    )
    (found,) = tables(read(drawn(rows, ruled=False)))
    assert found.split("\n") == ["Soort\tBedrag", "Fiets\t1.250", "Auto\t12.500", "Trein\t125.000"]


def test_text_beside_a_table_leaves_it_as_it_is(read: Callable[[Draw], Document]) -> None:
    def draw(paper: Paper) -> None:
        table(paper, ADVICE)
        paper.put(340, 90, "Dit staat naast de tabel en hoort er niet bij.")
        body(paper, 300)

    document = read(draw)
    whole = " ".join(tables(document))
    assert "Controleer of de server niet wordt gebruikt." not in whole
    assert "Dit staat naast de tabel" in document.text


def test_text_around_a_table_is_above_and_below_it(read: Callable[[Draw], Document]) -> None:
    def draw(paper: Paper) -> None:
        body(paper, 60)
        table(paper, ADVICE, 120)
        body(paper, 300)

    kinds = [block.kind for block in read(draw).blocks]
    at = kinds.index(Kind.TABLE)
    assert kinds.count(Kind.TABLE) == 1
    assert kinds[at - 1] is kinds[at + 1] is Kind.PARAGRAPH
