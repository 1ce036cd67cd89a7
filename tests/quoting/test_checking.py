"""The check of a quote against its file: what a reader makes of a file passes, all else fails."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.errors import ReadingError
from search.quoting import SourceCheck, fault_of
from search.reading import read_document
from search.records import Document, Metadata, Quote, Segment, SourceMap, Span

WORDS = st.sampled_from(
    "de raad kabinet onder-wijs vijf 12 3,5 WRR-rapport Oost-Europa foto's ’s-Gravenhage één "
    "naïef ﬁnancieel R&D snake_case m² (zie) «zo» a*b 2018.3 < x>y [sic] no\u00a0break".split(" ")
)
INLINE = st.one_of(
    WORDS,
    WORDS,
    WORDS,
    st.sampled_from(
        [
            "*nadruk*",
            "_nadruk_",
            "**vet _en_ schuin**",
            "__vet__",
            "***beide***",
            "`code`",
            "&amp;",
            "&euml;&eacute;n",
            "&#8211;",
            "&nbsp;",
            "&lt;naam&gt;",
            "\\*ster\\*",
            "a\\_b",
            "[een link](https://voorbeeld.nl/a_(b))",
            "<https://voorbeeld.nl/x_y>",
            "woord[^1]",
            "woord<sup>2</sup>",
            "woord³",
            "![beeld](plaat.png)",
            "<b>vet</b>",
            "regel<br>einde",
            "<!-- opmerking -->",
            '[bron](<a b> "titel")',
            "[bron](a\\)b)",
            "_[link](x)_",
            '<span class="a b">s</span>',
        ]
    ),
)
LINE = st.lists(INLINE, min_size=1, max_size=7).map(" ".join)
BROKEN = st.lists(
    st.one_of(LINE, LINE.map(lambda line: f"{line} onder-\nwijs")), min_size=1, max_size=4
).map("\n".join)
FURNITURE = st.sampled_from(
    [
        "Tweede Kamer, vergaderjaar 2020–2021, 29 861, nr. 70 4",
        "kst-29861-70\nISSN 0921 - 7371",
        "’s-Gravenhage 2021",
        "Pagina 3 van 9",
        "blz. 4",
        "---",
        "_kst-29861-70_",
        "**ISSN 0921-7371**",
    ]
)
HEADING = st.one_of(
    st.tuples(st.sampled_from(["# ", "## ", "### "]), LINE).map("".join),
    LINE.map(lambda line: f"## {line} ##"),
    st.just("**Thema 1**"),
    st.just("Kop\n====="),
)
LIST = st.lists(
    st.tuples(st.sampled_from(["- ", "* ", "1. ", "  - ", "- > "]), LINE).map("".join),
    min_size=1,
    max_size=3,
).map("\n".join)
NOTE = st.tuples(st.sampled_from(["[^1]: ", "<sup>2</sup> ", "³ "]), LINE).map("".join)
TABLE = st.tuples(WORDS, LINE, LINE).map(
    lambda cells: f"| kop | {cells[0]} |\n|:---|---:|\n| {cells[1]} | {cells[2]} |"
)
FENCE = st.tuples(st.sampled_from(["```\n", "~~~python\n"]), LINE).map(
    lambda pair: f"{pair[0]}{pair[1]}\n{pair[0][:3]}"
)
QUOTED = BROKEN.map(lambda text: "> " + text.replace("\n", "\n> "))
SIGNED = st.just("De Minister van Sociale Zaken en Werkgelegenheid,\nW. Koolmees")
MARKDOWN = st.lists(
    st.one_of(
        BROKEN,
        BROKEN,
        HEADING,
        LIST,
        NOTE,
        TABLE,
        FURNITURE,
        FENCE,
        QUOTED,
        SIGNED,
        st.just("<!-- een\nopmerking -->"),
        st.just("<div>\nblok\n</div>"),
        st.just("> ```sh\n> ls de\n> ```"),
    ),
    min_size=1,
    max_size=9,
)
PLAIN = st.lists(
    st.one_of(
        BROKEN,
        LINE,
        LIST,
        FURNITURE,
        SIGNED,
        st.just("Kop"),
        st.just("\f"),
        LINE.map(lambda line: f"• {line}"),
    ),
    min_size=1,
    max_size=9,
)


def _read(source: str, folder: Path, name: str) -> Document | None:
    (folder / name).write_bytes(source.encode("utf-8"))
    try:
        return read_document(folder / name, folder)
    except ReadingError:
        # Markup alone is no document.
        return None


def _faults(source: str, folder: Path, name: str) -> str:
    document = _read(source, folder, name)
    if document is None or not document.text:
        return ""
    return fault_of(document, source, Span(0, len(document.text)), document.text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder to which examples are written one over another."""
    return tmp_path_factory.mktemp("voorbeelden")


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks=MARKDOWN, end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_markdown_says_passes(folder: Path, blocks: list[str], end: str) -> None:
    assert _faults("\n\n".join(blocks).replace("\n", end), folder, "a.md") == ""


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks=PLAIN, end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_plain_text_says_passes(folder: Path, blocks: list[str], end: str) -> None:
    assert _faults("\n\n".join(blocks).replace("\n", end), folder, "a.txt") == ""


FILE = "Het **Rijk** be_taalt.[^1]\n\n[^1]: Een noot.\n\nPagina 3 van 9\n\nDe raad zegt dit.\n"
TEXT = "Het Rijk be_taalt.\n\nDe raad zegt dit.\n\nEen noot."


@pytest.fixture
def small(tmp_path: Path) -> Document:
    """Read a file with emphasis, a footnote and the foot of a page."""
    document = _read(FILE, tmp_path, "a.md")
    assert document is not None
    assert document.text == TEXT
    return document


