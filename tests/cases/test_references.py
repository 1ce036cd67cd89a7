"""References and citations: years and pages are kept, "t/m" is each, acts of the kingdom too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cases.conftest import Changed

from search.__main__ import main
from search.citing import cite_in
from search.references import find_references, parse_reference


def _cited(
    built: tuple[Path, Path], capsys: pytest.CaptureFixture[str], reference: str
) -> list[tuple[str, str]]:
    """Cite a reference as the command line does: the id and the citation of each piece."""
    where = ["--corpus", str(built[0]), "--index", str(built[1])]
    assert main(["cite", reference, "--json", *where]) == 0
    citations = json.loads(capsys.readouterr().out)["citations"]
    return [(each["id"], each["citation"]) for each in citations]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param(
            "Kamerstukken II 2020/21, 35 680, nr. 3, p. 12",
            [("kst-35680-3", "Kamerstukken II 2020/21, 35680, nr. 3, p. 12")],
            id="year and page",
        ),
        pytest.param(
            "Kamerstukken II 2020/21, 35 680, nr. 3",
            [("kst-35680-3", "Kamerstukken II 2020/21, 35680, nr. 3")],
            id="year",
        ),
        pytest.param(
            "Kamerstukken II 2020/21, 35 680, nr. 3, p. 12-14",
            [("kst-35680-3", "Kamerstukken II 2020/21, 35680, nr. 3, p. 12-14")],
            id="pages",
        ),
        pytest.param(
            "Kamerstukken II 2020/21, 35 680, nrs. 1 t/m 3",
            [
                ("kst-35680-1", "Kamerstukken II 2020/21, 35680, nr. 1"),
                ("kst-35680-2", "Kamerstukken II 2020/21, 35680, nr. 2"),
                ("kst-35680-3", "Kamerstukken II 2020/21, 35680, nr. 3"),
            ],
            id="t/m",
        ),
        pytest.param(
            "Kamerstukken II 2020/21, 29861, nr. 70, p. 12",
            [("kst-29861-70", "Kamerstukken II 2020/21, 29861, nr. 70, p. 12")],
            id="a document of the collection",
        ),
        pytest.param(
            "Handelingen II 2010/11, nr. 108, item 5, p. 25-36",
            [("h-tk-20102011-108-5", "Handelingen II 2010/11, nr. 108, item 5, p. 25-36")],
            id="Handelingen by item",
        ),
        pytest.param(
            "Handelingen II 2007/08, nr. 108, p. 7909-7943",
            [("h-tk-20072008-7909-7943", "Handelingen II 2007/08, nr. 108, p. 7909-7943")],
            id="Handelingen by page",
        ),
        pytest.param(
            "Handelingen II 2011/12, 13-7-25",
            [("h-tk-20112012-13-7", "Handelingen II 2011/12, nr. 13, item 7, p. 25")],
            id="Handelingen as their pages are numbered",
        ),
        pytest.param(
            "Aanhangsel Handelingen II 2014/15, nr. 12, p. 2",
            [("ah-tk-20142015-12", "Aanhangsel Handelingen II 2014/15, nr. 12, p. 2")],
            id="Aanhangsel",
        ),
        pytest.param(
            "Kamerstukken I 2014/15, 33802, C, p. 3",
            [("kst-33802-C", "Kamerstukken I 2014/15, 33802, C, p. 3")],
            id="Eerste Kamer",
        ),
        pytest.param(
            "Stb. 2011, 35, p. 4", [("stb-2011-35", "Stb. 2011, 35, p. 4")], id="Staatsblad"
        ),
    ],
)
def test_citation_keeps_what_was_typed(
    built: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    reference: str,
    expected: list[tuple[str, str]],
) -> None:
    assert _cited(built, capsys, reference) == expected


def test_annex_to_a_piece_is_cited_as_one(
    built: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    reference = "Bijlage bij Kamerstukken II 2020/21, 29 861, nr. 53, p. 4"
    ((_, citation),) = _cited(built, capsys, reference)
    assert citation == "Bijlage bij Kamerstukken II 2020/21, 29861, nr. 53, p. 4"


@pytest.mark.parametrize("to", ["t/m", "tot en met"])
def test_typed_range_names_each_piece(to: str) -> None:
    assert parse_reference(f"Kamerstuk 35 680, nrs. 1 {to} 3") == (
        "kst-35680-1",
        "kst-35680-2",
        "kst-35680-3",
    )


def test_range_that_runs_back_or_is_endless_is_not_written_out() -> None:
    assert len(parse_reference("Kamerstuk 35 680, nrs. 3 t/m 1")) <= 2
    assert len(parse_reference("Kamerstuk 35 680, nrs. 1 t/m 9999")) < 9999


# Acts of the kingdom

KINGDOM = r"Kamerstukken II 2020/21, 35680(?: \(R2150\))?, nr\. 3"


@pytest.mark.parametrize(
    "text",
    [
        "Kamerstukken II 2020/21, 35 680 (R2150), nr. 3",
        "Kamerstukken II 2020/21, 35 680 (R 2150), nr. 3",
        "Kamerstuk 35680-(R2150), nr. 3",
        "35 680 (R2150), nr. 3",
    ],
)
def test_piece_of_an_act_of_the_kingdom_is_named(text: str) -> None:
    assert parse_reference(text) == ("kst-35680-3",)


def test_piece_of_an_act_of_the_kingdom_is_found_whole_in_a_text() -> None:
    named = "Kamerstukken II 2020/21, 35 680 (R2150), nr. 3"
    text = f"Zie {named}, over de zee."
    (found,) = find_references(text)
    assert (found.id, text[found.start : found.end]) == ("kst-35680-3", named)


def test_piece_of_an_act_of_the_kingdom_is_cited(
    built: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ((identifier, citation),) = _cited(
        built, capsys, "Kamerstukken II 2020/21, 35 680 (R2150), nr. 3, p. 12"
    )
    assert identifier == "kst-35680-3"
    assert re.fullmatch(rf"{KINGDOM}, p\. 12", citation)


def test_file_of_an_act_of_the_kingdom_knows_its_dossier(changed: Changed) -> None:
    document = changed("kst-99123-3.md", "99 123", "35 680 (R2150)", name="verslag.md")
    (dossier,) = document.metadata.dossiers
    assert dossier.number.startswith("35680")
    assert dossier.title == "Toekomst van de pont"
    assert re.fullmatch(KINGDOM, cite_in(document.id, document.metadata))
