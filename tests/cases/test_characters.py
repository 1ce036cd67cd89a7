"""Characters that used to be lost or flattened: ≥, 10⁶, CO₂, ½; and words as they are looked up."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases.conftest import Case, Changed
from tests.cases.looking import flat, is_whole

from search.dutch.terms import analyse
from search.engine import Engine
from search.indexing import build_index
from search.quoting import SourceCheck
from search.records import Document, Quote, Verdict
from search.settings import Settings

pytestmark = pytest.mark.slow

AT_LEAST = "Gratis voor wie ≥ 65 jaar is."


def _holds(document: Document, folder: Path, sentence: str) -> bool:
    """Tell whether a sentence of a document may leave the program as a quote."""
    start = document.text.index(sentence)
    check = SourceCheck(
        folder, {document.id: document.path}.__getitem__, {document.id: document}.get
    )
    return check.holds(Quote(sentence, document.id, start, start + len(sentence), ""))


# What the text says


def test_symbol_of_word_is_its_character(cases: Path, case: Case) -> None:
    document = case("sym_ge.docx")
    assert is_whole(document, AT_LEAST)
    assert _holds(document, cases, AT_LEAST)


@pytest.mark.parametrize(
    ("font", "code", "character"),
    [
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "00B3", "≥"),  # the code without the private area's F0
        ("Symbol", "F0B1", "±"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "F06D", "μ"),
    ],
)
def test_other_symbols_of_word_are_theirs(
    changed: Changed, font: str, code: str, character: str
) -> None:
    document = changed(
        "sym_ge.docx",
        'w:font="Symbol" w:char="F0B3"',
        f'w:font="{font}" w:char="{code}"',
        part="word/document.xml",
    )
    said = flat(document.text).replace("µ", "μ")
    assert f"Gratis voor wie {character} 65 jaar is." in said


def test_symbol_that_can_not_be_known_is_marked_and_its_sentence_is_no_quote(
    changed: Changed, tmp_path: Path
) -> None:
    document = changed(
        "sym_ge.docx", 'w:font="Symbol"', 'w:font="Eigen Tekens"', part="word/document.xml"
    )
    unknown = AT_LEAST.replace("≥", "\ufffd")
    assert is_whole(document, unknown)
    assert not _holds(document, tmp_path, unknown)
    assert _holds(document, tmp_path, "proef met veerboten op het Zwarte Meer")


def test_raised_digits_of_word_stay_raised(cases: Path, case: Case) -> None:
    document = case("super_power.docx")
    assert is_whole(document, "Ongeveer 10⁶ liter water.")
    assert _holds(document, cases, "Ongeveer 10⁶ liter water.")


def test_raised_and_lowered_digits_of_a_page_stay_so(case: Case) -> None:
    text = flat(case("sup_power.html").text)
    assert re.search(r"Er stroomt 10⁶ liter door; in de 19[eᵉ] eeuw; CO₂; 40 m²\.", text)


def test_raised_digits_of_pdf_stay_raised(case: Case) -> None:
    said = "Er stroomt ongeveer 10⁶ liter water per dag door de sluis, een kans van 1 op 10⁴."
    assert is_whole(case("power.pdf"), said)
    assert case("power.pdf").footnotes == ()


def test_fraction_of_word_is_one(case: Case) -> None:
    assert re.search(r"Het deel is (?:½|1[/⁄]2) van de vloot\.", flat(case("omml_frac.docx").text))


# What a quote is called


@pytest.fixture(scope="module")
def quoted(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Open an index of the files whose characters are quoted."""
    corpus = tmp_path_factory.mktemp("tekens")
    for name in ("sym_ge.docx", "super_power.docx", "hyph65.pdf", "nfd.txt", "shy_search.html"):
        shutil.copy(cases / name, corpus / name)
    index = tmp_path_factory.mktemp("index-tekens")
    settings = Settings(corpus, index)
    build_index(settings)
    opened = Engine.open(settings)
    yield opened
    opened.close()


def _verdict(engine: Engine, text: str) -> Verdict:
    (checked,) = engine.check_quotes(text)
    return checked.verdict


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(AT_LEAST, id="symbol"),
        pytest.param("Ongeveer 10⁶ liter water.", id="raised digit"),
        pytest.param(
            "Wie met de auto komt betaalt meer, want de noord-zuidroute is druk.", id="hyphen kept"
        ),
        pytest.param(
            "Wie met de auto komt betaalt meer, want de noordzuidroute is druk.",
            id="hyphen of the line end alone",
        ),
        pytest.param(
            "Wie met de auto komt betaalt meer, want de noord-\nzuidroute is druk.",
            id="line end as it is copied",
        ),
        pytest.param("en ook voor de 65-plussers van de overkant.", id="number and hyphen"),
        pytest.param(
            "De coördinatie van de kustwacht ligt bij de admiraliteit van Kadoelen.",
            id="composed accents",
        ),
        pytest.param(
            "De ligplaatstarieven in de haven van Kadoelen gaan met vijf procent omhoog.",
            id="without soft hyphens",
        ),
    ],
)
def test_what_the_file_says_is_word_for_word(quoted: Engine, text: str) -> None:
    assert _verdict(quoted, text) is Verdict.EXACT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gratis voor wie 65 jaar is.", id="symbol left out"),
        pytest.param("Gratis voor wie ≤ 65 jaar is.", id="another symbol"),
        pytest.param("Ongeveer 106 liter water.", id="digit not raised"),
        pytest.param("Ongeveer 10 liter water.", id="raised digit left out"),
        pytest.param("Ongeveer 10⁷ liter water.", id="another power"),
        pytest.param("en ook voor de 65- plussers van de overkant.", id="hyphen and space"),
    ],
)
def test_what_the_file_does_not_say_is_not_word_for_word(quoted: Engine, text: str) -> None:
    assert _verdict(quoted, text) is not Verdict.EXACT


# What the lexical index looks up


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nfd.txt", ["coördinatie", "financiële", "geïnde"]),
        ("shy_search.html", ["ligplaatstarieven", "havenmeester"]),
    ],
)
def test_accents_and_soft_hyphens_part_no_word(case: Case, name: str, words: list[str]) -> None:
    found = set(analyse(case(name).text))
    assert [word for word in words if not set(analyse(word)) <= found] == []
