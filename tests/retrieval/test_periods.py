"""Periods that a question names."""

from __future__ import annotations

from datetime import date

import pytest

from search.retrieval.periods import asks_newest, find_period

TODAY = date(2026, 11, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Wat is op 14 juni 2019 besloten?", "2019-06-14", "2019-06-14"),
        ("Wat is 14-06-2019 besloten?", "2019-06-14", "2019-06-14"),
        ("de brief van 14 juni 2019", "2019-06-14", "2019-06-14"),
        ("Wat is in juni 2019 besloten?", "2019-06", "2019-06"),
        ("Wat is in 2019 besloten?", "2019", "2019"),
        ("Wat is tussen 2019 en 2021 besloten?", "2019", "2021"),
        ("Wat is sinds juni 2019 besloten?", "2019-06", ""),
        ("Wat is na juni 2019 besloten?", "2019-07-01", ""),
        ("Wat is na 2019 besloten?", "2020", ""),
        ("Wat is voor 2019 besloten?", "", "2018"),
        ("Wat is voor 1 maart 2020 besloten?", "", "2020-02-29"),
        ("Wat is tot en met 2019 besloten?", "", "2019"),
        ("Wat is vandaag besloten?", "2026-11-30", "2026-11-30"),
        ("Wat is gisteren besloten?", "2026-11-29", "2026-11-29"),
        ("Wat is deze maand besloten?", "2026-11-01", "2026-11-30"),
        ("Wat is vorige maand besloten?", "2026-10-01", "2026-10-31"),
        ("Wat is in het vorige kwartaal besloten?", "2026-07-01", "2026-09-30"),
        ("Wat is dit jaar besloten?", "2026-01-01", "2026-11-30"),
        ("Wat is vorig jaar besloten?", "2025-01-01", "2025-12-31"),
        ("Wat is vorige week besloten?", "2026-11-23", "2026-11-29"),
        ("Wat is afgelopen week besloten?", "2026-11-23", "2026-11-30"),
        ("Wat is de afgelopen twee maanden besloten?", "2026-09-30", "2026-11-30"),
        ("Wat is de laatste 3 jaar besloten?", "2023-11-30", "2026-11-30"),
        ("Wat is onder Rutte IV besloten?", "2022-01-10", "2024-07-02"),
        ("Wat is onder het kabinet-Rutte 4 besloten?", "2022-01-10", "2024-07-02"),
        ("wat is onder rutte besloten?", "2010-10-14", "2024-07-02"),
        ("Wat vond het kabinet-Balkenende II daarvan?", "2003-05-27", "2006-07-07"),
        ("Wat is onder Schoof besloten?", "2024-07-02", "2026-02-23"),
        ("Wat is onder Jetten besloten?", "2026-02-23", ""),
    ],
)
def test_a_period_is_read(question: str, first: str, last: str) -> None:
    period = find_period(question, TODAY)
    assert period is not None
    assert (period.date_from, period.date_to) == (first, last)


@pytest.mark.parametrize(
    "question",
    [
        "Wat is op 31-02-2020 besloten?",
        "Wat is er de laatste jaren besloten?",
        "Wat doet de minister volgend jaar?",
        "Wat vindt Rutte van taal?",
        "Wat is een kok?",
        "Hoe werkt de regeling van maart 2021?",
        "Welke rol hebben gemeenten?",
        "kst-36200-2020D12345",
    ],
)
def test_other_words_are_no_period(question: str) -> None:
    assert find_period(question, TODAY) is None


def test_a_cabinet_keeps_its_place_in_the_question() -> None:
    question = "Wat vond het kabinet-Balkenende II van de AOW?"
    period = find_period(question, TODAY)
    assert period is not None
    assert period.without(question) == "Wat vond het kabinet van de AOW?"


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 3, 31)])
def test_relative_periods_exist_on_any_day(day: date) -> None:
    for question in ("vorige maand", "afgelopen maand", "vorig jaar", "laatste 99 jaar"):
        period = find_period(question, day)
        assert period is not None
        assert date.fromisoformat(period.date_from) <= date.fromisoformat(period.date_to) <= day


@pytest.mark.parametrize(
    ("question", "word", "rest"),
    [
        ("Wat is het nieuwste advies?", "nieuwste", "Wat is het advies?"),
        ("de meest recente brief", "meest recente", "de brief"),
        ("de laatste stand van zaken", "laatste", "de stand van zaken"),
        ("het laatste woord", "", "het laatste woord"),
        ("de laatste jaren", "", "de laatste jaren"),
    ],
)
def test_the_newest_is_asked_for(question: str, word: str, rest: str) -> None:
    assert asks_newest(question) == (word, rest)
