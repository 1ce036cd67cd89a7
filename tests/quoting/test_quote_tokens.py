"""How a quote that was typed is read: its parts, and what may hide in its words."""

from __future__ import annotations

import time

import pytest

from search.quoting.quote_tokens import QuoteToken, TokenReading, parts_of


def forms(text: str) -> list[list[str]]:
    return [[token.form for token in part] for part in parts_of(text)]


def one(text: str, at: int = -1) -> QuoteToken:
    (part,) = parts_of(text)
    return part[at]


@pytest.mark.parametrize("gap", ["[…]", "(…)", "[...]", "(...)", "[ … ]", "(..)"])
def test_words_left_out_part_a_quote(gap: str) -> None:
    assert forms(f"het Rijk {gap} betaalt") == [["het", "Rijk"], ["betaalt"]]


def test_dots_at_the_ends_leave_out_too_but_not_those_within() -> None:
    assert forms("…het Rijk … betaalt...") == [["het", "Rijk", "...", "betaalt"]]


@pytest.mark.parametrize("text", ["", " \n", "[…]", "…", "(…) […]"])
def test_a_quote_without_tokens_has_no_parts(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize("mark", ["³", "¹²"])
def test_a_raised_number_is_a_mark_whatever_the_source_has(mark: str) -> None:
    assert TokenReading(("beleid",), "") in one(f"het beleid{mark}").readings


@pytest.mark.parametrize("mark", ["[3]", "(3)", "[^3]", "<sup>3</sup>"])
def test_a_bracketed_number_behind_a_word_may_be_left_out(mark: str) -> None:
    assert TokenReading((), "") in one(f"het beleid{mark}").readings


def test_an_ordinary_number_is_a_mark_only_where_the_source_has_one() -> None:
    assert one("het beleid3").readings == (TokenReading(("beleid",), "3"),)
    assert TokenReading(("2018",), "9") in one("in 20189").readings


def test_square_metres_are_no_sure_mark() -> None:
    assert one("tien m²").readings == (TokenReading(("m",), "2"), TokenReading(("m2",), ""))


@pytest.mark.parametrize(
    ("copied", "printed"),
    [("CO2", "CO₂"), ("PM10", "PM₁₀"), ("H2O", "H₂O"), ("m2", "m²"), ("km2", "km²")],
)
def test_a_copy_may_have_lost_the_height_of_its_digits(copied: str, printed: str) -> None:
    assert TokenReading((printed,), "") in one(f"veel {copied}").readings
    assert TokenReading((copied,), "") in one(f"veel {printed}").readings


@pytest.mark.parametrize("text", ["10⁶", "106", "beleid3", "10₆"])
def test_a_number_is_never_read_at_another_height(text: str) -> None:
    assert not [r for r in one(f"x {text}").readings if not r.mark and r.forms]


@pytest.mark.parametrize("text", ["het onder-\nwijs", "het onder-\r\nwijs"])
def test_a_word_that_a_line_end_breaks_is_read_whole(text: str) -> None:
    token = one(text)
    assert token.form == "onderwijs"
    assert TokenReading(("onder-wijs",), "") in token.readings


def test_a_bullet_is_forgiven_at_the_start_of_a_line_alone() -> None:
    assert one("- het Rijk", 0).readings == (TokenReading((), ""),)
    assert one("en dit\n  - het Rijk", 2).readings == (TokenReading((), ""),)
    assert one("en - het Rijk", 1).readings == ()


def test_a_capital_in_brackets_is_the_letter_that_it_changes() -> None:
    assert one("[D]e raad", 0).readings == (TokenReading(("de",), ""),)


def test_places_are_those_of_the_text_that_was_typed() -> None:
    text = "«het […] beleid³»"
    found = [text[a.start : a.end] for part in parts_of(text) for a in part]
    assert found == ["het", "beleid³"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a " * 50_000,
        "- " * 50_000,
        "." * 100_000,
        "a-\n" * 30_000,
        "[a]" * 30_000,
        "[…] " * 20_000,
        "<sup>" * 20_000,
        "a(1)" * 20_000,
        "a" * 100_000,
    ],
)
def test_hostile_text_is_read_fast(text: str) -> None:
    begun = time.perf_counter()
    parts_of(text)
    assert time.perf_counter() - begun < 2
