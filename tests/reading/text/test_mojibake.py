from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading.text.mojibake import fix_mojibake


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("FinanciÃ«n", "Financiën"),
        ("één Ã© twee", "één Ã© twee"),
        ("Financiën", "Financiën"),
        ("gewoon", "gewoon"),
        ("", ""),
        ("â€œJaâ€\x9d, 5 â‚¬", "“Ja”, 5 €"),
        ("â\x80\x9cJaâ\x80\x9d", "“Ja”"),
        ("ï»¿<a/>", "\ufeff<a/>"),
        ("Łódź", "Łódź"),
        ("Ã", "Ã"),
        ("é««", "é««"),
    ],
)
def test_accents_are_put_right_for_the_whole_text_or_not_at_all(written: str, meant: str) -> None:
    assert fix_mojibake(written) == meant


@given(st.text(st.one_of(st.characters(max_codepoint=0x24F), st.sampled_from("–—“”‘’„…€•ﬁ😀"))))
def test_what_was_encoded_twice_is_as_it_was(text: str) -> None:
    doubled = text.encode("utf-8").decode("latin-1")

    assert fix_mojibake(doubled) == text


@given(st.text("abc é ë ï – “ ” € «»", min_size=1))
def test_a_dutch_text_stays_as_it_is(text: str) -> None:
    assert fix_mojibake(text) == text
