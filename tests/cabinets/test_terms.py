"""The table of cabinets: they follow one another, and a date tells which it was."""

from __future__ import annotations

from itertools import pairwise

import pytest

from search.cabinets import all_cabinets, cabinet_named, cabinet_on


def test_cabinets_follow_one_another() -> None:
    for earlier, later in pairwise(all_cabinets()):
        assert earlier.first < earlier.last == later.first
    assert all_cabinets()[-1].last == ""


def test_a_name_finds_its_cabinet_and_a_leader_all_of_them() -> None:
    assert cabinet_named("Rutte", "V") is None
    rutte = cabinet_named("Rutte")
    assert rutte is not None
    assert (rutte.first, rutte.last) == ("2010-10-14", "2024-07-02")


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2021-03-24", "Rutte III"),
        ("2022-01-09", "Rutte III"),
        ("2022-01-10", "Rutte IV"),
        ("2014-06", "Rutte II"),
        ("2013", "Rutte II"),
        ("2026-02-23", "Jetten"),
        ("2030-01-01", "Jetten"),
    ],
)
def test_a_date_tells_the_cabinet(date: str, name: str) -> None:
    found = cabinet_on(date)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("date", ["", "1985-05-05", "2022-01", "2017"])
def test_a_date_of_two_cabinets_or_of_none_tells_nothing(date: str) -> None:
    assert cabinet_on(date) is None
