"""XML, HTML, Markdown and text: the text nodes and characters, and what is none."""

from __future__ import annotations

import pytest
from tests.witness.making import check, witness

from search.witness import Flag, WitnessUnavailable, read_witness


def _page(inner: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{inner}</body></html>"
    )


def test_page_without_a_body() -> None:
    page = "<!DOCTYPE html><meta charset='utf-8'><title>x</title><main><p>Een zin.</p></main>"
    assert check(page, "pagina.html", "Een zin.").confirmed


@pytest.mark.parametrize(
    "inner",
    [
        "<p>Dit is <span style='display: none'>niet </span>waar.</p>",
        "<p>Dit is <span hidden>niet </span>waar.</p>",
        "<p>Dit is <span class='weg'>niet </span>waar.</p>",
        "<p>Dit is <del>niet </del>waar.</p>",
        "<p>Dit is <s>niet </s>waar.</p>",
        "<p>Dit is <span style='text-decoration: line-through'>niet </span>waar.</p>",
    ],
)
def test_hidden_and_deleted_text_is_not_let_in_nor_passed_over(inner: str) -> None:
    page = _page(inner, "<style>p{color:red} .weg, #x {display:none}</style>")
    for text in ("Dit is niet waar.", "Dit is waar."):
        found = check(page, "pagina.html", text)
        assert not found.confirmed
        assert found.flags in (Flag.HIDDEN, Flag.DELETED)


def test_what_is_hidden_on_paper_alone_is_seen() -> None:
    head = "<style>@media print { .web { display: none } }</style>"
    page = _page("<p>Dit is <span class='web'>echt </span>waar.</p>", head)
    assert check(page, "pagina.html", "Dit is echt waar.").confirmed


def test_script_style_comment_and_menu_of_choices_are_no_text() -> None:
    page = _page(
        "<p>Een <!-- niet -->zin <script>var x</script>in delen.</p><select><option>Kies</select>"
    )
    assert check(page, "pagina.html", "Een zin in delen.").confirmed
    assert not check(page, "pagina.html", "Kies").confirmed


def test_mark_that_links_to_a_note_may_be_left_out_behind_a_number() -> None:
    page = _page("<p>Het waren er 12<sup><a href='#n1'>1</a></sup> in mei.</p>")
    assert check(page, "pagina.html", "Het waren er 12 in mei.").confirmed
    assert not check(page, "pagina.html", "Het waren er 121 in mei.").confirmed


def test_cells_are_parted() -> None:
    page = _page("<table><tr><td>Kind</td><td></td><td>1</td><td>20</td></tr></table>")
    assert check(page, "pagina.html", "Kind\t\t1\t20").confirmed
    assert not check(page, "pagina.html", "Kind\t\t120").confirmed


def test_merged_cell_may_be_written_in_each_column() -> None:
    page = _page("<table><tr><td colspan=2>Samen</td><td>3,00</td></tr></table>")
    assert check(page, "pagina.html", "Samen\tSamen\t3,00").confirmed


def test_note_of_an_official_publication_is_a_text_of_its_own() -> None:
    xml = (
        "<officiele-publicatie><al>Het kabinet steunt dit<noot><noot.nr>1</noot.nr>"
        "<noot.al>Zie bijlage.</noot.al></noot> geheel.</al></officiele-publicatie>"
    )
    assert check(xml, "kst-1-1.xml", "Het kabinet steunt dit geheel.").confirmed
    assert check(xml, "kst-1-1.xml", "Zie bijlage.").confirmed
    assert not check(xml, "kst-1-1.xml", "Het kabinet steunt dit Zie bijlage. geheel.").confirmed


@pytest.mark.parametrize(
    "xml",
    [
        "<stuk><al>Groter dan 70 m<sup>2</sup> groot.</al></stuk>",
        "<stuk><al>Groter dan 70 m<nadruk type='sup'>2</nadruk> groot.</al></stuk>",
    ],
)
def test_raised_text_of_xml(xml: str) -> None:
    assert check(xml, "kst-1-1.xml", "Groter dan 70 m² groot.").confirmed
    assert not check(xml, "kst-1-1.xml", "Groter dan 70 m2 groot.").confirmed


