"""The study of faults makes them as readers do, and the witness catches them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.witness_faults import FAULTS, Read
from benchmarks.witness_made import MADE, SPECIAL, made_sentence
from benchmarks.witness_mutations import Tally, make_faults, read_all
from tests.witness.making import witness

from search.witness import Witness

AROUND = [
    "Het kabinet onderzocht in het voorjaar hoe de veerdienst beter kan worden.",
    "De schippers zijn het daar niet mee eens en hebben bezwaar gemaakt.",
    "Tot dan blijft alles zoals het nu is geregeld in de streek.",
]


@pytest.mark.parametrize("ending", sorted(MADE))
@pytest.mark.parametrize("special", SPECIAL)
def test_made_file_tells_a_true_reader_from_a_faulty_one(ending: str, special: str) -> None:
    chance = random.Random(special + ending)
    parts, true, false = made_sentence(AROUND[1], special, chance)
    found = witness(MADE[ending](AROUND, parts, special), f"gemaakt{ending}")
    assert not found.check(false, whole=True).confirmed
    if special in ("raised", "symbol"):
        assert found.check(true, whole=True).confirmed


@pytest.fixture(scope="module")
def letters() -> list[tuple[str, Read, Witness]]:
    """Read the texts of the corpus with their witnesses."""
    return list(read_all([Path(__file__).parents[2] / "corpus"], Tally()))


def test_sentences_of_the_corpus_are_confirmed() -> None:
    tally = Tally()
    assert len(list(read_all([Path(__file__).parents[2] / "corpus"], tally))) >= 2
    assert tally.confirmed == tally.sentences


@pytest.mark.parametrize(
    "kind", ["digit changed", "word dropped", "negation dropped", "halves joined"]
)
def test_fault_is_caught(letters: list[tuple[str, Read, Witness]], kind: str) -> None:
    tally = Tally()
    make_faults(kind, letters, 40, random.Random(3), tally)
    assert sum(tally.made.values()) >= 20
    assert [each for each in tally.missed if each["kind"] != "word dropped"] == []
    assert len(tally.missed) <= 1


def test_each_kind_of_fault_has_a_name() -> None:
    assert len(FAULTS) == 10
