"""Work beside the app: how far it is, what it said, and that one piece of it runs at a time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.ui.jobs import Job, Jobs, time_left

WITHIN = 30.0


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that sets, in Python, what `kamerwijzer` does in this test."""

    def say(code: str) -> None:
        # In place of the package that `python -m search` runs.
        (tmp_path / "search").mkdir(exist_ok=True)
        (tmp_path / "search" / "__init__.py").touch()
        (tmp_path / "search" / "__main__.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return say


def ended(jobs: Jobs) -> Job:
    """Wait until the work has ended, and return it."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        job = jobs.current
        if job and not job.running:
            return job
        time.sleep(0.01)
    pytest.fail(f"the work did not end within {WITHIN} s: {jobs.current}")


def wait_for(met: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    until = time.monotonic() + WITHIN
    while not met():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_share_is_what_is_done_of_the_step() -> None:
    assert Job("x", done=3, total=12).share == 0.25
    assert Job("x").share == 0.0
    assert Job("x", done=5, total=4).share == 1.0


def test_the_time_that_is_left_follows_from_what_was_done() -> None:
    # 30 of 120 in 10 seconds: 90 more take 30.
    job = Job("x", done=30, total=120, step_began=100.0)
    assert time_left(job, 110.0) == 30.0
    assert time_left(Job("x", done=120, total=120, step_began=100.0), 110.0) == 0.0


@pytest.mark.parametrize(
    "job",
    [
        Job("x", done=0, total=120, step_began=100.0),
        Job("x", done=5, total=0, step_began=100.0),
        Job("x", done=30, total=120, step_began=108.0),
    ],
)
def test_without_enough_to_go_by_nothing_is_guessed(job: Job) -> None:
    assert time_left(job, 110.0) is None


def test_a_command_tells_how_far_it_is_and_what_it_said(command: Callable[[str], None]) -> None:
    command(
        "import os, sys, json\n"
        "assert os.environ['KAMERWIJZER_PROGRESS'] == 'json'\n"
        "print('Verslag: één ding')\n"
        "for done in (1, 2): print(json.dumps({'progress': ['Lezen', done, 2]}), file=sys.stderr)\n"
        "print('Klaar: ' + ' '.join(sys.argv[1:]), file=sys.stderr)\n"
        "print('{\"progress\": 3}')\n"
    )
    jobs = Jobs()
    assert jobs.current is None
    assert jobs.start("Werk", ["index", "--x", "<b>"])
    assert jobs.busy
    job = ended(jobs)
    assert (job.name, job.code, job.step, job.done, job.total) == ("Werk", 0, "Lezen", 2, 2)
    assert job.said == ("Verslag: één ding", "Klaar: index --x <b>", '{"progress": 3}')
    assert not jobs.busy


def test_commands_run_in_turn_and_the_first_failure_is_told(
    command: Callable[[str], None],
) -> None:
    command("import sys\nprint(sys.argv[1])\nsys.exit(int(sys.argv[2]))\n")
    jobs = Jobs()
    jobs.start("Werk", ["een", "0"], ["twee", "1"], ["drie", "0"])
    job = ended(jobs)
    assert job.said == ("een", "twee", "drie")
    assert job.code == 1


def test_work_that_comes_meanwhile_waits_and_is_done_once(
    command: Callable[[str], None], tmp_path: Path
) -> None:
    gate, log = tmp_path / "poort", tmp_path / "log"
    command(
        "import sys, time, pathlib\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.01)\n"
        f"print(sys.argv[1], file=open({str(log)!r}, 'a'))\n"
    )
    jobs = Jobs()
    assert jobs.start("Een", ["een"])
    assert not jobs.start("Twee", ["twee"])
    assert not jobs.start("Twee", ["twee"])
    assert not jobs.start("Drie", ["drie"])
    jobs.dismiss()
    assert jobs.current is not None
    assert jobs.current.name == "Een"
    gate.touch()
    assert ended(jobs).name == "Drie"
    assert log.read_text().split() == ["een", "twee", "drie"]
    # Work that has ended may be started again.
    assert jobs.start("Twee", ["twee"])
    ended(jobs)
    assert log.read_text().split() == ["een", "twee", "drie", "twee"]


def test_a_crash_is_told_in_dutch_and_logged_for_the_keeper(
    command: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    command("print('Begonnen')\nraise RuntimeError('secret detail')\n")
    jobs = Jobs()
    jobs.start("Werk", ["index"])
    job = ended(jobs)
    assert job.code == 1
    assert job.said[0] == "Begonnen"
    assert job.said[1].startswith("Het werk is onverwacht gestopt.")
    assert len(job.said) == 2
    assert "secret detail" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to be killed by")
def test_work_that_is_killed_is_told(command: Callable[[str], None]) -> None:
    command("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    jobs = Jobs()
    jobs.start("Werk", ["index"])
    job = ended(jobs)
    assert job.code is not None
    assert job.code < 0
    assert job.said[0].startswith("Het werk is onverwacht gestopt.")


def test_what_can_not_be_started_ends_at_once(command: Callable[[str], None]) -> None:
    command("print('gedaan')")
    jobs = Jobs()
    jobs.start("Werk", ["fetch", "--", "a\x00b"])
    assert ended(jobs).code == 1
    assert jobs.start("Werk", ["index"])
    assert ended(jobs).said == ("gedaan",)


def test_a_talkative_command_fills_no_memory(command: Callable[[str], None]) -> None:
    command("for n in range(1000): print(n)\nprint('x' * 1_000_000)\nprint('slot')\n")
    jobs = Jobs()
    jobs.start("Werk", ["index"])
    said = ended(jobs).said
    assert len(said) == 200
    assert said[-1] == "slot"


def test_an_ended_job_can_be_dismissed(command: Callable[[str], None]) -> None:
    command("")
    jobs = Jobs()
    jobs.start("Werk", ["index"])
    ended(jobs)
    jobs.dismiss()
    assert jobs.current is None


def test_the_app_is_busy_while_files_come_and_go() -> None:
    jobs = Jobs()
    with jobs.changing():
        with jobs.changing():
            assert jobs.busy
        assert jobs.busy
    assert not jobs.busy


def test_the_app_is_not_busy_for_ever_when_a_file_can_not_be_added() -> None:
    jobs = Jobs()
    with pytest.raises(OSError, match="vol"), jobs.changing():
        raise OSError("vol")
    assert not jobs.busy


def test_a_step_begins_anew_with_its_own_clock(
    command: Callable[[str], None], tmp_path: Path
) -> None:
    gate = tmp_path / "poort"
    command(
        "import json, pathlib, time\n"
        "print(json.dumps({'progress': ['Lezen', 9, 9]}))\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.01)\n"
        "print(json.dumps({'progress': ['Omzetten', 1, 9]}))\n"
    )
    jobs = Jobs()
    jobs.start("Werk", ["index"])
    wait_for(lambda: jobs.current and jobs.current.step == "Lezen")
    first = jobs.current
    gate.touch()
    last = ended(jobs)
    assert first is not None
    assert last.step == "Omzetten"
    assert last.step_began > first.step_began
