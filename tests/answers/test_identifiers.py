"""Ids of official publications: read, written, cited and read back."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from search.answers.citation import cite
from search.answers.identifiers import Identifier, Series, parse_identifier, unparsed
from search.records import Metadata

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "kamerstukken-2000-2025.csv"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="../shared/samples/kamerstukken-2000-2025.csv is not here"
)


def read_sample() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("kst-29861-70", Identifier(Series.KST, "70", ("29861",), "II")),
        ("kst-26670-4", Identifier(Series.KST, "4", ("26670",), "II")),
        ("kst-36600-VII-1", Identifier(Series.KST, "1", ("36600-VII",), "II")),
        ("kst-27400-A-16", Identifier(Series.KST, "16", ("27400-A",), "II")),
        ("kst-21501-02-3174", Identifier(Series.KST, "3174", ("21501-02",), "II")),
        ("kst-36836-D", Identifier(Series.KST, "D", ("36836",), "I")),
        ("kst-20082009-30536-V",
         Identifier(Series.KST, "V", ("30536",), "I", "2008-2009")),
        ("kst-20032004-29200-I-A",
         Identifier(Series.KST, "A", ("29200-I",), "I", "2003-2004")),
        ("kst-20002001-27254-269b",
         Identifier(Series.KST, "269b", ("27254",), "I", "2000-2001")),
        ("kst-CXLVI-AA", Identifier(Series.KST, "AA", ("CXLVI",), "I")),
        ("kst-21501-20-233-b2", Identifier(Series.KST, "233", ("21501-20",), "II", suffix="b2")),
        ("kst-1194044", Identifier(Series.KST, "1194044")),
        ("blg-16992", Identifier(Series.BLG, "16992")),
        ("ah-tk-20142015-12", Identifier(Series.AH, "12", (), "II", "2014-2015")),
        ("ah-ek-20082009-14-n1",
         Identifier(Series.AH, "14", (), "I", "2008-2009", suffix="n1")),
        ("h-tk-20172018-70-14", Identifier(Series.H, "70", (), "II", "2017-2018", item="14")),
        ("h-tk-20092010-21-1735",
         Identifier(Series.H, "21", (), "II", "2009-2010", pages="1735")),
        ("h-ek-20042005-1268-1301",
         Identifier(Series.H, "", (), "I", "2004-2005", pages="1268-1301")),
        ("stb-2011-35", Identifier(Series.STB, "35", year="2011")),
        ("stcrt-2008-54-p9-SC85021",
         Identifier(Series.STCRT, "54", year="2008", suffix="p9-SC85021")),
        ("trb-2008-175", Identifier(Series.TRB, "175", year="2008")),
    ],
)  # fmt: skip
def test_an_id_says_what_it_is_and_is_written_back(name: str, identifier: Identifier) -> None:
    assert parse_identifier(name) == identifier
    assert str(identifier) == name


@pytest.mark.parametrize(
    "name",
    ["kst-21501-33", "21501-33", "Kamerstuk 21501-33", "kst-20202025-29861-A", "h-plan-van-aanpak",
     "ah-tk-20142015", "kst-", "kst-29861-70-x1", "stb-11-35", "29861", "", "kst-29861-70\n-71"],
)  # fmt: skip
def test_what_is_no_id_or_could_mean_two_things_gives_nothing(name: str) -> None:
    assert parse_identifier(name) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("KST-36836-d", "kst-36836-D"),
        ("kst-36600-vii-1", "kst-36600-VII-1"),
        (" kst-20002001-27254-269B ", "kst-20002001-27254-269b"),
        ("KST-28605-9-B1", "kst-28605-9-b1"),
        ("kst-31200-XIv-157-b1", "kst-31200-XIv-157-b1"),
        ("STCRT-2008-54-P9-sc85021", "stcrt-2008-54-p9-SC85021"),
    ],
)
def test_capitals_of_an_id_may_be_small_ones(typed: str, name: str) -> None:
    assert str(parse_identifier(typed)) == name


@pytest.mark.parametrize(
    ("citation", "name"),
    [
        ("Kamerstukken II 2020/21, 29861, nr. 70, p. 3", "kst-29861-70"),
        ("Kamerstukken II 2020/21, 29861, nr. 70, par. ‘Thema 4: Migratie’", "kst-29861-70"),
        ("Kamerstukken I 2008/09, 31700 VII, G", "kst-20082009-31700-VII-G"),
        ("31700 vi nr 4", "kst-31700-VI-4"),
        ("Handelingen II 2007/08, nr. 108, p. 7909-7943", "h-tk-20072008-7909-7943"),
        ("Stb. 2011, 35.", "stb-2011-35"),
    ],
)
def test_one_whole_citation_is_read(citation: str, name: str) -> None:
    assert str(parse_identifier(citation)) == name


@pytest.mark.parametrize(
    "text",
    ["Bijlage bij Kamerstukken II 2015/16, 34389, nr. 9", "Kamerstuk 30 950, nrs. 185 en 216",
     "Zie Kamerstuk 29 861, nr. 70", "Kamerstuk 29 861, nr. 70 en nog wat",
     "Trb. 2001, 18 en 173", "Kamerstukken I 2009/10, 32123, A"],
)  # fmt: skip
def test_what_is_not_one_piece_for_certain_is_no_identifier(text: str) -> None:
    assert parse_identifier(text) is None


def test_one_piece_in_two_dossiers_has_both() -> None:
    found = parse_identifier("Kamerstukken 19 637 en 30 573, nr. 2700")
    assert found == Identifier(Series.KST, "2700", ("19637", "30573"))
    assert found.id == "kst-19637-2700"


def test_addresses() -> None:
    site = "https://zoek.officielebekendmakingen.nl/"
    found = parse_identifier("kst-36600-VII-1")
    assert found is not None
    assert found.page_url == f"{site}kst-36600-VII-1.html"
    assert found.pdf_url == f"{site}kst-36600-VII-1.pdf"
    assert found.xml_url == f"{site}kst-36600-VII-1.xml"
    assert found.dossier_url == f"{site}dossier/36600-VII"


def test_old_names_have_no_xml_and_no_dossier() -> None:
    for name in ("blg-16992", "kst-1194044"):
        found = parse_identifier(name)
        assert found is not None
        assert (found.xml_url, found.dossier_url) == ("", "")


@needs_sample
def test_every_id_of_the_sample_is_written_back_as_it_was() -> None:
    names = [row["identifier"] for row in read_sample()]
    assert len(names) == 2500
    assert [name for name in names if str(parse_identifier(name)) != name] == []


@needs_sample
def test_the_dossier_of_an_id_is_that_of_its_publication() -> None:
    differ = []
    for row in read_sample():
        found = parse_identifier(row["identifier"])
        assert found is not None
        if found.dossiers and found.dossiers != (row["dossier_number"],):
            differ.append((row["identifier"], row["dossier_number"]))
    # Here the publication's metadata leave the chapter out.
    assert differ == [("kst-31444-F-4", "31444"), ("kst-31444-H-3", "31444")]


@needs_sample
def test_an_id_that_holds_the_vergaderjaar_is_of_the_eerste_kamer() -> None:
    dated = [r["identifier"] for r in read_sample() if re.match(r"kst-\d{8}-", r["identifier"])]
    assert len(dated) == 62
    for name in dated:
        found = parse_identifier(name)
        assert found is not None
        assert (found.chamber, found.vergaderjaar.replace("-", "")) == ("I", name[4:12])


@needs_sample
def test_every_id_of_the_sample_comes_back_from_its_citation_or_is_listed_with_the_reason() -> None:
    names = [row["identifier"] for row in read_sample()]
    listed = unparsed(names)
    assert Counter(reason for _, reason in listed) == {
        "‘Bijlage bij …’ zegt niet welke bijlage van het stuk": 104,
        "de verwijzing noemt geen herdruk of herziening": 11,
        "een bijlage met een los nummer is zonder haar metadata niet te citeren": 5,
        "een los nummer noemt geen dossier of jaar": 1,
    }
    # The same ids, counted by their form alone.
    odd = [n for n in names if re.search(r"-[bh]\d+$", n) or re.fullmatch(r"(blg|kst)-\d+", n)]
    assert [name for name, _ in listed] == odd
    left = [name for name in names if name not in set(odd)]
    assert len(left) == 2379
    for name in left:
        assert str(parse_identifier(cite(Metadata(), identifier=name))) == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("kst-21501-33", "kan een dossier met volgnummer zijn en een stuk"),
        ("mijn-aantekening", "heeft geen bekende vorm"),
        (
            "kst-20092010-LXXXIII-A",
            "‘Kamerstukken I 2009/10, LXXXIII, A’ noemt niet zeker dit stuk",
        ),
    ],
)
def test_the_reason_is_told(name: str, reason: str) -> None:
    assert unparsed(["kst-29861-70", name]) == [(name, reason)]
