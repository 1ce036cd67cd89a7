"""The engine behind the pages: opened once a generation, and strict but while work is going on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.paths import ROOT

from search.errors import IndexMissing, IndexOutdated
from search.indexing import build_index
from search.ui import opening
from search.ui.jobs import Jobs
from search.ui.opening import CHECKED_EVERY, CORPUS, INDEX, Checks, folders, open_engine


@pytest.fixture
def corpus(built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app stand on a copy of the corpus and its index."""
    shutil.copytree(built[0], tmp_path / "corpus")
    shutil.copytree(built[1], tmp_path / "index")
    monkeypatch.setenv(CORPUS, str(tmp_path / "corpus"))
    monkeypatch.setenv(INDEX, str(tmp_path / "index"))
    return tmp_path / "corpus"


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
    build_index(*folders())
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
    assert looks == 0  # it was just opened, and so looked at
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
    # One error raised over and over would hold on to all who ever saw it.
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


def test_nobody_waits_for_a_look_that_another_is_taking() -> None:
    now, looks = CHECKED_EVERY, 0

    def look() -> None:
        nonlocal looks
        looks += 1
        checks.look()  # as another session would, meanwhile

    checks = Checks(look, lambda: now)
    now += CHECKED_EVERY
    checks.look()
    assert looks == 1


def test_without_variables_the_folders_are_those_of_the_project(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(CORPUS, raising=False)
    monkeypatch.delenv(INDEX, raising=False)
    root = ROOT
    assert folders() == (root / "corpus", root / "index")


def test_no_index_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INDEX, str(corpus.parent / "nergens"))
    with pytest.raises(IndexMissing, match="kamerwijzer index"):
        open_engine()
