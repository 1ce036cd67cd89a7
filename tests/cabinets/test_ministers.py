"""The table of ministers, and who is found for a document."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise

import pytest
from tests.paths import SHARED

from search.cabinets import all_cabinets, all_terms, ministers_of
from search.reading import read_document
from search.records import Metadata, Minister, Person

LETTERS = SHARED / "documents"
FINANCE = "Staatssecretaris van Financiën"


def test_the_table_is_whole() -> None:
    text = (files("search.cabinets") / "ministries.tsv").read_text("utf-8").splitlines()
    ministries = {row["ministry"] for row in csv.DictReader(text, delimiter="\t")}
    open_end = all_cabinets()[-1].first
    for term in all_terms():
        assert term.ministry in ministries, term
        assert term.office.startswith(("Minister", "Staatssecretaris")), term
        assert term.first >= "1994-08-22", term
        assert term.first < term.last if term.last else term.last == "", term
        assert (
            term.last
            or term.first >= open_end
            or term.name == "E. Heinen"
            or (term.name == "S.Th.P.H. Palmen")
        ), term


def test_no_ministry_has_two_ministers_at_once() -> None:
    offices = defaultdict(list)
    for term in all_terms():
        if term.office.startswith("Minister"):
            offices[term.office].append((term.first, term.last or "9999", term.name))
    for office, terms in offices.items():
        for earlier, later in pairwise(sorted(terms)):
            assert earlier[1] <= later[0], (office, earlier, later)


@pytest.mark.parametrize(
    "date", ["1995-01-01", "2001-01-02", "2009-06-01", "2016-05-05", "2023-06-01"]
)
def test_every_cabinet_has_its_core(date: str) -> None:
    for ministry in ("Algemene Zaken", "Financiën", "Buitenlandse Zaken", "Defensie"):
        (found,) = ministers_of(Metadata(issuer=f"Minister van {ministry}", date=date))
        assert not found.signed


@pytest.mark.parametrize(
    ("name", "role", "date", "expected"),
    [
        ("Hugo de Jonge", "Minister van VWS", "2019-05-01", "H.M. de Jonge"),
        ("Karremans", "staatssecretaris van VWS", "2024-08-12", "V.P.G. Karremans"),
        (
            "Yes¸ilgöz-Zegerius",
            "minister van Justitie en Veiligheid",
            "2024-06-11",
            "D. Yeşilgöz-Zegerius",
        ),
        (
            "Mw. drs. A. Th. B. Bijleveld",
            "Minister van Defensie",
            "2018-01-01",
            "A.Th.B. Bijleveld-Schouten",
        ),
        (
            "drs. C. van Nieuwenhuizen",
            "Minister van Infrastructuur en Waterstaat",
            "2018-01-01",
            "C. van Nieuwenhuizen Wijbenga",
        ),
        ("De Vries", "Staatssecretaris van Verkeer en Waterstaat", "1999-01-01", "J.M. de Vries"),
        (
            "K.G. de Vries",
            "Minister van Sociale Zaken en Werkgelegenheid",
            "1999-01-01",
            "K.G. de Vries",
        ),
    ],
)
def test_who_signed_is_found_with_the_office(
    name: str, role: str, date: str, expected: str
) -> None:
    (found,) = ministers_of(Metadata(people=(Person(name, role),), date=date))
    assert (found.name, found.signed) == (expected, True)


def test_who_stands_in_keeps_the_words_of_the_document() -> None:
    role = "Minister van Justitie a.i."
    (found,) = ministers_of(Metadata(people=(Person("H. F. Dijkstal", role),), date="1998-05-25"))
    assert found == Minister("H. F. Dijkstal", role, signed=True)


def test_without_a_signature_it_is_who_was_in_office() -> None:
    for issuer in ("Minister van Economische Zaken", "Ministerie van EZK", "ministerie van EL&I"):
        (found,) = ministers_of(Metadata(issuer=issuer, date="2019-03-01"))
        assert found == Minister(
            "E.D. Wiebes", "Minister van Economische Zaken en Klimaat", signed=False
        )
    (before,) = ministers_of(Metadata(issuer="Ministerie van VROM", date="2006-10"))
    assert before.name == "P. Winsemius"


def test_two_offices_and_two_holders_are_all_named() -> None:
    issuer = f"Minister van Infrastructuur en Waterstaat; {FINANCE}"
    found = ministers_of(Metadata(issuer=issuer, date="2022-10-14"))
    assert [each.name for each in found] == ["M.G.J. Harbers", "M.L.A. van Rij", "A. de Vries"]


@pytest.mark.parametrize(
    "metadata",
    [
        Metadata(),
        Metadata(issuer="Minister van Financiën"),
        Metadata(issuer=FINANCE, date="1961-10-30"),
        Metadata(issuer="Minister van VROM", date="2015-01-01"),
        Metadata(issuer="CIO Rijk", date="2025-08-01"),
        Metadata(issuer="Minister van Justitie en Veiligheid", date="2022-01"),
        Metadata(people=(Person("Crijns", "vraagsteller, PVV"),), date="2024-08-30"),
        Metadata(people=(Person("", "Minister van Justitie"),), date="2000-01-01"),
    ],
)
def test_nobody_is_guessed(metadata: Metadata) -> None:
    assert ministers_of(metadata) == ()


@pytest.mark.skipif(not LETTERS.is_dir(), reason="../shared/documents is not here")
def test_who_signed_real_letters_is_in_the_table() -> None:
    known = {(term.name, term.office) for term in all_terms()}
    signed = [
        minister
        for path in sorted(LETTERS.glob("*.docx"))
        for minister in ministers_of(read_document(path, LETTERS).metadata)
    ]
    assert signed
    assert {(each.name, each.office) for each in signed} <= known
