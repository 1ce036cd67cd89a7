"""Sentences that take up what was said before them."""

from __future__ import annotations

import pytest

from search.dutch.anaphora import (
    begins_with_reference,
    leans_back,
    points_back,
    refers_back,
    takes_back,
)


@pytest.mark.parametrize(
    ("sentence", "begins", "refers", "points"),
    [
        ("Dit vraagt om een verkenning.", True, True, True),
        ("Ook deze aanbeveling behoeft nader onderzoek.", True, True, True),
        ("Zij adviseert haast.", True, True, True),
        ("Hiervoor is geld nodig.", True, True, True),
        ("Het kabinet neemt deze aanbeveling over.", False, True, True),
        ("De regels worden hiertoe aangepast.", False, True, True),
        ("De tweede optie is een richtgetal.", False, False, True),
        ("Daarnaast geldt een afstandseis.", False, False, True),
        ("Desalniettemin is het kabinet bereid tot onderzoek.", False, False, True),
        ("Het kabinet gaat een dergelijk onderzoek bezien.", False, False, True),
        ("De WRR adviseert haast.", False, False, False),
        ("Het kabinet deelt de zorg van de Kamer.", False, False, False),
        ("", False, False, False),
    ],
)
def test_anaphora(sentence: str, begins: bool, refers: bool, points: bool) -> None:
    assert begins_with_reference(sentence) is begins
    assert refers_back(sentence) is refers
    assert points_back(sentence) is points


@pytest.mark.parametrize(
    "sentence",
    [
        "Desalniettemin is het kabinet bereid tot onderzoek.",
        "Dit vraagt om een verkenning.",
        "Ook gemeenten doen mee.",
        "Daarom komt er een wet.",
        "Hierdoor daalt het aantal.",
        "Deze regel vervalt.",
        "Zij adviseert haast.",
        "Hij tekende de brief.",
        "Hun advies is duidelijk.",
        "Wel geldt een afstandseis.",
        "Dat is in 2021 gebeurd.",
        "Daarnaast geldt een afstandseis.",
        "Echter, de raad wil dit niet.",
        "Het kabinet ziet echter bezwaren.",
        "De minister wil namelijk geen wet.",
        "Zo is er geld voor scholen.",
        "Dus komt er niets van.",
        "Beide partijen stemden in.",
        "Verder is er een meldpunt.",
        "In dat geval betaalt de gemeente.",
        "Maar dat kan niet.",
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence: str) -> None:
    assert leans_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "De WRR adviseert haast.",
        "Zo nodig komt er een wet.",
        "Zo’n 300 mensen wachten.",
        "Maar liefst 40 procent doet mee.",
        "Verder onderzoek is nodig.",
        "Zijn er kosten?",
        "Welke gemeenten doen mee?",
        "Wellicht komt er een wet.",
        "Zijlstra tekende de brief.",
        "Haarlem doet mee.",
        "",
    ],
)
def test_sentences_that_stand_by_themselves(sentence: str) -> None:
    assert not leans_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "taken_back"),
    [
        ("Echter, de raad wil dit niet.", True),
        ("Wel geldt een afstandseis.", True),
        ("Maar dat kan alleen na overleg.", True),
        ("Toch komt er een wet.", True),
        ("Tegelijkertijd is er weinig geld.", True),
        ("Niettemin blijft het kabinet kritisch.", True),
        ("Daarbij geldt wel dat er geld moet zijn.", True),
        ("Het kabinet ziet echter bezwaren.", True),
        ("De gemeente mag dit, mits de raad instemt.", True),
        ("Dat kan, met dien verstande dat de wet niet wijzigt.", True),
        ("Dat hoeft niet, tenzij de rechter anders beslist.", True),
        ("Dit geldt niet voor woningen van voor 1990.", True),
        ("Een uitzondering geldt voor boeren.", True),
        ("Het kabinet is het er wel degelijk mee eens.", False),
        ("De vraag is of het wel of niet moet.", False),
        ("Zowel gemeenten als provincies doen mee.", False),
        ("Maar liefst 40 procent doet mee.", False),
        ("Daarom komt er een wet.", False),
        ("Welke gemeenten doen mee?", False),
        ("De wet treedt in werking.", False),
        ("", False),
    ],
)
def test_sentences_that_take_something_back(sentence: str, taken_back: bool) -> None:
    assert takes_back(sentence) is taken_back


@pytest.mark.parametrize("text", ["-" * 5000, "a " * 5000, "a-" * 5000, "De " + "x" * 9000])
def test_long_texts_take_no_time(text: str) -> None:
    assert not takes_back(text)
    assert not leans_back(text)
