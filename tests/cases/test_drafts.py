"""Drafts: every quote is in the table, also a block quote, a short one and one of paragraphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cases.looking import flat

from search.__main__ import main
from search.engine import Engine
from search.records import CheckedQuote, Verdict

SENTENCE = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
BLOCK = "Het kabinet verwerpt dat migratie structureel en integraal benaderd moet worden."
STATE = "een jaarlijkse Staat van migratie"


def _checked(
    built: tuple[Path, Path], capsys: pytest.CaptureFixture[str], draft: Path
) -> list[dict[str, Any]]:
    """Check a draft as the command line does."""
    where = ["--corpus", str(built[0]), "--index", str(built[1])]
    assert main(["quote", "--file", str(draft), "--json", *where]) == 0
    quotes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["quotes"]
    return quotes


@pytest.mark.parametrize(
    ("name", "quotes"),
    [
        ("blockquote_false.docx", ["sociale samenhang in de wijk", BLOCK, STATE]),
        ("blokcitaat.md", [BLOCK, STATE]),
    ],
)
def test_block_quote_beside_other_quotes_is_checked(
    cases: Path,
    built: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    name: str,
    quotes: list[str],
) -> None:
    found = _checked(built, capsys, cases / name)
    assert [flat(each["text"]).strip(" >“”") for each in found] == quotes
    verdicts = {flat(each["text"]).strip(" >“”"): each["verdict"] for each in found}
    assert (verdicts[BLOCK], verdicts[STATE]) == ("near", "exact")
    (block,) = [each for each in found if BLOCK in flat(each["text"])]
    assert "Het kabinet onderschrijft dat migratie" in block["matches"][0]["text"]


def _texts(checked: tuple[CheckedQuote, ...]) -> list[str]:
    return [flat(each.text) for each in checked]


def test_quote_of_two_words_beside_a_longer_one_is_checked(engine: Engine) -> None:
    checked = engine.check_quotes(
        f"De minister noemt dit “sociale samenhang” en schrijft over “{STATE}”."
    )
    assert _texts(checked) == ["sociale samenhang", STATE]
    assert [each.verdict for each in checked] == [Verdict.EXACT, Verdict.EXACT]


FIRST = (
    "Het kabinet onderschrijft de conclusie van de WRR dat Nederland een dynamische "
    "migratiesamenleving geworden is."
)
NEXT = "Dit is geen normatieve uitspraak, maar een feitelijke constatering."


@pytest.mark.parametrize(
    ("first", "verdict"),
    [(FIRST, Verdict.EXACT), (FIRST.replace("onderschrijft", "verwerpt"), Verdict.NEAR)],
    ids=["as the letter says", "with a word changed"],
)
def test_first_of_paragraphs_that_each_open_with_a_mark_is_checked(
    engine: Engine, first: str, verdict: Verdict
) -> None:
    draft = f"De brief zegt het zo.\n\n“{first}\n\n“{NEXT}”\n\nTot zover de brief."
    checked = engine.check_quotes(draft)
    # The paragraphs may be one quote together, or one each.
    assert [each.verdict for each in checked if first in flat(each.text)] == [verdict]
    assert any(NEXT in text for text in _texts(checked))


# One quote


def test_reference_behind_a_quote_is_no_part_of_it(engine: Engine) -> None:
    reference = "(Kamerstukken II 2020/21, 29861, nr. 70, p. 12)"
    checked = engine.check_quotes(f"{SENTENCE} {reference}")
    assert [each.verdict for each in checked] == [Verdict.EXACT]
    assert checked[0].matches[0].quote.text == SENTENCE
    assert flat(checked[0].text).startswith(SENTENCE)


@pytest.mark.parametrize(
    "text",
    [SENTENCE.replace("Staat", "staat"), SENTENCE.lower(), SENTENCE.upper()],
    ids=["one word", "small letters", "capitals"],
)
def test_quote_of_which_only_the_case_differs_is_nearly_it(engine: Engine, text: str) -> None:
    (checked,) = engine.check_quotes(text)
    assert checked.verdict is Verdict.NEAR
    assert checked.matches[0].quote.text == SENTENCE
