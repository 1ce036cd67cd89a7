"""Joins the questions with the sentences that answer them, which are not stored here.

`questions.tsv` has the place of each sentence and a checksum of its words instead. The text of a
document is as this project reads it. When a newer reader gives other places, a sentence is found
by its checksum, nearest to its place.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.questions.gather import Source

from search.errors import ReadingError
from search.reading import read_document
from search.records import Document, Passage, Span

__all__ = [
    "QUESTIONS",
    "Joined",
    "Place",
    "by_checksum",
    "checksum_of",
    "find_place",
    "read_documents",
    "read_questions",
]

QUESTIONS = Path(__file__).with_name("questions.tsv")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence's place in the text of its document, and the checksum of its words."""

    start: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A question about a document.

    `answers` are alternatives, each of one or two sentences. A question without an answer has the
    nearest sentence in its place; `style` and `kind` are explained in README.md.
    """

    id: str
    document: str
    question: str
    style: str
    kind: str
    answerable: bool
    answers: tuple[tuple[Place, ...], ...]


def checksum_of(text: str) -> str:
    """Return eight hex digits of the SHA-1 of a text's letters and digits, in small letters."""
    words = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())
    return hashlib.sha1(words.encode()).hexdigest()[:8]


def read_questions(path: Path = QUESTIONS) -> list[Joined]:
    """Return the questions of the file."""
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Joined(
                row["id"],
                row["document"],
                row["question"],
                row["style"],
                row["kind"],
                row["answerable"] == "1",
                tuple(
                    tuple(_place(each) for each in answer.split("+"))
                    for answer in row["places"].split("|")
                ),
            )
            for row in rows
        ]


def _place(text: str) -> Place:
    start, checksum = text.split(":")
    return Place(int(start), checksum)


def read_documents(
    sources: Sequence[Source], folder: Path, say: Callable[[str], None]
) -> list[Document]:
    """Return the documents that were gathered, under their ids in the table."""
    documents = []
    for source in sources:
        try:
            document = read_document(folder / source.file, folder, source.id)
        except (ReadingError, OSError) as error:
            say(f"{source.id}: {error}")
            continue
        documents.append(replace(document, id=source.id))
    return documents


def find_place(place: Place, sentences: Mapping[str, Sequence[Span]]) -> Span | None:
    """Return the sentence of a place; `sentences` maps checksums to the spans of a document."""
    found = sentences.get(place.checksum, ())
    return min(found, key=lambda span: abs(span.start - place.start), default=None)


def by_checksum(text: str, passages: Sequence[Passage]) -> dict[str, list[Span]]:
    """Return the sentences of a document's passages by the checksum of their words."""
    found: dict[str, list[Span]] = {}
    for passage in passages:
        for each in passage.sentences:
            span = Span(each.start, each.end)
            found.setdefault(checksum_of(text[each.start : each.end]), []).append(span)
    return found
