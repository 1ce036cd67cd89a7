"""What a page has besides running text, or draws apart from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading.pdf.printing import HEIGHT, Paper

from search.reading import read_document
from search.records import Document, Kind

Draw = Callable[[Paper], None]
LINES = (
    "De gemeente zorgt voor de opvang van nieuwkomers en krijgt daarvoor geld",
    "van het Rijk, zoals in de wet van vorig jaar is vastgelegd door beide",
    "Kamers.",
)
TEXT = " ".join(LINES)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    def read(*draw: Draw) -> Document:
        paper = Paper()
        for each in draw:
            each(paper)
            paper.turn()
        (tmp_path / "stuk.pdf").write_bytes(paper.done())
        return read_document(tmp_path / "stuk.pdf", tmp_path)

    return read


def body(paper: Paper, y: float = 100) -> None:
    for i, line in enumerate(LINES):
        paper.put(60, y + 12 * i, line)


def texts(document: Document, *kinds: Kind) -> list[str]:
    wanted = kinds or (Kind.PARAGRAPH, Kind.LIST_ITEM)
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in wanted]


# What can't be seen


def invisible(paper: Paper) -> None:
    body(paper)
    paper.canvas.drawString(60, HEIGHT - 200, "Geheim", mode=3)


def white(paper: Paper) -> None:
    body(paper)
    paper.canvas.setFillColorRGB(1, 1, 1)
    paper.put(60, 200, "Geheim")
    paper.canvas.setFillColorRGB(0, 0, 0)


def cropped(paper: Paper) -> None:
    body(paper)
    paper.canvas.setCropBox((0, 300, 595, HEIGHT))
    paper.put(60, HEIGHT - 100, "Geheim")


@pytest.mark.parametrize("draw", [invisible, white, cropped])
def test_text_that_can_not_be_seen_is_left_out_and_counted(
    read: Callable[..., Document], draw: Draw
) -> None:
    document = read(draw)
    assert texts(document) == [TEXT]
    assert document.remarks[0] == (
        "Verborgen tekst (6 tekens) is weggelaten: onzichtbaar gedrukt of buiten het blad, op "
        "bladzijde 1."
    )


def test_white_text_on_a_ground_is_read(read: Callable[..., Document]) -> None:
    def draw(paper: Paper) -> None:
        body(paper)
        paper.canvas.setFillColorRGB(0, 0, 0.5)
        paper.canvas.rect(50, HEIGHT - 210, 300, 30, fill=1, stroke=0)
        paper.canvas.setFillColorRGB(1, 1, 1)
        paper.put(60, 200, "Dit staat in een blauw vak.")
        paper.canvas.setFillColorRGB(0, 0, 0)

    document = read(draw)
    assert texts(document) == [TEXT, "Dit staat in een blauw vak."]
    assert not any("Verborgen" in remark for remark in document.remarks)


# What is drawn apart


def test_drop_cap_is_the_first_letter_of_its_word(read: Callable[..., Document]) -> None:
    def draw(paper: Paper) -> None:
        paper.put(60, 124, "D", 36)
        paper.put(88, 100, "e veerdienst begon in mei en groeide daarna gestaag tot er drie")
        paper.put(88, 112, "boten waren, die elk uur naar de overkant van het water voeren en")
        paper.put(88, 124, "weer terug.")

    assert texts(read(draw))[0].startswith("De veerdienst begon in mei")


def test_letters_that_are_set_apart_are_one_word(read: Callable[..., Document]) -> None:
    def draw(paper: Paper) -> None:
        text = paper.canvas.beginText(60, HEIGHT - 100)
        text.setFont("Times-Roman", 10)
        text.setCharSpace(1.4)
        text.textOut("Infrastructuur en Waterstaat zorgt voor het water in het land.")
        text.setCharSpace(0)
        paper.canvas.drawText(text)

    assert texts(read(draw)) == ["Infrastructuur en Waterstaat zorgt voor het water in het land."]


def test_raised_number_that_is_a_note_is_no_power(read: Callable[..., Document]) -> None:
    def draw(paper: Paper) -> None:
        body(paper, 80)
        paper.put(60, 140, "Zie artikel 10")
        paper.put(123, 136.5, "1", 6)
        paper.put(130, 140, "van de wet, die in het hele land al jaren van kracht is.")
        for i in range(3):
            body(paper, 170 + 50 * i)
        paper.put(60, 760, "1 Wet van 3 mei.", 7)

    document = read(draw)
    assert any("artikel 10 van de wet" in text for text in texts(document))
    assert [note.mark for note in document.footnotes] == ["1"]


# What belongs to the page


def test_firms_small_print_cuts_no_sentence(read: Callable[..., Document]) -> None:
    def first(paper: Paper) -> None:
        body(paper, 80)
        paper.put(60, 140, LINES[0])
        paper.put(60, 800, "Ingeschreven in het Handelsregister onder nr. 12345678.", 5.5)

    def second(paper: Paper) -> None:
        paper.put(60, 80, LINES[1])
        paper.put(60, 92, LINES[2])

    assert texts(read(first, second)) == [TEXT, TEXT]


def test_head_close_to_the_text_is_none_of_it(read: Callable[..., Document]) -> None:
    sentences = ("De eerste zin.", "Een tweede zin.", "Nog een zin.", "Het vierde.", "Dit dan.")

    def page(said: str) -> Draw:
        def draw(paper: Paper) -> None:
            paper.put(60, 50, "Ministerie van Sloten | Directie Riet", 9)
            paper.put(60, 62, said)
            body(paper, 90)

        return draw

    document = read(*(page(each) for each in sentences))
    assert not any("Ministerie" in text for text in texts(document))
    assert all(any(each in text for text in texts(document)) for each in sentences)


def test_pages_before_the_first_have_no_number(read: Callable[..., Document]) -> None:
    def page(number: int) -> Draw:
        def draw(paper: Paper) -> None:
            body(paper)
            if number > 0:
                paper.put(290, 800, f"Pagina {number}")

        return draw

    document = read(*(page(number) for number in range(-1, 4)))
    assert [page.number for page in document.pages] == ["", "", "1", "2", "3"]


# Tables


def test_merged_and_empty_cells_keep_the_others_under_their_heads(
    read: Callable[..., Document],
) -> None:
    cells = (
        ((60, "Soort"), (200, "2018"), (300, "2019")),
        ((60, "Kind"),),
        ((60, "Fiets"), (300, "1,10")),
        ((200, "Op aanvraag in 2018 en 2019"),),
        ((60, "Auto"), (200, "5,00"), (300, "5,10")),
    )

    def draw(paper: Paper) -> None:
        body(paper, 60)
        for i, row in enumerate(cells):
            for x, text in row:
                paper.put(x, 120 + 12 * i, text)

    (table,) = texts(read(draw), Kind.TABLE)
    rows = [row.split("\t") for row in table.split("\n")]
    assert rows[0] == ["Soort", "2018", "2019"]
    assert rows[1] == ["Kind", "", ""]
    assert rows[2] == ["Fiets", "", "1,10"]
    assert rows[3] == ["", "Op aanvraag in 2018 en 2019", ""]
    assert rows[-1] == ["Auto", "5,00", "5,10"]
