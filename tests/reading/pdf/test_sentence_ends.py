"""Whether a line ends a sentence, or an abbreviation."""

from __future__ import annotations

import pytest

from search.reading.pdf.sentence_ends import ends_sentence


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Dat is het oordeel van de Kamer.", "Het kabinet deelt dat."),
        ("Dat is het oordeel van de Kamer.¹²", "het kabinet deelt dat."),
        ("Er zijn drie gevolgen:", "hogere kosten;"),
        ("Zij vroeg: „Hoezo?”", "Hij zweeg."),
        ("Het gaat om pensioenen, uitkeringen enz.", "Het kabinet deelt dat."),
        ("Het geldt volgens artikel 3 van de WRR.", "Het kabinet deelt dat."),
    ],
)
def test_end_of_a_sentence(line: str, following: str) -> None:
    assert ends_sentence(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Vragen van het lid Van Sloten c.s.", "over het riet"),
        ("Bruggen, A. Bannink, J. Huijsmans, H.H.", "Luesink (2018)"),
        ("Heijne, G. Kadijk, J. Spreen, U.", "Stelwagen (2016)"),
        ("Dat is de lijn volgens dhr.", "De Vries"),
        ("Dat gaat via een zgn.", "centrale dienst"),
        ("Daarvan is geen sprake (kort gezegd:", "het adres wordt gewist)"),
        ("Dat is nog geen", "einde"),
    ],
)
def test_line_after_which_a_sentence_goes_on(line: str, following: str) -> None:
    assert not ends_sentence(line, following)
