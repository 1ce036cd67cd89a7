"""Results as files, and the page that is made of them."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from search.evaluation import save_result, write_page
from search.evaluation.page import quality_page

FIGURES = {"ndcg@10": 0.972, "recall@10": 1.0, "recall@100": 1.0, "mrr@10": 0.5, "hit@1": 0.25}
RETRIEVAL: dict[str, Any] = {
    **dict.fromkeys(("lexical", "dense", "product"), FIGURES),
    "intervals": {
        arm: {name: [value - 0.01, value] for name, value in FIGURES.items()}
        for arm in ("lexical", "dense", "product")
    },
    "milliseconds": {"median": 14.4, "p95": 20.0},
    "failures": [{"id": "q7", "question": "Wie bepaalt dat?"}],
}
QUESTIONS: dict[str, Any] = {
    "hit@1": 0.875,
    "hit@3": 1.0,
    "hit@5": 1.0,
    "mrr": 0.938,
    "answer_holds_evidence": 0.5,
    "abstention": {"refusal_precision": 0.9, "refusal_recall": 0.8, "coverage": 0.7},
    "milliseconds": {"median": 13.0},
    "failures": [{"id": "v2", "question": "Welke rol?", "rank": 2, "answered": True}],
}
SENTENCES: dict[str, Any] = {"accuracy": 0.87, "first_sentence": 0.32}
ABSTENTION: dict[str, Any] = {
    "auroc": 0.95,
    "refusal_precision": 0.9,
    "refusal_recall": 0.8,
    "coverage": 0.7,
}


def test_a_result_is_kept_with_what_it_was_measured_on(tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    path = save_result(tmp_path / "a" / "results", "sentences", "set", "ingebouwd", SENTENCES)
    assert path == tmp_path / "a" / "results" / "sentences-set.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["result"] == SENTENCES
    assert (kept["suite"], kept["name"], kept["model"]) == ("sentences", "set", "ingebouwd")
    assert before <= datetime.fromisoformat(kept["date"]) <= datetime.now(UTC)
    assert kept["commit"] == "", "this folder is in no repository"
    assert "Python 3" in kept["machine"]


def test_a_newer_result_takes_the_place_of_the_older(tmp_path: Path) -> None:
    save_result(tmp_path, "sentences", "set", "ingebouwd", {"accuracy": 0.1})
    save_result(tmp_path, "sentences", "set", "ingebouwd", SENTENCES)
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text(encoding="utf-8"))["result"] == SENTENCES


def test_a_result_names_the_commit_and_whether_files_have_changed(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    (tmp_path / "a").write_text("een")
    git("add", "a")
    git("commit", "-qm", "een")
    commit = git("rev-parse", "HEAD")

    def named() -> str:
        path = save_result(tmp_path / "r", "sentences", "set", "ingebouwd", SENTENCES)
        return str(json.loads(path.read_text(encoding="utf-8"))["commit"])

    assert commit.startswith(named())
    (tmp_path / "a").write_text("twee")
    assert named().endswith("+")


def test_the_page_is_made_of_all_results_and_the_notes(tmp_path: Path) -> None:
    folder, page = tmp_path / "results", tmp_path / "QUALITY.md"
    for suite, result in (
        ("retrieval", RETRIEVAL),
        ("questions", QUESTIONS),
        ("abstention", ABSTENTION),
        ("sentences", SENTENCES),
    ):
        save_result(folder, suite, "klein", "ingebouwd", result)
    (tmp_path / "quality-notes.md").write_text("## Wat is geprobeerd\n\nVan alles.\n", "utf-8")
    write_page(folder, page)
    text = page.read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Quality",
        "## Retrieval",
        "## Questions with their evidence",
        "## Abstention",
        "## The answer sentence",
        "## Questions that fail",
        "### questions: klein (1)",
        "### retrieval: klein (1)",
        "## Wat is geprobeerd",
    ]
    assert "| 97.2 (96.2-97.2) | 100.0 (99.0-100.0) |" in text
    assert "| 25.0 (24.0-25.0) | 14 |" in text
    # No AUROC was measured on these questions.
    assert "| klein | 87.5 | 100.0 | 100.0 | 93.8 | – | 50.0 | 13 |" in text
    assert "| klein | – | – | 90.0 | 80.0 | 70.0 | – |" in text
    assert "| klein | 95.0 | – | 90.0 | 80.0 | 70.0 |" in text
    assert "| klein | 87.0 | 32.0 |" in text
    assert "- `v2` Welke rol? (answered True, rank 2)" in text
    assert "- `q7` Wie bepaalt dat?\n" in text
    assert text.endswith("Van alles.\n")


def test_the_page_is_the_same_from_the_same_results(tmp_path: Path) -> None:
    folder, page = tmp_path / "results", tmp_path / "QUALITY.md"
    save_result(folder, "sentences", "b", "ingebouwd", SENTENCES)
    save_result(folder, "sentences", "a", "ingebouwd", SENTENCES)
    write_page(folder, page)
    first = page.read_text(encoding="utf-8")
    write_page(folder, page)
    assert page.read_text(encoding="utf-8") == first
    assert first.index("| a |") < first.index("| b |")


def test_a_page_without_results_has_its_head_alone() -> None:
    page = quality_page([])
    assert page.startswith("# Quality\n")
    assert "##" not in page


@pytest.mark.parametrize("suite", ["retrieval", "questions", "abstention", "sentences"])
def test_tables_have_as_many_cells_in_each_row(suite: str) -> None:
    result = {
        "retrieval": RETRIEVAL,
        "questions": QUESTIONS,
        "abstention": ABSTENTION,
        "sentences": SENTENCES,
    }[suite]
    page = quality_page([{"suite": suite, "name": "klein", "result": result}])
    tables = re.findall(r"(?:^\|.*\n)+", page, re.M)
    assert tables
    for rows in tables:
        assert len({line.count("|") for line in rows.splitlines()}) == 1
