"""Dutch dates, counts and names."""

from __future__ import annotations

import pytest

from search.dutch import write_date
from search.records import Kind, Theme, ThemeOrigin
from search.wording import count, kind_label, numeric_date, read_date, theme_label


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2021-03-24", "24 maart 2021"),
        ("1999-08-01", "1 augustus 1999"),
        ("", ""),
        ("2021", "2021"),
        ("2021-02-30", "2021-02-30"),
    ],
)
def test_dates_are_written_out_in_dutch(iso: str, written: str) -> None:
    assert write_date(iso) == written


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2021-03-24", "2021-03-24", "2021-03-24"),
        ("24-3-2021", "2021-03-24", "2021-03-24"),
        (" 24  Maart 2021 ", "2021-03-24", "2021-03-24"),
        ("1 mrt 2021", "2021-03-01", "2021-03-01"),
        ("februari 2024", "2024-02-01", "2024-02-29"),
        ("02-2023", "2023-02-01", "2023-02-28"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("31-02-2021", "", ""),
        ("0000-01-01", "", ""),
        ("gisteren", "", ""),
        ("", "", ""),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, first: str, last: str) -> None:
    assert read_date(typed) == first
    assert read_date(typed, last=True) == last


def test_numeric_dates_put_the_day_first() -> None:
    assert numeric_date("2021-03-04") == "04-03-2021"
    assert numeric_date("onzin") == "onzin"


def test_counts_agree_with_their_noun() -> None:
    assert count(1, "passage", "passages") == "1 passage"
    assert count(0, "passage", "passages") == "0 passages"
    assert count(12345, "woord", "woorden") == "12.345 woorden"


def test_only_unusual_kinds_are_named() -> None:
    assert kind_label(Kind.PARAGRAPH) == ""
    assert kind_label(Kind.FOOTNOTE) == "Voetnoot"
    assert kind_label(Kind.SIGNATURE) == "Ondertekening"


def test_themes_say_where_they_come_from() -> None:
    assert theme_label(Theme("integratie", ThemeOrigin.ESTIMATED)) == "integratie (geschat)"
    assert theme_label(Theme("integratie", ThemeOrigin.METADATA)) == "integratie (officieel)"
    numbered = Theme("Thema 4: Migratiebeleid", ThemeOrigin.STRUCTURE)
    assert theme_label(numbered) == "Migratiebeleid (uit het document)"
    assert theme_label(Theme("", ThemeOrigin.ESTIMATED)) == ""
