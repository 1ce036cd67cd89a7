"""Passages of several documents with the same words, or nearly the same."""

from __future__ import annotations

import pytest

from search.records import Kind, Passage, Sentence, Theme, ThemeOrigin
from search.retrieval import group_duplicates, repeated
from search.retrieval.duplicates import (
    holds_words,
    nearly_holds,
    nearly_same,
    place_of_words,
    shares_words,
)

TEXT = (
    "Het kabinet onderschrijft dat migratie structureel en integraal benaderd moet worden en niet "
    "los mag worden gezien van vraagstukken rond sociale cohesie."
)
OTHER = "De gemeenten hebben hier de regierol, in lijn met de decentralisatie van het welzijnswerk."


def passage(number: int, document: str, text: str) -> Passage:
    return Passage(
        number,
        document,
        Kind.PARAGRAPH,
        0,
        len(text),
        text,
        (),
        (Sentence(0, len(text)),),
        Theme("", ThemeOrigin.ESTIMATED),
    )


def grouped(*passages: tuple[str, str]) -> list[tuple[int, tuple[int, ...]]]:
    made = [passage(i, document, text) for i, (document, text) in enumerate(passages)]
    return [(group.shown, group.copies) for group in group_duplicates(made)]


def test_the_same_text_in_two_documents_is_one_group() -> None:
    assert grouped(("a", TEXT), ("b", OTHER), ("b", TEXT)) == [(0, (2,)), (1, ())]


def test_the_same_text_within_one_document_stays_two() -> None:
    assert grouped(("a", TEXT), ("a", TEXT)) == [(0, ()), (1, ())]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.upper().replace("MIGRATIE", "MIGRATIE,"),
        TEXT.replace(" ", "\n  "),
        f"«{TEXT.removesuffix('.')}»;",
        TEXT.replace("cohesie.", "cohesie.[3]"),
        TEXT.replace("migratie", "migratie[^12]"),
        TEXT.replace("cohesie.", "cohesie³."),
        TEXT.replace("cohesie.", "cohesie.³"),
        TEXT.replace("integraal", "inte\u00adgraal"),
    ],
)
def test_case_punctuation_space_and_footnote_marks_make_no_difference(text: str) -> None:
    assert grouped(("a", TEXT), ("b", text)) == [(0, (1,))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("en niet los", "en los"),
        ("onderschrijft", "onderschrijft niet"),
        ("Het kabinet", "De Kamer"),
        ("migratie", "integratie"),
        ("sociale cohesie", "sociale samenhang"),
        ("moet worden", "moet kunnen worden"),
        ("structureel en", "structureel of"),
    ],
)
def test_a_word_that_differs_keeps_two_passages_apart(one: str, other: str) -> None:
    assert one in TEXT
    assert grouped(("a", TEXT), ("b", TEXT.replace(one, other))) == [(0, ()), (1, ())]
    # So too in a long passage, of which a word is a small part.
    long = f"{TEXT} {OTHER} " * 4
    assert grouped(("a", long), ("b", long.replace(one, other, 1))) == [(0, ()), (1, ())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.600", "1.700"),
        ("1.600", "16.00"),
        ("5 procent", "6 procent"),
        ("100 m²", "100 m³"),
        ("5 %", "5 ‰"),
        ("één gemeente", "een gemeente"),
        ("De Vries", "De Wit"),
        ("2021", "2022"),
        ("3,5", "35"),
    ],
)
def test_numbers_names_and_units_are_words(one: str, other: str) -> None:
    text = "Volgens de laatste telling van het bureau gaat het in het hele land om {} bij elkaar."
    assert grouped(("a", text.format(one)), ("b", text.format(other))) == [(0, ()), (1, ())]


def test_a_longer_passage_that_holds_the_shorter_is_shown() -> None:
    assert grouped(("a", TEXT), ("b", f"{TEXT} {OTHER}")) == [(1, (0,))]


def test_two_longer_passages_that_differ_do_not_meet_in_a_shorter_one() -> None:
    first, second = f"{TEXT} {OTHER}", f"{OTHER} {TEXT}"
    assert grouped(("a", TEXT), ("b", first), ("c", second)) == [(1, (0,)), (2, ())]


def test_a_shared_half_is_no_duplicate() -> None:
    words = TEXT.split()
    half = " ".join(words[: len(words) // 2]) + " en dat vraagt van iedereen heel wat anders."
    assert grouped(("a", TEXT), ("b", half)) == [(0, ()), (1, ())]


def test_short_texts_are_not_grouped() -> None:
    assert grouped(("a", "Zie voetnoot 2."), ("b", "Zie voetnoot 2.")) == [(0, ()), (1, ())]


def test_three_documents_are_one_group() -> None:
    assert grouped(("a", TEXT), ("b", TEXT), ("c", TEXT)) == [(0, (1, 2))]


def test_no_passages_have_no_groups() -> None:
    assert group_duplicates([]) == []


def test_a_sentence_is_repeated_where_a_passage_has_its_words() -> None:
    denied = TEXT.replace("onderschrijft", "onderschrijft niet")
    passages = [
        passage(0, "a", f"{TEXT} {OTHER}"),
        passage(1, "b", f"Een zin vooraf. {TEXT.upper()}"),
        passage(2, "c", denied),
        passage(3, "b", TEXT),
        passage(4, "d", f"Ja. {OTHER}"),
    ]
    found = repeated([TEXT, TEXT, denied, TEXT, "Ja."], passages)
    assert found == [[1], [0], [], [0], []]


def test_the_place_of_words_is_found_whatever_their_typography() -> None:
    text = f"Eerst dit. {TEXT.upper()}[2] En dan nog wat."
    found = place_of_words(text, TEXT)
    assert found is not None
    assert text[found.start : found.end] == TEXT.upper().removesuffix(".")
    assert place_of_words(text, OTHER) is None
    assert place_of_words(text, "…") is None
    assert holds_words(text, TEXT)
    assert not holds_words(text, "Eerst dit.")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Het kabinet is bereid dit te doen.", "Het kabinet is niet bereid dit te doen.", True),
        (TEXT, TEXT, True),
        (TEXT, TEXT.replace("sociale", "culturele"), True),
        (TEXT, f"{OTHER} {TEXT} {OTHER}", False),
        (TEXT, OTHER, False),
        (TEXT, " ".join(reversed(TEXT.split())), False),
        ("Ja, dat klopt.", "Nee, dat klopt.", False),
        ("", "", False),
    ],
)
def test_nearly_the_same(one: str, other: str, near: bool) -> None:
    assert nearly_same(one, other) is near
    assert nearly_same(other, one) is near


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (TEXT, f"{OTHER} {TEXT.replace('cohesie', 'samenhang')} {OTHER}", True),
        (TEXT, TEXT.upper(), True),
        (TEXT, OTHER, False),
        ("Ja, dat klopt.", "Ja, dat klopt.", False),
    ],
)
def test_a_longer_text_nearly_holds_another(one: str, other: str, near: bool) -> None:
    assert nearly_holds(one, other) is near
    assert nearly_holds(other, one) is near


def test_a_text_that_may_hold_a_sentence_shares_its_words() -> None:
    assert shares_words(f"{OTHER} {TEXT.replace('kabinet', 'college')}", TEXT)
    assert not shares_words(OTHER, TEXT)
    assert not shares_words(OTHER, "")
