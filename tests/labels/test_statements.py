"""Who speaks in a sentence, also if it is "zij" or "hij"."""

from __future__ import annotations

from search.labels.statements import Statement, analyse_statements
from search.records import Holder


def speakers(*sentences: str) -> list[Holder | None]:
    analysed = analyse_statements([Statement(text) for text in sentences])
    return [each.speaker.holder if each.speaker else None for each in analysed]


def test_a_pronoun_that_speaks_is_who_was_named_last() -> None:
    found = speakers(
        "De conclusies van de Onderwijsraad zijn stevig.",
        "Zij is van mening dat de opleiding te kort is.",
        "Daarnaast pleit hij voor rust.",
    )
    assert found == [None, Holder.ADVISOR, None]


def test_a_pronoun_that_does_not_speak_is_anybody() -> None:
    found = speakers("De politie surveilleert.", "Zij moeten rekening houden met de buurt.")
    assert found[1] is None


def test_a_pronoun_is_never_the_cabinet_that_writes() -> None:
    assert speakers("Het kabinet reageert.", "Zij stelt vragen.") == [Holder.CABINET, None]


def test_a_pronoun_does_not_reach_back_into_another_section() -> None:
    analysed = analyse_statements(
        [Statement("De WRR stelt dit.", ("A",)), Statement("Zij adviseert haast.", ("B",))]
    )
    assert analysed[1].speaker is None
