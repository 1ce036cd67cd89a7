"""Checksums of a generation's files: whole, and of samples where they are large."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.errors import IndexDamaged
from search.files import checksum
from search.storage import Manifest
from search.storage.manifest import sample_checksum

SIZE = 6_000_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Write a file that is long enough to be sampled with gaps between the samples."""
    path = tmp_path / "groot"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    return path


@pytest.fixture
def manifest(large: Path) -> Manifest:
    """Describe that file as a build does."""
    return Manifest(
        15,
        "",
        "",
        "",
        1,
        0,
        0,
        0,
        {},
        {large.name: checksum(large)},
        samples={large.name: sample_checksum(large)},
    )


def damage(path: Path, at: int) -> None:
    """Change one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("at", [0, 65_535, -1])
def test_samples_tell_damage_at_the_ends(large: Path, manifest: Manifest, at: int) -> None:
    manifest.check_files(large.parent)
    damage(large, at)
    with pytest.raises(IndexDamaged, match="niet meer wat er is geschreven"):
        manifest.check_files(large.parent)


def test_samples_tell_another_length(large: Path, manifest: Manifest) -> None:
    large.write_bytes(large.read_bytes()[:-256])
    with pytest.raises(IndexDamaged):
        manifest.check_files(large.parent)


def test_what_lies_between_the_samples_is_told_by_a_thorough_check(
    large: Path, manifest: Manifest
) -> None:
    # Samples of 65,536 bytes begin 94,197 bytes apart.
    damage(large, 80_000)
    manifest.check_files(large.parent)
    with pytest.raises(IndexDamaged):
        manifest.check_files(large.parent, thorough=True)


def test_a_file_without_samples_is_read_whole(large: Path, manifest: Manifest) -> None:
    damage(large, 80_000)
    with pytest.raises(IndexDamaged):
        replace(manifest, samples={}).check_files(large.parent)


@pytest.mark.parametrize("size", [0, 1, 65_536])
def test_a_short_file_can_be_sampled(tmp_path: Path, size: int) -> None:
    (tmp_path / "klein").write_bytes(b"a" * size)
    before = sample_checksum(tmp_path / "klein")
    (tmp_path / "klein").write_bytes(b"a" * size + b"b")
    assert sample_checksum(tmp_path / "klein") != before
