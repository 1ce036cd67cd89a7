"""The citatenlijst in links: what is written comes back, and what is odd does no harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from search.quoting.permalinks import words_checksum
from search.records import Quote, Span
from search.ui.picked import (
    ADD,
    LIST,
    LONGEST_NOTE,
    MOST,
    PICKED,
    Picked,
    list_link,
    merge_linked,
    parse_picked,
    pick,
    picked,
    set_picked,
    write_picked,
)

# What a link can hold: all but lone surrogates, which have no UTF-8.
TEXT = some.text(some.characters(exclude_categories=["Cs"]))
NAMES = (TEXT | some.text("|.%/ ?&=#+é", max_size=20)).filter(bool)
ITEMS = some.builds(
    lambda document, start, length, checksum, note: Picked(
        document, Span(start, start + length), f"{checksum:08x}", note
    ),
    NAMES.filter(lambda name: len(name) <= 100),
    some.integers(0, 10**9),
    some.integers(1, 10**9),
    some.integers(0, 2**32 - 1),
    TEXT.filter(lambda note: len(note) <= LONGEST_NOTE) | some.text("|.%\n\r ", max_size=20),
)


def item(number: int = 0, note: str = "", document: str = "d") -> Picked:
    """Pick a span of ten characters."""
    return Picked(document, Span(number, number + 10), "0123abcd", note)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a session of its own, which holds what the test puts there."""
    monkeypatch.setattr("search.ui.picked.st.session_state", {})


@given(ITEMS)
def test_what_is_written_comes_back(picked_span: Picked) -> None:
    assert parse_picked([write_picked(picked_span)]) == (picked_span,)


@given(
    some.lists(ITEMS, max_size=5, unique_by=lambda each: (each.document, each.span, each.checksum))
)
def test_the_link_holds_the_list_in_its_order(items: list[Picked]) -> None:
    query = parse_qs(urlsplit(list_link(items)).query, keep_blank_values=True)
    assert parse_picked(query.get(PICKED, [])) == tuple(items)


def test_the_name_is_encoded_and_the_note_is_not() -> None:
    odd = item(5, "Let op | dit:\nklopt 100%", "map/jaar 2021|a.b%20c")
    written = write_picked(odd)
    assert written == ("5.15.0123abcd.map%2Fjaar%202021%7Ca.b%2520c|Let op | dit:\nklopt 100%")
    assert parse_picked([written]) == (odd,)


def test_the_longest_name_that_a_file_can_have_comes_back() -> None:
    odd = item(document="é" * 127)
    assert parse_picked([write_picked(odd)]) == (odd,)


def test_a_quote_is_picked_by_its_words() -> None:
    assert pick(Quote("Een zin.", "d", 7, 15, "bron")) == Picked(
        "d", Span(7, 15), words_checksum("Een zin.")
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "onzin",
        "1.2.0123abcd",
        "1.2.0123abcd.",
        "9.2.0123abcd.d",
        "4.4.0123abcd.d",
        "-1.2.0123abcd.d",
        "1.2.0123ABCD.d",
        "1.2.123.d",
        "123456789012.123456789013.0123abcd.d",
        "<script>",
    ],
)
def test_what_is_not_a_span_is_left_out(value: str) -> None:
    good = item(1)
    assert parse_picked([value]) == ()
    assert parse_picked([value, write_picked(good), value]) == (good,)


def test_a_span_is_taken_once_and_a_note_is_cut() -> None:
    values = [write_picked(item(1, "x" * (LONGEST_NOTE + 5))), write_picked(item(1, "later"))]
    assert parse_picked(values) == (item(1, "x" * LONGEST_NOTE),)


def test_no_more_than_two_hundred_are_taken() -> None:
    values = [write_picked(item(number)) for number in range(MOST + 50)]
    assert parse_picked(values) == tuple(item(number) for number in range(MOST))
    merge_linked({PICKED: values, ADD: [write_picked(item(9_000))]})
    assert len(picked()) == MOST == 200
    set_picked(item(number) for number in range(MOST + 1))
    assert len(picked()) == MOST


def test_an_empty_list_is_an_address_without_parameters() -> None:
    assert list_link([]) == LIST == "citatenlijst"


def test_notes_that_a_link_has_no_room_for_are_left_out_of_it() -> None:
    items = [item(number, "n" * LONGEST_NOTE) for number in range(60)]
    link = list_link(items)
    assert len(link) < 40_000
    assert parse_picked(parse_qs(urlsplit(link).query)[PICKED]) == tuple(
        item(number) for number in range(60)
    )


@pytest.mark.parametrize(
    ("had", "params", "expected"),
    [
        pytest.param([], {}, [], id="nothing"),
        pytest.param([item(1)], {}, [item(1)], id="a page without list keeps it"),
        pytest.param([], {PICKED: [item(2), item(1)]}, [item(2), item(1)], id="a shared link"),
        pytest.param([item(1)], {ADD: [item(2)]}, [item(1), item(2)], id="added at the end"),
        pytest.param([item(1, "n")], {ADD: [item(1)]}, [item(1, "n")], id="twice is once"),
        pytest.param(
            [item(1), item(2)], {PICKED: [item(2), item(1)]}, [item(2), item(1)], id="reordered"
        ),
        pytest.param(
            [item(1), item(3)], {PICKED: [item(1)]}, [item(1), item(3)], id="back to an old list"
        ),
        pytest.param([item(1, "n")], {PICKED: [item(1)]}, [item(1, "n")], id="a note made since"),
        pytest.param([item(1, "n")], {PICKED: [item(1, "m")]}, [item(1, "m")], id="its own note"),
        pytest.param(
            [], {PICKED: [item(1)], ADD: [item(2), item(1)]}, [item(1), item(2)], id="both"
        ),
    ],
)
def test_a_link_and_the_session_make_one_list(
    had: list[Picked], params: Mapping[str, Sequence[Picked]], expected: list[Picked]
) -> None:
    set_picked(had)
    merge_linked({key: [write_picked(each) for each in values] for key, values in params.items()})
    assert list(picked()) == expected
