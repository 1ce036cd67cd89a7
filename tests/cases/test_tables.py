"""Tables: a cell that is empty or merged keeps every other one in its column, under its head."""

from __future__ import annotations

import pytest
from tests.cases.conftest import Case
from tests.cases.looking import flat, is_whole, rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "lege_cel.docx",
            [
                ["Soort reiziger", "2018", "2019", "2020"],
                ["Kind", "", "", "1,20"],
                ["Fiets", "1,00", "", "1,10"],
            ],
        ),
        ("empty_td.html", [["Jaar", "2018", "2019"], ["Kind", "", "1,20"]]),
        (
            "table.pdf",
            [
                ["Soort reiziger", "2018", "2019", "2020"],
                ["Volwassene", "2,50", "2,60", "2,70"],
                ["Kind", "", "", "1,20"],
                ["Fiets", "1,00", "", "1,10"],
            ],
        ),
    ],
)
def test_empty_cell_keeps_the_others_in_their_columns(
    case: Case, name: str, expected: list[list[str]]
) -> None:
    assert rows(case(name)) == expected


def test_merged_cells_of_official_xml_keep_the_others_in_their_columns(case: Case) -> None:
    head, child, total, north, below = rows(case("off_table.xml"))
    assert head == ["Soort", "2018", "2019"]
    assert child == ["Kind", "", "1,20"]
    # A merged cell may be written once or in each column that it takes.
    assert (total[0], total[2:]) == ("Samen", ["3,00"])
    assert total[1] in ("", "Samen")
    assert north == ["Noord", "A", "1"]
    assert below[0] in ("", "Noord")
    assert below[1:] == ["B", "2"]


def test_text_around_a_table_stays_text(case: Case) -> None:
    assert is_whole(case("lege_cel.docx"), "De veerdienst vaart het hele jaar door, ook op zondag.")
    text = flat(case("table.pdf").text)
    assert text.startswith("Tabel 1 Tarieven Soort reiziger")
    assert text.count("De uitkomst daarvan is op 3 mei besproken met de gemeenten langs") == 3
