"""The stance suite: reading, and figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.__main__ import main
from search.errors import UsageError
from search.evaluation.stance_page import stance_section
from search.evaluation.stance_sets import read_stances
from search.evaluation.stances import stance_figures
from search.records import Holder, Label, Stance

HEAD = "doc\tsection\tn\tsentence\tholder\tlabel\tnote\tquestion\n"
ROWS = [
    "d\tA\t1\tEen.\tkabinet\tsteun\t\t",
    "d\tA\t2\tTwee.\tkabinet\tvoorbehoud\tof: toelichting\t",
    "d\tA / B\t3\tDrie.\tadviesorgaan\tbevinding\t\t",
    'd\tA\t4\t"Vier.\tgeen\tfeit\tof: kabinet/toelichting\tKent u dit?',
]


def written(folder: Path, *rows: str) -> Path:
    path = folder / "set.tsv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_rows_are_read_without_quoting(tmp_path: Path) -> None:
    found = read_stances(written(tmp_path, *ROWS))
    assert found[3].statement.text == '"Vier.'
    assert found[3].statement.question == "Kent u dit?"
    assert found[2].statement.section == ("A", "B")
    assert found[1].alternative == (Holder.CABINET, Stance.EXPLANATION)
    assert found[3].alternative == (Holder.CABINET, Stance.EXPLANATION)
    assert found[0].alternative is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("d\tA\t1\tX\tkabinet\tfeit\t\t", "gaan niet samen"),
        ("d\tA\t1\tX\tniemand\tfeit\t\t", "niemand"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(UsageError, match=rf"set\.tsv, regel 3: .*{words}"):
        read_stances(written(tmp_path, ROWS[0], row))


def test_figures_by_hand(tmp_path: Path) -> None:
    sentences = read_stances(written(tmp_path, *ROWS))
    predicted = [
        Label(Holder.CABINET, Stance.SUPPORT, 0.9),
        Label(Holder.CABINET, Stance.EXPLANATION, 0.8),
        Label(Holder.CABINET, Stance.SUPPORT, 0.7),
        Label(Holder.CABINET, Stance.EXPLANATION, 0.6),
    ]
    figures = stance_figures(sentences, predicted)
    assert figures["holder_accuracy"] == 0.5
    assert figures["label_accuracy"] == 0.25
    # One stance found of two, and one of the two that were claimed is none.
    assert figures["cabinet_stance_precision"] == 0.5
    assert figures["cabinet_stance_recall"] == 0.5
    lenient = figures["lenient"]
    assert lenient["holder_accuracy"] == 0.75
    assert lenient["label_accuracy"] == 0.75
    assert lenient["cabinet_stance_recall"] == 1.0
    assert figures["confusion"]["voorbehoud"] == {"toelichting": 1}
    assert [each["sentence"] for each in figures["failures"]] == ["Drie."]
    page = stance_section([{"name": "set", "result": figures}])
    assert "| holder, accuracy | 50.0 | 75.0 |" in page
    assert "«Drie.»" in page


@pytest.mark.slow
def test_the_command_prints_fractions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(
        tmp_path, "d\tAppreciatie\t1\tHet kabinet onderschrijft dit.\tkabinet\tsteun\t\t"
    )
    assert main(["evaluate", "stance", str(path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    wanted = {f"{what}_{how}" for what in ("holder", "label") for how in ("accuracy", "macro_f1")}
    wanted |= {f"cabinet_stance_{how}" for how in ("precision", "recall", "f1")}
    assert {name: figures[name] for name in wanted} == dict.fromkeys(wanted, 1.0)
