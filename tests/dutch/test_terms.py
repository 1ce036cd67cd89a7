"""Dutch analysis: the terms that index and question share."""

from __future__ import annotations

import pytest

from search.dutch import analyse, fold
from search.dutch.terms import tokenise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "gemeenten"),
        ("Gemeenten", "GEMEENTEN"),
        ("migrant", "migranten"),
        ("coördinatie", "coordinatie"),
        ("financiën", "financien"),
        ("29 861", "29861"),
        ("29.861", "29861"),
        ("1.600", "1600"),
        ("thema's", "thema’s"),
        ("personenauto's", "personenauto"),
        ("thema’s", "thema"),
        ("lig\u00adplaats\u00adtarieven", "ligplaatstarieven"),
        ("haven\u200bmeester", "havenmeester"),
        ("coo\u0308rdinatie", "coördinatie"),
        ("gei\u0308nde", "geïnde"),
    ],
)
def test_forms_of_one_word_are_one_term(one: str, other: str) -> None:
    assert analyse(one) == analyse(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("4,3", "43"), ("VIA", "VIII"), ("nr. 70", "nr. 71"), ("zorg", "borg")]
)
def test_different_words_are_different_terms(one: str, other: str) -> None:
    assert analyse(one) != analyse(other)


@pytest.mark.parametrize("text", ["", " ", "de het een van in", "?!", "😀🎉", "«»—…"])
def test_text_without_words_of_its_own_has_no_terms(text: str) -> None:
    assert analyse(text) == []


def test_terms_know_their_place() -> None:
    text = "De gemeenten, in 29 861 en de «WRR-rapporten» uit België."
    words = [text[start:end] for _, start, end in tokenise(text)]
    assert words == ["gemeenten", "29 861", "WRR", "rapporten", "België"]
    assert [term for term, _, _ in tokenise(text)] == analyse(text)


def test_hyphenated_words_are_found_by_each_part() -> None:
    assert set(analyse("rapport")) <= set(analyse("WRR-rapport"))


@pytest.mark.parametrize(
    ("text", "expected"), [("Coördinatie", "coordinatie"), ("thema’s", "thema's"), ("ÉÉN", "een")]
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    "word", ["gemeenten", "migratiesamenleving", "onderschrijft", "verscheidenheid", "huizen"]
)
def test_stems_are_those_of_snowball(word: str) -> None:
    from nltk.stem.snowball import SnowballStemmer

    assert analyse(word) == [SnowballStemmer("dutch").stem(word)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Coördinatie", "coordinatie"),
        ("co\u0308ordinatie", "coordinatie"),
        ("‘zo’n “plan” – € 5", "'zo'n “plan” – € 5"),
        ("ẽ\u20d2 x\u1dc4", "e x"),
        ("𝐇OOFD", "hoofd"),
    ],
)
def test_folding_takes_marks_away_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded
