"""The list of documents as the pages use it."""

from __future__ import annotations

import pytest
from tests.ui.conftest import entry

from search.records import Entry, Holder, Stance, StanceCount
from search.ui.collection import Collection, find_texts, searchable

ENTRIES = [entry(number) for number in range(1, 121)]


def found(text: str) -> list[str]:
    """Return the ids of the documents that are found with a text."""
    return [each.id for each in Collection(ENTRIES).find(text)]


def test_what_is_cited_comes_first_and_then_the_order_of_the_list() -> None:
    with_twelve = found("29 861, nr. 12")
    assert with_twelve[0] == "kst-29861-12"
    # The others are of a twelfth day, or of December.
    assert with_twelve[1:] == [
        e.id for e in ENTRIES if "-12" in e.metadata.date and e.id != "kst-29861-12"
    ]


@pytest.mark.parametrize(
    "text", ["kst-29861-77", "KAMERSTUKKEN 77", "brief 77", "wolven 77", "77 regering kabinet"]
)
def test_a_document_is_found_by_its_number_name_kind_and_issuer(text: str) -> None:
    assert found(text) == ["kst-29861-77"]


def test_a_date_is_found_as_people_write_it() -> None:
    day = entry(14)
    assert day.metadata.date == "2024-10-15"
    assert "kst-29861-14" in found("15 oktober 2024")
    assert "kst-29861-14" in found("2024-10-15")


def test_text_without_words_finds_all_and_nonsense_none() -> None:
    assert len(found("  .. ")) == len(ENTRIES)
    assert found("wolven bestaan niet") == []


@pytest.mark.parametrize(
    ("typed", "places"),
    [("ÉÉN", [0]), ("brie", [0, 1]), ("29.861", [0]), ("29 861", [0]), ("861", []), ("7", [1])],
)
def test_words_are_found_within_words_and_numbers_as_a_whole(typed: str, places: list[int]) -> None:
    texts = [searchable("Eén brief, kst-29861-70"), searchable("Twee brieven, nr. 7")]
    assert find_texts(typed, texts) == places


def test_a_document_is_found_by_id() -> None:
    collection = Collection(ENTRIES, ["zorg"])
    assert collection.get("kst-29861-3") is ENTRIES[2]
    assert collection.get("nergens") is None
    assert "kst-29861-3" in collection
    assert "nergens" not in collection
    assert len(collection) == 120
    assert list(collection)[:2] == ["kst-29861-1", "kst-29861-2"]
    assert collection.words == 12_000
    assert collection.names["kst-29861-2"].startswith("Brief 2 over <wolven> & schapen (motie, ")


def test_themes_are_those_of_passages_and_documents_each_once() -> None:
    collection = Collection(ENTRIES, ["zorg", "wonen", "zorg"])
    assert list(collection.themes) == ["zorg", "wonen"]
    assert collection.find_themes("ORG") == ("zorg",)


def test_labels_are_counted_by_document() -> None:
    asked = 0

    def counts() -> tuple[StanceCount, ...]:
        nonlocal asked
        asked += 1
        return (
            StanceCount("kst-29861-2", "zorg", Holder.CABINET, Stance.SUPPORT, 2),
            StanceCount("kst-29861-3", "zorg", Holder.CABINET, Stance.SUPPORT, 2),
            StanceCount("kst-29861-3", "", Holder.ADVISOR, Stance.ADVICE, 1),
        )

    collection = Collection(ENTRIES, stance_counts=counts)
    assert asked == 0  # most pages need none
    assert collection.most_labelled == "kst-29861-3"
    assert [c.number for c in collection.stance_counts("kst-29861-3")] == [2, 1]
    assert collection.stance_counts("kst-29861-1") == ()
    assert asked == 1


@pytest.mark.parametrize(("entries", "first"), [(ENTRIES, "kst-29861-1"), ([], "")])
def test_without_labels_the_first_document_is_shown(entries: list[Entry], first: str) -> None:
    assert Collection(entries).most_labelled == first
