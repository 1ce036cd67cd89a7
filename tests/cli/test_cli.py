"""The command line in a process of its own: exit codes, what goes where, the shapes of JSON."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from search.__main__ import main

ROLE = "Welke rol ziet de WRR voor gemeenten?"
LETTER = "kst-29861-70"


@dataclass(frozen=True)
class Done:
    """What a process left: its exit code, results and messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


def run(*arguments: str | bytes, folder: Path | None = None) -> Done:
    """Run `python -m search`; whatever happens there may be no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "search", *arguments],
        capture_output=True,
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("KAMERWIJZER_C")},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err + out
    return Done(done.returncode, out, err)


@pytest.fixture
def where(built: tuple[Path, Path]) -> list[str]:
    """Give the options that name the real corpus and its index."""
    return ["--corpus", str(built[0]), "--index", str(built[1])]


@pytest.mark.slow
def test_ask_json_has_the_shape_of_the_issue(where: list[str]) -> None:
    done = run("ask", ROLE, "--json", *where)
    assert done.code == 0
    assert done.err == ""
    assert done.out.count("\n") == 1
    values = done.json
    assert {"question", "answerable", "confidence", "answer", "hits"} <= set(values)
    assert values["question"] == ROLE
    assert values["answerable"] is True
    assert isinstance(values["confidence"], float)
    answer = values["answer"]
    assert {"text", "document", "start", "end", "citation"} <= set(answer)
    assert answer["document"] == LETTER
    assert answer["citation"].startswith("Kamerstukken II 2020/21, 29861, nr. 70")
    assert [hit["rank"] for hit in values["hits"]] == list(range(1, 11))
    for hit in values["hits"]:
        check_hit(hit)


def check_hit(hit: dict[str, Any]) -> None:
    kinds = {
        "rank": int,
        "score": float,
        "document": str,
        "title": str,
        "citation": str,
        "url": str,
        "date": str,
        "section": list,
        "theme": dict,
        "start": int,
        "end": int,
        "text": str,
        "also_in": list,
        "nearly_in": list,
    }
    for key, kind in kinds.items():
        assert type(hit[key]) is kind, key
    assert set(hit["theme"]) >= {"label", "origin"}
    assert hit["end"] - hit["start"] == len(hit["text"])


@pytest.mark.slow
def test_ask_without_answer_says_so(where: list[str]) -> None:
    question = "Hoe bak ik pannenkoeken met stroop en spek?"
    values = run("ask", question, "--json", *where).json
    assert values["answerable"] is False
    assert values["answer"] is None
    told = run("ask", question, *where)
    assert told.code == 0
    assert told.out.startswith("Geen antwoord in de bronnen")


@pytest.mark.slow
def test_ask_says_what_is_absent_and_opens_what_is_only_named(where: list[str]) -> None:
    absent = run("ask", "Wat staat in Kamerstuk 12 345, nr. 6 over gemeenten?", *where)
    assert absent.out.startswith("Kamerstuk 12 345, nr. 6 zit niet in deze documenten.")
    named = run("ask", "kst-29861-70", *where)
    assert named.out.startswith("Kamerstukken II 2020/21, 29861, nr. 70")
    assert "Geen antwoord in de bronnen" not in named.out
    (opened,) = run("ask", "kst-29861-70", "--json", *where).json["opens"]
    assert opened["document"] == "kst-29861-70"


@pytest.mark.slow
def test_ask_for_people(where: list[str]) -> None:
    done = run("ask", ROLE, "--top", "2", *where)
    assert (done.code, done.err) == (0, "")
    assert "Kamerstukken II 2020/21, 29861, nr. 70" in done.out
    assert "2. " in done.out
    assert "3. " not in done.out
    assert re.search(r"thema: [^·]+ \((?:structuur|geschat)\)", done.out)


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    """Write questions with odd ids, an empty line and a line separator within a text."""
    path = tmp_path / "vragen.jsonl"
    signed = "wie ondertekende\u2028de brief?"
    rows = [{"id": "q1", "question": ROLE}, {"id": 2, "question": signed}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\ufeff" + lines[0] + "\r\n\n" + lines[1], "utf-8")
    return path


@pytest.mark.slow
def test_many_questions_in_one_process(where: list[str], jsonl: Path) -> None:
    done = run("ask", "--questions", str(jsonl), "--top", "3", *where)
    assert done.code == 0
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in rows] == ["q1", 2]
    for row in rows:
        assert set(row) >= {"id", "question", "answerable", "confidence", "answer", "hits"}
        assert len(row["hits"]) <= 3
        for hit in row["hits"]:
            check_hit(hit)


@pytest.mark.slow
def test_many_questions_answer_as_one_does(
    where: list[str], jsonl: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", "--questions", str(jsonl), *where])
    many = json.loads(capsys.readouterr().out.splitlines()[0])
    main(["ask", ROLE, "--json", *where])
    one = json.loads(capsys.readouterr().out)
    assert {k: v for k, v in many.items() if k != "id"} == one


@pytest.mark.parametrize(
    "line",
    [
        "geen json",
        "[1]",
        "3",
        '{"id": 1}',
        '{"question": "x"}',
        '{"id": 1, "question": null}',
        '{"id": 1, "question": 7}',
    ],
)
def test_wrong_line_of_questions_is_named(
    built: tuple[Path, Path], tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(f'{{"id": 1, "question": "gemeenten"}}\n{line}\n')
    code = main(
        ["ask", "--questions", str(path), "--corpus", str(built[0]), "--index", str(built[1])]
    )
    out, err = capsys.readouterr()
    assert code in (1, 2)
    assert out == ""
    assert "regel 2" in err


def test_one_empty_question_does_not_stop_the_others(
    built: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text('{"id": 1, "question": ""}\n{"id": 2, "question": "gemeenten"}\n')
    code = main(
        ["ask", "--questions", str(path), "--corpus", str(built[0]), "--index", str(built[1])]
    )
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == [1, 2]
    assert rows[1]["hits"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--document", LETTER], {LETTER}),
        (["--from", "2021-03-25"], {"nieuwsbericht-kabinetsreactie-wrr"}),
        (["--to", "2021-03-24"], {LETTER}),
        (["--theme", "Thema 2: Samenhang versterken"], {LETTER}),
        (["--from", "2022-01-01"], set()),
    ],
)
def test_filters(
    where: list[str], options: list[str], documents: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", ROLE, "--json", *options, *where]) == 0
    values = json.loads(capsys.readouterr().out)
    assert {hit["document"] for hit in values["hits"]} == documents


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["???"],
        ["😀"],
        ["gemeente " * 1111],
        [ROLE, "--top", "0"],
        [ROLE, "--top", "101"],
        [ROLE, "--from", "2021-13-01"],
        [ROLE, "--from", "24-03-2021"],
        [ROLE, "--to", "20210324"],
        [ROLE, "--theme", "bestaat niet"],
        [ROLE, "--document", "bestaat-niet"],
        ["--questions", "bestaat-niet.jsonl"],
    ],
)
def test_what_can_not_be_asked_gets_a_message(
    where: list[str], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", *arguments, *where]) in (1, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bestaat-niet"],
        ["ask"],
        ["ask", "een", "twee"],
        ["ask", "x", "--top", "veel"],
        ["ask", "x", "--questions", "y"],
        ["ask", "x", "--bestaat-niet"],
        ["ask", "x", "--theme"],
        ["documents", "x"],
        ["index", "--corpus"],
        ["stance"],
        ["stance", "x", "--holder"],
        ["reactions"],
        ["reactions", "x", "--word"],
    ],
)
def test_wrong_usage_exits_with_2_in_dutch(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    out, err = capsys.readouterr()
    assert left.value.code == 2
    assert out == ""
    assert "gebruik:" in err
    for english in ("usage", "error", "required", "invalid", "argument ", "expected"):
        assert english not in err


@pytest.mark.parametrize(
    "command",
    [[], ["index"], ["ask"], ["stance"], ["reactions"], ["documents"], ["serve"]],
)
def test_help_is_dutch_and_exits_with_0(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    out = capsys.readouterr().out
    assert left.value.code == 0
    assert "gebruik:" in out
    assert "usage" not in out
    if command:
        assert "--corpus" in out
        assert "--index" in out


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ['foo AND (bar OR "x', "' OR 1=1; --", "text:a^2 -x *", "de het een"]
)
def test_query_syntax_is_an_ordinary_question(
    where: list[str], question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", question, "--json", *where]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == question


@pytest.mark.slow
def test_question_that_is_no_utf_8(where: list[str]) -> None:
    assert run("ask", b"gemeenten \xff\xfe", "--json", *where).json["hits"]


@pytest.mark.slow
def test_documents(where: list[str]) -> None:
    done = run("documents", "--json", *where)
    assert (done.code, done.err) == (0, "")
    assert {entry["id"] for entry in done.json} == {LETTER, "nieuwsbericht-kabinetsreactie-wrr"}
    told = run("documents", *where).out
    assert LETTER in told
    assert "(geschat)" in told


@pytest.mark.slow
def test_no_index_no_corpus(tmp_path: Path, built: tuple[Path, Path]) -> None:
    shutil.copytree(built[0], tmp_path / "corpus")
    done = run("ask", ROLE, folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "kamerwijzer index" in done.err
    shutil.rmtree(tmp_path / "corpus")
    done = run("index", folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "corpus" in done.err


@pytest.mark.slow
def test_damaged_and_outdated_index(tmp_path: Path, built: tuple[Path, Path]) -> None:
    shutil.copytree(built[0], tmp_path / "corpus")
    shutil.copytree(built[1], tmp_path / "index")
    (tmp_path / "corpus" / "nieuw.md").write_text("Nieuw.\n")
    done = run("ask", ROLE, "--corpus", "corpus", folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "kamerwijzer index" in done.err
    (tmp_path / "index" / "CURRENT").write_bytes(b"\xff\xfe")
    done = run("ask", ROLE, folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "kamerwijzer index" in done.err


@pytest.mark.slow
def test_index_then_ask_with_the_default_folders(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bad.txt").write_text("Het zwembad gaat om zeven uur open.\n")
    done = run("index", folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert "1 document" in done.err
    again = run("index", "--if-needed", folder=tmp_path)
    assert (again.code, again.out) == (0, "")
    assert len(list((tmp_path / "index").glob("gen-*"))) == 1
    values = run("ask", "Hoe laat gaat het zwembad open?", "--json", folder=tmp_path).json
    assert values["answer"]["text"] == "Het zwembad gaat om zeven uur open."


@pytest.mark.slow
def test_reader_that_goes_away_gets_no_traceback(where: list[str]) -> None:
    command = [sys.executable, "-m", "search", "ask", ROLE, "--top", "100", *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        _, err = process.communicate()
    assert b"Traceback" not in err


@pytest.mark.slow
def test_everyday_use_imports_neither_torch_nor_nltk(where: list[str]) -> None:
    code = (
        "import sys; from search.__main__ import main; main(sys.argv[1:]); "
        "print([m for m in ('torch', 'nltk', 'streamlit', 'sentence_transformers') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "ask", ROLE, *where], capture_output=True, text=True
    )
    assert done.stderr.strip() == "[]"
