"""Citations in the forms of the Aanwijzingen voor de regelgeving and the Leidraad."""

from __future__ import annotations

import pytest

from search.answers import cite, official_url
from search.answers.citation import short_year
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
        (kamerstuk("2019-2020", "19637 30573", "2700"),
         "Kamerstukken II 2019/20, 19637 en 30573, nr. 2700"),
        (kamerstuk("2020-2021", "35570-VIII", "174"),
         "Kamerstukken II 2020/21, 35570 VIII, nr. 174"),
        (kamerstuk("", "29861", "70", ""), "Kamerstukken, 29861, nr. 70"),
    ],
)  # fmt: skip
def test_kamerstukken(metadata: Metadata, citation: str) -> None:
    assert cite(metadata) == citation


def test_sub_numbered_dossier_keeps_its_hyphen() -> None:
    found = cite(kamerstuk("2021-2022", "21501-02", "2345"))
    assert found == "Kamerstukken II 2021/22, 21501-02, nr. 2345"


def test_pinpoint_is_the_heading() -> None:
    found = cite(kamerstuk("2020-2021", "29861", "70"), ("Thema 2", "Samenhang in wijken"))
    assert found.startswith("Kamerstukken II 2020/21, 29861, nr. 70, ")
    assert "‘Samenhang in wijken’" in found


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
