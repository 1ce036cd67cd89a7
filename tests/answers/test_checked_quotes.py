"""Quotes from elsewhere: verdict, place and citation."""

from __future__ import annotations

import pytest

from search.answers import check_quotes, said_at
from search.engine import Engine
from search.errors import QuestionError
from search.quoting import FoundQuote
from search.records import CheckedQuote, Span, Verdict

LETTER = "kst-29861-70"
EXACT = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
NEAR = EXACT.replace("jaarlijkse", "maandelijkse")
ABSENT = "De minister bakt op zondag pannenkoeken met stroop en poedersuiker."


def check_places(engine: Engine, checked: tuple[CheckedQuote, ...]) -> None:
    """Check that every match is the exact text at its place."""
    for match in (match for each in checked for match in each.matches):
        text = engine.document(match.quote.document).text
        assert match.quote.text == text[match.quote.start : match.quote.end]


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [(EXACT, Verdict.EXACT), (NEAR, Verdict.NEAR), (ABSENT, Verdict.ABSENT)],
)
def test_the_three_verdicts(engine: Engine, quote: str, verdict: Verdict) -> None:
    (checked,) = engine.check_quotes(quote)
    assert (checked.text, checked.verdict) == (quote, verdict)
    assert bool(checked.matches) == (verdict is not Verdict.ABSENT)
    # The nearest passage is shown instead of a match, never as one.
    assert (checked.nearest is None) == bool(checked.matches)
    check_places(engine, (checked,))


def test_an_exact_quote_is_cited(engine: Engine) -> None:
    (match,) = engine.check_quotes(f"«{EXACT}»")[0].matches
    assert match.quote.text == EXACT
    assert match.quote.citation.startswith("Kamerstukken II 2020/21, 29861, nr. 70")
    assert match.url == "https://zoek.officielebekendmakingen.nl/kst-29861-70.html"
    assert match.differences == ()


def test_each_difference_of_a_near_quote_is_given(engine: Engine) -> None:
    (checked,) = engine.check_quotes(NEAR)
    (match,) = checked.matches
    (difference,) = match.differences
    assert NEAR[difference.quoted.start : difference.quoted.end] == "maandelijkse"
    assert said_at(match, difference) == "jaarlijkse"


@pytest.mark.parametrize("marks", ["«»", '""', "''", "„”", "“”"])
def test_each_quote_of_a_draft_has_its_verdict(engine: Engine, marks: str) -> None:
    first, last = marks[0], marks[1]
    filler = "Dit is een eigen zin van de schrijver. " * 170
    quotes = (EXACT, NEAR, ABSENT)
    text = filler + filler.join(f"{first}{quote}{last}. " for quote in quotes) + filler
    assert len(text) > 20_000
    checked = engine.check_quotes(text)
    assert [each.text for each in checked] == list(quotes)
    assert [each.verdict for each in checked] == [Verdict.EXACT, Verdict.NEAR, Verdict.ABSENT]
    assert all(text[each.start : each.end] == each.text for each in checked)


def test_a_quote_that_its_file_does_not_hold_has_no_place(engine: Engine) -> None:

    start = engine.document(LETTER).text.index(EXACT)

    class Finder:
        """Finds everything in one place."""

        def find(self, _: str) -> list[FoundQuote]:
            return [FoundQuote(LETTER, (Span(start, start + len(EXACT)),))]

        find_exact = find_near = find

    for holds, verdict in ((True, Verdict.EXACT), (False, Verdict.ABSENT)):
        (checked,) = check_quotes(
            EXACT,
            Finder(),  # type: ignore[arg-type]
            engine.document,
            lambda _, holds=holds: holds,  # type: ignore[misc]
            lambda _: None,
        )
        assert checked.verdict is verdict
        assert len(checked.matches) == holds


@pytest.mark.parametrize("text", ["", " \n\t", "«»", "…?!", '"' * 20_000, "\u202e\u202c", "\x00"])
def test_a_text_without_words_is_refused_in_dutch(engine: Engine, text: str) -> None:
    with pytest.raises(QuestionError, match="Plak een citaat"):
        engine.check_quotes(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "«" * 20_000 + "raad",
        "(" * 100_000 + "raad",
        "het \x00 Rijk […] is",
        "\u202ehet Rijk\u202c",
        "het […] " * 3_000,
        "\ud800 het Rijk",
    ],
)
def test_hostile_text_gets_a_verdict(engine: Engine, text: str) -> None:
    checked = engine.check_quotes(text)
    assert len(checked) == 1
    check_places(engine, checked)
