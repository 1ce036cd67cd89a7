"""The MP's question that stands above the answer to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers import question_above
from search.passages import make_passages
from search.reading import read_document
from search.records import Quote

LETTER = """## Vraag 1

Bent u bekend met het bericht dat de brug over de Maas wordt gesloten?

## Antwoord op vraag 1

Ja, dat bericht is bij het ministerie bekend.

## Vraag 2

Wanneer gaat de brug weer open voor het verkeer van de omliggende dorpen?

## Vraag 3

{long}

## Antwoord op de vragen 2 en 3

Dat is nog niet bekend.

## Slot

Tot zover de antwoorden.
"""
LONG = "Klopt het dat " + "de gemeente daar al heel lang op wacht en " * 12 + "dat niemand betaalt?"


def yes(_: Quote) -> bool:
    return True


@pytest.fixture
def above(tmp_path: Path) -> Callable[..., str]:
    """Give a function from the beginning of a passage to the question above it."""
    (tmp_path / "antwoord.md").write_text(LETTER.format(long=LONG), encoding="utf-8")
    document = read_document(tmp_path / "antwoord.md", tmp_path)
    passages = make_passages(document, lambda texts: [len(text.split()) for text in texts])

    def find(beginning: str, holds: Callable[[Quote], bool] = yes) -> str:
        passage = next(p for p in passages if p.text.startswith(beginning))
        return question_above(passage, document, holds)

    return find


def test_an_answer_has_its_question(above: Callable[..., str]) -> None:
    asked = "Bent u bekend met het bericht dat de brug over de Maas wordt gesloten?"
    assert above("Ja, dat") == asked


def test_several_questions_are_cut_at_a_word(above: Callable[..., str]) -> None:
    asked = above("Dat is nog")
    assert asked.startswith("Wanneer gaat de brug weer open")
    assert "dorpen? Klopt het dat de gemeente" in asked
    assert asked.endswith(" …")
    assert asked.removesuffix(" …").rsplit(maxsplit=1)[-1] in LONG.split()
    assert 250 < len(asked) <= 303


@pytest.mark.parametrize("beginning", ["Bent u", "Tot zover"])
def test_what_answers_no_question_has_none(above: Callable[..., str], beginning: str) -> None:
    assert above(beginning) == ""


def test_words_that_are_not_in_the_file_are_not_shown(above: Callable[..., str]) -> None:
    seen: list[Quote] = []

    def holds(quote: Quote) -> bool:
        seen.append(quote)
        return quote.text.startswith("Wanneer")

    assert above("Ja, dat", holds) == ""
    assert above("Dat is nog", holds).endswith("dorpen?")
    assert [quote.text[:8] for quote in seen] == ["Bent u b", "Wanneer ", "Klopt he"]
