"""Citations in the forms of the Aanwijzingen voor de regelgeving and the Leidraad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from search.citing import cite, official_url
from search.citing.citation import cite_html, cite_markdown, short_year
from search.engine import Engine
from search.records import Dossier, Metadata


def kamerstuk(year: str, dossiers: str, number: str, chamber: str = "II") -> Metadata:
    return Metadata(
        vergaderjaar=year,
        dossiers=tuple(Dossier(d) for d in dossiers.split()),
        ondernummer=number,
        chamber=chamber,
    )


@pytest.mark.parametrize(
    ("metadata", "citation"),
    [
        (kamerstuk("2020-2021", "29861", "70"), "Kamerstukken II 2020/21, 29861, nr. 70"),
        (kamerstuk("2008-2009", "31700-VI", "4"), "Kamerstukken II 2008/09, 31700 VI, nr. 4"),
        (kamerstuk("2014-2015", "33802", "C", "I"), "Kamerstukken I 2014/15, 33802, C"),
        (kamerstuk("1999-2000", "26800", "3"), "Kamerstukken II 1999/2000, 26800, nr. 3"),
        (
            kamerstuk("2019-2020", "19637 30573", "2700"),
            "Kamerstukken II 2019/20, 19637 en 30573, nr. 2700",
        ),
        (
            kamerstuk("2020-2021", "35570-VIII", "174"),
            "Kamerstukken II 2020/21, 35570 VIII, nr. 174",
        ),
        (kamerstuk("", "29861", "70", ""), "Kamerstukken, 29861, nr. 70"),
    ],
)
def test_kamerstukken(metadata: Metadata, citation: str) -> None:
    assert cite(metadata) == citation


def test_sub_numbered_dossier_keeps_its_hyphen() -> None:
    found = cite(kamerstuk("2021-2022", "21501-02", "2345"))
    assert found == "Kamerstukken II 2021/22, 21501-02, nr. 2345"


def test_pinpoint_is_the_heading() -> None:
    found = cite(kamerstuk("2020-2021", "29861", "70"), ("Thema 2", "Samenhang in wijken"))
    assert found.startswith("Kamerstukken II 2020/21, 29861, nr. 70, ")
    assert "‘Samenhang in wijken’" in found


LETTER = kamerstuk("2020-2021", "29861", "70")


def test_a_page_goes_before_a_heading() -> None:
    for page in ("3", "p. 3", " p.3", "blz. 3"):
        found = cite(LETTER, ("Thema 2",), page)
        assert found == "Kamerstukken II 2020/21, 29861, nr. 70, p. 3"
    assert cite(LETTER, page="25-36").endswith(", p. 25-36")


@pytest.mark.parametrize(
    ("name", "citation"),
    [
        ("kst-29861-70", "Kamerstukken II, 29861, nr. 70"),
        ("map/kst-31700-VI-4", "Kamerstukken II, 31700 VI, nr. 4"),
        ("kst-21501-02-3174", "Kamerstukken II, 21501-02, nr. 3174"),
        ("kst-33802-C", "Kamerstukken I, 33802, C"),
        ("kst-20082009-30536-V", "Kamerstukken I 2008/09, 30536, V"),
        ("kst-20002001-27254-269b", "Kamerstukken I 2000/01, 27254, nr. 269b"),
        ("kst-27415-A", "Kamerstukken, 27415, A"),
        ("kst-34389-9-b1", "Bijlage bij Kamerstukken II, 34389, nr. 9"),
        ("h-tk-20102011-108-5", "Handelingen II 2010/11, nr. 108, item 5"),
        ("h-tk-20072008-7909-7943", "Handelingen II 2007/08, p. 7909-7943"),
        ("h-ek-20182019-3-2", "Handelingen I 2018/19, nr. 3, item 2"),
        ("ah-tk-20142015-12", "Aanhangsel Handelingen II 2014/15, nr. 12"),
        ("stb-2011-35", "Stb. 2011, 35"),
        ("stcrt-2015-10247", "Stcrt. 2015, 10247"),
        ("stcrt-2008-54-p9-SC85021", "Stcrt. 2008, 54, p. 9"),
        ("trb-2008-175", "Trb. 2008, 175"),
        ("blg-16992", ""),
        ("mijn-aantekening", ""),
    ],
)
def test_what_metadata_leave_out_is_taken_from_the_id(name: str, citation: str) -> None:
    assert cite(Metadata(), identifier=name) == citation


def test_metadata_go_before_the_id() -> None:
    found = cite(replace(LETTER, chamber=""), identifier="kst-1-1")
    assert found == "Kamerstukken 2020/21, 29861, nr. 70"
    found = cite(replace(LETTER, vergaderjaar=""), identifier="kst-29861-70")
    assert found == "Kamerstukken II, 29861, nr. 70"
    found = cite(Metadata(vergaderjaar="2020-2021"), identifier="kst-29861-70")
    assert found == "Kamerstukken II 2020/21, 29861, nr. 70"


def test_annex() -> None:
    found = cite(kamerstuk("2015-2016", "34389", "9"), identifier="blg-702215")
    assert found == "Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9"
    found = cite(replace(LETTER, kind="Bijlage"))
    assert found == "Bijlage bij Kamerstukken II 2020/21, 29861, nr. 70"


def test_handelingen_before_and_after_2010() -> None:
    found = cite(Metadata(), page="25-36", identifier="h-tk-20102011-108-5")
    assert found == "Handelingen II 2010/11, nr. 108, item 5, p. 25-36"
    found = cite(Metadata(ondernummer="108"), identifier="h-tk-20072008-7909-7943")
    assert found == "Handelingen II 2007/08, nr. 108, p. 7909-7943"
    # Of the autumn of 2010 the ids have items, and the citations pages.
    before = Metadata(date="2010-11-09")
    found = cite(before, page="55-60", identifier="h-tk-20102011-20-25")
    assert found == "Handelingen II 2010/11, nr. 20, p. 55-60"


def test_only_the_name_of_the_series_is_in_italics() -> None:
    name = "kst-34389-9-b1"
    assert cite_markdown(LETTER, page="3") == "*Kamerstukken II* 2020/21, 29861, nr. 70, p. 3"
    assert cite_html(LETTER, page="3") == "<i>Kamerstukken II</i> 2020/21, 29861, nr. 70, p. 3"
    assert cite_html(Metadata(), identifier=name) == (
        "Bijlage bij <i>Kamerstukken II</i>, 34389, nr. 9"
    )
    assert cite_markdown(Metadata(), identifier="stb-2011-35") == "*Stb.* 2011, 35"
    assert cite_markdown(Metadata(issuer="WRR")) == "WRR"


@pytest.mark.parametrize(
    "text", ["*a* _b_", "<b>&amp;", "[x](y)", "`a`", "1. a", "- a", "# a", "a\\"]
)
def test_markdown_and_html_are_escaped(text: str) -> None:
    page = Metadata(issuer=text, date="2021")
    html = cite_html(page)
    assert "<" not in html
    assert MarkdownIt().render(cite_markdown(page)) == f"<p>{html}</p>\n"
    html = cite_html(LETTER, (text,)).replace("<i>", "<em>").replace("</i>", "</em>")
    assert MarkdownIt().render(cite_markdown(LETTER, (text,))) == f"<p>{html}</p>\n"


def test_web_page() -> None:
    page = Metadata(title="Een bericht", url="https://www.wrr.nl/x/y", date="2021-03-26")
    assert cite(page) == "‘Een bericht’, wrr.nl, 26 maart 2021"


def test_page_of_which_little_is_known() -> None:
    assert cite(Metadata(title="Een bericht", issuer="WRR")) == "‘Een bericht’, WRR"
    assert cite(Metadata()) == ""


@pytest.mark.parametrize(
    ("year", "short"),
    [("2020-2021", "2020/21"), ("1999-2000", "1999/2000"), ("2008-2009", "2008/09"), ("", "")],
)
def test_short_year(year: str, short: str) -> None:
    assert short_year(year) == short


@pytest.mark.parametrize(
    "name", ["kst-29861-70", "kst-36600-VII-1", "kst-21501-02-3174", "kst-36836-D", "stb-2020-35"]
)
def test_official_url_by_pattern(name: str) -> None:
    url = f"https://zoek.officielebekendmakingen.nl/{name}.html"
    assert official_url(name, Metadata()) == url
    assert official_url(f"map/{name}", Metadata()) == url


def test_official_url_of_the_metadata_goes_first() -> None:
    assert official_url("kst-1-1", Metadata(url="https://a.nl/x")) == "https://a.nl/x"
    assert official_url("mijn-aantekening", Metadata()) == ""
    assert official_url("h-plan-van-aanpak", Metadata()) == ""


def test_citations_of_the_corpus(engine: Engine) -> None:
    assert {e.id: e.citation for e in engine.documents()} == {
        "kst-29861-70": "Kamerstukken II 2020/21, 29861, nr. 70",
        "nieuwsbericht-kabinetsreactie-wrr": (
            "‘Kabinetsreactie op het WRR-rapport Samenleven in Verscheidenheid’, wrr.nl, "
            "26 maart 2021"
        ),
    }
