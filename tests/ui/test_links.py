"""A search or a reading is written to a link and read back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from search.records import Filters, Span
from search.ui.links import ReadLink, Search, read_reading, read_search, reader_link, write_search

THEMES = ("zorg", "werk & inkomen")
DOCUMENTS = ("a", "b")


def test_a_search_survives_its_link() -> None:
    search = Search("Wat & hoe?", ("werk & inkomen", "zorg"), ("b",), "2021-01-01", "2021-12-31")
    assert read_search(write_search(search), THEMES, DOCUMENTS) == (search, ())


def test_an_empty_search_has_an_empty_link() -> None:
    assert write_search(Search()) == {}


def test_what_is_unknown_is_left_out_with_a_remark() -> None:
    params = {"thema": ["zorg", "x" * 200], "document": ["z"], "van": ["gisteren"], "rare": ["1"]}
    search, remarks = read_search(params, THEMES, DOCUMENTS)
    assert search.filters == Filters(themes=("zorg",))
    assert search.active == 1
    assert len(remarks) == 3
    assert all(len(remark) < 160 for remark in remarks)


def test_dates_the_wrong_way_round_are_remarked() -> None:
    _, remarks = read_search({"van": ["2022"], "tot": ["2021"]}, THEMES, DOCUMENTS)
    assert len(remarks) == 1


def test_a_year_covers_all_of_it() -> None:
    search, _ = read_search({"van": ["2021"], "tot": ["2021"]}, THEMES, DOCUMENTS)
    assert (search.filters.date_from, search.filters.date_to) == ("2021-01-01", "2021-12-31")


def test_a_reading_survives_its_link() -> None:
    params = parse_qs(urlsplit(reader_link("kst 1&2", Span(3, 9))).query)
    assert read_reading(params) == (ReadLink("kst 1&2", Span(3, 9)), ())


def test_a_permalink_carries_the_checksum_of_its_words() -> None:
    link = reader_link("a", Span(3, 12), "123456789")
    assert link == "documenten?document=a&van=3&tot=12&proef=cbf43926"
    params = parse_qs(urlsplit(link).query)
    assert read_reading(params) == (ReadLink("a", Span(3, 12), "cbf43926"), ())


@pytest.mark.parametrize("proof", ["cbf4392", "cbf439266", "zbf43926", "<b>", "²²²²²²²²"])
def test_a_checksum_that_is_none_is_remarked_and_left_out(proof: str) -> None:
    params = {"document": ["a"], "van": ["3"], "tot": ["12"], "proef": [proof]}
    reading, remarks = read_reading(params)
    assert reading == ReadLink("a", Span(3, 12))
    assert len(remarks) == 1
    assert "<" not in remarks[0]


@pytest.mark.parametrize(
    ("start", "end"), [("9", "3"), ("-1", "4"), ("a", "4"), ("1", ""), ("²", "4"), ("1", "9" * 30)]
)
def test_a_span_that_is_none_is_remarked(start: str, end: str) -> None:
    reading, remarks = read_reading({"document": ["a"], "van": [start], "tot": [end]})
    assert reading == ReadLink("a")
    assert len(remarks) == 1
