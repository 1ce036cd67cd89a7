"""What a question names and the corpus does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from search.indexing import build_index
from search.retrieval import find_absent
from search.settings import Settings
from search.storage import Index, store_of

TODAY = date(2026, 11, 30)
LETTER = """---
titel: Brief over taalles
datum: 2021-03-24
---

# Taalles

Minister Koolmees wil in 2025 meer taalles geven. De gemeente Utrecht doet mee. Het lid Van der Plas
(BBB) vroeg op 3 mei 2019 naar de kosten.

De motie-Omtzigt is aangenomen.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Index a letter."""
    corpus, folder = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "kst-29861-70.md").write_text(LETTER, "utf-8")
    (corpus / "2021D10002.md").write_text("Over fietsen.\n", "utf-8")
    build_index(Settings(corpus, folder))
    opened = store_of(folder).open()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "Wat staat in Kamerstuk 12 345, nr. 6 over taal?",
            "Kamerstuk 12 345, nr. 6 zit niet in deze documenten.",
        ),
        ("kst-12345-6", "kst-12345-6 zit niet in deze documenten."),
        ("Wat staat in 2021D10001?", "2021D10001 zit niet in deze documenten."),
        ("Wat regelt Stb. 2019, 33?", "Stb. 2019, 33 zit niet in deze documenten."),
        (
            "Wat schreef het kabinet in 2017 over taal?",
            "Geen van deze documenten is uit 2017, en geen ervan noemt die tijd.",
        ),
        (
            "Wat is op 4 mei 2019 besloten?",
            "Geen van deze documenten is van 4 mei 2019, en geen ervan noemt die tijd.",
        ),
        (
            "Wat is vorige maand besloten?",
            "Geen van deze documenten is uit de gevraagde tijd (1 oktober 2026 – 31 oktober 2026).",
        ),
        (
            "Wat is onder Rutte II besloten?",
            "Geen van deze documenten is uit de tijd van kabinet-Rutte II "
            "(5 november 2012 – 26 oktober 2017).",
        ),
        (
            "Wat vindt minister Kaag van taal?",
            "Minister Kaag wordt in deze documenten niet genoemd.",
        ),
        (
            "Wat vroeg het lid Van Nispen?",
            "Het lid Van Nispen wordt in deze documenten niet genoemd.",
        ),
        ("Wat doet de gemeente Ede?", "Gemeente Ede wordt in deze documenten niet genoemd."),
        ("Wat vindt D66 van taalles?", "D66 wordt in deze documenten niet genoemd."),
        ("wat vindt de pvda?", "Pvda wordt in deze documenten niet genoemd."),
    ],
)
def test_what_is_absent_is_said(index: Index, question: str, line: str) -> None:
    assert find_absent(question, index, TODAY) == (line,)


@pytest.mark.parametrize(
    "question",
    [
        "Wat staat in 2021D10002?",
        "Wat schreef het kabinet in 2021?",
        "Hoeveel taalles is er in 2025?",  # no document is of that year, but one names it
        "Wat is op 3 mei 2019 gevraagd?",
        "Wat wil minister Koolmees?",
        "Wat wil de minister van Financiën?",
        "Wat vroeg het lid Van der Plas?",
        "Wat vroeg het lid Omtzigt?",
        "Wat vroeg de BBB?",
        "Ik denk dat taalles duur is",  # no party
        "Wat doet de gemeente Utrecht?",
        "Wat kost taalles?",
    ],
)
def test_what_is_there_is_not(index: Index, question: str) -> None:
    assert find_absent(question, index, TODAY) == ()
