"""What typography does to a text is forgiven, what changes its meaning is not."""

from __future__ import annotations

import pytest
from tests.witness.making import check

from search.witness import Flag, WitnessVerdict


def _html(inner: str) -> str:
    return f"<!DOCTYPE html><meta charset='utf-8'><body>{inner}</body>"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Het  kabinet\nstaat achter dit plan.", "Het kabinet staat achter dit plan."),
        ("Het plan is ﬁnancieel haalbaar.", "Het plan is financieel haalbaar."),
        ("Een “kort” citaat – met streep.", 'Een "kort" citaat - met streep.'),
        ("De lig\u00adplaats\u200b is duur.", "De ligplaats is duur."),
        ("Het gaat om cafe\u0301s.", "Het gaat om cafés."),
        ("De ĳsbaan is open…", "De ijsbaan is open..."),
        ("Op de noord-\nzuidroute rijden bussen.", "Op de noordzuidroute rijden bussen."),
        ("Op de noord-\nzuidroute rijden bussen.", "Op de noord-zuidroute rijden bussen."),
        ("Het kost 10\u00a0000 euro.", "Het kost 10 000 euro."),
        ("Een oppervlak van 40 m².", "Een oppervlak van 40 m²."),
        ("Dat is 2½ keer zoveel.", "Dat is 2½ keer zoveel."),
    ],
)
def test_typography_is_forgiven(file: str, text: str) -> None:
    assert check(file, "brief.txt", text).confirmed


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Gratis vanaf ≥ 65 jaar en ouder.", "Gratis vanaf 65 jaar en ouder."),
        ("De temperatuur was -5 graden.", "De temperatuur was 5 graden."),
        ("De temperatuur was\n-5 graden.", "De temperatuur was 5 graden."),
        ("Het kost € 100 per jaar.", "Het kost 100 per jaar."),
        ("Daarvan is 5% gehaald.", "Daarvan is 5 gehaald."),
        ("Dat is niet waar.", "Dat is waar."),
        ("In 2019 waren het er 12.", "In 2018 waren het er 12."),
        ("Voor de 65-\nplussers is het gratis.", "Voor de 65plussers is het gratis."),
        ("De EU-lidstaten stemden in.", "De EUlidstaten stemden in."),
        ("Er zijn 10 6 en meer.", "Er zijn 106 en meer."),
        ("Er zijn 106 en meer.", "Er zijn 10 6 en meer."),
        ("Dat is 2½ keer zoveel.", "Dat is 21/2 keer zoveel."),
        ("Volgens de heer Jansen is het waar.", "Volgens de heer jansen is het waar."),
        ("Een oppervlak van 40 m².", "Een oppervlak van 40 m2."),
    ],
)
def test_what_changes_the_meaning_is_not(file: str, text: str) -> None:
    assert not check(file, "brief.txt", text).confirmed


@pytest.mark.parametrize(
    ("text", "verdict", "flags"),
    [
        ("Er stroomt 10⁶ liter door.", WitnessVerdict.CONFIRMED, Flag.NONE),
        ("Er stroomt 10 liter door.", WitnessVerdict.CONTRADICTED, Flag.RAISED),
        ("Er stroomt 106 liter door.", WitnessVerdict.CONTRADICTED, Flag.RAISED),
        ("Er stroomt 10⁷ liter door.", WitnessVerdict.CONTRADICTED, Flag.RAISED),
        ("Er stroomt 10", WitnessVerdict.CONTRADICTED, Flag.RAISED),
    ],
)
def test_raised_digit_needs_a_raised_digit(text: str, verdict: WitnessVerdict, flags: Flag) -> None:
    found = check(_html("<p>Er stroomt 10<sup>6</sup> liter door.</p>"), "pagina.html", text)
    assert (found.verdict, found.flags) == (verdict, flags)


@pytest.mark.parametrize("text", ["De uitstoot van CO2 daalt.", "De uitstoot van CO₂ daalt."])
def test_lowered_digit_of_a_formula_may_be_plain(text: str) -> None:
    page = _html("<p>De uitstoot van CO<sub>2</sub> daalt.</p>")
    assert check(page, "pagina.html", text).confirmed


