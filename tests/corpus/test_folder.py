"""Fetched files are put into the corpus whole or not at all, beside what is there."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.service import kst

from search.corpus import CorpusFolder
from search.corpus.folder import is_safe, sidecar_text
from search.errors import ReadingError, UsageError
from search.reading.sidecar import add_sidecar, sidecar_of
from search.records import Metadata, MotionRecord, Vote

KNOWN = Metadata(
    title='Migratie; Brief regering; Over «"aanhalen"» en \\',
    subject='Over «"aanhalen"» en \\',
    kind="Brief regering",
    issuer="Kabinet",
    date="2021-03-24",
    url="https://zoek.officielebekendmakingen.nl/kst-29861-70.html",
    chamber="II",
    themes=("Bestuur | Gemeenten", "Migratie en integratie | Integratie"),
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_is_put_with_a_sidecar_that_gives_back_what_is_known(
    shelf: CorpusFolder, corpus: Path
) -> None:
    path = shelf.put("kst-29861-70", "xml", kst(), KNOWN)
    assert path == corpus / "kst-29861-70.xml"
    assert path.read_bytes() == kst()
    assert names(corpus) == ["kst-29861-70.toml", "kst-29861-70.xml"]
    assert add_sidecar(Metadata(), path) == KNOWN
    assert shelf.find(["kst-29861-70"]) == path


@given(
    st.builds(
        Metadata,
        title=st.text(st.characters(codec="utf-8")),
        subject=st.text(st.characters(codec="utf-8")),
        themes=st.lists(st.text(st.characters(codec="utf-8"), min_size=1)).map(tuple),
    )
)
def test_any_text_survives_the_sidecar(metadata: Metadata) -> None:
    held = tomllib.loads(sidecar_text(metadata))
    # TOML has one kind of line end; texts of the services have none at all.
    plain = {"title": metadata.title, "subject": metadata.subject, "themes": list(metadata.themes)}
    assert held == {key: value for key, value in plain.items() if value}


def test_what_a_sidecar_says_is_left_alone() -> None:
    mine = '# van mij\nsubject = "Mijn naam"'
    text = sidecar_text(Metadata(subject="Hun naam", kind="Motie"), mine)
    assert text == '# van mij\nsubject = "Mijn naam"\nkind = "Motie"\n'
    assert sidecar_text(Metadata(subject="Hun naam"), mine) == mine
    assert sidecar_text(Metadata(kind="Motie"), "geen toml") == "geen toml"


RECORD = MotionRecord(
    "2021Z04774", "Motie", "Over sloten", "Ontraden", votes=(Vote("D66", "Voor", 24),)
)


@given(
    st.builds(
        MotionRecord,
        *[st.text(st.characters(codec="utf-8", exclude_characters="\r"))] * 6,
        date=st.dates().map(str) | st.just(""),
        votes=st.lists(
            st.builds(
                Vote,
                st.text(st.characters(codec="utf-8", exclude_characters="\r")),
                st.sampled_from(["Voor", "Tegen"]),
                st.integers(0, 150),
                st.booleans(),
            )
        ).map(tuple),
        # A record without anything is not written.
    ).filter(lambda motion: motion != MotionRecord(""))
)
def test_any_motion_survives_the_sidecar_and_is_replaced(motion: MotionRecord) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kst-1-1.xml"
        text = sidecar_text(Metadata(subject="Over", motion=RECORD))
        text = sidecar_text(Metadata(kind="Motie", motion=motion), text)
        sidecar_of(path).write_text(text, encoding="utf-8", newline="")
        read = add_sidecar(Metadata(), path)
    empty = MotionRecord("")
    assert (read.subject, read.kind) == ("Over", "Motie")
    assert (read.motion or empty) == motion


def test_tables_that_someone_wrote_stay_and_keys_come_before_them() -> None:
    mine = '# van mij\n[zaak]\nnummer = "x" # zeker\n'
    text = sidecar_text(Metadata(kind="Motie", motion=RECORD), mine)
    assert text == f'kind = "Motie"\n{mine}'
    assert sidecar_text(Metadata(motion=None), mine) == mine


@pytest.mark.parametrize(
    "text",
    [
        "zaak = 3",
        "[zaak]\nnumer = 'x'",
        "[zaak]\nnummer = 3",
        "[besluit]\ndatum = 'gisteren'",
        "stemming = 'Voor'",
        "stemming = [1]",
        "[[stemming]]\nfractie = 'D66'\naantal = true",
    ],
)
def test_table_of_a_motion_that_is_wrong_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "kst-1-1.xml"
    sidecar_of(path).write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError):
        add_sidecar(Metadata(), path)


def test_date_of_a_decision_may_be_a_date_of_toml(tmp_path: Path) -> None:
    path = tmp_path / "kst-1-1.xml"
    sidecar_of(path).write_text("[besluit]\ndatum = 2021-04-06", encoding="utf-8")
    assert add_sidecar(Metadata(), path).motion == MotionRecord("", date="2021-04-06")


def test_files_are_found_in_any_folder_form_and_case(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "KST-29861-70.md").write_text("x")
    (tmp_path / ".verborgen.xml").write_text("x")
    (tmp_path / "kst-29861-71.toml").write_text("")
    shelf = CorpusFolder(tmp_path, ["xml", "md"])
    found = shelf.find(["anders", "kst-29861-70"])
    assert found
    assert shelf.name(found) == "map/KST-29861-70.md"
    assert shelf.find([".verborgen"]) is None
    assert shelf.find(["kst-29861-71"]) is None


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "..",
        "../kst-1",
        "a/b",
        "a\\b",
        "/etc/passwd",
        "kst-1.xml",
        "kst--1",
        "-kst",
        "kst-",
        "kst 1",
        "kst-1\n",
        "kst-\x00",
        "C:kst",
        "kst-é",
        "a" * 101,
    ],
)
def test_id_that_is_no_file_name_is_refused(
    shelf: CorpusFolder, corpus: Path, identifier: str
) -> None:
    assert not is_safe(identifier)
    with pytest.raises(ValueError, match="no file name"):
        shelf.put(identifier, "xml", kst(), KNOWN)
    assert not corpus.exists()


def test_ids_are_file_names() -> None:
    for identifier in (
        "kst-29861-70",
        "kst-20082009-30536-V",
        "2021D00070",
        "kst-31200-XIv-157-b1",
    ):
        assert is_safe(identifier)


def test_stop_while_writing_leaves_nothing_half(
    shelf: CorpusFolder, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        shelf.put("kst-29861-70", "xml", kst(), KNOWN)
    assert names(corpus) == []


def test_sidecar_is_there_before_its_file(
    shelf: CorpusFolder, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, moved = os.replace, []

    def watch(source: Path, target: Path) -> None:
        moved.append(target.name)
        assert source.parent == target.parent
        assert source.name.startswith(".")
        real(source, target)

    monkeypatch.setattr(os, "replace", watch)
    shelf.put("kst-29861-70", "xml", kst(), KNOWN)
    assert moved == ["kst-29861-70.toml", "kst-29861-70.xml"]


def test_what_a_killed_run_left_is_removed(shelf: CorpusFolder, corpus: Path) -> None:
    corpus.mkdir()
    old, new = corpus / ".kst-1-1.xml.0a.part", corpus / ".kst-1-2.xml.0b.part"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1, 1))
    shelf.put("kst-29861-70", "xml", kst(), KNOWN)
    # The new one may be what another run is writing.
    assert names(corpus) == [new.name, "kst-29861-70.toml", "kst-29861-70.xml"]


def test_changed_file_is_renewed_and_its_sidecar_completed(
    shelf: CorpusFolder, corpus: Path
) -> None:
    path = shelf.put("kst-29861-70", "xml", kst("oud"), Metadata(kind="Brief"))
    assert not shelf.renew(path, kst("oud"), Metadata(kind="Motie", chamber="II"))
    assert shelf.renew(path, kst("nieuw"), Metadata())
    assert path.read_bytes() == kst("nieuw")
    assert add_sidecar(Metadata(), path) == Metadata(kind="Brief", chamber="II")


def test_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("geen map")
    shelf = CorpusFolder(tmp_path / "corpus", ["xml"])
    with pytest.raises(UsageError, match="kan niet worden geschreven"):
        shelf.put("kst-29861-70", "xml", kst(), KNOWN)
