"""Where an index is kept, as a user writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from search.errors import UsageError
from search.indexing import build_index
from search.records import is_database, read_location
from search.settings import Settings
from search.storage import corpus_of


@pytest.mark.parametrize(
    "address", ["postgresql://user@server/kamerwijzer", "postgres://server:5433/kamerwijzer"]
)
def test_an_address_is_a_database(address: str) -> None:
    assert read_location(address) == address
    assert is_database(read_location(address))


@pytest.mark.parametrize("text", ["index", "./postgresql", "/srv/index", "http://server/"])
def test_anything_else_is_a_folder(text: str) -> None:
    assert read_location(text) == Path(text)
    assert not is_database(read_location(text))


def test_a_database_of_the_settings_goes_before_the_folder() -> None:
    url = "postgresql://server/kamerwijzer"
    assert Settings.read(environment={}).index == Path("index")
    assert Settings.read(environment={"KAMERWIJZER_INDEX": "map"}).index == Path("map")
    both = {"KAMERWIJZER_INDEX": "map", "KAMERWIJZER_DATABASE_URL": url}
    assert Settings.read(environment=both).index == url
    assert Settings.read({"index": "ander"}, both).index == Path("ander")


def test_what_is_no_address_of_a_database_is_refused() -> None:
    said = {"KAMERWIJZER_DATABASE_URL": "mysql://jan:geheim@server/x"}
    with pytest.raises(UsageError, match=r"KAMERWIJZER_DATABASE_URL.*postgresql://") as refused:
        Settings.read(environment=said)
    assert "geheim" not in str(refused.value)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """Return a corpus folder of one document and its index, which lies elsewhere."""
    corpus, index = tmp_path / "een" / "stukken", tmp_path / "twee" / "index"
    corpus.mkdir(parents=True)
    (corpus / "bij.md").write_text("De bijen doen het goed op Terschelling.\n", "utf-8")
    build_index(Settings(corpus, index))
    return corpus, index


def test_an_index_knows_the_folder_that_it_was_built_from(small: tuple[Path, Path]) -> None:
    corpus, index = small
    assert corpus_of(Settings(index=index)).samefile(corpus)
    assert corpus_of(Settings(Path("elders"), index)) == Path("elders")
    with Engine.open(Settings(index=index)) as engine:
        assert [entry.id for entry in engine.documents()] == ["bij"]


def test_a_corpus_and_its_index_may_be_moved_together(
    small: tuple[Path, Path], tmp_path: Path
) -> None:
    moved = tmp_path / "verhuisd"
    moved.mkdir()
    for name in ("een", "twee"):
        (tmp_path / name).rename(moved / name)
    with Engine.open(Settings(index=moved / "twee" / "index")) as engine:
        engine.check()
        assert engine.ask("Hoe gaat het met de bijen op Terschelling?").hits


def test_without_an_index_the_corpus_is_the_usual_folder(tmp_path: Path) -> None:
    assert corpus_of(Settings(index=tmp_path)) == Path("corpus")