def test_a_quote_over_furniture_and_a_footnote_passes(small: Document) -> None:
    assert fault_of(small, FILE, Span(4, 37), TEXT[4:37]) == ""
    assert TEXT[4:37] == "Rijk be_taalt.\n\nDe raad zegt dit."


@pytest.mark.parametrize(
    "said",
    ["het Rijk", "Het rijk", "Het Rijk ", "HetRijk!", "Het-Rijk", "Het Kijk", "Het  Rij", ""],
)
def test_other_words_than_the_files_fail(small: Document, said: str) -> None:
    assert fault_of(small, FILE, Span(0, 8), "Het Rijk") == ""
    assert fault_of(small, FILE, Span(0, 8), said)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, len(TEXT) + 1), (99, 100)])
def test_a_place_outside_the_text_fails(small: Document, start: int, end: int) -> None:
    assert fault_of(small, FILE, Span(start, end), "Het Rijk")


@pytest.mark.parametrize(
    ("old", "new"), [("Rijk", "Rijt"), ("raad", "daar"), ("**Rijk**", "**Rijk** niet")]
)
def test_a_changed_file_fails(small: Document, old: str, new: str) -> None:
    assert fault_of(small, FILE.replace(old, new), Span(0, len(TEXT)), TEXT)


@pytest.mark.parametrize(
    "between",
    [
        "Ook dit.\n",
        "```\nOok dit.\n```\n",
        "kst-29861-70\nOok dit.\n",
        "&euml;\n",
        "<!-- x --> dit",
        "Tweede Kamer, vergaderjaar 2020–2021, 29 861, nr. 70 4\nOok dit.\n",
        "Pagina 3 zegt\n",
    ],
)
def test_words_that_a_reader_left_out_are_missed(between: str) -> None:
    """A reader that drops what stands between two words, under whatever mark, is caught."""
    source = f"Een\n{between}\ntwee"
    segments = (Segment(0, 3, 0, 3), Segment(4, 4, len(source) - 4, 4))
    assert fault_of(_mapped("Een twee", segments), source, Span(0, 8), "Een twee")


def test_blank_lines_and_signs_between_words_are_no_words() -> None:
    source = "Een\n&nbsp; ___ \n\n---\ntwee"
    segments = (Segment(0, 3, 0, 3), Segment(4, 4, len(source) - 4, 4))
    assert fault_of(_mapped("Een twee", segments), source, Span(0, 8), "Een twee") == ""


def test_words_in_another_order_than_the_files_fail() -> None:
    segments = (Segment(0, 4, 4, 4), Segment(5, 3, 0, 3))
    assert fault_of(_mapped("twee Een", segments), "Een twee", Span(0, 8), "twee Een")


def test_a_long_stretch_of_blank_lines_takes_no_time() -> None:
    source = "Een" + "\n" * 50_000 + "4\n" + "\n" * 50_000 + "twee"
    segments = (Segment(0, 3, 0, 3), Segment(4, 4, len(source) - 4, 4))
    begun = time.perf_counter()
    assert fault_of(_mapped("Een twee", segments), source, Span(0, 8), "Een twee") == ""
    assert time.perf_counter() - begun < 2


def _mapped(text: str, segments: tuple[Segment, ...]) -> Document:
    return Document("a", "a.md", text, Metadata(), (), (), (), (), SourceMap(segments))


def _checker(document: Document, folder: Path) -> SourceCheck:
    return SourceCheck(
        folder, lambda name: f"{name}.md" if name == "a" else "", {"a": document}.get
    )


def test_a_file_that_changes_is_read_again(small: Document, tmp_path: Path) -> None:
    check = _checker(small, tmp_path)
    quote = Quote("De raad zegt dit.", "a", 20, 37, "")
    assert check.holds(quote)
    (tmp_path / "a.md").write_text(FILE.replace("raad", "Kamer"), "utf-8")
    assert not check.holds(quote)


def test_a_file_that_is_gone_or_never_was_holds_nothing(small: Document, tmp_path: Path) -> None:
    check = _checker(small, tmp_path)
    assert "niet in de index" in check.fault("b", Span(0, 3), "Het")
    (tmp_path / "a.md").unlink()
    assert "niet worden gelezen" in check.fault("a", Span(0, 3), "Het")


def test_a_text_that_was_changed_in_the_index_fails(small: Document, tmp_path: Path) -> None:
    false = replace(small, text=small.text.replace("raad", "daar"))
    check = _checker(false, tmp_path)
    assert check.fault("a", Span(20, 37), "De daar zegt dit.")
    assert check.fault("a", Span(0, 18), "Het Rijk be_taalt.") == ""


@pytest.mark.parametrize(
    ("source", "text", "changed"),
    [
        ("Er is 10<sup>6</sup> liter.\n", "Er is 10⁶ liter.", "Er is 10<sup>7</sup> liter.\n"),
        ("Er is 10<sup>-12</sup> l.\n", "Er is 10⁻¹² l.", "Er is 10<sup>-13</sup> l.\n"),
        ("Er is CO<sub>2</sub> in.\n", "Er is CO₂ in.", "Er is CO<sup>2</sup> in.\n"),
    ],
)
def test_a_raised_digit_of_markdown_passes_and_another_fails(
    tmp_path: Path, source: str, text: str, changed: str
) -> None:
    document = _read(source, tmp_path, "a.md")
    assert document is not None
    assert document.text == text
    whole = Span(0, len(text))
    assert fault_of(document, source, whole, text) == ""
    assert fault_of(document, changed, whole, text) != ""
