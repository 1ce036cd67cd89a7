"""What typography does to a text makes no difference; a word always does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.words import is_word, lookup, tokens_of, words_of


def forms(text: str) -> list[str]:
    return [token.form for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«zo» is het", "“zo” is het"),
        ("„zo” is het", "'zo' is het"),
        ("foto's", "foto’s"),
        ("Oost-Europa", "Oost‑Europa"),
        ("nu – en dan", "nu - en dan"),
        ("ﬁnanciën", "financiën"),
        ("ĳs", "ijs"),
        ("29 861", "29\u00a0861"),
        ("on\u00adder\u200bwijs", "onderwijs"),
        ("één", "e\u0301e\u0301n"),
        ("zo …", "zo ..."),
        ("• het Rijk", "het Rijk"),
        ("het\n\tRijk", "het Rijk"),
        ("\u202ehet Rijk\u202c", "het Rijk"),
    ],
)
def test_typography_is_forgiven(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("een", "één"),
        ("Het Rijk", "het Rijk"),
        ("1.600", "1,600"),
        ("3,5", "35"),
        ("de", "den"),
        ("geen kwaad", "kwaad geen"),
        ("m²", "m2"),
        ("zo. Dan", "zo Dan"),
        ("vóór", "voor"),
    ],
)
def test_words_and_signs_are_not(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_tokens_stand_where_they_say() -> None:
    assert [tuple(token) for token in tokens_of("«De WRR» (2,5%)…")] == [
        ("De", 1, 3),
        ("WRR", 4, 7),
        ("(", 9, 10),
        ("2,5", 10, 13),
        ("%", 13, 14),
        (")", 14, 15),
        ("...", 15, 16),
    ]


def test_words_of_are_small_and_have_no_signs() -> None:
    assert words_of("De WRR-raad, «zegt»: 1.600!") == ["de", "wrr-raad", "zegt", "1.600"]


def test_a_word_without_end_is_looked_up_by_its_first_64_characters() -> None:
    assert lookup("A" * 1000) == "a" * 64


@given(st.text(max_size=80))
def test_tokens_of_any_text_are_in_order_and_within_it(text: str) -> None:
    at = 0
    for token in tokens_of(text):
        assert at <= token.start < token.end <= len(text)
        assert token.form
        assert is_word(token.form) in (True, False)
        at = token.end
