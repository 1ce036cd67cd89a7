"""The comparison: what is given, how a process is measured, and what the page makes of it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.side_by_side.bars import Bars, bar_charts
from benchmarks.side_by_side.contenders import protocol
from benchmarks.side_by_side.data import Prepared, prepare
from benchmarks.side_by_side.figures import figures_of
from benchmarks.side_by_side.page import section
from benchmarks.side_by_side.running import run, size_of, versions
from lxml import etree

from search.evaluation.sets import RetrievalSet

_PYTHON = Path(sys.executable)
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write a set of two documents and three questions, one of which nothing answers."""
    folder = tmp_path / "klein"
    folder.mkdir()
    texts = {"bijen": "De imker houdt bijen. Zij geven honing.", "wet": "De wet geldt vanaf mei."}
    rows = [{"id": name, "title": name.title(), "text": text} for name, text in texts.items()]
    asked = {"q1": "Wie houdt bijen?", "q2": "Wat is 42?", "q3": "Vanaf wanneer?"}
    queries = [{"id": name, "text": text} for name, text in asked.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), "utf-8")
    (folder / "qrels.tsv").write_text("qid\tdocid\tscore\nq1\tbijen\t1\nq3\twet\t1\n", "utf-8")
    return folder


def test_all_are_given_the_same_passages_and_questions(small: Path, tmp_path: Path) -> None:
    prepared = prepare(small, tmp_path / "given", 10)
    lines = (tmp_path / "given" / "passages.jsonl").read_text("utf-8").splitlines()
    passages = [json.loads(line) for line in lines]
    assert [each["id"] for each in passages] == ["bijen#0", "wet#0"]
    assert "Zij geven honing." in passages[0]["text"]
    assert prepared.passages == 2
    files = sorted(path.name for path in (tmp_path / "given" / "corpus").iterdir())
    assert files == ["bijen.toml", "bijen.txt", "wet.toml", "wet.txt"]
    questions = json.loads((tmp_path / "given" / "questions.json").read_text("utf-8"))
    assert questions == ["Wie houdt bijen?", "Vanaf wanneer?"]
    # Three sentences in all carry the prefix and the marks of their own, two passages theirs.
    assert prepared.sentence_tokens > prepared.tokens > 2 * 4


def test_questions_are_chosen_evenly_when_there_are_too_many(small: Path, tmp_path: Path) -> None:
    assert prepare(small, tmp_path / "given", 1).asked == ("q1",)


def test_quality_is_of_the_questions_asked(small: Path, tmp_path: Path) -> None:
    prepared = prepare(small, tmp_path / "given", 10)
    assert prepared.quality([["bijen", "wet"], ["wet", "bijen"]]) == 1.0
    assert prepared.quality([["wet"], ["bijen"]]) == 0.0
    assert prepared.quality([["bijen"], []]) == 0.5


@pytest.mark.slow
def test_a_process_is_timed_to_its_answer_and_not_to_its_end(tmp_path: Path) -> None:
    script = tmp_path / "answers.py"
    script.write_text(
        "import time\nprint('hallo')\nprint('{\"a\": 1}', flush=True)\ntime.sleep(1)\n", "utf-8"
    )
    begun = time.perf_counter()
    ran = run(_PYTHON, [script], {})
    assert ran.told == {"a": 1}
    assert ran.memory > 1_000_000
    # It slept on after its answer, however busy the machine.
    assert 0 < ran.seconds < time.perf_counter() - begun - 0.9


def test_a_process_may_say_more_than_a_pipe_holds() -> None:
    code = "import sys; sys.stderr.write('x' * 1_000_000); print('{\"a\": 2}')"
    assert run(_PYTHON, ["-c", code], {}).told == {"a": 2}


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise ValueError('geen gewichten')", "ValueError: geen gewichten"),
        ("print('{}'); raise SystemExit('toch niet')", "toch niet"),
        ("print('niets')", r"no answer \(0\)"),
    ],
)
def test_a_process_that_fails_says_why(code: str, why: str) -> None:
    with pytest.raises(RuntimeError, match=why):
        run(_PYTHON, ["-c", code], {})


def test_a_process_is_given_its_variables() -> None:
    code = (
        "import json, os; print(json.dumps([os.environ['WEIGHTS'], os.environ['HF_HUB_OFFLINE']]))"
    )
    code = code.replace("[os", "{'all': [os").replace("])", "]})")
    assert run(_PYTHON, ["-c", code], {"WEIGHTS": "hier"}).told == {"all": ["hier", "1"]}


def test_versions_are_those_of_the_other_environment() -> None:
    found = versions(_PYTHON, ["numpy", "pytest"])
    assert found["pytest"] == pytest.__version__
    assert set(found) == {"numpy", "pytest"}


