"""Telling a question in English from one in Dutch."""

from __future__ import annotations

import pytest

from search.dutch.language import is_english


@pytest.mark.parametrize(
    "question",
    [
        "What does the cabinet think of the report?",
        "Who signed the letter?",
        "Is the cabinet willing to ban fireworks?",
        "Which municipalities take part in the pilot",
    ],
)
def test_english(question: str) -> None:
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wat vindt de minister van de Digital Services Act?",
        "Is er een business case voor The Ocean Cleanup?",
        "Wat staat er in de brief over 'The future of the euro'?",
        "hoe heet de wet",
        "WRR 2020",
        "",
    ],
)
def test_dutch_and_what_has_no_language(question: str) -> None:
    assert not is_english(question)
