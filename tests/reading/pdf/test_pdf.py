"""PDFs as ministries, printers and scanners make them."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from tests.paths import CORPUS
from tests.reading.pdf.printing import Paper, break_lines, print_letter, runs_of

from search.errors import ReadingError
from search.quoting import fault_of
from search.reading import Contents, read_document
from search.reading.assemble import assemble
from search.reading.pdf.reader import read_pdf
from search.records import Document, Kind, Limits, PageStart, Span

Read = Callable[..., Document]
SENTENCE = (
    "De gemeente zorgt voor de opvang van nieuwkomers en krijgt daarvoor geld van het Rijk, zoals "
    "in de wet van vorig jaar is vastgelegd door beide Kamers."
)


def contents(content: bytes, **limits: float) -> Contents:
    return read_pdf(content, "brief.pdf", Limits(**limits))  # type: ignore[arg-type]


def texts(document: Document, kind: Kind | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


def fault(document: Document, source: str) -> str:
    return fault_of(document, source, Span(0, len(document.text)), document.text)


def set_lines(
    paper: Paper, x: float, y: float, text: str, width: float = 400, size: float = 10
) -> float:
    """Print a text in lines 1.2 times its size apart; return the place of the next line."""
    for line in break_lines(runs_of(text), width, size):
        paper.line(x, y, line, size, 0)
        y += 1.2 * size
    return y


# The letter of the corpus, printed


@pytest.fixture(scope="module")
def printed() -> bytes:
    return print_letter((CORPUS / "kst-29861-70.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def print_(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("pdf") / "kst-29861-70.pdf"
    path.write_bytes(printed)
    return read_document(path, path.parent)


def test_printed_letter_gives_the_text_of_its_markdown(print_: Document, letter: Document) -> None:
    assert print_.text.removeprefix("Tweede Kamer der Staten-Generaal 2\n") == letter.text


def test_printed_letter_has_the_blocks_and_sections_of_its_markdown(
    print_: Document, letter: Document
) -> None:
    assert [b.kind for b in print_.blocks[1:]] == [b.kind for b in letter.blocks]
    assert [s.path for s in print_.sections] == [s.path for s in letter.sections]


def test_printed_letter_says_of_itself_what_its_markdown_says(
    print_: Document, letter: Document
) -> None:
    for name in ("title", "kind", "date", "chamber", "vergaderjaar", "dossiers", "ondernummer"):
        assert getattr(print_.metadata, name) == getattr(letter.metadata, name)
    assert [(s.name, s.function) for s in print_.signatories] == [
        (s.name, s.function) for s in letter.signatories
    ]


def test_printed_letter_has_its_footnotes_at_their_words(
    print_: Document, letter: Document
) -> None:
    def notes(document: Document) -> list[tuple[str, str, str]]:
        return [
            (n.mark, document.text[n.start : n.end], document.text[n.anchor - 20 : n.anchor])
            for n in document.footnotes
            if n.anchor
        ]

    assert len(notes(letter)) == 22
    assert notes(print_) == notes(letter)


@pytest.mark.slow
def test_printed_letter_says_what_its_file_says(print_: Document, printed: bytes) -> None:
    source = contents(printed).source
    assert fault(print_, source) == ""
    assert contents(printed).source == source, "each time the same"


def test_every_word_of_a_page_is_on_that_page(print_: Document, printed: bytes) -> None:
    pages = contents(printed).source.split("\f")
    assert [p.number for p in print_.pages] == [str(n + 1) for n in range(len(pages))]
    for number, page in enumerate(pages):
        # Lines that occur once in the letter and were not hyphenated.
        whole = [line for line in page.split("\n") if len(line) > 40 and line[-1] != "-"]
        once = [line for line in whole if print_.text.count(line) == 1]
        assert len(once) > 2
        assert {print_.page_at(print_.text.index(line)) for line in once} == {str(number + 1)}


@pytest.mark.slow
def test_word_left_out_of_a_page_is_a_fault(print_: Document, printed: bytes) -> None:
    source = contents(printed).source
    changed = source.replace("grote waardering", "niet grote waardering")
    assert changed != source
    assert fault(print_, changed) != ""


# A letter over three pages


def three_pages(numbered: bool = True, first: int = 1) -> Paper:
    paper = Paper()
    paper.put(60, 80, "Bijen op Terschelling", 16, "B")
    paper.put(60, 110, "1. Inleiding", 12, "B")
    y = set_lines(paper, 60, 128, SENTENCE + " Eén naïeve ‘imker’ – «zo heet dat» – telt €5.")
    y = set_lines(
        paper, 60, y + 12, f"De {SENTENCE[3:]} Zie de bijlage.<sup>1</sup> Er is 5 m² hei."
    )
    paper.put(60, y + 12, "1.1 Wat er gebeurt", 10, "B")
    y = set_lines(paper, 60, y + 28, "Het kabinet doet drie dingen:")
    for mark, text in (("•", "het telt de bijen;"), ("•", SENTENCE), ("–", "het zaait bloemen.")):
        paper.put(66, y, mark)
        y = set_lines(paper, 80, y, text, 380)
    set_lines(
        paper,
        60,
        y + 12,
        "Dit is het begin van een lange zin die op de volgende bladzijde "
        "pas eindigt, omdat het blad vol is en de zin nog",
    )
    paper.put(60, 760, "1", 5)
    set_lines(paper, 66, 764, "Kamerstuk 29 861, nr. 70.", size=8)
    _edges(paper, first, numbered)
    y = set_lines(paper, 60, 80, "lang niet uit, en daarna komt er een woord dat de drukker samen-")
    y = set_lines(paper, 60, y, "stelde en WRR-")
    y = set_lines(paper, 60, y, "rapport heet.")
    paper.put(60, y + 12, "2. Slot", 12, "B")
    set_lines(paper, 60, y + 30, SENTENCE)
    _edges(paper, first + 1, numbered)
    set_lines(paper, 60, 80, "Dit staat op de derde bladzijde en nergens anders in de brief.")
    _edges(paper, first + 2, numbered)
    return paper


def _edges(paper: Paper, number: int, numbered: bool) -> None:
    paper.put(60, 40, "Rapport over de bijen", 8)
    paper.put(60, 810, "Provincie Fryslân", 8)
    if numbered:
        paper.put(530, 810, str(number), 8)
    paper.turn()


def test_letter_over_three_pages_becomes_its_headings_paragraphs_and_items(read: Read) -> None:
    content = three_pages().done()
    document = read(content, "bijen.pdf")
    assert fault(document, contents(content).source) == ""
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        (Kind.HEADING, "Bijen op Terschelling"),
        (Kind.HEADING, "1. Inleiding"),
        (Kind.PARAGRAPH, SENTENCE + " Eén naïeve ‘imker’ – «zo heet dat» – telt €5."),
        (Kind.PARAGRAPH, f"De {SENTENCE[3:]} Zie de bijlage. Er is 5 m² hei."),
        (Kind.HEADING, "1.1 Wat er gebeurt"),
        (Kind.PARAGRAPH, "Het kabinet doet drie dingen:"),
        (Kind.LIST_ITEM, "het telt de bijen;"),
        (Kind.LIST_ITEM, SENTENCE),
        (Kind.LIST_ITEM, "het zaait bloemen."),
        (
            Kind.PARAGRAPH,
            "Dit is het begin van een lange zin die op de volgende bladzijde pas "
            "eindigt, omdat het blad vol is en de zin nog lang niet uit, en daarna "
            "komt er een woord dat de drukker samenstelde en WRR-rapport heet.",
        ),
        (Kind.HEADING, "2. Slot"),
        (Kind.PARAGRAPH, SENTENCE),
        (Kind.PARAGRAPH, "Dit staat op de derde bladzijde en nergens anders in de brief."),
        (Kind.FOOTNOTE, "Kamerstuk 29 861, nr. 70."),
    ]
    assert document.section_path(document.text.index("drie dingen")) == (
        "1. Inleiding",
        "1.1 Wat er gebeurt",
    )
    note = document.footnotes[0]
    assert (note.mark, document.text[: note.anchor].endswith("bijlage.")) == ("1", True)


@pytest.mark.parametrize(
    ("text", "page"), [("Er is 5 m²", "1"), ("lang niet", "2"), ("derde", "3")]
)
def test_page_of_a_word(read: Read, text: str, page: str) -> None:
    document = read(three_pages().done(), "bijen.pdf")
    assert document.page_at(document.text.index(text)) == page


@pytest.mark.parametrize(
    ("paper", "numbers"),
    [
        pytest.param(lambda: three_pages(first=17), ["17", "18", "19"], id="printed"),
        pytest.param(lambda: three_pages(numbered=False), ["1", "2", "3"], id="none"),
        pytest.param(lambda: labelled(three_pages(first=17)), ["iv", "v", "vi"], id="labels"),
    ],
)
def test_number_of_a_page(paper: Callable[[], Paper], numbers: list[str]) -> None:
    assert [page.number for page in contents(paper().done()).pages] == numbers


def labelled(paper: Paper) -> Paper:
    paper.canvas.addPageLabel(0, "ROMAN_LOWER", 4)
    return paper


# Columns, margins, tables


@pytest.mark.parametrize("order", ["left first", "right first", "row by row"])
def test_two_columns_are_read_one_after_the_other(read: Read, order: str) -> None:
    text = " ".join([SENTENCE] * 6) + " Dat was alles wat de brief zegt."
    lines = break_lines(runs_of(text), 220, 10)
    half = len(lines) // 2
    left = [(60.0, 100.0 + 12 * i, line) for i, line in enumerate(lines[:half])]
    right = [(310.0, 100.0 + 12 * i, line) for i, line in enumerate(lines[half:])]
    paper = Paper()
    paper.put(60, 60, "Nieuwsbrief over de opvang", 16, "B")
    drawn = {
        "left first": left + right,
        "right first": right + left,
        "row by row": sorted(left + right, key=lambda each: each[1]),
    }[order]
    for x, y, line in drawn:
        paper.line(x, y, line, 10, 0)
    paper.turn()
    content = paper.done()
    document = read(content, "a.pdf")
    assert texts(document) == ["Nieuwsbrief over de opvang", text]
    assert fault(document, contents(content).source) == ""


def test_stationery_in_the_margin_is_no_text_but_says_what_the_letter_is(read: Read) -> None:
    paper = Paper()
    for i, line in enumerate(("Ministerie van Financiën", "Onze referentie", "2021-0000123")):
        paper.put(480, 96 + 9 * i, line, 7)
    set_lines(paper, 60, set_lines(paper, 60, 90, " ".join([SENTENCE] * 3)) + 12, SENTENCE)
    paper.turn()
    document = read(paper.done(), "a.pdf")
    assert texts(document) == [" ".join([SENTENCE] * 3), SENTENCE]
    assert document.metadata.reference == "2021-0000123"
    assert document.metadata.issuer == "Ministerie van Financiën"


def test_note_in_the_margin_cuts_no_sentence(read: Read) -> None:
    paper = Paper()
    for i, line in enumerate(("De opvang van", "nieuwkomers")):
        paper.put(480, 96 + 9 * i, line, 7)
    set_lines(paper, 60, set_lines(paper, 60, 90, " ".join([SENTENCE] * 3)) + 12, SENTENCE)
    paper.turn()
    document = read(paper.done(), "a.pdf")
    assert texts(document) == [" ".join([SENTENCE] * 3), "De opvang van nieuwkomers", SENTENCE]


def test_rows_of_a_table_stay_rows(read: Read) -> None:
    paper = Paper()
    y = set_lines(paper, 60, 80, SENTENCE) + 12
    for row in (("Gemeente", "Aantal"), ("Assen", "12"), ("Zwolle", "31")):
        paper.put(60, y, row[0])
        paper.put(200, y, row[1])
        y += 12
    paper.turn()
    document = read(paper.done(), "a.pdf")
    assert texts(document, Kind.TABLE) == ["Gemeente\tAantal\nAssen\t12\nZwolle\t31"]


# What the file says of itself


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("De bijen van Terschelling", "De bijen van Terschelling"),
        ("Een heel andere titel", "Brief over bijen"),
        ("Microsoft Word - brief.docx", "Brief over bijen"),
        ("kst-29861-70", "Brief over bijen"),
        ("Untitled document", "Brief over bijen"),
    ],
)
def test_title_of_the_file_is_taken_where_its_words_are_on_the_first_page(
    read: Read, title: str, taken: str
) -> None:
    paper = Paper()
    paper.canvas.setTitle(title)
    set_lines(paper, 60, 80, SENTENCE)
    set_lines(paper, 60, 300, "Het gaat slecht met de bijen van Terschelling.")
    paper.turn()
    metadata = read(paper.done(), "brief_over-bijen.pdf").metadata
    # reportlab dates a file that must be the same each time 1 January 2000.
    assert (metadata.title, metadata.date, metadata.file_date) == (taken, "", "2000-01-01")


def test_text_goes_before_what_the_file_says(read: Read) -> None:
    paper = Paper()
    paper.canvas.setTitle("Een heel andere titel")
    paper.put(60, 80, "Bijen op Terschelling", 16, "B")
    paper.put(60, 110, "Datum")
    paper.put(130, 110, "26 mei 2021")
    set_lines(paper, 60, 140, SENTENCE)
    paper.turn()
    content = paper.done()
    metadata = read(content, "a.pdf").metadata
    assert (metadata.title, metadata.date) == ("Bijen op Terschelling", "2021-05-26")
    assert metadata.file_date == "2000-01-01"
    assert contents(content).remarks == ()


# What can't be read


def test_empty_and_other_files_are_refused(read: Read) -> None:
    for content, said in (
        (b"", "leeg"),
        (b"PK\x03\x04" + b"x" * 99, "geen PDF"),
        (b"%PDF-1.7\nniets", "beschadigd"),
    ):
        with pytest.raises(ReadingError, match=rf"a\.pdf.*{said}"):
            read(content, "a.pdf")


def test_locked_file_is_refused(read: Read) -> None:
    paper = Paper(encrypt="geheim")
    paper.put(60, 80, "Geheim")
    paper.turn()
    with pytest.raises(ReadingError, match="wachtwoord"):
        read(paper.done(), "a.pdf")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"pages": 2}, "3 bladzijden; hooguit 2"),
        ({"characters": 100}, "meer dan 100 tekens"),
        ({"seconds": 0.0}, "seconden"),
    ],
)
def test_file_over_a_limit_is_refused(limits: dict[str, float], said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        contents(three_pages().done(), **limits)


def test_empty_pages_give_no_text(read: Read) -> None:
    paper = Paper()
    paper.turn()
    with pytest.raises(ReadingError, match="geen tekst"):
        read(paper.done(), "a.pdf")


@pytest.mark.slow
def test_file_is_read_by_threads_at_once(printed: bytes) -> None:
    sources: list[str] = []
    threads = [
        threading.Thread(target=lambda: sources.append(contents(printed).source)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sources) == 4
    assert len(set(sources)) == 1


def test_pages_begin_after_the_form_feeds(printed: bytes) -> None:
    found = contents(printed)
    starts = [0, *(m.end() for m in re.finditer("\f", found.source))]
    assert found.pages == tuple(PageStart(at, str(i + 1)) for i, at in enumerate(starts))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_damaged_file_is_read_or_refused_soon(printed: bytes, seed: int) -> None:
    chance = random.Random(seed)
    small = three_pages().done()
    for _ in range(25):
        damaged = bytearray(chance.choice((small, small, printed)))
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.4:
            at = chance.randrange(len(damaged))
            del damaged[at : at + chance.choice((1, 100, len(damaged)))]
        began = time.monotonic()
        with suppress(ReadingError):
            found = contents(bytes(damaged))
            document = assemble("brief", "brief.pdf", found.blocks, found.metadata)
            # A character that could not be read makes the words unquotable, and nothing else does.
            wrong = fault(document, found.source) if document.text else ""
            assert not wrong or "\ufffd" in document.text
            assert found.source.encode("utf-8").decode("utf-8") == found.source
        assert time.monotonic() - began < 5