def test_bytes_are_those_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "deep" / "b").write_bytes(b"123")
    assert size_of(tmp_path) == 8


class _Echo:
    """A contender that finds the passages of one document, then of another."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.top = 0

    def index(self, data: Path, store: Path) -> None:
        store.mkdir()
        (store / "made").write_text(str(len(protocol.passages_of(data))), "utf-8")

    def opened(self, data: Path, store: Path, top: int) -> protocol.Ask:
        assert data.is_dir()
        assert store.is_dir()
        self.top = top

        def ask(question: str) -> list[str]:
            self.asked.append(question)
            return ["een#3", "een#0", "twee#1", "een#1"]

        return ask


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[_Echo, Any]]:
    """Let the contender do an action, and give it with what it printed."""
    (tmp_path / "passages.jsonl").write_text('{"id": "een#0", "text": "a"}', "utf-8")
    (tmp_path / "questions.json").write_text(json.dumps(["v1", "v2", "v3"]), "utf-8")

    def do(action: str) -> tuple[_Echo, Any]:
        words = ["script", action, str(tmp_path), str(tmp_path / "store")]
        monkeypatch.setattr(sys, "argv", words)
        contender = _Echo()
        protocol.main(contender)
        return contender, json.loads(capsys.readouterr().out)

    return do


def test_each_action_is_told_in_a_line(
    told: Callable[[str], tuple[_Echo, Any]], tmp_path: Path
) -> None:
    assert set(told("index")[1]) == {"seconds"}
    assert (tmp_path / "store" / "made").read_text("utf-8") == "1"
    contender, said = told("first")
    assert contender.asked == ["v1"]
    assert said == {"found": ["een", "twee"]}
    contender, said = told("warm")
    # The first questions are asked once before, uncounted.
    assert contender.asked == ["v1", "v2", "v3"] * 2
    assert contender.top == 10
    assert len(said["seconds"]) == 3
    contender, said = told("eight")
    assert sorted(contender.asked) == sorted(["v1", "v2", "v3"] * 2)
    assert said["questions"] == 3
    contender, said = told("rank")
    assert contender.top == 50
    assert said == {"ranked": [["een", "twee"]] * 3}


def _prepared(name: str) -> Prepared:
    data = RetrievalSet(name, {"d": ("", "")}, {"q": ""}, {"q": {"d": 1}})
    return Prepared(name, Path(), 100, 5_000, 7_000, data, ("q",))


def _measured() -> dict[str, list[Any]]:
    """Give three rounds, of which the middle one of each figure is not the second."""
    seconds = [[0.01, 0.02, 0.03], [0.05, 0.06, 0.07], [0.04, 0.04, 0.04]]
    return {
        "index snel": [{"whole": s, "memory": 5, "bytes": 800} for s in (50, 10, 20)],
        "first snel": [{"whole": s} for s in (3.0, 1.0, 2.0)],
        "warm snel": [{"seconds": each, "memory": 10} for each in seconds],
        "rank snel": [{"ranked": [["d"]]}],
        "rank goed": [{"ranked": [["x", "d"]]}],
        "eight snel": [{"questions": 60, "seconds": s} for s in (6, 2, 3)],
        "embed": [{"8": 10.0, "32": 5.0}, {"8": 2.0, "32": 4.0}, {"8": 2.5, "32": 20.0}],
    }


def test_figures_are_medians_over_the_rounds() -> None:
    found = figures_of(_measured(), _prepared("snel"), _prepared("goed"), sentences=False)
    assert found["index_seconds"] == 20
    assert found["passages_a_second"] == 5
    assert found["index_tokens_a_second"] == 250
    assert found["bytes_a_passage"] == 8
    assert found["first_seconds"] == 2.0
    assert found["warm_median"] == 0.04
    assert found["warm_p95"] == 0.04
    assert found["eight_a_second"] == 20
    assert found["ndcg snel"] == 1.0
    assert found["ndcg goed"] == pytest.approx(0.6309, abs=1e-4)


def test_of_the_ways_to_embed_the_fastest_counts() -> None:
    found = figures_of(_measured(), _prepared("snel"), _prepared("goed"), sentences=False)
    assert found["embed_ways"] == {"8": 2_000, "32": 1_000}
    assert found["embed_tokens_a_second"] == 2_000


def test_sentences_count_for_who_embeds_them() -> None:
    found = figures_of(_measured(), _prepared("snel"), _prepared("goed"), sentences=True)
    assert found["embedded_tokens"] == 12_000
    assert found["index_tokens_a_second"] == 600
    # The embedding alone is of the same passages for all.
    assert found["embed_tokens_a_second"] == 2_000


def test_what_was_not_measured_is_left_out() -> None:
    told = {key: each for key, each in _measured().items() if key not in ("eight snel", "embed")}
    found = figures_of(told, _prepared("snel"), _prepared("goed"), sentences=False)
    assert "eight_a_second" not in found
    assert "embed_ways" not in found


def _contender(factor: float) -> dict[str, Any]:
    found = figures_of(_measured(), _prepared("snel"), _prepared("goed"), sentences=False)
    times = {"index_seconds", "first_seconds", "warm_median", "warm_p95"}
    speeds = {
        "passages_a_second",
        "index_tokens_a_second",
        "eight_a_second",
        "embed_tokens_a_second",
    }
    return {
        k: v * factor if k in times else v / factor if k in speeds else v for k, v in found.items()
    }


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Write results in which the plain script takes four times as long, and one less disk."""
    counts = {"documents": 2, "passages": 100, "tokens": 5_000, "questions": 1}
    others = {"plain script": _contender(4.0), "txtai": _contender(8.0)}
    del others["txtai"]["eight_a_second"]
    others["plain script"]["bytes_a_passage"] = 2
    told = {
        "date": "2026-01-02",
        "commit": "abc1234",
        "machine": {
            "cores": 2,
            "model": "Een & ander",
            "memory_gb": 24,
            "system": "Linux 6",
            "load_at_start": 0.1,
        },
        "rounds": 3,
        "sets": {"snel": counts, "goed": counts},
        "left_out": {"Haystack": "OSError: no weights"},
        "failed": {"txtai": "not two at once"},
        "versions": {"plain script": {"torch": "2.13.0"}},
        "contenders": {"Kamerwijzer": _contender(1.0), **others},
    }
    path = tmp_path / "side_by_side.json"
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_the_page_holds_each_against_the_plain_script(results: Path, tmp_path: Path) -> None:
    page = section(results, tmp_path / "plots")
    assert (
        "| embedding the same passages, tokens a second | ≥ 1.5 × | 4.00 × (2,000 to 500) |" in page
    )
    assert "| fresh process to its first answer | ≤ ¼, ≤ 1.5 s | 0.25, 2.00 s |" in page
    assert "| one question, median, ms | 40.0 | 160.0 | 320.0 |" in page
    assert "| nDCG@10, goed | 63.1 | 63.1 | 63.1 |" in page


