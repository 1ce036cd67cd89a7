"""Files into the corpus folder and out of it: what is taken, what is refused, and nothing else."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corpus import corpus_files, identify
from search.corpus.adding import (
    AddOutcome,
    add_content,
    add_path,
    plain,
    remove_documents,
    safe_name,
)
from search.errors import ReadingError, UsageError
from search.reading import read_document
from search.records import Limits

TEXT = b"# Brief over bijen\n\nDe bij van Terschelling vliegt in mei.\n"
OTHER = b"# Brief over vlinders\n\nDe vlinder van Texel vliegt in juni.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Name a corpus folder that is not there yet."""
    return tmp_path / "corpus"


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """Make a folder outside the corpus."""
    (tmp_path / "aangeboden").mkdir()
    return tmp_path / "aangeboden"


def held(corpus: Path) -> set[str]:
    """Name everything that stands in the corpus folder, hidden or not."""
    return {p.relative_to(corpus).as_posix() for p in corpus.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("brief.md", "brief.md"),
        ("../../etc/passwd.md", "passwd.md"),
        ("..\\..\\windows\\win.md", "win.md"),
        ("/etc/passwd.md", "passwd.md"),
        ("..", ""),
        (".verborgen.md", "verborgen.md"),
        ("a\x00b\nc\x1b[31m.md", "abc[31m.md"),
        ("gnp\u202edm.md", "gnpdm.md"),
        ("a\u200f\u2066b.md", "ab.md"),
        ("<img src=x onerror=alert(1)>.md", "-img src=x onerror=alert(1)-.md"),
        ('a:b"c|d?e*f.md', "a-b-c-d-e-f.md"),
        ("  brief .md ", "brief .md"),
        ("Cafe\u0301.md", "Caf\u00e9.md"),
        ("\udcff.md", "md"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_leaves_its_folder(name: str) -> None:
    safe = safe_name(f"{name}.md")
    assert safe == plain(safe) == safe_name(safe)
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe.encode()) < 230


def test_a_file_is_added_and_can_be_read(corpus: Path) -> None:
    added = add_content("brief.md", TEXT, corpus)
    assert (added.name, added.outcome, added.reason) == ("brief.md", AddOutcome.ADDED, "")
    assert held(corpus) == {"brief.md"}
    assert read_document(corpus / "brief.md", corpus).id == "brief"


def test_the_same_content_is_noticed_whatever_its_name(corpus: Path) -> None:
    add_content("brief.md", TEXT, corpus)
    for name in ("brief.md", "kopie.md", "kopie.txt"):
        again = add_content(name, TEXT, corpus)
        assert again.outcome is AddOutcome.PRESENT
        assert again.reason == "Dezelfde inhoud staat er al als brief.md."
        assert not again.taken
    assert held(corpus) == {"brief.md"}


def test_a_file_of_the_same_name_is_replaced_and_keeps_its_id(corpus: Path) -> None:
    add_content("brief.md", TEXT, corpus)
    assert add_content("brief.md", OTHER, corpus).outcome is AddOutcome.CHANGED
    assert held(corpus) == {"brief.md"}
    assert (corpus / "brief.md").read_bytes() == OTHER
    assert list(identify(corpus_files(corpus), corpus).values()) == ["brief"]


def test_a_name_that_differs_in_its_ending_takes_nobody_s_id(corpus: Path) -> None:
    add_content("brief.txt", TEXT, corpus)
    added = add_content("brief.md", OTHER, corpus)
    assert (added.name, added.outcome) == ("brief-md.md", AddOutcome.ADDED)
    names = {p.name: i for p, i in identify(corpus_files(corpus), corpus).items()}
    assert names == {"brief.txt": "brief", "brief-md.md": "brief-md"}
    changed = add_content("brief.md", OTHER + b"\nNog een regel.\n", corpus)
    assert (changed.name, changed.outcome) == ("brief-md.md", AddOutcome.CHANGED)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leeg.md", b"", "geen tekst"),
        ("wit.txt", b" \n\n\t", "geen tekst"),
        ("nul.md", b"abc\x00def", "geen tekst"),
        ("beeld.md", b"\x89PNG\r\n\x1a\n\x00\x00", "geen tekst"),
        ("echt-een-zip.docx", TEXT, "docx"),
        ("echt-een-tekst.pdf", TEXT, "PDF"),
        ("brief.exe", TEXT, "onbekend formaat"),
        ("brief", TEXT, "onbekend formaat"),
        ("..", TEXT, "onbekend formaat"),
        (".md", TEXT, "onbekend formaat"),
    ],
)
def test_what_can_not_be_read_is_refused_and_leaves_nothing(
    corpus: Path, name: str, content: bytes, said: str
) -> None:
    add_content("goed.md", OTHER, corpus)
    refused = add_content(name, content, corpus)
    assert refused.outcome is AddOutcome.REFUSED
    assert said.lower() in refused.reason.lower()
    assert held(corpus) == {"goed.md"}


