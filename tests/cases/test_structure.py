"""Numbers that Word and Writer make, contents lists, drop caps, captions, front matter, lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases.conftest import Case, Changed
from tests.cases.looking import RUNNING, flat, is_whole, lines
from tests.reading.office.test_docx import p, r, word

from search.citing import cite_in
from search.dutch.terms import analyse
from search.passages import make_passages
from search.reading import read_document
from search.records import Document, Kind


def _passages(document: Document) -> list[str]:
    made = make_passages(document, lambda texts: [len(text.split()) for text in texts])
    return [flat(passage.text) for passage in made]


# Numbers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "autonum.docx",
            ["1. De boot is veilig.", "a. Dat is in mei gekeurd.", "2. De steiger is sterk."],
        ),
        ("list_num.odt", ["1. De boot is veilig.", "2. De steiger is sterk."]),
    ],
)
def test_number_of_a_list_is_part_of_its_text(case: Case, name: str, expected: list[str]) -> None:
    document = case(name)
    items = [line for line in lines(document, *RUNNING) if not line.startswith("Betreft")]
    assert items == expected
    assert all(any(item in passage for passage in _passages(document)) for item in expected)


def _numbered(content: bytes, folder: Path) -> Document:
    path = folder / "regeling.docx"
    path.write_bytes(content)
    return read_document(path, folder)


def _levels(*levels: str) -> str:
    """Write a list of numbers that goes by these patterns, level after level, from 1 on."""
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, pattern in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def _at(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="K{level + 1}"><w:name w:val="heading {level + 1}"/>'
    f"<w:pPr>{_at(level)}</w:pPr></w:style>"
    for level in (0, 1)
)


def test_numbers_of_headings_are_part_of_the_citation(tmp_path: Path) -> None:
    body = (
        p(r("Inleiding"), style="K1")
        + p(r("De boot vaart sinds mei."))
        + p(r("Kosten"), style="K1")
        + p(r("De boot is duur."))
        + p(r("Steiger"), style="K2")
        + p(r("De steiger kost meer."))
    )
    document = _numbered(word(body, styles=HEADINGS, numbering=_levels("%1", "%1.%2")), tmp_path)
    path = [flat(each) for each in document.section_path(document.text.index("De steiger kost"))]
    assert path == ["2 Kosten", "2.1 Steiger"]
    cited = cite_in(document.id, document.metadata, path)
    assert cited.endswith("par. ‘2.1 Steiger’")


def test_numbers_of_articles_are_part_of_the_text(tmp_path: Path) -> None:
    body = (
        p(r("De boot is veilig."), inner=_at(0))
        + p(r("De steiger is sterk."), inner=_at(0))
        + p(r("De haven is diep."), inner=_at(0))
        + p(r("Dat is gemeten."), inner=_at(1))
    )
    document = _numbered(word(body, numbering=_levels("Artikel %1", "%1.%2")), tmp_path)
    assert flat(document.text) == (
        "Artikel 1 De boot is veilig. Artikel 2 De steiger is sterk. Artikel 3 De haven is diep. "
        "3.1 Dat is gemeten."
    )
    assert set(analyse("Artikel 3")) <= set(analyse(document.text))


def test_number_goes_on_from_where_its_list_starts(changed: Changed) -> None:
    document = changed(
        "autonum.docx",
        '<w:lvl w:ilvl="0"><w:start w:val="1"/>',
        '<w:lvl w:ilvl="0"><w:start w:val="7"/>',
        part="word/numbering.xml",
    )
    text = flat(document.text)
    assert text.endswith("7. De boot is veilig. a. Dat is in mei gekeurd. 8. De steiger is sterk.")


# Contents lists, drop caps, captions


def test_contents_list_is_no_passage(case: Case) -> None:
    document = case("toc.docx")
    for listed in ("Kosten van de steiger", "1. Veiligheid van de veerboten"):
        assert not any(listed in passage for passage in _passages(document)), listed
        assert not any(listed in line for line in lines(document, *RUNNING)), listed
    assert document.section_path(document.text.index("De boot is veilig.")) == (
        "Veiligheid van de veerboten",
    )


def test_drop_cap_is_the_first_letter_of_its_word(case: Case) -> None:
    document = case("dropcap.docx")
    assert "De veerdienst begon in mei. Daarna groeide hij." in lines(document, Kind.PARAGRAPH)


def test_caption_of_a_figure_is_read(case: Case) -> None:
    document = case("caption.html")
    caption = "Figuur 1: de pont bij Kadoelen."
    assert flat(document.text).count(caption) == 1
    assert any(caption in passage for passage in _passages(document))


# Markdown and plain text


def test_front_matter_is_no_text(case: Case) -> None:
    document = case("front-matter-lijst.md")
    assert flat(document.text) == "Maatregel Maai de sloot ten hoogste twee keer per jaar."
    assert lines(document, Kind.HEADING) == ["Maatregel"]
    assert document.metadata.title == "Zorg voor schone sloten"


def test_heading_of_markdown_needs_no_space(changed: Changed) -> None:
    document = changed("front-matter-lijst.md", "## Maatregel", "##Maatregel")
    assert lines(document, Kind.HEADING) == ["Maatregel"]


def test_lines_of_a_paragraph_are_joined_whatever_they_begin_with(case: Case) -> None:
    document = case("platte-tekst-een-lange-regel.txt")
    for sentence in (
        "Onze partij wil dat het land droog blijft.",
        "Zij vraagt aan de Verenigde Waterschappen om samen te werken met de Raad van Sloten, en "
        "aan de Tweede Kamer om daarvoor geld vrij te maken.",
        "De kosten van dit plan zijn berekend door het bureau van de partij, dat daarvoor "
        "gesproken heeft met negen deskundigen uit heel het land.",
    ):
        assert is_whole(document, sentence), sentence
    assert lines(document, Kind.HEADING) == ["Programma van de Slotenpartij 1952"]
