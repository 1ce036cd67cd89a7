"""Dossiers and vergaderjaren as they are written and typed."""

from __future__ import annotations

import re

import pytest

from search.references import (
    DOSSIER_MENTION,
    dossier_id,
    find_vergaderjaar,
    read_dossier,
    read_rijkswet,
    write_vergaderjaar,
)


@pytest.mark.parametrize(
    ("typed", "dossier"),
    [
        ("29861", "29861"),
        ("29 861", "29861"),
        ("29.861", "29861"),
        ("29\u00a0861", "29861"),
        (" 36600 vii ", "36600-VII"),
        ("36 600-VII", "36600-VII"),
        ("21501-02", "21501-02"),
        ("cxlvi", "CXLVI"),
        ("35 680 (R2150)", "35680"),
        ("35680-(R2150)", "35680"),
        ("35.680 (r 2150)", "35680"),
        ("35680 R2150", ""),
        ("2986", ""),
        ("29861-70x", ""),
        ("migratie", ""),
        ("", ""),
    ],
)
def test_a_dossier_is_read_as_people_type_it(typed: str, dossier: str) -> None:
    assert read_dossier(typed) == dossier


def test_act_of_the_kingdom_has_a_second_number() -> None:
    assert read_rijkswet("35680-(r 2150)") == "R2150"
    assert read_rijkswet("(R2220)") == "R2220"
    assert read_rijkswet("36600-VII") == ""


def test_a_dossier_is_written_as_ids_have_it() -> None:
    assert dossier_id("29\u00a0861") == "29861"
    assert dossier_id("36.600", "VII") == "36600-VII"
    assert dossier_id("CXLVI") == "CXLVI"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Vergaderjaar 2020–2021", "2020-2021"),
        ("2020/21", "2020-2021"),
        ("1999 - 2000", "1999-2000"),
        ("1999-00", "1999-2000"),
        ("2015–2030", ""),
        ("2021", ""),
        ("", ""),
    ],
)
def test_a_vergaderjaar_is_found_in_a_text(text: str, year: str) -> None:
    assert find_vergaderjaar(text) == year


def test_years_that_do_not_follow_are_no_vergaderjaar() -> None:
    assert write_vergaderjaar("2020", "21") == "2020-2021"
    assert write_vergaderjaar("2020", "2022") == ""
    assert write_vergaderjaar("1500", "1501") == ""


@pytest.mark.parametrize(
    ("question", "dossier", "chapter", "number"),
    [
        ("wat staat er in kamerstuk 29 861, nr. 70?", "29 861", None, "70"),
        ("Kamerstukken II 2020/21, 29861-70", "29861", None, "70"),
        ("dossier 36600 VII", "36600", "VII", None),
        ("TK 29.861", "29.861", None, None),
    ],
)
def test_a_question_may_mention_a_dossier(
    question: str, dossier: str, chapter: str | None, number: str | None
) -> None:
    found = re.search(DOSSIER_MENTION, question, re.IGNORECASE)
    assert found
    assert (found["dossier"], found["chapter"], found["number"]) == (dossier, chapter, number)
