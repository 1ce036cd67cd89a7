"""A link to a span carries a checksum of its words, by which they are found back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quoting.permalinks import locate, words_checksum
from search.records import Document, Span

TEXT = "Een zin. Nog een zin. Een zin. Slot."


def test_the_checksum_is_crc_32_of_utf_8() -> None:
    # The check value of CRC-32/ISO-HDLC, and the sum of the bytes C3 AB, bit by bit.
    assert words_checksum("123456789") == "cbf43926"
    assert words_checksum("ë") == "e00aec12"
    assert words_checksum("") == "00000000"


def test_words_that_did_not_move_are_at_their_place() -> None:
    assert locate(TEXT, Span(9, 21), words_checksum("Nog een zin.")) == Span(9, 21)


def test_a_span_that_did_not_move_may_begin_within_a_word() -> None:
    assert locate(TEXT, Span(10, 12), words_checksum("og")) == Span(10, 12)


def test_words_that_moved_are_found_at_the_nearest_place() -> None:
    proof = words_checksum("Een zin.")
    assert locate(TEXT, Span(3, 11), proof) == Span(0, 8)
    assert locate(TEXT, Span(16, 24), proof) == Span(22, 30)
    assert locate(TEXT, Span(900, 908), proof) == Span(22, 30)


def test_words_that_moved_are_found_only_where_a_word_begins() -> None:
    assert locate(TEXT, Span(0, 2), words_checksum("og")) is None
    assert locate(TEXT, Span(0, 3), words_checksum("Nog")) == Span(9, 12)
    assert locate("Zie «dit» en (dat).", Span(0, 5), words_checksum("«dit»")) == Span(4, 9)


def test_words_that_are_gone_are_nowhere() -> None:
    assert locate(TEXT, Span(9, 21), words_checksum("Nog twee zin")) is None
    assert locate("", Span(0, 4), words_checksum("zin.")) is None
    assert locate("kort", Span(0, 90), words_checksum("x" * 90)) is None


WORDS = st.text("aë€😀 .\n", min_size=1, max_size=40)


@pytest.mark.slow
@given(before=WORDS, words=WORDS, after=WORDS, moved=st.integers(1, 50))
def test_what_is_found_has_the_words_whatever_goes_around_it(
    before: str, words: str, after: str, moved: int
) -> None:
    words = f"a{words}"
    text = f"{before} {words}{after}"
    start = len(before) + 1 + moved
    found = locate(text, Span(start, start + len(words)), words_checksum(words))
    assert found is not None
    assert text[found.start : found.end] == words
    assert abs(found.start - start) <= moved


@pytest.mark.parametrize("length", [80, 5_000])
def test_a_long_document_is_searched_while_a_page_loads(letter: Document, length: int) -> None:
    text = letter.text * (300_000 // len(letter.text))
    span = Span(150_001, 150_001 + length)
    began = time.perf_counter()
    assert locate(text, span, "ffffffff") is None
    # 0.06 s on one slow core; ten times as much is let pass for a machine that is busy.
    assert time.perf_counter() - began < 0.6
