"""What `doctor` finds: a sound installation, and each thing that may be wrong with one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search.doctor import Finding, examine
from search.files import checksum
from search.indexing import build_index
from search.settings import Settings
from search.storage.local.generations import current_folder
from search.storage.manifest import read_manifest

FILES = {
    "een.md": "# Opvang\n\nDe gemeente regelt de _opvang_.[^1] Het Rijk niet.\n\n[^1]: Zie nota.\n",
    "twee.txt": "Kort bericht\n\nDe provincie doet hier niets aan, zegt zij in een brief.\n",
}
Damaged = Callable[[], None]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small index once; tests change a copy of it."""
    folder = tmp_path_factory.mktemp("dokter")
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    build_index(Settings(folder / "corpus", folder / "index"))
    return folder


@pytest.fixture
def small(original: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Give a copy of the small corpus and its index."""
    shutil.copytree(original, tmp_path / "kopie")
    return tmp_path / "kopie" / "corpus", tmp_path / "kopie" / "index"


def replace_in_index(index: Path, old: str, new: str) -> None:
    """Change the texts of an index, and its manifest with them, so that it opens."""
    folder = current_folder(index)
    texts = sqlite3.connect(folder / "texts.sqlite")
    changed = texts.execute(
        "UPDATE documents SET text = replace(text, ?, ?) WHERE instr(text, ?)", (old, new, old)
    )
    assert changed.rowcount == 1
    texts.commit()
    texts.close()
    manifest = read_manifest(folder)
    files = manifest.files | {"texts.sqlite": checksum(folder / "texts.sqlite")}
    replace(manifest, files=files).write(folder)


def replace_in_file(path: Path, old: str, new: str) -> None:
    """Change a file but neither its size nor its time."""
    stat = path.stat()
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    assert len(old.encode()) == len(new.encode())
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def by_check(found: list[Finding]) -> dict[str, Finding]:
    return {each.check: each for each in found}


@pytest.mark.slow
def test_a_sound_installation(small: tuple[Path, Path]) -> None:
    found = examine(Settings(*small))
    named = "index corpus bestanden model vectoren citaten tweede-lezing resten schijf versies"
    assert [each.check.replace(" ", "-") for each in found] == named.split()
    assert all(each.ok and not each.mend and not each.details for each in found)


@pytest.mark.slow
def test_a_file_that_can_not_be_read_is_named(small: tuple[Path, Path]) -> None:
    (small[0] / "leeg.md").write_text("")
    build_index(Settings(*small))
    found = by_check(examine(Settings(*small)))["bestanden"]
    assert not found.ok
    assert len(found.details) == 1
    assert "leeg.md" in found.details[0]


@pytest.mark.slow
def test_what_belongs_to_nothing_is_named(small: tuple[Path, Path]) -> None:
    (small[0] / "weg.toml").write_text('subject = "Weg"')
    stopped = small[1] / "gen-20200101-000000-abcdef.999999999.part"
    stopped.mkdir()
    found = by_check(examine(Settings(*small)))["resten"]
    assert not found.ok
    assert any("weg.toml" in line for line in found.details)
    assert any(stopped.name in line for line in found.details)


@pytest.mark.slow
def test_other_versions_of_packages_are_named(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.doctor.requires", lambda _: ["faiss-cpu>=1"])
    monkeypatch.setattr("search.doctor.version", lambda _: "0.0.1")
    found = by_check(examine(Settings(*small)))["versies"]
    assert not found.ok
    assert any(line.startswith("faiss-cpu: 0.0.1, verwacht ") for line in found.details)


@pytest.mark.slow
def test_a_disk_that_is_nearly_full_is_told(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.doctor._LEAST_FREE", 10**18)
    assert not by_check(examine(Settings(*small)))["schijf"].ok


@pytest.mark.slow
def test_a_text_that_was_changed_in_the_index_is_named(small: tuple[Path, Path]) -> None:
    replace_in_index(small[1], "Het Rijk niet", "Het Rijk wel!")
    found = by_check(examine(Settings(*small)))["citaten"]
    assert not found.ok
    assert found.mend == "kamerwijzer index"
    assert found.details
    assert all(line.startswith("een, ") for line in found.details)


@pytest.mark.slow
def test_a_file_that_was_changed_unseen_is_named(small: tuple[Path, Path]) -> None:
    replace_in_file(small[0] / "twee.txt", "provincie", "gemeenten")
    found = by_check(examine(Settings(*small)))
    assert found["corpus"].ok
    assert not found["citaten"].ok
    assert all(line.startswith("twee, ") for line in found["citaten"].details)
    assert found["citaten"].details


@pytest.mark.slow
def test_a_file_that_was_changed_is_out_of_date(small: tuple[Path, Path]) -> None:
    (small[0] / "twee.txt").write_text("Iets heel anders.\n", "utf-8")
    found = by_check(examine(Settings(*small)))
    assert not found["corpus"].ok
    assert "twee.txt" in found["corpus"].message
    assert found["corpus"].mend == "kamerwijzer index"


def test_of_no_index_or_a_damaged_one_nothing_more_is_said(small: tuple[Path, Path]) -> None:
    around = ["resten", "schijf", "versies"]
    found, *rest = examine(Settings(small[0], small[0] / "nergens"))
    assert (found.check, found.ok, found.mend) == ("index", False, "kamerwijzer index")
    assert [each.check for each in rest] == around
    (current_folder(small[1]) / "texts.sqlite").write_bytes(b"x")
    found, *rest = examine(Settings(*small))
    assert [each.check for each in rest] == around
    assert not found.ok
    assert "beschadigd" in found.message
    assert found.mend == "kamerwijzer index"


@pytest.mark.slow
def test_another_model_is_told(small: tuple[Path, Path]) -> None:
    folder = current_folder(small[1])
    manifest = read_manifest(folder)
    replace(manifest, fingerprint="een ander").write(folder)
    found = by_check(examine(Settings(*small)))
    assert not found["model"].ok
    assert "ander taalmodel" in found["model"].message
    replace(manifest, model="/nergens/model").write(folder)
    assert not by_check(examine(Settings(*small)))["model"].ok
