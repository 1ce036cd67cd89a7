"""`evaluate` in a process of its own: a suite each, the shapes of JSON, what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MEASURES = {"ndcg@10", "recall@10", "recall@100", "mrr@10", "hit@1"}
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run `python -m search evaluate`; whatever happens there may be no traceback."""

    def started(*arguments: str | Path) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "search", "evaluate", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return started


def shares(values: dict[str, Any]) -> bool:
    return all(isinstance(v, float) and 0 <= v <= 1 for v in values.values())


@pytest.mark.slow
def test_retrieval_as_json(run: Run, retrieval_set: Path, environment: dict[str, str]) -> None:
    done = run("retrieval", retrieval_set, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    result = json.loads(done.stdout)
    for arm in ("lexical", "dense", "product"):
        assert set(result[arm]) == MEASURES
        assert shares(result[arm])
        assert set(result["intervals"][arm]) == MEASURES
        assert all(len(interval) == 2 for interval in result["intervals"][arm].values())
    assert result.pop("milliseconds")["median"] > 0
    assert result["product"]["hit@1"] == 1.0
    # Vectors are remembered between runs, and give the same figures again.
    assert list(Path(environment["KAMERWIJZER_CACHE"]).glob("vectors-*.sqlite"))
    again = json.loads(run("retrieval", retrieval_set, "--json").stdout)
    again.pop("milliseconds")
    assert again == result


@pytest.mark.slow
def test_questions_as_json(run: Run, questions_file: Path, built: tuple[Path, Path]) -> None:
    corpus, index = built
    done = run("questions", questions_file, "--json", "--corpus", corpus, "--index", index)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    figures = ("hit@1", "hit@3", "hit@5", "mrr", "answer_holds_evidence")
    assert shares({name: result[name] for name in figures})
    assert set(result["abstention"]) == {
        "ece",
        "unanswerable_refused_or_possible",
        "auroc",
        "refusal_precision",
        "refusal_recall",
        "coverage",
    }
    assert shares(result["abstention"])
    assert result["questions"] == 3


@pytest.mark.slow
def test_abstention_as_json(run: Run, abstention_set: Path) -> None:
    done = run("abstention", abstention_set, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    figures = ("auroc", "refusal_precision", "refusal_recall", "coverage")
    assert shares({name: result[name] for name in figures})
    assert (result["questions"], result["unanswerable"]) == (5, 2)


@pytest.mark.slow
def test_sentences_as_json(run: Run, sentences_file: Path) -> None:
    done = run("sentences", sentences_file, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["accuracy"], result["first_sentence"]) == (1.0, 0.25)
    assert result["questions"] == 4


@pytest.mark.slow
def test_figures_are_printed_for_people_too(run: Run, sentences_file: Path) -> None:
    done = run("sentences", sentences_file)
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [["accuracy", "1"], ["first_sentence", "0.25"], ["questions", "4"]]


@pytest.mark.slow
def test_results_and_page_are_kept(run: Run, retrieval_set: Path, sentences_file: Path) -> None:
    folder = retrieval_set.parent / "benchmarks" / "results"
    for suite, where in (("retrieval", retrieval_set), ("sentences", sentences_file)):
        done = run(suite, where, "--json", "--results", folder)
        assert done.returncode == 0, done.stderr
        assert str(folder) in done.stderr
        json.loads(done.stdout)
    names = {path.name for path in folder.iterdir()}
    assert names == {"retrieval-klein.json", "sentences-zinnen.json"}
    kept = json.loads((folder / "retrieval-klein.json").read_text(encoding="utf-8"))
    assert {"suite", "name", "date", "commit", "model", "machine", "result"} <= set(kept)
    assert (kept["suite"], kept["name"], kept["model"]) == ("retrieval", "klein", "ingebouwd")
    assert kept["result"]["product"]["hit@1"] == 1.0
    page = (folder.parent / "QUALITY.md").read_text(encoding="utf-8")
    assert "| klein | lexical |" in page
    assert "| zinnen | 100.0 | 25.0 |" in page


@pytest.mark.slow
def test_wrong_usage_is_told_in_dutch(run: Run, retrieval_set: Path, tmp_path: Path) -> None:
    (retrieval_set / "queries.jsonl").write_text('{"id": "q1", "text": "Een?"}\nkapot\n')
    done = run("retrieval", retrieval_set)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{retrieval_set / 'queries.jsonl'}, regel 2: dit is geen JSON-object.\n"
    done = run("questions", tmp_path / "weg.jsonl", "--index", tmp_path / "geen")
    assert done.returncode in (1, 2)
    done = run("sentences", tmp_path / "weg.jsonl")
    assert done.returncode == 2
    assert "weg.jsonl kan niet worden gelezen" in done.stderr
    done = run("iets", retrieval_set)
    assert done.returncode == 2
    assert "'iets' bestaat niet; kies uit" in done.stderr
