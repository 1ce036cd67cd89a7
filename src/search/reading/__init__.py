"""Reading: a file of the corpus to a `Document`, one reader a format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from search.dutch.dates import MONTHS, read_date, write_date
from search.dutch.question_markers import is_marker, marker_of
from search.errors import ReadingError
from search.reading.assemble import assemble, fill_empty
from search.reading.contents import Contents, Reader
from search.reading.readers import ADVICE, READERS, open_file, read_source, refusal_of
from search.reading.recognition import recognise
from search.reading.sidecar import add_sidecar, is_sidecar, sidecar_of
from search.reading.text.plain import read_plain
from search.records import Limits
from search.records.documents import Document

__all__ = [
    "ADVICE",
    "MONTHS",
    "READERS",
    "Contents",
    "Reader",
    "is_marker",
    "is_sidecar",
    "marker_of",
    "read_date",
    "read_document",
    "read_source",
    "read_text",
    "refusal_of",
    "sidecar_of",
    "write_date",
]

_DATE_OF_FILE = (
    "In het document is geen datum gevonden; bekend is alleen de datum van het bestand ({day})."
)


def read_document(
    path: Path, corpus: Path, identifier: str = "", limits: Limits = Limits()
) -> Document:
    """Read one file as a document, with its metadata from the text and from its sidecar.

    Raises ReadingError when the file can't be read, holds no text or has an unknown ending.
    """
    contents = open_file(path, limits)
    if not any(block.text for block in contents.blocks):
        raise ReadingError(f"{path} bevat geen tekst. Verwijder het bestand of vul het aan.")
    relative = path.relative_to(corpus).as_posix()
    name = identifier or relative[: -len(path.suffix)]
    record = contents.is_record
    document = assemble(name, relative, contents.blocks, contents.metadata, is_record=record)
    # What a title or a first line suggests of kind and issuer gives way to the sidecar.
    document = replace(document, metadata=add_sidecar(document.metadata, path))
    metadata = recognise(document, contents.source, path.name)
    if record:
        metadata = fill_empty(contents.metadata, metadata)
    remarks = contents.remarks
    if metadata.file_date and not metadata.date:
        remarks = (*remarks, _DATE_OF_FILE.format(day=write_date(metadata.file_date)))
    return replace(document, metadata=metadata, pages=contents.pages, remarks=remarks)


def read_text(text: str, identifier: str, subject: str = "") -> Document:
    """Read a plain text without a file of its own, as a .txt file would be read.

    `subject` is the name by which it is known. A text without words becomes a document without
    passages.
    """
    document = assemble(identifier, identifier, read_plain(text))
    return replace(document, metadata=replace(document.metadata, subject=subject))
