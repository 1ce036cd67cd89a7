"""The engine of the pages: opened once a generation, and strict except while work is going on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ui.conftest import use_settings

from search.errors import IndexMissing, IndexOutdated
from search.indexing import build_index
from search.settings import Settings
from search.ui import opening, served
from search.ui.jobs import Jobs
from search.ui.opening import CHECKED_EVERY, Checks, open_engine
from search.ui.served import app_settings


@pytest.fixture
def corpus(built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app use a copy of the corpus and its index."""
    shutil.copytree(built[0], tmp_path / "corpus")
    shutil.copytree(built[1], tmp_path / "index")
    use_settings(monkeypatch, Settings(tmp_path / "corpus", tmp_path / "index"))
    return tmp_path / "corpus"


@pytest.mark.slow
def test_a_changed_corpus_is_told_but_not_while_the_app_is_at_work_on_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, later: Callable[[], None]
) -> None:
    work = Jobs()
    monkeypatch.setattr(opening, "jobs", lambda: work)
    first = open_engine().engine
    assert open_engine().engine is first
    (corpus / "nieuw.md").write_text("Een nieuwe brief.\n")
    later()
    with work.changing():
        assert open_engine().engine is first
    with pytest.raises(IndexOutdated, match=r"nieuw\.md is nieuw"):
        open_engine()
    build_index(app_settings())
    second = open_engine()
    assert second.engine is not first
    assert "nieuw" in {entry.id for entry in second.engine.documents()}
    assert "nieuw" in second.collection


def test_the_corpus_is_looked_at_once_for_all_and_again_when_it_is_time() -> None:
    now, looks = 0.0, 0

    def look() -> None:
        nonlocal looks
        looks += 1

    checks = Checks(look, lambda: now)
    for _ in range(20):
        checks.look()
    assert looks == 0  # it was checked when it was opened
    now = CHECKED_EVERY
    for _ in range(20):
        checks.look()
    assert looks == 1
    now += CHECKED_EVERY
    checks.look()
    assert looks == 2


def test_a_change_is_told_to_everyone_until_it_is_gone() -> None:
    now, changed = 0.0, True

    def look() -> None:
        if changed:
            raise IndexOutdated("b.md is nieuw")

    checks = Checks(look, lambda: now)
    now = CHECKED_EVERY
    told = []
    for _ in range(3):
        with pytest.raises(IndexOutdated, match=r"b\.md is nieuw") as caught:
            checks.look()
        told.append(caught.value)
    # One error that is raised over and over would keep every traceback.
    assert len({id(each) for each in told}) == 3
    changed = False
    now += CHECKED_EVERY
    checks.look()


def test_a_corpus_that_takes_long_to_look_at_is_looked_at_less_often() -> None:
    now, looks = 0.0, 0

    def look() -> None:
        nonlocal now, looks
        now += 1.0
        looks += 1

    checks = Checks(look, lambda: now)
    while now < 100:
        before = now
        checks.look()
        now = max(now, before) + 0.25
    # One second of each twenty, and no more.
    assert 4 <= looks <= 5


def test_sessions_do_not_wait_for_a_check_that_another_is_doing() -> None:
    now, looks = CHECKED_EVERY, 0

    def look() -> None:
        nonlocal looks
        looks += 1
        checks.look()  # as another session would, meanwhile

    checks = Checks(look, lambda: now)
    now += CHECKED_EVERY
    checks.look()
    assert looks == 1


def test_without_settings_the_app_looks_where_the_command_line_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kamerwijzer.toml").write_text('corpus = "stukken"\nindex = "elders"\n')
    monkeypatch.setattr(served, "_SERVED", served._Served())
    assert app_settings() == Settings.read()
    assert (app_settings().corpus, app_settings().index) == (Path("stukken"), Path("elders"))


def test_no_index_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_settings(monkeypatch, replace(app_settings(), index=corpus.parent / "nergens"))
    with pytest.raises(IndexMissing, match="kamerwijzer index"):
        open_engine()
