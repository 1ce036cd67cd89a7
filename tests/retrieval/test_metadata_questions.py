"""Questions about a document itself."""

from __future__ import annotations

import time

import pytest

from search.retrieval import asks_metadata


@pytest.mark.parametrize(
    "question",
    [
        "Wie heeft de brief over opvang ondertekend?",
        "wie ondertekende de brief?",
        "Wanneer is de brief over opvang verstuurd?",
        "Aan wie is de brief gericht?",
        "Aan wie stuurde de minister het rapport?",
        "Welke minister schreef de kamerbrief over taal?",
        "Van wie is het advies?",
        "Wie zijn de indieners van de motie?",
        "Wat is de datum van de brief?",
        "Wat is het kenmerk van deze brief?",
        "Wie is de staatssecretaris van Financiën?",
    ],
)
def test_a_question_about_the_document_is_recognised(question: str) -> None:
    assert asks_metadata(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wie betaalt de opvang?",
        "Wanneer gaat de wet in?",
        "Aan wie wordt de subsidie gegeven?",
        "Wat staat er in de brief over gemeenten?",
        "Welke aanbevelingen doet het advies?",
        "Wie tekende het verdrag?",
    ],
)
def test_another_question_is_not(question: str) -> None:
    assert not asks_metadata(question)


def test_a_long_text_takes_no_time() -> None:
    start = time.process_time()
    asks_metadata("wie brief " * 200)
    assert time.process_time() - start < 1
