"""The small files of ../shared/cases: what is right in them is confirmed, what readers made not."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.witness import Witness, read_witness

CASES = Path(__file__).parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="../shared/cases is not here: no case files to read"
)


def _witness(name: str) -> Witness:
    found = read_witness((CASES / name).read_bytes(), name)
    assert isinstance(found, Witness)
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sym_ge.docx", "Gratis voor wie ≥ 65 jaar is."),
        ("super_power.docx", "Ongeveer 10⁶ liter water."),
        ("sup_power.html", "Er stroomt 10⁶ liter door; in de 19e eeuw; CO₂; 40 m²."),
        (
            "power.pdf",
            "Er stroomt ongeveer 10⁶ liter water per dag door de sluis, een kans van 1 op 10⁴.",
        ),
        ("omml_frac.docx", "Het deel is ½ van de vloot."),
        ("omml_frac.docx", "Het deel is 1/2 van de vloot."),
        ("lege_cel.docx", "Kind\t\t\t1,20"),
        ("table.pdf", "Kind\t\t\t1,20"),
        ("empty_td.html", "Kind\t\t1,20"),
        ("off_table.xml", "Kind\t\t1,20"),
        ("autonum.docx", "1. De boot is veilig."),
        ("autonum.docx", "a. Dat is in mei gekeurd."),
        ("list_num.odt", "2. De steiger is sterk."),
        ("dropcap.docx", "De veerdienst begon in mei."),
        (
            "hyph65.pdf",
            "De veerdienst is gratis voor alle inwoners uit de streek en ook voor de 65-plussers "
            "van "
            "de overkant.",
        ),
        (
            "shy_search.html",
            "De ligplaatstarieven in de haven van Kadoelen gaan met vijf procent omhoog.",
        ),
        (
            "just6.pdf",
            "Overzetveerproblematiek en verkeersveiligheidsmaatregelen vragen om interbestuurlijke "
            "samenwerkingsovereenkomsten.",
        ),
        (
            "linenum.pdf",
            "De raad stelt vast dat de veerboot te weinig vaart en dat reizigers daardoor lang "
            "moeten "
            "wachten op de oever.",
        ),
        (
            "jl3.pdf",
            "Het kabinet heeft grote waardering voor de inzet en gedegenheid waarmee het rapport "
            "tot "
            "stand is gekomen.",
        ),
    ],
)
def test_what_is_right_is_confirmed(name: str, text: str) -> None:
    assert _witness(name).check(text).confirmed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sym_ge.docx", "Gratis voor wie 65 jaar is."),
        ("super_power.docx", "Ongeveer 106 liter water."),
        ("super_power.docx", "Ongeveer 10 liter water."),
        ("sup_power.html", "Er stroomt 106 liter door; in de 19e eeuw; CO2; 40 m2."),
        (
            "power.pdf",
            "Er stroomt ongeveer 10 liter water per dag door de sluis, een kans van 1 op 10.",
        ),
        ("omml_frac.docx", "Het deel is 12 van de vloot."),
        ("vanish_parastyle.docx", "Verborgen instructie aan de opsteller."),
        ("hidden_para.odt", "Verborgen alinea."),
        ("del.html", "De boot vaart drievier keer per dag."),
        ("autonum.docx", "3. De steiger is sterk."),
        ("hyph65.pdf", "en ook voor de 65plussers van de overkant."),
        (
            "linenum.pdf",
            "De raad stelt vast dat de veerboot te weinig vaart en dat reizigers daardoor 2 lang "
            "moeten wachten op de oever.",
        ),
        (
            "brief-rijkshuisstijl.pdf",
            "Die vallen mee als waterschappen samen inkopen, als het maaisel in de DGWS / "
            "20261234 "
            "buurt wordt verwerkt en als de boer een vergoeding krijgt die past bij de tijd die "
            "hij eraan besteedt.",
        ),
        (
            "voetnoot-cijfer-op-eigen-lijn.pdf",
            "Die methode spaart de planten die onder water groeien en kost niet meer dan 1 de oude "
            "manier van werken.",
        ),
        (
            "jl3.pdf",
            "Verwacht wordt dat het aantal de inzet en gedegenheid waarmee het belangrijke sleutel "
            "tot mensen met een migratieachtergrond rapport tot stand is gekomen.",
        ),
    ],
)
def test_what_readers_made_of_it_is_not(name: str, text: str) -> None:
    assert not _witness(name).check(text).confirmed
