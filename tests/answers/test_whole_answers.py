"""Answers from invented documents that repeat, contradict and explain each other."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from search.__main__ import main
from search.engine import Engine
from search.indexing import build_index
from search.records import Hit
from search.settings import Settings
from search.ui.markup import results_html

DOCUMENTS = {
    "brief": """# Brief over de dorpsbrug

Den Haag, 3 juni 2024

## Sluiting van de brug

Het kabinet is bereid om de dorpsbrug over de Linge voor het einde van het jaar te laten herstellen.
Wel moet de provincie de helft van de kosten daarvan betalen.

## Veerdienst

De veerdienst bij Asperen vaart vanaf 1 april elke dag van zes uur tot middernacht.
""",
    "nota": """# Nota over de dorpsbrug

Den Haag, 9 juli 2024

## Herstel

Het kabinet is niet bereid om de dorpsbrug over de Linge voor het einde van het jaar te laten
herstellen.
""",
    "nieuws": """# De veerdienst bij Asperen

Nieuwsbericht | 3 juni 2024

De veerdienst bij Asperen vaart vanaf 1 april elke dag van zes uur tot middernacht.
""",
    "antwoord": """# Antwoord op Kamervragen over het fietspad

## Vraag 1

Wanneer wordt het fietspad langs de Waal hersteld?

## Antwoord op vraag 1

Het herstel van het fietspad langs de Waal begint in maart 2025. Daarom is het dan zes weken dicht.
""",
}
BRIDGE = "Is het kabinet bereid de dorpsbrug te laten herstellen?"
CLOSED = "Hoe lang is het fietspad dicht?"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Index the invented documents."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "corpus").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "corpus" / f"{name}.md").write_text(text, "utf-8")
    settings = Settings(folder / "corpus", folder / "index")
    build_index(settings)
    return settings


@pytest.fixture(scope="module")
def village(where: Settings) -> Iterator[Engine]:
    """Open that index."""
    with Engine.open(where) as opened:
        yield opened


def hit_of(hits: tuple[Hit, ...], document: str, words: str) -> Hit:
    return next(h for h in hits if h.passage.document == document and words in h.passage.text)


def test_a_denial_is_a_hit_of_its_own_that_the_other_names(village: Engine) -> None:
    hits = village.ask(BRIDGE).hits
    said = hit_of(hits, "brief", "is bereid om")
    denied = hit_of(hits, "nota", "is niet bereid om")
    assert said.also_in == denied.also_in == ()
    first, second = sorted((said, denied), key=lambda hit: hit.rank)
    (near,) = first.nearly_in
    assert near.place.document == second.passage.document
    assert {near.here, near.there} == {"is bereid", "is niet bereid"}
    assert near.here in first.passage.text
    assert near.text in second.passage.text
    assert second.nearly_in == ()


def test_a_reservation_after_the_answer_is_a_part_of_the_hit(village: Engine) -> None:
    hit = hit_of(village.ask(BRIDGE).hits, "brief", "is bereid om")
    assert hit.reservation is not None
    text = village.document("brief").text
    assert text[hit.reservation.start : hit.reservation.end].startswith("Wel moet de provincie")


def test_the_publication_goes_before_the_news(village: Engine) -> None:
    hits = village.ask("Hoe laat vaart de veerdienst bij Asperen?").hits
    hit = hit_of(hits, "brief", "veerdienst")
    assert [place.document for place in hit.also_in] == ["nieuws"]
    place = hit.also_in[0]
    text = village.document("nieuws").text
    assert text[place.start : place.end].startswith("De veerdienst bij Asperen vaart")
    shown = [h.passage.text for h in hits if h.passage.document == "nieuws"]
    assert not any("vaart" in text for text in shown)


def test_an_answer_that_leans_on_the_sentence_before_has_both(village: Engine) -> None:
    answer = village.ask(CLOSED)
    assert answer.quote is not None
    assert answer.quote.text.startswith("Het herstel van het fietspad")
    assert answer.quote.text.endswith("Daarom is het dan zes weken dicht.")


def test_the_question_of_the_mp_stands_above_the_answer(village: Engine) -> None:
    answer = village.ask(CLOSED)
    assert answer.quoted is not None
    asked = village.asked_in(answer.quoted.passage)
    assert asked == "Wanneer wordt het fietspad langs de Waal hersteld?"
    assert f"Gevraagd was:</span> {asked}" in results_html(answer, {}, asked)


def test_the_command_line_and_json_name_both(
    where: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--document", "brief", "--corpus", str(where.corpus), "--index", str(where.index)]
    assert main(["ask", BRIDGE, *options]) == 0
    told = " ".join(capsys.readouterr().out.split())
    reservation = "Wel moet de provincie de helft van de kosten daarvan betalen."
    assert f"Let op, hierna staat: «{reservation}»" in told
    assert main(["ask", BRIDGE, "--json", *options]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert hits[0]["reservation"]["text"] == reservation
    assert main(["ask", BRIDGE, *options[2:]]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "bijna gelijk in: ‘" in told
    assert "bereid», daar «is" in told
    assert main(["ask", BRIDGE, "--json", *options[2:]]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    (near,) = (each for hit in hits for each in hit["nearly_in"])
    assert {near["here"], near["there"]} == {"is bereid", "is niet bereid"}
    assert near["document"] in ("brief", "nota")
    assert near["there"] in near["text"]
