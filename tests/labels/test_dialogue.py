"""Which question each sentence of a letter of answers answers."""

from __future__ import annotations

from pathlib import Path

from search.labels.dialogue import statements_of
from search.labels.statements import Statement
from search.passages import make_passages
from search.reading import read_document

LETTER = """# Beantwoording van vragen

## Vraag 1

Kent u het bericht?

## Antwoord op vraag 1

Ja.

## Vraag 2

Deelt u de zorgen?

## Vraag 3

Bent u bereid tot actie?

## Antwoord op vragen 2 en 3

Die zorgen deel ik. Ik ga in gesprek.

## Tot slot

Ik houd u op de hoogte.
"""


def read(tmp_path: Path, text: str) -> dict[str, Statement]:
    """Return the statements of a Markdown letter by their words."""
    (tmp_path / "brief.md").write_text(text, encoding="utf-8")
    document = read_document(tmp_path / "brief.md", tmp_path)
    passages = make_passages(document, lambda texts: [len(t.split()) for t in texts])
    sentences = [(p.section, s) for p in passages for s in p.sentences]
    return {s.text: s for s in statements_of(document, sentences)}


def test_answers_get_the_questions_of_their_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, LETTER)
    assert found["Ja."].question == "Kent u het bericht?"
    assert found["Die zorgen deel ik."].question == "Deelt u de zorgen? Bent u bereid tot actie?"
    assert found["Ik ga in gesprek."].question == found["Die zorgen deel ik."].question
    assert found["Deelt u de zorgen?"].question == ""
    assert found["Ik houd u op de hoogte."].question == ""


def test_markers_that_stand_alone_in_the_text_count_too(tmp_path: Path) -> None:
    lines = (
        "Vraag 1",
        "Klopt het bericht?",
        "Antwoord",
        "Dat klopt.",
        "Vraag 2",
        "Wat nu?",
        "Antwoord",
        "Niets.",
    )
    found = read(tmp_path, "\n\n".join(lines))
    assert found["Dat klopt."].question == "Klopt het bericht?"
    assert found["Niets."].question == "Wat nu?"


def test_heading_within_an_answer_does_not_end_it(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "# Brief\n\n## Vraag 1\n\nKlopt het?\n\n## Antwoord op vraag 1\n\n### Kern\n\nDat klopt.\n",
    )
    assert found["Dat klopt."].question == "Klopt het?"