def test_line_end_between_parts_of_a_line_is_the_programs() -> None:
    xml = (
        "<stuk><tussenkop>\n <nadruk>Bergen, 2</nadruk>\n <nadruk>3</nadruk>\n"
        " <nadruk> december</nadruk>\n</tussenkop></stuk>"
    )
    assert check(xml, "stcrt-1.xml", "Bergen, 23 december").confirmed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    said = "windows-1252" if encoding == "cp1252" else encoding
    xml = f"<?xml version='1.0' encoding='{said}'?><stuk><al>De coördinatie is één.</al></stuk>"
    assert check(xml.encode(encoding), "kst-1-1.xml", "De coördinatie is één.").confirmed


def test_accents_that_were_encoded_twice() -> None:
    twice = "<stuk><al>De coördinatie is één.</al></stuk>".encode().decode("cp1252").encode()
    assert check(twice, "h-1.xml", "De coördinatie is één.").confirmed


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Het *kabinet* steunt **dit** plan.", "Het kabinet steunt dit plan."),
        ("Zie [de brief](https://x.example/a_(b)) hierover.", "Zie de brief hierover."),
        ("Zie <https://x.example/a> hierover.", "Zie https://x.example/a hierover."),
        ("Het kabinet steunt dit.[^1]\n\n[^1]: Zie bijlage.", "Het kabinet steunt dit."),
        ("Het kabinet steunt dit.<sup>1</sup> Dus.", "Het kabinet steunt dit. Dus."),
        ("Een veld van 3 km<sup>2</sup> groot.", "Een veld van 3 km² groot."),
        ("A &amp; B zijn één\\_geheel.", "A & B zijn één_geheel."),
        ("> - Een punt\n>   in een citaat.", "Een punt in een citaat."),
        ("## Kop van dit stuk\nTekst.", "Kop van dit stuk"),
        ("| Kind | 1,20 |\n|---|---|\n| Fiets | 1,00 |", "Fiets\t1,00"),
    ],
)
def test_markup_of_markdown_is_no_text(markdown: str, text: str) -> None:
    assert check(markdown, "brief.md", text).confirmed


@pytest.mark.parametrize(
    "between",
    [
        "<sup>4</sup> Zie de brief van mei.",
        "[^4]: Zie de brief van mei.",
        "---",
        "- 12 -",
        "Pagina 3 van 9",
        "Tweede Kamer, vergaderjaar 2020-2021, 29 861, nr. 70",
        "kst-29861-70 ISSN 0921 - 7371",
    ],
)
def test_sentence_goes_on_after_a_note_or_the_edge_of_a_page(between: str) -> None:
    for name in ("brief.md", "brief.txt")[: 1 if between[0] in "[<" else 2]:
        read = witness(f"De WRR\n\n{between}\n\nwaarschuwt daarvoor.\n", name)
        assert read.check("De WRR waarschuwt daarvoor.", whole=True).confirmed


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Het kabinet steunt dit ~~niet~~ plan.", "Het kabinet steunt dit niet plan."),
        ("Het kabinet <!-- niet --> steunt dit.", "Het kabinet niet steunt dit."),
        ("Een veld van 3 km<sup>2</sup> groot.", "Een veld van 3 km2 groot."),
        ("Een kans van 10<sup>6</sup> op één.", "Een kans van 10 op één."),
    ],
)
def test_what_markdown_hides_or_raises(markdown: str, text: str) -> None:
    assert not check(markdown, "brief.md", text).confirmed


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<stuk><al>", "kst.xml"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "kst.xml"),
        (b"a\0b", "brief.txt"),
        (b"PK geen zip", "brief.docx"),
        (b"PK geen zip", "brief.odt"),
        (b"%PDF-1.7 kapot", "brief.pdf"),
        (b"tekst", "brief.rtf"),
        (b"", "brief.pdf"),
    ],
)
def test_file_that_can_not_be_read_has_no_witness(content: bytes, name: str) -> None:
    found = read_witness(content, name)
    assert isinstance(found, WitnessUnavailable)
    assert name in found.reason
    assert not found.check("tekst").confirmed
    assert found.check("tekst").reason == found.reason


def test_streams_keep_the_characters() -> None:
    assert "Een zin." in witness("Een zin.", "brief.txt").streams[0].text
