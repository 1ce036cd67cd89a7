"""What several services list is one list, in which each publication stands once."""

from __future__ import annotations

import pytest

from search.records import Metadata
from search.sources import FileAddress, ListedPublication
from search.sources.listing import clean_date, clean_listed, in_order, merge

XML, PDF = (
    FileAddress("xml", "https://a.overheid.nl/x"),
    FileAddress("pdf", "https://a.overheid.nl/p"),
)


def test_first_service_goes_first_and_the_other_adds() -> None:
    first = ListedPublication("kst-1-2", Metadata(title="Titel", kind="Motie"), (XML,))
    other = ListedPublication(
        "kst-1-2", Metadata(title="Anders", subject="Onderwerp"), (XML, PDF), ("2021D1",)
    )
    assert merge([first, other]) == (
        ListedPublication(
            "kst-1-2",
            Metadata(title="Titel", subject="Onderwerp", kind="Motie"),
            (XML, PDF),
            ("2021D1",),
        ),
    )


def test_publication_is_known_by_any_of_its_names() -> None:
    listed = [
        ListedPublication("kst-30573-2700", places=(XML,)),
        ListedPublication("kst-1-1"),
        ListedPublication("2021D1", places=(PDF,), aliases=("kst-19637-2700", "KST-30573-2700")),
        ListedPublication("kst-19637-2700"),
    ]
    found = merge(listed)
    assert [each.id for each in found] == ["kst-30573-2700", "kst-1-1"]
    assert found[0].places == (XML, PDF)
    assert "2021D1" in found[0].aliases


def test_publications_without_id_are_not_taken_for_one() -> None:
    assert len(merge([ListedPublication(""), ListedPublication("")])) == 2


def test_form_with_the_most_structure_goes_first() -> None:
    forms = ["pdf", "doc", "docx", "html", "metadata", "xml", "odt"]
    ordered = in_order(FileAddress(form, "") for form in forms)
    assert [each.form for each in ordered] == ["xml", "html", "odt", "docx", "pdf"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [(" a\n\tb\x00c\x85d ", "a b c d"), ("\ud800x", "x"), (None, ""), (7, ""), ("é", "é")],
)
def test_texts_are_one_line(said: object, meant: str) -> None:
    assert clean_listed(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2021-03-24T00:00:00+01:00", "2021-03-24"),
        ("2021-03-24", "2021-03-24"),
        ("2021-02-30", ""),
        ("24 maart", ""),
        (None, ""),
    ],
)
def test_dates_are_days(said: object, meant: str) -> None:
    assert clean_date(said) == meant
