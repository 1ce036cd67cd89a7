"""What is written to a link is parsed back from it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from search.records import Filters, Span
from search.ui.links import (
    ReadLink,
    Search,
    parse_read_link,
    parse_search,
    reader_link,
    write_search,
)

THEMES = ("zorg", "werk & inkomen")
DOCUMENTS = ("a", "b")


def test_a_search_survives_its_link() -> None:
    search = Search("Wat & hoe?", ("werk & inkomen", "zorg"), ("b",), "2021-01-01", "2021-12-31")
    assert parse_search(write_search(search), THEMES, DOCUMENTS) == (search, ())


def test_an_empty_search_has_an_empty_link() -> None:
    assert write_search(Search()) == {}


def test_what_is_unknown_is_left_out_with_a_remark() -> None:
    params = {"thema": ["zorg", "x" * 200], "document": ["z"], "van": ["gisteren"], "rare": ["1"]}
    search, remarks = parse_search(params, THEMES, DOCUMENTS)
    assert search.filters == Filters(themes=("zorg",))
    assert search.active == 1
    assert len(remarks) == 3
    assert all(len(remark) < 160 for remark in remarks)


def test_dates_the_wrong_way_round_are_remarked() -> None:
    _, remarks = parse_search({"van": ["2022"], "tot": ["2021"]}, THEMES, DOCUMENTS)
    assert len(remarks) == 1


def test_a_year_covers_all_of_it() -> None:
    search, _ = parse_search({"van": ["2021"], "tot": ["2021"]}, THEMES, DOCUMENTS)
    assert (search.filters.date_from, search.filters.date_to) == ("2021-01-01", "2021-12-31")


def test_a_read_link_survives_being_written() -> None:
    params = parse_qs(urlsplit(reader_link("kst 1&2", Span(3, 9))).query)
    assert parse_read_link(params) == (ReadLink("kst 1&2", Span(3, 9)), ())


def test_a_permalink_carries_the_checksum_of_its_words() -> None:
    link = reader_link("a", Span(3, 12), "123456789")
    assert link == "documenten?document=a&van=3&tot=12&proef=cbf43926"
    params = parse_qs(urlsplit(link).query)
    assert parse_read_link(params) == (ReadLink("a", Span(3, 12), "cbf43926"), ())


@pytest.mark.parametrize("checksum", ["cbf4392", "cbf439266", "zbf43926", "<b>", "²²²²²²²²"])
def test_an_invalid_checksum_is_remarked_and_left_out(checksum: str) -> None:
    params = {"document": ["a"], "van": ["3"], "tot": ["12"], "proef": [checksum]}
    link, remarks = parse_read_link(params)
    assert link == ReadLink("a", Span(3, 12))
    assert len(remarks) == 1
    assert "<" not in remarks[0]


@pytest.mark.parametrize(
    ("start", "end"), [("9", "3"), ("-1", "4"), ("a", "4"), ("1", ""), ("²", "4"), ("1", "9" * 30)]
)
def test_an_invalid_span_is_remarked(start: str, end: str) -> None:
    link, remarks = parse_read_link({"document": ["a"], "van": [start], "tot": [end]})
    assert link == ReadLink("a")
    assert len(remarks) == 1
