"""Where a quote differs from a document, word by word."""

from __future__ import annotations

import pytest

from search.quoting.aligning import Alignment, align
from search.quoting.quote_tokens import parts_of
from search.quoting.source import SourceTokens
from search.records import Document, Metadata, SourceMap

TEXT = "Eerst iets anders. De raad zegt dat het Rijk de opvang van allen betaalt. Dan nog iets."
SENTENCE = "De raad zegt dat het Rijk de opvang van allen betaalt."


def aligned(quote: str, text: str = TEXT) -> Alignment | None:
    document = Document("a", "a.md", text, Metadata(), (), (), (), (), SourceMap(()))
    return align(SourceTokens(document), parts_of(quote)[0])


def differences(quote: str, text: str = TEXT) -> list[tuple[str, str]]:
    found = aligned(quote, text)
    assert found is not None
    return [
        (quote[d.quoted.start : d.quoted.end], text[d.source.start : d.source.end])
        for d in found.differences
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Rijk", "land", [("land", "Rijk")]),
        ("het Rijk", "het rijke Rijk", [("rijke", "")]),
        ("de opvang van allen", "de opvang", [("", "van allen")]),
        ("betaalt.", "regelt.", [("regelt", "betaalt")]),
        ("De raad", "Onze raad", [("Onze", "De")]),
    ],
)
def test_each_difference_is_named(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert differences(SENTENCE.replace(old, new)) == wanted


def test_two_differences_are_two() -> None:
    quote = SENTENCE.replace("Rijk", "land").replace("allen", "velen")
    assert differences(quote) == [("land", "Rijk"), ("velen", "allen")]


def test_the_span_is_the_sentence_and_the_share_counts_words() -> None:
    found = aligned(SENTENCE.replace("Rijk", "land"))
    assert found is not None
    assert TEXT[found.span.start : found.span.end] == SENTENCE
    # Ten of the eleven words are the same.
    assert found.share == pytest.approx(10 / 11)


def test_a_text_that_shares_no_run_of_three_words_is_not_aligned() -> None:
    assert aligned("de provincie zegt dat niemand iets doet") is None


def test_the_likeliest_of_two_places_is_taken() -> None:
    text = f"De raad zegt dat het niet kan. Maar later: {SENTENCE}"
    found = aligned(SENTENCE.replace("allen", "velen"), text)
    assert found is not None
    assert text[found.span.start : found.span.end] == SENTENCE


def test_typography_is_no_difference() -> None:
    text = "De raad zegt dat «de foto’s» niet goed zijn."
    assert differences('De raad zegt dat "de foto\'s" wel goed zijn.', text) == [("wel", "niet")]
