"""What a reader of the file does not see is not read, and how much that is stands in a remark."""

from __future__ import annotations

import re

import pytest
from tests.cases.conftest import Case
from tests.cases.looking import flat, is_whole, remarks

HIDDEN = [
    pytest.param(
        "vanish_parastyle.docx",
        "Verborgen instructie aan de opsteller.",
        "Zichtbaar blijft dit.",
        r"verborgen|onzichtba",
        id="hidden by a style",
    ),
    pytest.param(
        "hidden_para.odt",
        "Verborgen alinea.",
        "Zichtbaar.",
        r"verborgen|onzichtba",
        id="hidden by a condition",
    ),
    pytest.param(
        "del.html",
        "drie",
        "De boot vaart vier keer per dag.",
        r"verwijderd|doorgehaald|geschrapt|verborgen",
        id="deleted",
    ),
]


@pytest.mark.parametrize(("name", "hidden", "seen", "said"), HIDDEN)
def test_hidden_and_deleted_text_is_left_out(
    case: Case, name: str, hidden: str, seen: str, said: str
) -> None:
    document = case(name)
    assert hidden not in flat(document.text)
    assert is_whole(document, seen)


@pytest.mark.parametrize(("name", "hidden", "seen", "said"), HIDDEN)
def test_hidden_and_deleted_text_is_counted_in_a_remark(
    case: Case, name: str, hidden: str, seen: str, said: str
) -> None:
    told = [each.casefold() for each in remarks(case(name)) if re.search(said, each.casefold())]
    assert len(told) == 1
    assert re.search(r"\d|\bé[eé]n\b|\been\b", told[0])


def test_file_without_hidden_text_has_no_such_remark(case: Case) -> None:
    assert not any("verborgen" in each.casefold() for each in remarks(case("caption.html")))
