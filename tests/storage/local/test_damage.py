"""A missing, damaged or outdated index is noticed, says so and names the command that mends it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from search.engine import Engine
from search.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnusable,
    KamerwijzerError,
    ReadingError,
)
from search.files import checksum
from search.indexing import build_index
from search.settings import Settings
from search.storage import FORMAT, LocalStore
from search.storage.local.generations import current_folder, new_generation

MENDS = "kamerwijzer index"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a small index once; tests change a copy of it."""
    folder = tmp_path_factory.mktemp("small")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "een.md").write_text("# Opvang\n\nDe gemeente regelt de opvang.\n\nHet Rijk niet.\n")
    (corpus / "een.toml").write_text('issuer = "Kabinet"\n')
    (corpus / "twee.txt").write_text("Kort bericht\n\nDe provincie doet hier niets aan, zegt zij\n")
    build_index(Settings(corpus, folder / "index"))
    return corpus, folder / "index"


@pytest.fixture
def small(original: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the small corpus and its index."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(original[0], corpus)
    shutil.copytree(original[1], index)
    return corpus, index


def open_without_model(corpus: Path, index: Path) -> None:
    """Do what the engine does to open an index, but for loading the model."""
    opened = LocalStore(index).open()
    try:
        opened.manifest.check_corpus(corpus)
    finally:
        opened.close()


def manifest_of(index: Path) -> Path:
    return current_folder(index) / "manifest.json"


def rewrite(index: Path, **values: object) -> None:
    """Write other values into the manifest, as a version that wants them would."""
    path = manifest_of(index)
    changed = {**json.loads(path.read_text("utf-8")), **values}
    del changed["checksum"]
    text = json.dumps(changed, ensure_ascii=False, sort_keys=True)
    changed["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(changed), "utf-8")


def generation_files(original: tuple[Path, Path]) -> list[Path]:
    folder = current_folder(original[1])
    names = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return [Path(name) for name in names] + [Path("manifest.json")]


def test_sound_index_opens(small: tuple[Path, Path]) -> None:
    engine = Engine.open(Settings(*small))
    assert engine.ask("Wie regelt de opvang?").hits[0].passage.document == "een"
    engine.close()


def test_missing_index(small: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=MENDS):
        Engine.open(Settings(small[0], tmp_path / "weg"))


def test_index_that_is_a_file(small: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(IndexUnusable, match=MENDS):
        Engine.open(Settings(small[0], tmp_path / "bestand"))


@pytest.mark.parametrize(
    "content", [b"", b"gen-nergens\n", b"\xff\xfe\x00", b"\x00", b"..", b"../../..", b"x" * 5000]
)
def test_current_that_points_nowhere(small: tuple[Path, Path], content: bytes) -> None:
    (small[1] / "CURRENT").write_bytes(content)
    with pytest.raises(IndexUnusable, match=MENDS):
        open_without_model(*small)


@pytest.mark.slow
def test_every_file_is_guarded(original: tuple[Path, Path], tmp_path: Path) -> None:
    """Flip a byte of, cut off and remove each file of the generation in turn."""
    files = generation_files(original)
    assert len(files) > 5
    for name in files:
        for harm in ("flip", "cut", "remove"):
            index = tmp_path / harm / "-".join(name.parts)
            shutil.copytree(original[1], index)
            path = current_folder(index) / name
            raw = bytearray(path.read_bytes())
            if harm == "remove":
                path.unlink()
            elif harm == "cut":
                path.write_bytes(raw[: len(raw) // 2])
            else:
                raw[len(raw) // 2] ^= 0xFF
                path.write_bytes(raw)
            with pytest.raises(IndexUnusable, match=MENDS) as error:
                LocalStore(index).open()
            assert str(path.name) in str(error.value)


def test_all_data_files_are_in_the_manifest(original: tuple[Path, Path]) -> None:
    folder = current_folder(original[1])
    here = {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()}
    unguarded = here - set(generation_files(original))
    assert not [p for p in unguarded if p.suffix != ".lock"]


@pytest.mark.parametrize(
    "text", ["", "geen json", "{}", "[]", "null", f'{{"format": {FORMAT}}}', '"x"']
)
def test_manifest_that_is_none(small: tuple[Path, Path], text: str) -> None:
    manifest_of(small[1]).write_text(text)
    with pytest.raises(IndexDamaged, match=MENDS):
        open_without_model(*small)


@pytest.mark.parametrize("number", [0, 99, "1", None])
def test_other_format_is_outdated(small: tuple[Path, Path], number: object) -> None:
    rewrite(small[1], format=number)
    with pytest.raises(IndexOutdated, match=MENDS):
        open_without_model(*small)


def test_other_model_fingerprint_is_outdated(small: tuple[Path, Path]) -> None:
    rewrite(small[1], fingerprint="anders")
    with pytest.raises(IndexOutdated, match=MENDS):
        Engine.open(Settings(*small))


@pytest.mark.parametrize("field", ["passages", "sentences"])
@pytest.mark.parametrize("count", [0, 1, 1000])
def test_counts_that_do_not_fit_are_damage(
    small: tuple[Path, Path], field: str, count: int
) -> None:
    rewrite(small[1], **{field: count})
    with pytest.raises(IndexDamaged, match=MENDS):
        open_without_model(*small)


def changed(corpus: Path) -> None:
    path = corpus / "een.md"
    path.write_text(path.read_text("utf-8").replace("regelt", "betaalt"), "utf-8")


def changed_to_the_same_length(corpus: Path) -> None:
    path = corpus / "een.md"
    path.write_text(path.read_text("utf-8").replace("opvang", "OPVANG"), "utf-8")


def sidecar_changed(corpus: Path) -> None:
    (corpus / "een.toml").write_text('issuer = "Anders"\n')


def sidecar_added(corpus: Path) -> None:
    (corpus / "twee.toml").write_text('issuer = "Anders"\n')


def sidecar_removed(corpus: Path) -> None:
    (corpus / "een.toml").unlink()


def added(corpus: Path) -> None:
    (corpus / "drie.md").write_text("Nog een document.\n")


def removed(corpus: Path) -> None:
    (corpus / "twee.txt").unlink()


@pytest.mark.parametrize(
    "change",
    [
        changed,
        changed_to_the_same_length,
        sidecar_changed,
        sidecar_added,
        sidecar_removed,
        added,
        removed,
    ],
)
def test_changed_corpus_is_outdated(small: tuple[Path, Path], change: object) -> None:
    assert callable(change)
    open_without_model(*small)
    change(small[0])
    with pytest.raises(IndexOutdated, match=MENDS):
        open_without_model(*small)


@pytest.mark.slow
def test_open_engine_notices_a_changed_corpus_and_a_build_mends_it(
    small: tuple[Path, Path],
) -> None:
    engine = Engine.open(Settings(*small))
    changed(small[0])
    with pytest.raises(IndexOutdated, match=MENDS):
        engine.check()
    engine.close()
    build_index(Settings(*small))
    engine = Engine.open(Settings(*small))
    assert "betaalt" in engine.ask("opvang").hits[0].passage.text
    engine.close()


def test_file_that_was_only_touched_is_not_outdated(small: tuple[Path, Path]) -> None:
    (small[0] / "een.md").touch()
    open_without_model(*small)


def test_files_that_are_no_documents_do_not_count(small: tuple[Path, Path]) -> None:
    (small[0] / "plaatje.png").write_bytes(b"PNG")
    (small[0] / ".verborgen.md").write_text("x")
    open_without_model(*small)


def test_corpus_that_is_gone(small: tuple[Path, Path]) -> None:
    shutil.rmtree(small[0])
    with pytest.raises(KamerwijzerError, match="bestaat niet"):
        open_without_model(*small)


def test_interrupted_build_leaves_the_old_generation(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {p.name for p in small[1].iterdir()}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("search.indexing.build.Manifest.write", stop)
    with pytest.raises(KeyboardInterrupt):
        build_index(Settings(*small))
    monkeypatch.undo()
    assert {p.name for p in small[1].iterdir()} == before
    open_without_model(*small)


def test_an_unreadable_document_is_named_and_the_others_go_on(small: tuple[Path, Path]) -> None:
    (small[0] / "leeg.md").write_text("")
    manifest = build_index(Settings(*small))
    assert manifest.documents == 2
    assert list(manifest.failed) == ["leeg.md"]
    assert "bevat geen tekst" in manifest.failed["leeg.md"]
    # What failed is known to the index, so that it is not out of date because of it.
    open_without_model(*small)


def test_without_any_readable_document_the_old_generation_stays(small: tuple[Path, Path]) -> None:
    generation = current_folder(small[1])
    for path in small[0].iterdir():
        path.write_text("")
    with pytest.raises(ReadingError, match=r"een\.md"):
        build_index(Settings(*small))
    assert current_folder(small[1]) == generation


def test_a_generation_that_is_read_is_not_removed(small: tuple[Path, Path]) -> None:
    engine = Engine.open(Settings(*small))
    folder = current_folder(small[1])
    for _ in range(3):
        with new_generation(small[1]) as fresh:
            (fresh / "inhoud").write_text("x")
    assert folder.is_dir()
    engine.close()
    with new_generation(small[1]) as fresh:
        (fresh / "inhoud").write_text("x")
    assert not folder.exists()


@pytest.mark.slow
def test_reader_keeps_its_generation_while_a_new_one_is_built(small: tuple[Path, Path]) -> None:
    engine = Engine.open(Settings(*small))
    assert engine.is_current()
    build_index(Settings(*small))
    assert not engine.is_current()
    assert engine.ask("Wie regelt de opvang?").hits
    engine.close()


def test_old_generations_are_removed(small: tuple[Path, Path]) -> None:
    before = current_folder(small[1])
    for _ in range(3):
        with new_generation(small[1]) as folder:
            (folder / "inhoud").write_text("x")
    folders = [p for p in small[1].iterdir() if p.is_dir()]
    assert len(folders) == 2
    assert before not in folders
    assert current_folder(small[1]) in folders


def test_index_folder_that_cannot_be_written(small: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(IndexUnusable, match="--index"):
        build_index(Settings(small[0], tmp_path / "bestand"))


def test_checksum(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert checksum(tmp_path / "x").startswith("ba7816bf8f01cfea414140de5dae2223")
