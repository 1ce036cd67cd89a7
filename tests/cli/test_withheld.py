"""An answer whose words are not in its file is told apart from a question without an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.falsifying import falsify

from search.__main__ import main

QUESTION = "Komt er een jaarlijkse Staat van migratie?"
FOUND = "Er is een antwoord gevonden, maar de woorden staan niet (meer) zo in het bestand."


@pytest.fixture
def where(built: tuple[Path, Path], tmp_path: Path) -> list[str]:
    """Return the options that name a corpus in which the answer's words were changed unnoticed."""
    corpus = falsify(built[0], tmp_path, "Staat van migratie", "Staat van MIGRATIE")
    return ["--corpus", str(corpus), "--index", str(built[1])]


def test_a_withheld_answer_is_not_told_as_none(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, *where]) == 0
    out, err = capsys.readouterr()
    assert FOUND in " ".join(out.split())
    assert "Werk de index bij: kamerwijzer index" in " ".join(out.split())
    assert "Geen antwoord" not in out
    assert "«" not in out.split("\n")[0]
    assert "weggelaten" in err


def test_json_says_that_the_answer_was_withheld(
    where: list[str], built: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--json", *where]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["answer"] is None
    assert values["answerable"] is True
    assert values["answer_withheld"] is True
    assert values["withheld"] >= 1
    assert main(["ask", QUESTION, "--json", "--corpus", str(built[0]), *where[2:]]) == 0
    assert json.loads(capsys.readouterr().out)["answer_withheld"] is False


def test_a_question_without_an_answer_is_still_told_as_one(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "Hoeveel zout zit er in een haring?", *where]) == 0
    assert "Geen antwoord in de bronnen." in capsys.readouterr().out
