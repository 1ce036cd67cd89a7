"""Files as they come: encodings, line ends, empty ones, folders and sidecars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.corpus import corpus_files, identify
from search.dutch import read_date, write_date
from search.errors import ReadingError
from search.reading import read_document, read_source
from search.records import Document, Kind, Span

Read = Callable[..., Document]
TEXT = "# Titel\n\nEén alinea – met «tekens» en € 5.\n\n## Kop\n\nNog een regel\nmet vervolg.\n"
CANONICAL = "Titel\n\nEén alinea – met «tekens» en € 5.\n\nKop\n\nNog een regel met vervolg."


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="bom"),
        pytest.param(TEXT.encode("cp1252"), id="windows-1252"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="cr"),
        pytest.param(TEXT.rstrip("\n").encode(), id="no-last-line-end"),
    ],
)
def test_encodings_and_line_ends_give_the_same_text(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    document = read_document(path, tmp_path)
    assert document.text == CANONICAL
    source = read_source(path)
    place = document.source_map.to_source(Span(7, 11))
    assert place is not None
    assert source[place.start : place.end] == CANONICAL[7:11]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"---\n"])
def test_file_without_text_is_refused(read: Read, name: str, raw: bytes) -> None:
    with pytest.raises(ReadingError, match="geen tekst"):
        read(raw, name)


def test_binary_file_is_refused(read: Read) -> None:
    with pytest.raises(ReadingError, match="geen tekstbestand"):
        read(b"PK\x03\x04\x00\x00")


def test_unknown_ending_is_refused(read: Read) -> None:
    with pytest.raises(ReadingError, match=r"\.docx"):
        read("tekst", "brief.docx")


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"weg\.md"):
        read_document(tmp_path / "weg.md", tmp_path)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_single_line_is_a_text_that_can_be_found(read: Read, name: str) -> None:
    document = read("De gemeente betaalt de opvang", name)
    assert [b.kind for b in document.blocks] == [Kind.PARAGRAPH]
    assert document.text == "De gemeente betaalt de opvang"


def test_only_headings(read: Read) -> None:
    document = read("# Een\n\n## Twee\n")
    assert [b.kind for b in document.blocks] == [Kind.HEADING] * 2
    assert document.text == "Een\n\nTwee"


def test_plain_text_headings_lists_and_wrapped_lines(read: Read) -> None:
    source = (
        "Brief over de opvang\n\nDe gemeente zorgt voor de opvang van nieuwkomers,\nzoals in de "
        "wet staat.\n\nWat er gebeurt\n\nHet Rijk en de gemeenten nemen samen deze stappen, elk "
        "vanuit de eigen rol:\n- overleg;\n- geld.\n"
    )
    document = read(source, "a.txt")
    found = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        (Kind.HEADING, "Brief over de opvang"),
        (
            Kind.PARAGRAPH,
            "De gemeente zorgt voor de opvang van nieuwkomers, zoals in de wet staat.",
        ),
        (Kind.HEADING, "Wat er gebeurt"),
        (
            Kind.PARAGRAPH,
            "Het Rijk en de gemeenten nemen samen deze stappen, elk vanuit de eigen rol:",
        ),
        (Kind.LIST_ITEM, "overleg;"),
        (Kind.LIST_ITEM, "geld."),
    ]
    assert document.section_path(len(document.text) - 1) == ("Wat er gebeurt",)


def test_corpus_files_are_sorted_and_hidden_ones_left(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "map/c.markdown", ".git/x.md", ".y.md", "z.toml", "q.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [p.relative_to(tmp_path).as_posix() for p in corpus_files(tmp_path)]
    assert found == ["a.TXT", "b.md", "map/c.markdown"]


def test_corpus_folder_that_is_missing_or_empty(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="bestaat niet"):
        corpus_files(tmp_path / "weg")
    with pytest.raises(ReadingError, match="geen documenten"):
        corpus_files(tmp_path)


def test_identify_gives_each_file_an_id_of_its_own(tmp_path: Path) -> None:
    files = tuple(tmp_path / name for name in ("a.md", "a.txt", "map/a.md"))
    names = identify(files, tmp_path)
    assert [names[f] for f in files] == ["a", "a.txt", "map/a"]


def test_sidecar_fills_what_the_text_leaves_open(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Titel uit de tekst\n\nEen alinea.\n")
    (tmp_path / "a.toml").write_text(
        'title = "Andere titel"\nissuer = "WRR"\ndate = 2021-03-26\nthemes = ["integratie"]\n'
    )
    meta = read_document(tmp_path / "a.md", tmp_path).metadata
    assert (meta.title, meta.issuer, meta.date) == ("Titel uit de tekst", "WRR", "2021-03-26")
    assert meta.themes == ("integratie",)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("x = [", "TOML"),
        ('auteur = "x"', "auteur"),
        ('date = "26 maart 2021"', "26 maart 2021"),
        ("issuer = 3", "issuer"),
        ('themes = "integratie"', "themes"),
    ],
)
def test_wrong_sidecar_is_named(tmp_path: Path, toml: str, said: str) -> None:
    (tmp_path / "a.md").write_text("Een alinea.\n")
    (tmp_path / "a.toml").write_text(toml)
    with pytest.raises(ReadingError) as error:
        read_document(tmp_path / "a.md", tmp_path)
    assert "a.toml" in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("24 maart 2021", "2021-03-24"),
        ("Den Haag, 1 Januari 1999", "1999-01-01"),
        ("31 februari 2020", ""),
        ("maart 2021", ""),
        ("", ""),
    ],
)
def test_read_date(written: str, iso: str) -> None:
    assert read_date(written) == iso


def test_write_date() -> None:
    assert write_date("2021-03-04") == "4 maart 2021"
    assert write_date("onbekend") == "onbekend"