def test_lowered_digit_before_another_may_not() -> None:
    page = _html("<p>Dan is log<sub>2</sub>8 gelijk aan 3.</p>")
    assert check(page, "pagina.html", "Dan is log₂8 gelijk aan 3.").confirmed
    assert not check(page, "pagina.html", "Dan is log28 gelijk aan 3.").confirmed


@pytest.mark.parametrize(
    ("file", "text", "is_note"),
    [
        ("Het kabinet steunt dit.³ Daarna", "Het kabinet steunt dit.", True),
        ("Het kabinet³ steunt dit.", "Het kabinet steunt dit.", True),
        ("In de brief van 2019³ staat dit.", "In de brief van 2019 staat dit.", True),
        ("Het Rijk* steunt dit.", "Het Rijk steunt dit.", False),
        ("Een veld van 3 km² groot.", "Een veld van 3 km groot.", False),
        ("De variabele x² is groot.", "De variabele x is groot.", False),
        ("Een kans van 10³ op één.", "Een kans van 10 op één.", False),
        ("Het kabinet steunt dit.³ Daarna", "Het kabinet steunt dit.3", False),
    ],
)
def test_mark_of_a_note_may_be_left_out_and_a_power_not(
    file: str, text: str, is_note: bool
) -> None:
    assert check(file, "brief.txt", text).confirmed is is_note


def test_what_can_not_be_read_is_never_confirmed() -> None:
    file = "Gratis voor \uf0b3 65 jaar en ouder."
    for text in (file, "Gratis voor 65 jaar en ouder.", "Gratis voor \ufffd 65 jaar en ouder."):
        assert not check(file, "brief.txt", text).confirmed


@pytest.mark.parametrize(
    ("text", "begins_and_ends"),
    [
        ("De raad stemt daar vandaag mee in.", True),
        ("Het is gratis.", True),
        ("raad stemt daar vandaag mee in.", False),
        ("De raad stemt daar vandaag mee", False),
    ],
)
def test_whole_sentence_begins_and_ends_as_one(text: str, begins_and_ends: bool) -> None:
    file = "Het is gratis. De raad stemt daar vandaag mee in.\n\nDat was het."
    assert check(file, "brief.txt", text).confirmed
    assert check(file, "brief.txt", text, whole=True).confirmed is begins_and_ends


def test_number_or_bullet_may_stand_before_a_whole_sentence() -> None:
    file = "• De boot vaart.\n2.1 De pont ligt stil.\nb) De brug is open."
    for text in ("De boot vaart.", "De pont ligt stil.", "De brug is open."):
        assert check(file, "brief.txt", text, whole=True).confirmed


@pytest.mark.parametrize("text", ["eel is mooi.", "Het gehe", "1"])
def test_word_or_number_is_never_cut(text: str) -> None:
    assert not check("Het geheel is mooi. Het zijn er 100.", "brief.txt", text).confirmed


def test_lines_are_looked_up_one_by_one() -> None:
    file = "Eerste punt.\n\nTussendoor.\n\nTweede punt."
    assert check(file, "brief.txt", "Eerste punt.\nTweede punt.").confirmed
    assert not check(file, "brief.txt", "Eerste punt.\nDerde punt.").confirmed


@pytest.mark.parametrize("text", ["", " ", "-", "\u00ad"])
def test_nothing_is_not_confirmed(text: str) -> None:
    assert not check("Een tekst - met streep.", "brief.txt", text).confirmed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("De raad heeft hier 65 jaar aan gewerkt.", "een teken"),
        ("De raad heeft hier ≥ 65 aan gewerkt.", "woorden die in de tekst ontbreken"),
        ("De raad heeft hier wel ≥ 65 jaar aan gewerkt.", "woorden die daar niet"),
        ("De koning heeft hier niets over gezegd.", "staan niet zo"),
    ],
)
def test_reason_says_what_is_wrong(text: str, reason: str) -> None:
    found = check("De raad heeft hier ≥ 65 jaar aan gewerkt.", "brief.txt", text)
    assert reason in found.reason
