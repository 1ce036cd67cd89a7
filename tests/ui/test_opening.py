"""The engine behind the pages: opened once a generation, and strict but while work is going on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.errors import IndexMissing, IndexOutdated
from search.indexing import build_index
from search.ui import opening
from search.ui.jobs import Jobs
from search.ui.opening import CORPUS, INDEX, folders, open_engine


@pytest.fixture
def corpus(built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app stand on a copy of the corpus and its index."""
    shutil.copytree(built[0], tmp_path / "corpus")
    shutil.copytree(built[1], tmp_path / "index")
    monkeypatch.setenv(CORPUS, str(tmp_path / "corpus"))
    monkeypatch.setenv(INDEX, str(tmp_path / "index"))
    return tmp_path / "corpus"


def test_a_changed_corpus_is_told_but_not_while_the_app_is_at_work_on_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Jobs()
    monkeypatch.setattr(opening, "jobs", lambda: work)
    first = open_engine()
    assert open_engine() is first
    (corpus / "nieuw.md").write_text("Een nieuwe brief.\n")
    with work.changing():
        assert open_engine() is first
    with pytest.raises(IndexOutdated, match=r"nieuw\.md is nieuw"):
        open_engine()
    build_index(*folders())
    second = open_engine()
    assert second is not first
    assert "nieuw" in {entry.id for entry in second.documents()}


def test_without_variables_the_folders_are_those_of_the_project(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(CORPUS, raising=False)
    monkeypatch.delenv(INDEX, raising=False)
    root = Path(__file__).resolve().parents[2]
    assert folders() == (root / "corpus", root / "index")


def test_no_index_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INDEX, str(corpus.parent / "nergens"))
    with pytest.raises(IndexMissing, match="kamerwijzer index"):
        open_engine()
