"""Near-identical passages of several documents."""

from __future__ import annotations

from search.records import Kind, Passage, Sentence, Theme, ThemeOrigin
from search.retrieval import group_duplicates

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


def test_other_case_marks_and_accents_make_no_difference() -> None:
    assert grouped(("a", TEXT), ("b", TEXT.upper().replace(",", ";"))) == [(0, (1,))]


def test_a_longer_passage_that_holds_the_shorter_is_shown() -> None:
    assert grouped(("a", TEXT), ("b", f"{TEXT} {OTHER}")) == [(1, (0,))]


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
