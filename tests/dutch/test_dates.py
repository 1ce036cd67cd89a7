"""Dates as texts write them and as people type them."""

from __future__ import annotations

import pytest

from search.dutch import numeric_date, read_date, read_typed_date, write_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("24 maart 2021", "2021-03-24"),
        ("Den Haag, 1 Januari 1999", "1999-01-01"),
        ("31 februari 2020", ""),
        ("maart 2021", ""),
        ("", ""),
    ],
)
def test_read_date(written: str, iso: str) -> None:
    assert read_date(written) == iso


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
    assert read_typed_date(typed) == first
    assert read_typed_date(typed, last=True) == last


def test_numeric_dates_put_the_day_first() -> None:
    assert numeric_date("2021-03-04") == "04-03-2021"
    assert numeric_date("onzin") == "onzin"
