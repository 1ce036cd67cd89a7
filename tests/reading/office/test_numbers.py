"""Numbers of lists and headings that Word and Writer count: they are part of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.office import test_docx, test_odt
from tests.reading.office.test_docx import p, r, table, word

from search.reading.office.list_numbers import ListCounts, ListLevel, write_number

# Word


def level(depth: int, pattern: str, kind: str = "decimal", more: str = "") -> str:
    """Write a level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, uses: str = "") -> str:
    """Write a numbering of which list 1 has these levels."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{uses}'
    )


def at(depth: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def items(*places: str) -> str:
    """Write a paragraph for each of these list properties, named a, b, c …"""
    return "".join(p(r(chr(ord("a") + i)), inner=place) for i, place in enumerate(places))


def lines(content: bytes) -> list[str]:
    return [block.text for block in test_docx.contents(content).blocks]


NESTED = lists(level(0, "%1."), level(1, "%1.%2", "lowerLetter"), level(2, "(%3)", "lowerRoman"))


def test_levels_are_counted_within_each_other() -> None:
    body = items(at(0), at(1), at(1), at(2), at(2), at(1), at(0), at(1))
    assert lines(word(body, numbering=NESTED)) == [
        "1. a",
        "1.a b",
        "1.b c",
        "(i) d",
        "(ii) e",
        "1.c f",
        "2. g",
        "2.a h",
    ]


def test_numbers_of_higher_levels_may_all_be_decimal() -> None:
    numbering = lists(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert lines(word(items(at(0), at(0), at(1)), numbering=numbering)) == ["I a", "II b", "2.1 c"]


def test_level_that_never_restarts_goes_on() -> None:
    numbering = lists(level(0, "%1."), level(1, "Artikel %2", more='<w:lvlRestart w:val="0"/>'))
    assert lines(word(items(at(0), at(1), at(0), at(1)), numbering=numbering)) == [
        "1. a",
        "Artikel 1 b",
        "2. c",
        "Artikel 2 d",
    ]


def test_lists_of_one_definition_go_on_unless_they_start_anew() -> None:
    uses = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = items(at(0), at(0, 2), at(0, 3), at(0, 3), at(0))
    assert lines(word(body, numbering=lists(level(0, "%1."), uses=uses))) == [
        "1. a",
        "2. b",
        "7. c",
        "8. d",
        "9. e",
    ]


def test_level_of_a_style_is_the_one_that_names_it() -> None:
    styles = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>'
            '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            for name in ("Hoofdstuk", "Artikel")
        )
        + '<w:style w:type="paragraph" w:styleId="Erft"><w:basedOn w:val="Artikel"/></w:style>'
    )
    numbering = lists(
        level(0, "Hoofdstuk %1", more='<w:pStyle w:val="Hoofdstuk"/>'),
        level(1, "Artikel %1.%2", more='<w:pStyle w:val="Artikel"/>'),
    )
    body = (
        p(r("Boot"), style="Hoofdstuk")
        + p(r("Soort"), style="Artikel")
        + p(style="Artikel")
        + p(r("Maat"), style="Erft")
    )
    assert lines(word(body, styles=styles, numbering=numbering)) == [
        "Hoofdstuk 1 Boot",
        "Artikel 1.1 Soort",
        "Artikel 1.2",
        "Artikel 1.3 Maat",
    ]


def test_definition_may_be_that_of_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="S"/>{level(0, "§ %1")}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert lines(word(items(at(0), at(0)), numbering=numbering)) == ["§ 1 a", "§ 2 b"]


def test_hidden_deleted_and_empty_items_have_no_number_of_their_own() -> None:
    gone = p(
        "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>",
        inner=at(0) + "<w:rPr><w:del/></w:rPr>",
    )
    hidden = p(r("weg", "<w:vanish/>"), inner=at(0) + "<w:rPr><w:vanish/></w:rPr>")
    body = p(r("a"), inner=at(0)) + gone + hidden + p(r("b"), inner=at(0)) + p(inner=at(0))
    assert lines(word(body, numbering=lists(level(0, "%1.")))) == ["1. a", "2. b"]


@pytest.mark.parametrize("kind", ["bullet", "chineseCounting"])
def test_bullets_and_numbers_in_other_scripts_are_left_out(kind: str) -> None:
    numbering = lists(level(0, "\u00b7" if kind == "bullet" else "%1.", kind))
    assert lines(word(items(at(0), at(0)), numbering=numbering)) == ["a", "b"]


def test_numbers_run_through_cells_and_text_boxes_and_are_quotable(tmp_path: Path) -> None:
    box = (
        "<w:r><w:pict><v:textbox><w:txbxContent>"
        + p(r("in het vak."), inner=at(0))
        + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    body = (
        p(r("voor."), box, inner=at(0))
        + table((p(r("x"), inner=at(0)), p(r("y"), inner=at(0))))
        + p(r("na."), inner=at(0))
    )
    read = test_docx.document(word(body, numbering=lists(level(0, "%1)"))), tmp_path)
    assert " ".join(read.text.split()) == "1) voor. 2) in het vak. 3) x 4) y 5) na."


# OpenDocument

STYLES = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-suffix=")" text:display-levels="2" text:start-value="2"/>'
    '<text:list-level-style-bullet text:level="3"/></text:list-style>'
    '<text:list-style style:name="A"><text:list-level-style-number text:level="1" '
    'style:num-prefix="Artikel " style:num-format="I"/></text:list-style>'
)


def odt_lines(body: str, styles: str = STYLES) -> list[str]:
    content = test_odt.odt(body)
    before = f"{test_odt.STYLES}"
    packed = test_odt.replaced(content, before.encode(), (before + styles).encode())
    return [block.text for block in test_odt.contents(packed).blocks]


def item(text: str, *inner: str, start: str = "") -> str:
    value = f' text:start-value="{start}"' if start else ""
    paragraph = test_odt.p(text) if text else ""
    return f"<text:list-item{value}>{paragraph}{''.join(inner)}</text:list-item>"


def numbered(*inner: str, style: str = "", more: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named} {more}>{''.join(inner)}</text:list>"


def test_lists_of_writer_nest_start_and_go_on() -> None:
    body = (
        numbered(item("a"), item("b", numbered(item("c"), item("d"))), style="N")
        + test_odt.p("Tussen.")
        + numbered(item("e"), style="N", more='text:continue-numbering="true" xml:id="l1"')
        + numbered(item("f", start="9"), item("g"), style="N")
        + numbered(item("h"), style="N", more='text:continue-list="l1"')
        + numbered(item("i"), style="A")
    )
    assert odt_lines(body) == [
        "1. a",
        "2. b",
        "2.b) c",
        "2.c) d",
        "Tussen.",
        "3. e",
        "9. f",
        "10. g",
        "4. h",
        "Artikel I i",
    ]


def test_bullets_headers_and_written_numbers_of_writer() -> None:
    header = f"<text:list-header>{test_odt.p('kop')}</text:list-header>"
    deep = numbered(item("", numbered(item("", numbered(item("punt"))))), style="N")
    written = f"<text:list-item><text:number>VII.</text:number>{test_odt.p('zo')}</text:list-item>"
    body = deep + numbered(header, item("een"), written, style="N")
    assert odt_lines(body) == ["punt", "kop", "1. een", "VII. zo"]


def test_headings_of_writer_are_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" '
        'text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format=""/>'
        "</text:outline-style>"
    )
    bare = '<text:h text:outline-level="1" text:is-list-header="true">Bijlage</text:h>'
    again = '<text:h text:outline-level="1" text:restart-numbering="true">Zes</text:h>'
    body = (
        test_odt.h("Een", 1)
        + test_odt.h("Twee", 2)
        + test_odt.h("Drie", 2)
        + test_odt.h("Vier", 3)
        + test_odt.h("Vijf", 1)
        + bare
        + again
        + "<text:h><text:number>9</text:number>Zeven</text:h>"
    )
    assert odt_lines(body, STYLES + outline) == [
        "1 Een",
        "1.1 Twee",
        "1.2 Drie",
        "Vier",
        "2 Vijf",
        "Bijlage",
        "1 Zes",
        "9 Zeven",
    ]


# The numbers themselves


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (4, "lowerRoman", "iv"),
        (1999, "I", "MCMXCIX"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (19, "ordinal", "19e"),
        (5, "none", ""),
        (5, "hindiNumbers", None),
        (10**9, "1", None),
    ],
)
def test_forms_of_numbers(number: int, kind: str, written: str | None) -> None:
    assert write_number(number, kind) == written


def test_level_without_items_before_it_has_its_first_number() -> None:
    levels = {0: ListLevel("%1.", start=3), 1: ListLevel("%1.%2")}
    counts = ListCounts()
    assert [counts.next(each, levels) for each in (1, 1, 0, 1)] == ["3.1", "3.2", "3.", "3.1"]
