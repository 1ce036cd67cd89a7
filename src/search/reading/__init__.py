"""Reading: a file of the corpus to a `Document`, one reader a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from search.errors import ReadingError
from search.reading.assemble import assemble
from search.reading.dates import MONTHS, read_date, write_date
from search.reading.decoding import read_source
from search.reading.drafts import read_draft
from search.reading.markdown import read_markdown
from search.reading.plain import read_plain
from search.reading.raw import RawBlock
from search.reading.sidecar import add_sidecar, sidecar_of
from search.records import Document

__all__ = [
    "MONTHS",
    "corpus_files",
    "identify",
    "read_date",
    "read_document",
    "read_draft",
    "read_source",
    "read_text",
    "sidecar_of",
    "write_date",
]

_READERS: Mapping[str, Callable[[str], list[RawBlock]]] = MappingProxyType(
    {".md": read_markdown, ".markdown": read_markdown, ".txt": read_plain}
)


def corpus_files(corpus: Path) -> tuple[Path, ...]:
    """List the files of a corpus folder that can be read, sorted by name; hidden ones are left.

    Raises ReadingError when the folder does not exist or holds no such file.
    """
    if not corpus.is_dir():
        raise ReadingError(
            f"De corpusmap {corpus} bestaat niet. Maak de map, of wijs een andere aan met --corpus."
        )
    files = [
        path
        for path in sorted(corpus.rglob("*"))
        if path.is_file()
        and path.suffix.lower() in _READERS
        and not any(part.startswith(".") for part in path.relative_to(corpus).parts)
    ]
    if not files:
        known = ", ".join(sorted(_READERS))
        raise ReadingError(
            f"De corpusmap {corpus} bevat geen documenten. Zet er bestanden in ({known}) en "
            "draai daarna: kamerwijzer index"
        )
    return tuple(files)


def identify(files: tuple[Path, ...], corpus: Path) -> dict[Path, str]:
    """Give each file its id: the path within the corpus without ending ("kst-29861-70").

    Where two files differ in the ending alone, the later one keeps its ending.
    """
    taken: dict[str, Path] = {}
    for path in files:
        whole = path.relative_to(corpus).as_posix()
        short = whole[: -len(path.suffix)]
        taken[whole if short in taken else short] = path
    return {path: identifier for identifier, path in taken.items()}


def read_document(path: Path, corpus: Path, identifier: str = "") -> Document:
    """Read one file as a document, with its metadata from the text and from its sidecar.

    Raises ReadingError when the file can't be read, holds no text or has an unknown ending.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise ReadingError(
            f"{path} heeft een onbekend formaat ({path.suffix or 'geen extensie'}). "
            f"Gelezen worden: {known}."
        )
    raw = reader(read_source(path))
    if not any(block.text for block in raw):
        raise ReadingError(f"{path} bevat geen tekst. Verwijder het bestand of vul het aan.")
    relative = path.relative_to(corpus).as_posix()
    document = assemble(identifier or relative[: -len(path.suffix)], relative, raw)
    return replace(document, metadata=add_sidecar(document.metadata, path))


def read_text(text: str, identifier: str, subject: str = "") -> Document:
    """Read a plain text that stands in no file of its own, as a .txt file would be read.

    `subject` is the name by which it is known. A text without words becomes a document without
    passages.
    """
    document = assemble(identifier, identifier, read_plain(text))
    return replace(document, metadata=replace(document.metadata, subject=subject))
