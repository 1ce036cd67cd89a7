"""PDF: a sentence over lines, columns and pages, and what may not be passed over in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from tests.witness.making import HEIGHT, check, pdf, witness

from search.witness import Flag, WitnessVerdict

LEFT, RIGHT, MARGIN = 60, 310, 480
FIRST = [
    "Het kabinet onderzocht in het voorjaar hoe",
    "de veerdienst tussen beide oevers beter kan",
    "aansluiten op de bus naar de stad. Dat is",
    "een wens van velen in de streek, zo bleek.",
    "De uitkomst is op 3 mei besproken met de",
]
SECOND = [
    "gemeenten langs het meer en met de raad.",
    "De schippers zijn het daar niet mee eens en",
    "hebben bezwaar gemaakt bij de provincie, die",
    "in september een besluit neemt over hun brief.",
    "Tot dan blijft alles zoals het nu is geregeld.",
]
ACROSS = "Het kabinet onderzocht in het voorjaar hoe gemeenten langs het meer en met de raad."
OVER = "De uitkomst is op 3 mei besproken met de gemeenten langs het meer en met de raad."

Draw = Callable[[Any], None]


def _lines(canvas: Any, x: float, y: float, lines: Sequence[str], size: float = 10) -> None:
    """Draw lines under each other, the first one `y` points below the top."""
    canvas.setFont("Helvetica", size)
    for number, line in enumerate(lines):
        canvas.drawString(x, HEIGHT - y - 1.2 * size * number, line)


def _columns(canvas: Any) -> None:
    _lines(canvas, LEFT, 100, FIRST)
    _lines(canvas, RIGHT, 100, SECOND)


def _row_by_row(canvas: Any) -> None:
    """Draw the same columns as some programs do: across."""
    for number, pair in enumerate(zip(FIRST, SECOND, strict=True)):
        for x, line in zip((LEFT, RIGHT), pair, strict=True):
            _lines(canvas, x, 100 + 12 * number, [line])


def _backwards(canvas: Any) -> None:
    for number in reversed(range(5)):
        _lines(canvas, RIGHT, 100 + 12 * number, [SECOND[number]])
        _lines(canvas, LEFT, 100 + 12 * number, [FIRST[number]])


@pytest.mark.parametrize("draw", [_columns, _row_by_row, _backwards])
def test_sentence_goes_on_under_it_and_in_the_next_column(draw: Draw) -> None:
    read = witness(pdf(draw), "brief.pdf")
    assert read.check("Dat is een wens van velen in de streek, zo bleek.", whole=True).confirmed
    assert read.check(OVER, whole=True).confirmed


@pytest.mark.parametrize("draw", [_columns, _row_by_row, _backwards])
def test_columns_may_not_be_joined(draw: Draw) -> None:
    assert not check(pdf(draw), "brief.pdf", ACROSS).confirmed


def test_line_may_not_be_passed_over() -> None:
    file = pdf(_columns)
    text = "Het kabinet onderzocht in het voorjaar hoe aansluiten op de bus naar de stad."
    assert check(file, "brief.pdf", text).verdict is WitnessVerdict.UNCONFIRMED
    assert not check(file, "brief.pdf", OVER.replace("De uitkomst is op", "Het is op")).confirmed


def test_margin_line_may_not_be_let_in() -> None:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 100, FIRST[:2])
        _lines(canvas, MARGIN, 112, ["Ons kenmerk", "2026-1234"], size=7)
        _lines(canvas, LEFT, 124, FIRST[2:])

    read = witness(pdf(draw), "brief.pdf")
    sentence = " ".join(FIRST[:3]).removesuffix(" Dat is")
    assert read.check(sentence, whole=True).confirmed
    assert not read.check(sentence.replace("beter kan", "beter kan Ons kenmerk")).confirmed
    assert read.check("Ons kenmerk\n2026-1234").confirmed


def test_line_number_may_be_left_out_and_not_let_in() -> None:
    def draw(canvas: Any) -> None:
        for number, line in enumerate(FIRST):
            _lines(canvas, 40, 100 + 12 * number, [str(number + 1)], size=7)
            _lines(canvas, LEFT, 100 + 12 * number, [line])

    read = witness(pdf(draw), "brief.pdf")
    sentence = " ".join(FIRST[:3]).removesuffix(" Dat is")
    assert read.check(sentence, whole=True).confirmed
    assert not read.check(sentence.replace("beter kan", "beter kan 3")).confirmed


def _page(body: Sequence[str], head: str, foot: Sequence[str] = ()) -> Draw:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 40, [head])
        _lines(canvas, LEFT, 100, body)
        _lines(canvas, LEFT, 700, foot, size=7)
        _lines(canvas, RIGHT, 800, [str(canvas.getPageNumber())])

    return draw


def test_sentence_goes_on_over_the_page_past_heads_and_notes() -> None:
    head = "Tweede Kamer, vergaderjaar 2025-2026, 29 861, nr. 70"
    file = pdf(
        _page(FIRST, head, ["1 Zie de brief van de gemeenten aan de raad van mei."]),
        _page(SECOND, head),
        _page(["De derde bladzijde heeft niets te zeggen."], head),
    )
    read = witness(file, "brief.pdf")
    assert read.check(OVER, whole=True).confirmed
    assert not read.check(OVER.replace("met de gemeenten", f"met de {head} gemeenten")).confirmed
    note = "Zie de brief van de gemeenten aan de raad van mei."
    assert read.check(note).confirmed
    assert not read.check(OVER.replace("met de gemeenten", f"met de {note} gemeenten")).confirmed
    skipped = "De uitkomst is op 3 mei besproken met de De derde bladzijde heeft niets te zeggen."
    assert not read.check(skipped).confirmed


def _raised(canvas: Any, before: str, raised: str, after: str, y: float = 100) -> None:
    text = canvas.beginText(LEFT, HEIGHT - y)
    text.setFont("Helvetica", 10)
    text.textOut(before)
    text.setFont("Helvetica", 6)
    text.setRise(4)
    text.textOut(raised)
    text.setRise(0)
    text.setFont("Helvetica", 10)
    text.textOut(after)
    canvas.drawText(text)


def test_raised_digit_of_a_power() -> None:
    read = witness(pdf(lambda c: _raised(c, "Er stroomt 10", "6", " liter door.")), "brief.pdf")
    assert read.check("Er stroomt 10⁶ liter door.").confirmed
    for text in ("Er stroomt 10 liter door.", "Er stroomt 106 liter door."):
        found = read.check(text)
        assert (found.verdict, found.flags) == (WitnessVerdict.CONTRADICTED, Flag.RAISED)


def test_raised_digit_that_is_drawn_later() -> None:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 100, ["Er stroomt 10  liter door."])
        _lines(canvas, LEFT, 130, ["Dat is veel water."])
        _lines(canvas, LEFT + canvas.stringWidth("Er stroomt 10", "Helvetica", 10), 96, ["6"], 6)

    read = witness(pdf(draw), "brief.pdf")
    assert read.check("Er stroomt 10⁶ liter door.").confirmed
    assert not read.check("Er stroomt 10 liter door.").confirmed


def test_mark_of_a_note_behind_a_figure_is_known_by_the_note() -> None:
    def draw(canvas: Any, note: str = "3 Zie de bijlage bij de brief van mei.") -> None:
        _raised(canvas, "Het waren er 12", "3", " in totaal, zegt de raad.")
        _lines(canvas, LEFT, 120, FIRST)
        _lines(canvas, LEFT, 700, [note], size=7)

    text = "Het waren er 12 in totaal, zegt de raad."
    assert check(pdf(draw), "brief.pdf", text).confirmed
    assert not check(pdf(lambda c: draw(c, "Zonder nummer.")), "brief.pdf", text).confirmed


def _with(canvas: Any, change: Callable[[Any], None], back: Callable[[Any], None]) -> None:
    text = canvas.beginText(LEFT, HEIGHT - 100)
    text.setFont("Helvetica", 10)
    text.textOut("Dit is ")
    change(text)
    text.textOut("echt niet ")
    back(text)
    text.textOut("waar gebleken.")
    canvas.drawText(text)


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (lambda t: t.setTextRenderMode(3), lambda t: t.setTextRenderMode(0)),
        (lambda t: t.setFillGray(1), lambda t: t.setFillGray(0)),
    ],
)
def test_invisible_and_white_text_is_not_let_in(
    change: Callable[[Any], None], back: Callable[[Any], None]
) -> None:
    read = witness(pdf(lambda c: _with(c, change, back)), "brief.pdf")
    assert not read.check("Dit is echt niet waar gebleken.").confirmed
    assert read.check("echt niet").flags is Flag.HIDDEN
    assert any(run.flags & Flag.HIDDEN for run in read.streams[0].runs)


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(LEFT - 5, HEIGHT - 120, 300, 40, stroke=0, fill=1)
        canvas.setFillGray(1)
        _lines(canvas, LEFT, 100, ["Een kop in witte letters."])

    assert check(pdf(draw), "brief.pdf", "Een kop in witte letters.").confirmed


def test_text_outside_the_crop_box_is_hidden() -> None:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 100, FIRST)
        _lines(canvas, LEFT, 820, ["Buiten de bladspiegel."])

    read = witness(pdf(draw, crop=(0, 100, 595, HEIGHT)), "brief.pdf")
    assert read.check(FIRST[0]).confirmed
    assert read.check("Buiten de bladspiegel.").flags is Flag.HIDDEN


def test_invisible_text_over_a_picture_is_a_recognised_scan() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, HEIGHT)
        _with(canvas, lambda t: t.setTextRenderMode(3), lambda _: None)

    assert check(pdf(draw), "scan.pdf", "Dit is echt niet waar gebleken.").confirmed


def test_words_of_a_scan_can_not_be_checked() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, HEIGHT)

    assert "gescande" in check(pdf(draw), "scan.pdf", "Wat de scan zegt.").reason


def test_word_that_a_line_end_broke() -> None:
    read = witness(pdf(lambda c: _lines(c, LEFT, 100, ["Over de noord-", "zuidroute."])), "b.pdf")
    assert read.check("Over de noordzuidroute.").confirmed
    assert read.check("Over de noord-zuidroute.").confirmed
    wide = pdf(lambda c: _lines(c, LEFT, 100, ["Voor de 65-", "plussers."]))
    assert check(wide, "b.pdf", "Voor de 65-plussers.").confirmed
    assert not check(wide, "b.pdf", "Voor de 65plussers.").confirmed


def test_justified_line_with_wide_gaps_is_one_line() -> None:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 100, ["verkeersveiligheidsmaatregelen komen"])
        edge = LEFT + canvas.stringWidth("verkeersveiligheidsmaatregelen komen", "Helvetica", 10)
        _lines(canvas, LEFT, 112, ["van"])
        _lines(canvas, LEFT + 70, 112, ["de"])
        canvas.drawRightString(edge, HEIGHT - 112, "omliggende")
        _lines(canvas, LEFT, 124, ["gemeenten."])

    text = "verkeersveiligheidsmaatregelen komen van de omliggende gemeenten."
    assert check(pdf(draw), "brief.pdf", text).confirmed


def test_row_of_a_table() -> None:
    def draw(canvas: Any) -> None:
        for number, row in enumerate([("Volwassene", "2,50", "2,60"), ("Kind", "-", "1,20")]):
            for x, cell in zip((60, 200, 300), row, strict=True):
                _lines(canvas, x, 100 + 14 * number, [cell])

    read = witness(pdf(draw), "tabel.pdf")
    assert read.check("Volwassene\t2,50\t2,60", whole=True).confirmed
    assert read.check("Kind\t-\t1,20", whole=True).confirmed
    assert not read.check("Kind\t1,20").confirmed
    assert not read.check("Volwassene\t2,50", whole=True).confirmed


def test_large_first_letter_belongs_to_the_line_beside_it() -> None:
    def draw(canvas: Any) -> None:
        _lines(canvas, LEFT, 112, ["D"], size=24)
        _lines(canvas, LEFT + 20, 100, ["e veerdienst begon in mei met varen."])
        _lines(canvas, LEFT + 20, 112, ["Daarna groeide hij gestaag en flink."])
        _lines(canvas, LEFT, 124, ["Nu vaart hij elke dag van het jaar."])

    assert check(pdf(draw), "brief.pdf", "De veerdienst begon in mei met varen.").confirmed


def test_turned_page() -> None:
    def draw(canvas: Any) -> None:
        canvas.rotate(90)
        canvas.translate(0, -595)
        _lines(canvas, LEFT, HEIGHT - 500, FIRST)

    sentence = " ".join(FIRST[:3]).removesuffix(" Dat is")
    assert check(pdf(draw), "brief.pdf", sentence).confirmed


def test_locked_file_has_no_witness() -> None:
    from search.witness import Allowance, WitnessUnavailable, read_witness

    many = pdf(*[lambda c: _lines(c, LEFT, 100, ["Een regel."])] * 3)
    for allowed in (Allowance(pages=2), Allowance(characters=5), Allowance(seconds=0)):
        assert isinstance(read_witness(many, "brief.pdf", allowed), WitnessUnavailable)
