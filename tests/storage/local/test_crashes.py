"""Builds that are killed, hindered or run together leave an index that answers.

The same as `make soak`, but few times: the real command, in processes that are really killed.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.paths import ROOT

from search.engine import Engine
from search.errors import IndexDamaged, IndexMissing, IndexUnusable
from search.files import PART
from search.indexing import build_index
from search.settings import Settings
from search.storage import Manifest
from search.storage.local.generations import (
    build_lock,
    current_folder,
    current_generation,
    new_generation,
)
from search.storage.local.index import LocalIndex
from search.storage.manifest import Watch, read_manifest

PARTS = ("kills", "limits", "other", "damage", "open", "together-2", "together-4")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="forks and signals are of Unix"),
]


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the results of a few trials of each part of the soak, by part."""
    result = tmp_path_factory.mktemp("soak") / "result.json"
    command = [sys.executable, "-m", "benchmarks.reliability", "--kills", "6", "--trials", "4"]
    seed = str(random.randrange(10**6))
    done = subprocess.run(
        [*command, "--seed", seed, "--only", *PARTS, "--json", str(result)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.is_file(), done.stderr
    return {"seed": seed, **json.loads(result.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("kills", {"killed": 6}),
        ("limits", {"after which the generation before answers": 1}),
        ("other", {"clear message": 5, "after which the generation before answers": 5}),
        ("damage", {"new process: clear message": 4}),
        ("open", {"running process: clear message": 4}),
        ("together-2", {"builds that ended well": 4, "said that it waits": 1}),
        ("together-4", {"builds that ended well": 8, "said that it waits": 3}),
    ],
)
def test_nothing_breaks(soaked: dict[str, Any], part: str, wanted: dict[str, int]) -> None:
    assert soaked[part]["faults"] == [], f"seed {soaked['seed']}"
    for what, least in wanted.items():
        assert soaked[part]["counts"].get(what, 0) >= least


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the index of a small corpus once; tests change a copy."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "een.md").write_text("# Opvang\n\nDe gemeente regelt de opvang.\n")
    build_index(Settings(folder / "corpus", folder / "index"))
    return folder


@pytest.fixture
def small(original: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the small corpus and its index."""
    for name in ("corpus", "index"):
        shutil.copytree(original / name, tmp_path / name)
    return tmp_path / "corpus", tmp_path / "index"


def test_what_a_killed_build_left_is_gone_before_the_next_writes(tmp_path: Path) -> None:
    """Otherwise what was left of one build could leave no room for the next."""
    left = tmp_path / "gen-20210324-120000-000000-abcdef.part"
    left.mkdir()
    (left / "texts.sqlite").write_bytes(b"half")
    (tmp_path / f".CURRENT.0a1b2c3d{PART}").write_bytes(b"")
    with build_lock(tmp_path), new_generation(tmp_path) as folder:
        assert {path.name for path in tmp_path.iterdir()} == {".bouw.lock", folder.name}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "is vol"),
        (OSError("1024 requested and 512 written"), "is vol"),
        (sqlite3.OperationalError("database or disk is full"), "is vol"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "is vol"),
        (RuntimeError("Error: 'ret == size' failed: write error in passages.faiss"), "is vol"),
        (OSError(errno.EROFS, "Read-only file system"), "kan niet worden beschreven"),
        (sqlite3.OperationalError("disk I/O error"), "kan niet worden beschreven"),
    ],
)
def test_whatever_library_meets_the_full_disk_the_message_is_ours(
    tmp_path: Path, error: Exception, said: str
) -> None:
    with pytest.raises(IndexUnusable, match=said), new_generation(tmp_path):
        raise error
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_the_program_is_not_called_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not enough values"), new_generation(tmp_path):
        raise ValueError("not enough values to unpack")


@pytest.mark.slow
def test_a_disk_that_is_full_at_the_very_switch_leaves_the_old_generation_alone(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in small[1].iterdir()}
    current = current_generation(small[1])

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("search.storage.local.generations.write_atomically", full)
    with pytest.raises(IndexUnusable, match="de vorige index is nog heel"):
        build_index(Settings(*small))
    assert {path.name for path in small[1].iterdir()} == before
    assert current_generation(small[1]) == current


def test_any_flipped_bit_of_the_manifest_is_noticed_or_says_the_same(
    small: tuple[Path, Path],
) -> None:
    """White space between the values may change: they are still what was written."""
    folder = current_folder(small[1])
    path, manifest, chance = folder / "manifest.json", read_manifest(folder), random.Random(1)
    whole = path.read_bytes()
    found = []
    for _ in range(300):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
        found.append(read_or_none(folder))
    assert [each for each in found if each not in (None, manifest)] == []
    assert found.count(None) > 250


def read_or_none(folder: Path) -> Manifest | None:
    """Return the manifest, or None when it can't be trusted."""
    try:
        return read_manifest(folder)
    except IndexUnusable:
        return None


@pytest.mark.slow
def test_a_reader_notices_that_an_open_file_was_cut_off(small: tuple[Path, Path]) -> None:
    engine = Engine.open(Settings(*small))
    path = current_folder(small[1]) / "sentences.npy"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged, match="kamerwijzer index"):
        engine.check()
    with pytest.raises(IndexDamaged, match=r"sentences\.npy"):
        engine.ask("Wie regelt de opvang?")
    engine.close()


def test_a_file_that_was_only_touched_is_not_damaged(small: tuple[Path, Path]) -> None:
    folder = current_folder(small[1])
    watch = Watch(read_manifest(folder), folder)
    (folder / "texts.sqlite").touch()
    watch.check()
    (folder / "texts.sqlite").unlink()
    with pytest.raises(IndexDamaged, match="ontbreekt"):
        watch.check()


def test_who_may_read_one_file_of_a_generation_may_read_all(small: tuple[Path, Path]) -> None:
    files = [path for path in current_folder(small[1]).rglob("*") if path.is_file()]
    assert len({path.stat().st_mode for path in files}) == 1


def test_an_index_opens_where_no_lock_file_can_be_made(
    small: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root nothing is forbidden, so a folder has the name of each lock file."""
    folder = current_folder(small[1])
    for part in ("lexical", "phrases"):
        for path in (folder / part).glob(".*.lock"):
            path.unlink()
        (folder / part / ".tantivy-meta.lock").mkdir()
    opened = LocalIndex(folder)
    assert opened.lexical.document_frequency("opvang") == 1
    opened.close()


def test_a_generation_that_vanishes_while_it_is_looked_up_is_looked_up_again(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["gen-weg", "gen-nieuwer"])
    real = current_generation(small[1])
    monkeypatch.setattr(
        "search.storage.local.generations.current_generation", lambda _: next(names, real)
    )
    assert current_folder(small[1]).name == real


def test_a_current_that_stays_wrong_is_an_index_that_is_missing(small: tuple[Path, Path]) -> None:
    (small[1] / "CURRENT").write_text("gen-weg\n")
    with pytest.raises(IndexMissing, match="kamerwijzer index"):
        current_folder(small[1])


@pytest.mark.slow
def test_a_build_after_damage_makes_the_index_whole(small: tuple[Path, Path]) -> None:
    (current_folder(small[1]) / "texts.sqlite").write_bytes(b"x")
    build_index(Settings(*small))
    engine = Engine.open(Settings(*small))
    assert engine.ask("Wie regelt de opvang?").hits
    engine.close()