def test_the_page_says_where_another_is_better(results: Path, tmp_path: Path) -> None:
    page = section(results, tmp_path / "plots")
    _, _, worse = page.partition("Where Kamerwijzer is not the best:\n\n")
    assert worse.splitlines()[0] == "- disk, bytes a passage: 8; plain script 2"
    assert worse.splitlines()[1] == ""


def test_the_page_says_what_is_not_shown(results: Path, tmp_path: Path) -> None:
    page = section(results, tmp_path / "plots")
    assert "| questions a second, eight at once | 20 | 5 | – |" in page
    assert "- Haystack is left out: `OSError: no weights`" in page
    assert "- txtai can't answer eight at once: `not two at once`" in page


def test_the_page_shows_a_picture_that_is_there(results: Path, tmp_path: Path) -> None:
    page = section(results, tmp_path / "plots")
    assert "](plots/side-by-side.svg)" in page
    drawn = etree.parse(tmp_path / "plots" / "side-by-side.svg").getroot()
    # Three contenders in eight charts; one of them lacks a figure.
    assert len(drawn.findall(f"{_SVG}rect")) == 3 * 8 - 1


def test_results_of_something_else_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(ValueError, match="no results"):
        section(path, tmp_path)


def test_bars_are_as_long_as_their_values() -> None:
    drawn = etree.fromstring(
        bar_charts("Snel & goed", [Bars("a < b", "{:.1f}", {"ik": 2.0, "jij": 4.0})], "ik")
    )
    own, other = drawn.findall(f"{_SVG}rect")
    assert float(other.get("width")) == 2 * float(own.get("width"))
    assert (own.get("class"), other.get("class")) == ("own", None)
    assert drawn.get("aria-label") == "Snel & goed"
    texts = ["".join(each.itertext()) for each in drawn.findall(f"{_SVG}text")]
    assert texts == ["a < b", "ik", "2.0", "jij", "4.0"]


def test_bars_of_nothing_have_no_length() -> None:
    drawn = etree.fromstring(
        bar_charts("", [Bars("", "{:.0f}", {"ik": 0.0}), Bars("", "", {})], "")
    )
    (bar,) = drawn.findall(f"{_SVG}rect")
    assert float(bar.get("width")) == 0
