"""From a corpus folder to an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.engine import Engine
from search.errors import ModelError, ReadingError
from search.indexing import build_index
from search.indexing.stages import Read, prepared
from search.settings import Settings
from search.storage import Indexable, LocalStore
from search.storage.local.generations import current_generation


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Make an empty corpus folder and name an index folder."""
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus", tmp_path / "index"


@pytest.mark.slow
def test_odd_documents_are_indexed_together(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    (corpus / "alleen-koppen.md").write_text("# Een\n\n## Twee\n")
    (corpus / "een-regel.txt").write_text("De gemeente plant bomen")
    (corpus / "windows.txt").write_bytes("De coördinatie is geregeld.\r\n".encode("cp1252"))
    (corpus / "map").mkdir()
    (corpus / "map" / "kst-1-2.md").write_text("Het zwembad gaat om zeven uur open.\n")
    manifest = build_index(Settings(corpus, index))
    assert (manifest.documents, manifest.passages) == (4, 3)
    engine = Engine.open(Settings(corpus, index))
    for question, document in [
        ("Wie plant bomen?", "een-regel"),
        ("coördinatie", "windows"),
        ("Hoe laat gaat het zwembad open?", "map/kst-1-2"),
    ]:
        assert engine.ask(question).hits[0].passage.document == document
    assert engine.document("alleen-koppen").text == "Een\n\nTwee"
    engine.close()


@pytest.mark.slow
def test_corpus_of_headings_alone_has_no_hits(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    (corpus / "koppen.md").write_text("# Een\n\n## Twee\n")
    assert build_index(Settings(corpus, index)).passages == 0
    engine = Engine.open(Settings(corpus, index))
    answer = engine.ask("een twee drie")
    assert answer.hits == ()
    assert not answer.answerable
    engine.close()


@pytest.mark.slow
def test_very_long_sentence_is_found_at_its_place(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    words = [f"woord{i}" for i in range(250)]
    words[200] = "zeppelin"
    (corpus / "lang.md").write_text(" ".join(words) + ".\n")
    build_index(Settings(corpus, index))
    engine = Engine.open(Settings(corpus, index))
    hit = engine.ask("zeppelin", top=1).hits[0]
    assert "zeppelin" in hit.passage.text
    text = engine.document("lang").text
    assert text[hit.passage.start : hit.passage.end] == hit.passage.text
    engine.close()


@pytest.mark.slow
def test_same_name_with_two_endings_is_two_documents(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    (corpus / "a.md").write_text("Het zwembad gaat open.\n")
    (corpus / "a.txt").write_text("De bibliotheek gaat dicht.\n")
    build_index(Settings(corpus, index))
    engine = Engine.open(Settings(corpus, index))
    assert {entry.id for entry in engine.documents()} == {"a", "a.txt"}
    assert engine.ask("bibliotheek", top=1).hits[0].passage.document == "a.txt"
    engine.close()


@pytest.mark.slow
def test_progress_is_told_from_the_first_to_the_last(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    (corpus / "a.md").write_text("Het zwembad gaat open. Het is druk.\n")
    told: list[tuple[str, int, int]] = []
    build_index(Settings(corpus, index), progress=lambda *each: told.append(each))
    assert told
    for what in {what for what, _, _ in told}:
        counts = [(done, total) for name, done, total in told if name == what]
        assert counts[-1][0] == counts[-1][1]
        assert [done for done, _ in counts] == sorted(done for done, _ in counts)


@pytest.mark.slow
def test_documents_of_other_programs_are_named_with_what_to_do(folders: tuple[Path, Path]) -> None:
    corpus, index = folders
    (corpus / "brief.md").write_text("De gemeente plant bomen.\n")
    for name in ("brief.doc", "nota.RTF", "cijfers.xlsx"):
        (corpus / name).write_bytes(b"\xd0\xcf\x11\xe0")
    manifest = build_index(Settings(corpus, index))
    assert manifest.documents == 1
    assert manifest.failed.keys() == {"brief.doc", "nota.RTF", "cijfers.xlsx"}
    for name, reason in manifest.failed.items():
        assert f"{name} kan niet worden gelezen" in reason
    assert "sla het op als .docx" in manifest.failed["nota.RTF"]
    assert "bewaar het blad waar het om gaat als .pdf" in manifest.failed["cijfers.xlsx"]


@pytest.mark.slow
def test_nothing_to_read_makes_no_index(folders: tuple[Path, Path]) -> None:
    with pytest.raises(ReadingError):
        build_index(Settings(*folders))
    assert current_generation(folders[1]) == ""


def test_unknown_model_makes_no_index(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (folders[0] / "a.md").write_text("Het zwembad gaat open.\n")
    with pytest.raises(ModelError):
        build_index(Settings(*folders, model=str(tmp_path / "geen-model")))
    assert current_generation(folders[1]) == ""


@pytest.mark.slow
def test_building_twice_gives_the_same_answers(built: tuple[Path, Path], tmp_path: Path) -> None:
    build_index(Settings(built[0], tmp_path / "index"))
    one, two = Engine.open(Settings(*built)), Engine.open(Settings(built[0], tmp_path / "index"))
    question = "Welke rol ziet de WRR voor gemeenten?"
    first, second = one.ask(question), two.ask(question)
    assert [h.passage for h in first.hits] == [h.passage for h in second.hits]
    assert first.quote == second.quote
    one.close()
    two.close()


@pytest.mark.slow
def test_a_second_build_takes_over_what_has_not_changed(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, index = folders
    for name in ("een", "twee", "drie"):
        (corpus / f"{name}.md").write_text(f"# Brief {name}\n\nHet kabinet steunt plan {name}.")
    build_index(Settings(corpus, index))
    made: list[str] = []

    def prepared_and_told(read: Iterable[Indexable | Read], *rest: Any) -> Any:
        def told() -> Iterator[Indexable | Read]:
            for each in read:
                if isinstance(each, Read):
                    made.append(each.document.id)
                yield each

        return prepared(told(), *rest)

    monkeypatch.setattr("search.indexing.build.prepared", prepared_and_told)
    build_index(Settings(corpus, index))
    assert made == []
    (corpus / "twee.md").write_text("# Brief twee\n\nHet kabinet wijst plan twee af.")
    (corpus / "vier.md").write_text("# Brief vier\n\nHet kabinet steunt plan vier.")
    (corpus / "drie.toml").write_text('subject = "Derde"')
    (corpus / "een.md").unlink()
    manifest = build_index(Settings(corpus, index))
    assert sorted(made) == ["drie", "twee", "vier"]
    assert manifest.corpus["twee.md"].changed
    assert not manifest.corpus["vier.md"].changed


@pytest.mark.slow
def test_what_was_taken_over_is_what_a_fresh_build_makes(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, index = folders
    for name in ("b", "c", "d"):
        (corpus / f"{name}.md").write_text(f"# Brief {name}\n\n" + "Het kabinet steunt dit. " * 30)
    build_index(Settings(corpus, index))
    (corpus / "a.md").write_text("# Brief a\n\nHet kabinet wijst dit af. Dat is jammer.")
    (corpus / "c.md").unlink()
    build_index(Settings(corpus, index))
    build_index(Settings(corpus, tmp_path / "vers"))
    grown, fresh = (LocalStore(each).open() for each in (index, tmp_path / "vers"))
    assert [each.id for each in grown.listed()] == ["a", "b", "d"]
    for each in grown.listed():
        assert grown.stored(each.id) == fresh.stored(each.id)
    count = grown.manifest.passages
    assert np.array_equal(grown.vectors.rows(0, count), fresh.vectors.rows(0, count))
    assert np.array_equal(
        grown.sentence_vectors.rows(0, grown.manifest.sentences),
        fresh.sentence_vectors.rows(0, grown.manifest.sentences),
    )
    terms, boosts = ["kabinet", "jammer"], {"passage": 1.0, "surroundings": 1.0}
    assert grown.lexical.search(terms, boosts, 10) == fresh.lexical.search(terms, boosts, 10)
    grown.close()
    fresh.close()