def test_the_message_names_the_file_and_no_place_on_the_disk(corpus: Path) -> None:
    refused = add_content("leeg.md", b"", corpus)
    assert "leeg.md" in refused.reason
    assert str(corpus) not in refused.reason
    assert ".leeg" not in refused.reason


def test_a_wrong_file_of_a_known_name_leaves_the_one_that_is_there(corpus: Path) -> None:
    add_content("brief.md", TEXT, corpus)
    assert add_content("brief.md", b"\x00", corpus).outcome is AddOutcome.REFUSED
    assert (corpus / "brief.md").read_bytes() == TEXT


def test_an_enormous_file_is_refused_unread(offered: Path, corpus: Path) -> None:
    big = offered / "groot.md"
    with big.open("wb") as file:
        file.truncate(200_000_000)
    began = time.monotonic()
    (refused,) = add_path(big, corpus)
    assert time.monotonic() - began < 1
    assert refused.outcome is AddOutcome.REFUSED
    assert "te groot (200 MB; hooguit 50 MB kan)" in refused.reason
    assert not corpus.exists()


def test_the_limit_is_the_one_that_is_given(corpus: Path) -> None:
    limits = Limits(bytes=len(TEXT))
    assert add_content("a.md", TEXT, corpus, limits).outcome is AddOutcome.ADDED
    over = add_content("b.md", TEXT + b"x", corpus, limits)
    assert over.outcome is AddOutcome.REFUSED
    assert "te groot" in over.reason


@pytest.mark.slow
def test_a_line_of_5_mb_is_taken_in_bounded_time(corpus: Path) -> None:
    began = time.monotonic()
    content = b"De bij vliegt over het water en weer terug naar de kast. " * 90_000
    added = add_content("lang.txt", content, corpus)
    assert added.outcome is AddOutcome.ADDED
    assert time.monotonic() - began < 30


def test_a_path_in_the_name_stays_in_the_corpus(corpus: Path, tmp_path: Path) -> None:
    added = add_content("../../buiten.md", TEXT, corpus, folders=("..", "a/b", ".c", "\x00"))
    assert added.name == "a-b/c/buiten.md"
    assert held(corpus) == {"a-b/c/buiten.md"}
    assert list(tmp_path.glob("*.md")) == []


