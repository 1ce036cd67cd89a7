"""What is left of a sentence without the clauses that depend on its main clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.labels.main_clauses import main_clause


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Het kabinet steunt het advies dat niet is opgevolgd.", "Het kabinet steunt het advies"),
        ("De motie, die over sloten gaat, ontraad ik.", "De motie ontraad ik"),
        ("Als er geld is, bouw ik de brug.", "bouw ik de brug"),
        ("Die mening deel ik niet.", "Die mening deel ik niet"),
        ("Ik deel die mening niet.", "Ik deel die mening niet"),
        ("Om die reden wil ik dit niet.", "Om die reden wil ik dit niet"),
        ("Als minister ga ik hier niet over.", "Als minister ga ik hier niet over"),
        ("Ik zie geen aanleiding om te maaien.", "Ik zie geen aanleiding"),
        ("Ik maai, omdat het moet, de sloten.", "Ik maai de sloten"),
        ("", ""),
    ],
)
def test_main_clause(sentence: str, left: str) -> None:
    words = main_clause(sentence).replace(",", " ").rstrip(" .").split()
    assert words == left.split()


@given(st.text(max_size=200))
def test_it_keeps_its_length_and_only_blanks(sentence: str) -> None:
    found = main_clause(sentence)
    assert len(found) == len(sentence)
    assert all(new in (old, " ") for old, new in zip(sentence, found, strict=True))
