"""Every character of the canonical text maps back to the file, and no word is lost."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from tests.paths import CORPUS

from search.reading import read_document, read_source
from search.records import Document, Segment, SourceMap, Span


@pytest.fixture(params=["kst-29861-70.md", "nieuwsbericht-kabinetsreactie-wrr.txt"])
def pair(request: pytest.FixtureRequest) -> tuple[Document, str]:
    """Return each document of the corpus with the text of its file."""
    path = CORPUS / request.param
    return read_document(path, CORPUS), path.read_text("utf-8")


def stripped(source: str) -> list[str]:
    """Take the markup out of the file by other means than the reader: its words in order.

    Footnotes come last, as in the canonical text.
    """
    body: list[str] = []
    notes: list[str] = []
    for line in source.splitlines():
        is_note = line.startswith("<sup>")
        plain = re.sub(r"<sup>\d+</sup>", "", line)
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", plain)
        plain = re.sub(r"<(http[^>]*)>", r"\1", plain)
        plain = re.sub(r"^#+ |^---$|[*\\]", "", plain)
        (notes if is_note else body).extend(plain.split())
    return body + notes


def test_every_word_of_the_file_stands_in_the_text_once_and_in_order(
    pair: tuple[Document, str],
) -> None:
    document, source = pair
    assert document.text.split() == stripped(source)


def test_segments_hold_the_same_characters_as_the_file(pair: tuple[Document, str]) -> None:
    document, source = pair
    assert document.source_map.segments
    for s in document.source_map.segments:
        assert s.length == s.source_length, "neither document writes a character another way"
        run = document.text[s.start : s.start + s.length]
        assert run == source[s.source_start : s.source_start + s.source_length]


def test_characters_outside_segments_are_white_space(pair: tuple[Document, str]) -> None:
    document, _ = pair
    at = 0
    for s in document.source_map.segments:
        assert s.start >= at, "segments are in order and do not overlap"
        assert not document.text[at : s.start].strip()
        at = s.start + s.length
    assert not document.text[at:].strip()


def test_no_character_of_the_file_is_used_twice(pair: tuple[Document, str]) -> None:
    document, _ = pair
    runs = sorted((s.source_start, s.source_length) for s in document.source_map.segments)
    for (start, length), (following, _) in pairwise(runs):
        assert start + length <= following


def test_each_word_maps_to_itself_in_the_file(pair: tuple[Document, str]) -> None:
    document, source = pair
    for word in re.finditer(r"\w+", document.text):
        place = document.source_map.to_source(Span(*word.span()))
        assert place is not None
        # Only escaped underscores are written otherwise in the file.
        assert source[place.start : place.end].replace("\\", "") == word.group()


def test_sentence_over_a_page_break_maps_to_both_its_halves(letter: Document) -> None:
    sentence = "De WRR waarschuwt voor het risico van fragmentatie."
    start = letter.text.index(sentence)
    place = letter.source_map.to_source(Span(start, start + len(sentence)))
    assert place is not None
    source = read_source(CORPUS / "kst-29861-70.md")[place.start : place.end]
    assert source.startswith("De WRR\n\n---")
    assert source.endswith("waarschuwt voor het risico van fragmentatie.")


def test_to_source_by_hand() -> None:
    # Text "ab c&d", from the file "**ab** c&amp;d": the space was put in.
    mapped = SourceMap(
        (Segment(0, 2, 2, 2), Segment(3, 1, 7, 1), Segment(4, 1, 8, 5), Segment(5, 1, 13, 1))
    )
    assert mapped.to_source(Span(0, 2)) == Span(2, 4)
    assert mapped.to_source(Span(1, 4)) == Span(3, 8)
    assert mapped.to_source(Span(4, 5)) == Span(8, 13)
    assert mapped.to_source(Span(4, 6)) == Span(8, 14)
    assert mapped.to_source(Span(2, 3)) is None


def test_entity_maps_to_the_whole_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Werk &amp; Inkomen.\n", "utf-8")
    document = read_document(tmp_path / "a.md", tmp_path)
    assert document.text == "Werk & Inkomen."
    assert document.source_map.to_source(Span(5, 6)) == Span(5, 10)
    assert document.source_map.to_source(Span(7, 14)) == Span(11, 18)
