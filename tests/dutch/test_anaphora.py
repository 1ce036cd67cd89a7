"""Sentences that take up what was said before them."""

from __future__ import annotations

import pytest

from search.dutch.anaphora import begins_with_reference, points_back, refers_back


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
