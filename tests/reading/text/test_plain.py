"""Plain text: lines that a width broke are joined, and those of their own are not."""

from __future__ import annotations

import pytest

from search.reading import read_text
from search.records import Document, Kind

LONG = "Een alinea die op één regel staat is langer dan een bladzijde breed is, want zij gaat maar "
LONG += "door en door tot zij eindelijk is afgelopen."


def parts(document: Document, *kinds: Kind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [
                "Zij vraagt aan de Verenigde Waterschappen en aan de Raad van",
                "Sloten en aan de Tweede Kamer om geld voor de sloten in het",
                "land.",
                LONG,
            ],
            [
                "Zij vraagt aan de Verenigde Waterschappen en aan de Raad van Sloten en aan de "
                "Tweede "
                "Kamer om geld voor de sloten in het land.",
                LONG,
            ],
            id="broken-at-a-width",
        ),
        pytest.param(
            [
                "Het beleid voor alle sloten en vaarten van dit land",
                LONG,
                "Het beleid voor alle dijken en wegen van dat land",
                LONG,
            ],
            [
                "Het beleid voor alle sloten en vaarten van dit land",
                LONG,
                "Het beleid voor alle dijken en wegen van dat land",
                LONG,
            ],
            id="lines-over-long-lines",
        ),
        pytest.param([LONG, LONG], [LONG, LONG], id="a-line-a-paragraph"),
        pytest.param(
            [
                "De eerste zin van een alinea staat op deze ene hele regel.",
                "De tweede alinea staat daar in dit geval vlak onder op een.",
                LONG,
            ],
            [
                "De eerste zin van een alinea staat op deze ene hele regel.",
                "De tweede alinea staat daar in dit geval vlak onder op een.",
                LONG,
            ],
            id="sentences-that-end",
        ),
        pytest.param(
            ["Een regel van een korte alinea die", "Op de volgende regel doorgaat."],
            ["Een regel van een korte alinea die Op de volgende regel doorgaat."],
            id="no-long-line",
        ),
    ],
)
def test_lines_make_paragraphs(lines: list[str], expected: list[str]) -> None:
    document = read_text("\n".join(["Titel", "", *lines]) + "\n", "a")
    assert parts(document, Kind.PARAGRAPH, Kind.HEADING)[1:] == expected
