"""Facets: what passages are filtered by."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.records import Holder, Kind, Label, Passage, Sentence, Stance, Theme, ThemeOrigin
from search.storage.local.facets import Facets, FacetWriter

CABINET, COUNCIL = Holder.CABINET, Holder.ADVISOR


def passage(theme: str, *labels: tuple[Holder, Stance] | None) -> Passage:
    """Make a passage of a theme, with a sentence for each label."""
    sentences = tuple(
        Sentence(i, i + 1, Label(*each, 0.9, "", ()) if each else None)
        for i, each in enumerate(labels)
    )
    return Passage(
        0,
        "a",
        Kind.PARAGRAPH,
        0,
        9,
        "x" * 9,
        (),
        sentences,
        Theme(theme, ThemeOrigin.STRUCTURE, ""),
    )


@pytest.fixture
def facets(tmp_path: Path) -> Facets:
    """Write two documents and read them back; the second passage has no sentences."""
    writer = FacetWriter()
    writer.add(
        0,
        [
            passage("taal", (CABINET, Stance.SUPPORT), (COUNCIL, Stance.ADVICE)),
            passage(""),
        ],
    )
    writer.add(1, [passage("werk", None, (CABINET, Stance.ADVICE)), passage("taal", None)])
    assert (writer.passages, writer.sentences) == (4, 5)
    writer.write(tmp_path / "facets.npz")
    return Facets(tmp_path / "facets.npz")


def test_documents_and_themes(facets: Facets) -> None:
    assert facets.of_documents([1]).tolist() == [False, False, True, True]
    assert facets.of_documents([]).tolist() == [False] * 4
    assert facets.of_documents([7]).tolist() == [False] * 4
    assert facets.of_themes(["taal"]).tolist() == [True, False, False, True]
    assert facets.of_themes(["onbekend"]).tolist() == [False] * 4
    assert facets.theme_labels == ("taal", "werk")


def test_holder_and_stance_are_those_of_one_sentence(facets: Facets) -> None:
    both = facets.of_labels([CABINET], [Stance.ADVICE])
    assert both.tolist() == [False, False, True, False]
    assert facets.of_labels([CABINET], []).tolist() == [True, False, True, False]
    assert facets.of_labels([], [Stance.ADVICE]).tolist() == [True, False, True, False]


def test_labelled_sentences_are_counted_in_order(facets: Facets) -> None:
    assert facets.label_counts() == [
        (0, "taal", CABINET, Stance.SUPPORT, 1),
        (0, "taal", COUNCIL, Stance.ADVICE, 1),
        (1, "werk", CABINET, Stance.ADVICE, 1),
    ]


def test_nothing_at_all(tmp_path: Path) -> None:
    FacetWriter().write(tmp_path / "leeg.npz")
    empty = Facets(tmp_path / "leeg.npz")
    assert empty.of_documents([]).tolist() == []
    assert empty.of_labels([CABINET], []).tolist() == []
    assert empty.label_counts() == []
    assert empty.theme_labels == ()
