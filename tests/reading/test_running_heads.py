"""Running heads and feet are the lines that recur from page to page."""

from __future__ import annotations

import pytest

from search.reading.running_heads import recurring_lines, running_head_key

BODY = [
    "De gemeente zorgt voor opvang.\nHet Rijk betaalt.\nZo is het.\nDat blijft zo.\nOok later.",
    "De bijen komen terug.\nEr is honing.\nDe imker is blij.\nDe koningin ook.\nWat een zomer.",
    "Scholen krijgen geld.\nLeraren ook.\nDe klas wordt kleiner.\nKinderen leren.\nTot slot dit.",
    "Treinen rijden.\nBussen ook.\nDe fiets staat stil.\nHet regent.\nMorgen is het droog.",
]


def found(pages: list[str]) -> list[str]:
    source = "\f".join(pages)
    return [source[span.start : span.end] for span in recurring_lines(source)]


def test_line_that_recurs_on_three_pages_is_a_running_head_whatever_its_numbers() -> None:
    pages = [f"Jaarverslag\n{body}\nPagina {i + 1} van 3" for i, body in enumerate(BODY[:3])]
    assert found(pages) == [
        "Jaarverslag",
        "Pagina 1 van 3",
        "Jaarverslag",
        "Pagina 2 van 3",
        "Jaarverslag",
        "Pagina 3 van 3",
    ]


def test_heads_of_left_and_right_pages_are_running_heads() -> None:
    pages = [f"{'Links' if i % 2 else 'Rechts'}\n{BODY[i % 4]} {'!' * i}" for i in range(6)]
    assert found(pages) == ["Rechts", "Links"] * 3


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([f"Kop\n{BODY[0]}"], id="one page"),
        pytest.param([f"Kop\n{BODY[0]}", BODY[1], BODY[2], f"Kop\n{BODY[3]}"], id="far apart"),
        pytest.param([f"Kop\n{BODY[0]}", f"Kop\n{BODY[1]}", BODY[2]], id="twice in three pages"),
        pytest.param([f"2021\n{body}" for body in BODY], id="a short number alone"),
    ],
)
def test_line_that_does_not_recur_is_no_running_head(pages: list[str]) -> None:
    assert found(pages) == []


def test_line_in_the_middle_of_full_pages_is_no_running_head() -> None:
    pages = [
        f"{a}\n{b}\nHetzelfde\n{c}\n{a}"
        for a, b, c in (
            (BODY[0], BODY[1], BODY[2]),
            (BODY[3], BODY[2], BODY[0]),
            (BODY[1], BODY[0], BODY[3]),
        )
    ]
    assert found(pages) == []


def test_reference_recurs_only_with_the_same_numbers() -> None:
    assert running_head_key("2021-0000123") == "2021-0000123"
    assert running_head_key("blz.  4") == "blz. #"
    assert running_head_key("12 400") == ""
    assert running_head_key("2/10") == running_head_key("3/10") != ""


def test_page_that_is_all_alike_is_text_that_is_repeated() -> None:
    assert found([BODY[0]] * 4) == []
    pages = [f"Jaarverslag\n{body}" for body in BODY]
    assert found([*pages[:2], "Jaarverslag", *pages[2:]]) == ["Jaarverslag"] * 5


def test_sentence_that_comes_back_on_the_next_page_is_no_running_head() -> None:
    line = "Het beheer van sloten is een zaak waar veel mensen bij betrokken"
    pages = [f"{line}\nzijn, zei men.\n{body}" for body in BODY[:2]]
    assert found(pages) == []