def test_a_link_in_the_corpus_is_not_written_through(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "buiten.md"
    outside.write_bytes(OTHER)
    (tmp_path / "map").mkdir()
    corpus.mkdir()
    (corpus / "brief.md").symlink_to(outside)
    (corpus / "weg").symlink_to(tmp_path / "map")
    assert add_content("brief.md", TEXT, corpus).taken
    assert outside.read_bytes() == OTHER
    assert not (corpus / "brief.md").is_symlink()
    refused = add_content("brief.md", OTHER, corpus, folders=("weg",))
    assert refused.outcome is AddOutcome.REFUSED
    assert "buiten de corpusmap" in refused.reason
    assert list((tmp_path / "map").iterdir()) == []


def test_nothing_is_read_from_outside_the_corpus(corpus: Path, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.md"
    secret.write_bytes(TEXT)
    add_content("map/goed.md", OTHER, corpus)
    (corpus / "link.md").symlink_to(secret)
    (corpus / "map").symlink_to(tmp_path)
    (corpus / "naast.md").symlink_to(corpus / "goed.md")
    (corpus / "kring.md").symlink_to(corpus / "kring.md")
    found = [path.relative_to(corpus).as_posix() for path in corpus_files(corpus)]
    assert found == ["goed.md", "naast.md"]
    # Nor is it told that its content is known.
    assert add_content("brief.md", TEXT, corpus).outcome is AddOutcome.ADDED


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("Dit is een bestand.")
    refused = add_content("brief.md", TEXT, tmp_path / "corpus")
    assert refused.outcome is AddOutcome.REFUSED
    assert "kan niet worden beschreven" in refused.reason


def test_a_folder_is_added_file_by_file_and_keeps_its_folders(
    offered: Path, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "buiten.md").write_bytes(b"Buiten staat iets anders.\n")
    for place, content in {
        "a.md": TEXT,
        "map/a.md": OTHER,
        "map/leeg.md": b"",
        "map/kopie.txt": TEXT,
        ".git/x.md": b"Een.",
        ".y.md": b"Twee.",
        "z.zip": b"PK",
    }.items():
        (offered / place).parent.mkdir(exist_ok=True)
        (offered / place).write_bytes(content)
    (offered / "link.md").symlink_to(tmp_path / "buiten.md")
    found = [(each.name, each.outcome) for each in add_path(offered, corpus)]
    assert found == [
        ("a.md", AddOutcome.ADDED),
        ("map/a.md", AddOutcome.ADDED),
        ("map/kopie.txt", AddOutcome.PRESENT),
        ("map/leeg.md", AddOutcome.REFUSED),
    ]
    assert held(corpus) == {"a.md", "map/a.md"}
    assert all(each.outcome is not AddOutcome.ADDED for each in add_path(offered, corpus))


def test_what_is_no_file_is_refused_at_once(offered: Path, corpus: Path) -> None:
    os.mkfifo(offered / "pijp.md")
    for path in (offered / "pijp.md", offered / "weg.md", Path("/dev/zero"), Path("x" * 5000)):
        (refused,) = add_path(path, corpus)
        assert refused.outcome is AddOutcome.REFUSED
        assert "is er niet, of is geen gewoon bestand" in refused.reason
    assert list(add_path(offered, corpus)) == []


def test_a_hostile_path_is_told_without_its_signs(offered: Path, corpus: Path) -> None:
    path = offered / "a\u202e\x1b[31m\n.md"
    (gone,) = add_path(path, corpus)
    assert gone.name == "a[31m.md"
    assert gone.reason == plain(gone.reason)


def test_a_sidecar_comes_along_and_is_read_first(offered: Path, corpus: Path) -> None:
    (offered / "brief.md").write_bytes(TEXT)
    (offered / "brief.toml").write_text('issuer = "Imkers"\n')
    (added,) = add_path(offered / "brief.md", corpus)
    assert added.outcome is AddOutcome.ADDED
    assert read_document(corpus / "brief.md", corpus).metadata.issuer == "Imkers"
    assert next(add_path(offered / "brief.md", corpus)).outcome is AddOutcome.PRESENT
    (offered / "brief.toml").write_text('issuer = "Bijenhouders"\n')
    assert next(add_path(offered / "brief.md", corpus)).outcome is AddOutcome.CHANGED
    assert read_document(corpus / "brief.md", corpus).metadata.issuer == "Bijenhouders"
    (offered / "brief.toml").write_text("auteur = 1\n")
    (refused,) = add_path(offered / "brief.md", corpus)
    assert refused.outcome is AddOutcome.REFUSED
    assert refused.reason.startswith("brief.toml: onbekende sleutel 'auteur'")
    assert held(corpus) == {"brief.md", "brief.toml"}
    assert read_document(corpus / "brief.md", corpus).metadata.issuer == "Bijenhouders"


def test_a_sidecar_that_is_a_link_stays_behind(offered: Path, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.toml").write_text('issuer = "Geheim"\n')
    (offered / "brief.md").write_bytes(TEXT)
    (offered / "brief.toml").symlink_to(tmp_path / "geheim.toml")
    assert next(add_path(offered / "brief.md", corpus)).outcome is AddOutcome.ADDED
    assert held(corpus) == {"brief.md"}


def test_a_document_goes_with_its_sidecar(corpus: Path) -> None:
    add_content("a.md", TEXT, corpus, sidecar=b'issuer = "Imkers"\n')
    add_content("b.md", OTHER, corpus)
    assert remove_documents(["a"], corpus) == (corpus / "a.md",)
    assert held(corpus) == {"b.md"}


def test_a_sidecar_that_another_file_uses_stays(corpus: Path) -> None:
    corpus.mkdir()
    for name, content in (("a.md", TEXT), ("a.txt", OTHER), ("a.toml", b'issuer = "x"\n')):
        (corpus / name).write_bytes(content)
    remove_documents(["a"], corpus)
    assert held(corpus) == {"a.txt", "a.toml"}


def test_ids_are_those_of_before_the_first_is_gone(corpus: Path) -> None:
    corpus.mkdir()
    for name, content in (("a.md", TEXT), ("a.txt", OTHER), ("b.md", b"Nog een brief.\n")):
        (corpus / name).write_bytes(content)
    remove_documents(["a", "a.txt", "a"], corpus)
    assert held(corpus) == {"b.md"}


@pytest.mark.parametrize("name", ["../buiten", "/etc/passwd", "weg", "", "a\x00"])
def test_an_unknown_id_removes_nothing(corpus: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "buiten.md").write_bytes(OTHER)
    add_content("a.md", TEXT, corpus)
    with pytest.raises(UsageError, match="Er is geen document"):
        remove_documents(["a", name], corpus)
    assert held(corpus) == {"a.md"}
    assert (tmp_path / "buiten.md").exists()


def test_a_link_is_removed_and_not_what_it_points_at(corpus: Path) -> None:
    add_content("a.md", TEXT, corpus)
    (corpus / "b.md").symlink_to(corpus / "a.md")
    remove_documents(["b"], corpus)
    assert held(corpus) == {"a.md"}


def test_an_empty_corpus_has_nothing_to_remove(corpus: Path) -> None:
    corpus.mkdir()
    with pytest.raises(ReadingError, match="geen documenten"):
        remove_documents(["a"], corpus)


def test_names_are_compared_as_they_are_composed(corpus: Path) -> None:
    add_content("café.md", TEXT, corpus)
    changed = add_content(unicodedata.normalize("NFD", "café.md"), OTHER, corpus)
    assert changed.outcome is AddOutcome.CHANGED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("brief.doc", "sla het op als .docx"),
        ("brief.RTF", "sla het op als .docx"),
        ("cijfers.xlsx", ".pdf"),
        ("dia.odp", ".pdf"),
        ("dia.pptx", ".pdf"),
    ],
)
def test_a_document_of_another_program_is_refused_with_what_to_do(
    corpus: Path, name: str, said: str
) -> None:
    refused = add_content(name, b"\xd0\xcf\x11\xe0", corpus)
    assert refused.outcome is AddOutcome.REFUSED
    assert refused.name == name
    assert name in refused.reason
    assert said in refused.reason
    assert not corpus.exists() or held(corpus) == set()


def test_such_documents_in_a_folder_are_named_and_pictures_are_not(
    offered: Path, corpus: Path
) -> None:
    for name in ("brief.md", "brief.doc", "foto.png"):
        (offered / name).write_bytes(TEXT)
    outcomes = {each.name: each.outcome for each in add_path(offered, corpus)}
    assert outcomes == {"brief.doc": AddOutcome.REFUSED, "brief.md": AddOutcome.ADDED}


def test_a_document_that_can_not_be_read_is_listed_and_takes_no_id(corpus: Path) -> None:
    corpus.mkdir()
    for name in ("brief.doc", "brief.docx", "foto.png"):
        (corpus / name).write_bytes(TEXT)
    files = corpus_files(corpus)
    assert [path.name for path in files] == ["brief.doc", "brief.docx"]
    assert {path.name: identifier for path, identifier in identify(files, corpus).items()} == {
        "brief.docx": "brief",
        "brief.doc": "brief.doc",
    }
    with pytest.raises(ReadingError, match=r"brief\.doc kan niet worden gelezen.*\.docx"):
        read_document(corpus / "brief.doc", corpus)
