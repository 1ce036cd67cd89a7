"""How far a long piece of work is, on the terminal and for a program."""

from __future__ import annotations

import json

import pytest

from search.cli.output import progress_line
from search.progress import ProgressLine, time_left
from search.wording import duration


@pytest.mark.parametrize(
    ("done", "total", "spent", "left"),
    [
        (10, 100, 5.0, 45.0),
        (100, 100, 9.0, 0.0),
        (10, 100, 1.0, None),
        (0, 100, 60.0, None),
        (0, 0, 60.0, None),
    ],
)
def test_time_left(done: int, total: int, spent: float, left: float | None) -> None:
    assert time_left(done, total, spent) == left


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1 seconde"),
        (1.4, "1 seconde"),
        (42, "42 seconden"),
        (61, "1 minuut"),
        (600, "10 minuten"),
    ],
)
def test_durations_are_said_as_people_do(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_where_nobody_looks_only_the_end_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    show = ProgressLine()
    for done in range(4):
        show("Documenten verwerken", done, 3)
    assert capsys.readouterr().err == "Documenten verwerken: 3\n"


def test_a_program_gets_each_step_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERWIJZER_PROGRESS", "json")
    progress_line()("Ophalen", 1, 2)
    assert json.loads(capsys.readouterr().err) == {"progress": ["Ophalen", 1, 2]}


def test_a_terminal_shows_a_bar_and_the_time_that_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    clock = iter([100.0, 100.0, 110.0, 140.0])
    monkeypatch.setattr("search.progress.time.monotonic", lambda: next(clock))
    show = ProgressLine()
    show("Ophalen", 0, 4)
    show("Ophalen", 1, 4)
    show("Ophalen", 4, 4)
    begun, halfway, ended = capsys.readouterr().err.split("\r")[1:]
    assert "0/4" in begun
    assert "nog" not in begun
    assert "1/4  nog 30 seconden" in halfway
    assert "█" * 30 in ended
    assert ended.endswith("\n")
    assert "nog" not in ended
