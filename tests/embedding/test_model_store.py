"""A cache that is missing, damaged, or made by two at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from search.embedding import Encoder, load_encoder, prepare_builtin
from search.embedding.builtin.prepare import GRAPH, TABLE, VERSION, builtin_folder
from search.embedding.model_store import (
    CacheUnusable,
    ModelManifest,
    check_folder,
    install_folder,
    seal_folder,
)
from search.errors import ModelError
from search.files import default_cache


def _fill(folder: Path) -> None:
    (folder / "een.bin").write_bytes(b"1" * 1000)
    (folder / "twee.bin").write_bytes(b"2" * 1000)
    seal_folder(folder, ModelManifest(1, "proef", "abc", 4, 8, {}))


def _is_good(folder: Path) -> bool:
    try:
        check_folder(folder, 1)
    except CacheUnusable:
        return False
    return True


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    install_folder(tmp_path / "model", _fill, _is_good)
    return tmp_path / "model"


def test_a_sound_folder_is_accepted(sealed: Path) -> None:
    manifest = check_folder(sealed, 1)
    assert manifest.fingerprint == "abc"
    assert manifest.files["een.bin"][0] == 1000
    assert [path.name for path in sealed.parent.iterdir()] == ["model"]


def _flip_byte_and_hide_it(folder: Path) -> None:
    path = folder / "een.bin"
    before = path.stat()
    path.write_bytes(b"1" * 999 + b"X")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "truncated": lambda folder: (folder / "een.bin").write_bytes(b"1" * 999),
    "tampered": _flip_byte_and_hide_it,
    "file gone": lambda folder: (folder / "twee.bin").unlink(),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: (folder / "manifest.json").write_bytes(b'{"files": {'),
    "manifest changed": lambda folder: (folder / "manifest.json").write_text(
        (folder / "manifest.json").read_text().replace('"abc"', '"abd"')
    ),
    "manifest no object": lambda folder: (folder / "manifest.json").write_text("[]"),
    "manifest null": lambda folder: (folder / "manifest.json").write_text("null"),
    "folder gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_noticed_and_mended(sealed: Path, damage: Callable[[Path], object]) -> None:
    damage(sealed)
    with pytest.raises(CacheUnusable):
        check_folder(sealed, 1)
    install_folder(sealed, _fill, _is_good)
    check_folder(sealed, 1)
    assert [path.name for path in sealed.parent.iterdir()] == ["model"]


def test_a_folder_that_may_not_be_looked_into_is_not_used(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's cache: preparing a copy says what to do, instead of a traceback."""

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", forbidden)
    assert not _is_good(sealed)


def test_another_version_is_not_used(sealed: Path) -> None:
    with pytest.raises(CacheUnusable, match="andere versie"):
        check_folder(sealed, 2)


@pytest.mark.parametrize("stamps", ["", "[]", "null", "{}"])
def test_lost_or_broken_stamps_only_cost_a_hash(sealed: Path, stamps: str) -> None:
    (sealed / "stamps.json").write_text(stamps)
    check_folder(sealed, 1)
    assert "een.bin" in (sealed / "stamps.json").read_text()


def test_a_touched_file_is_hashed_and_accepted(sealed: Path) -> None:
    stamps = (sealed / "stamps.json").read_text()
    os.utime(sealed / "een.bin", (1, 1))
    check_folder(sealed, 1)
    assert (sealed / "stamps.json").read_text() != stamps


def test_a_crash_while_filling_leaves_nothing(tmp_path: Path) -> None:
    def crash(folder: Path) -> None:
        (folder / "half").write_bytes(b"x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install_folder(tmp_path / "model", crash, _is_good)
    assert list(tmp_path.iterdir()) == []


def test_the_first_to_finish_wins(tmp_path: Path) -> None:
    target = tmp_path / "model"

    def overtaken(folder: Path) -> None:
        _fill(folder)
        install_folder(target, _fill, _is_good)
        (target / "merk").touch()

    install_folder(target, overtaken, _is_good)
    assert (target / "merk").exists()


def test_remains_of_a_killed_process_are_removed_after_a_day(tmp_path: Path) -> None:
    for name, when in (("oud", 1.0), ("nieuw", None)):
        (tmp_path / f".model.{name}").mkdir()
        if when:
            os.utime(tmp_path / f".model.{name}", (when, when))
    install_folder(tmp_path / "model", _fill, _is_good)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".model.nieuw", "model"]


def test_a_cache_that_cannot_be_made_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(ModelError, match="KAMERWIJZER_CACHE"):
        install_folder(tmp_path / "bestand" / "model", _fill, _is_good)


def test_the_default_cache_is_the_user_s_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KAMERWIJZER_CACHE", str(tmp_path))
    assert default_cache().name == "kamerwijzer"
    assert builtin_folder().parent == default_cache()


@pytest.mark.slow
@pytest.mark.parametrize("name", [GRAPH, TABLE])
def test_a_tampered_model_is_prepared_again(
    encoder: Encoder, cache: Path, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "kopie"
    shutil.copytree(cache, copy)
    path = builtin_folder(copy) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    lines: list[str] = []
    again = load_encoder(cache=copy, message=lines.append)
    assert any("beschadigd" in line and name in line for line in lines)
    assert again.fingerprint == encoder.fingerprint
    lines.clear()
    whole = load_encoder(cache=copy, message=lines.append)
    assert whole.fingerprint == encoder.fingerprint
    assert prepare_builtin(copy, lines.append) == builtin_folder(copy)
    assert lines == []


@pytest.mark.slow
def test_two_processes_prepare_at_once(tmp_path: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from search.embedding import load_encoder\n"
        "e = load_encoder(cache=Path(sys.argv[1]))\n"
        "print(e.encode_questions(['Wat is het?']).shape)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in running:
        output, _ = process.communicate(timeout=120)
        assert output == "(1, 384)\n"
        assert process.returncode == 0
    check_folder(builtin_folder(tmp_path), VERSION)
    assert len(list(tmp_path.iterdir())) == 1
