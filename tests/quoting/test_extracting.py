"""Which quotes stand in a pasted text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quoting import quotes_in


def quoted(text: str) -> list[str]:
    return [each.text for each in quotes_in(text)]


@pytest.mark.parametrize("marks", ["«»", '""', "''", "„”", "„“", "“”", "‘’", "‚’", "»«", "‹›"])
def test_every_kind_of_mark(marks: str) -> None:
    first = f"{marks[0]}de raad zegt dit{marks[1]}"
    second = f"{marks[0]}het Rijk betaalt alles{marks[1]}"
    assert quoted(f"Er staat: {first}. En ook {second}, zegt men.") == [
        "de raad zegt dit",
        "het Rijk betaalt alles",
    ]


def test_a_quote_stands_where_it_says() -> None:
    text = "Zie « de raad zegt dit »."
    (found,) = quotes_in(text)
    assert (found.text, found.start, found.end) == ("de raad zegt dit", 6, 22)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text", ["de foto's van 's ochtends en 't Rijk zijn 's avonds weg", 'een boek van 20" dik']
)
def test_apostrophes_and_inches_open_no_quote(text: str) -> None:
    assert quotes_in(text) == []


def test_an_apostrophe_within_a_quote_does_not_end_it() -> None:
    assert quoted("Er staat 'de foto's van het Rijk' in.") == ["de foto's van het Rijk"]


def test_of_quotes_within_quotes_the_outer_one_counts() -> None:
    assert quoted("«de raad zegt “het Rijk betaalt alles” hier»") == [
        "de raad zegt “het Rijk betaalt alles” hier"
    ]


def test_single_words_count_only_when_there_is_nothing_longer() -> None:
    assert quoted('"zo" en "de raad" en "het Rijk betaalt"') == ["de raad", "het Rijk betaalt"]
    assert quoted('"zo" en "dan"') == ["zo", "dan"]


@pytest.mark.parametrize("mark", ["“", '"', "«", "‘"])
def test_each_of_paragraphs_that_open_with_a_mark_is_a_quote(mark: str) -> None:
    closing = {"“": "”", "«": "»", "‘": "’"}.get(mark, mark)
    text = (
        f"Zo: {mark}de raad zegt dit\n\n{mark}en dat ook\n \n{mark}tot slot dit{closing}\n\nKlaar."
    )
    assert quoted(text) == ["de raad zegt dit", "en dat ook", "tot slot dit"]


def test_mark_that_was_forgotten_takes_no_paragraph_that_opens_without_one() -> None:
    assert quoted("“de raad zegt dit\n\nEn “het Rijk betaalt” ook.") == ["het Rijk betaalt"]


def test_block_quotes_count_beside_other_quotes() -> None:
    text = (
        "Men schrijft “de raad zegt” en:\n\n> Het Rijk betaalt\n> alles, zegt “de minister”.\n\n"
        "> “de gemeente regelt de rest van het beleid”\n\n> “Kort” is anders.\n> — de WRR\n\n1 > 0"
    )
    assert quoted(text) == [
        "de raad zegt",
        "Het Rijk betaalt\n> alles, zegt “de minister”.",
        "de gemeente regelt de rest van het beleid",
        "“Kort” is anders.",
    ]


def test_a_mark_that_was_forgotten_spoils_its_paragraph_alone() -> None:
    assert quoted('Een "vergeten teken.\n\nDan "de raad zegt dit" weer.') == ["de raad zegt dit"]


def test_a_quote_may_run_over_two_paragraphs() -> None:
    assert quoted("«De raad zegt.\n\nHet Rijk betaalt.»") == ["De raad zegt.\n\nHet Rijk betaalt."]


@pytest.mark.parametrize("mark", "«\"'„“‘‚‹»")
@pytest.mark.parametrize("form", ["{}", " {}", "{} woord "])
def test_twenty_thousand_opening_marks_are_read_fast(mark: str, form: str) -> None:
    begun = time.perf_counter()
    quotes_in(form.format(mark) * 20_000)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "text", ["> a\n" * 30_000, ">" * 60_000, "> “a\n\n" * 20_000, "\n>" * 40_000]
)
def test_thirty_thousand_block_quotes_are_read_fast(text: str) -> None:
    begun = time.perf_counter()
    quotes_in(text)
    assert time.perf_counter() - begun < 2


@given(st.text(alphabet="ab «»\"'„”“‘’‚‹›\n>", max_size=60))
def test_quotes_of_any_text_are_its_own_and_do_not_overlap(text: str) -> None:
    at = 0
    for each in quotes_in(text):
        assert text[each.start : each.end] == each.text == each.text.strip() != ""
        assert each.start >= at
        at = each.end
