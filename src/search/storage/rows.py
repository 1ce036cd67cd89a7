"""Records to rows of the tables of an index, in SQLite and in PostgreSQL, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from search.records import (
    AuthorKind,
    Block,
    Document,
    DocumentConstraints,
    Dossier,
    Footnote,
    Holder,
    Kind,
    Label,
    Metadata,
    MotionRecord,
    PageStart,
    Passage,
    Person,
    Section,
    Segment,
    Sentence,
    Signatory,
    SourceMap,
    Span,
    Stance,
    Theme,
    ThemeOrigin,
    Vote,
)
from search.storage.interface import ListedDocument, StoredDocument

__all__ = [
    "constraint_values",
    "document_from_row",
    "document_row",
    "listed_from_row",
    "metadata_from_json",
    "passage_row",
    "passages_from_rows",
    "sentence_row",
    "themes_from_json",
]

Row = dict[str, Any]


def document_row(stored: StoredDocument, position: int) -> tuple[Any, ...]:
    """Return a document as a row of `documents`."""
    document = stored.document
    structure = {
        "sections": [[s.path, s.start, s.end] for s in document.sections],
        "blocks": [[b.kind, b.start, b.end, b.section] for b in document.blocks],
        "footnotes": [[f.mark, f.start, f.end, f.anchor] for f in document.footnotes],
        "signatories": [[s.name, s.function, s.start, s.end] for s in document.signatories],
        "segments": [
            [s.start, s.length, s.source_start, s.source_length]
            for s in document.source_map.segments
        ],
        "pages": [[p.offset, p.number] for p in document.pages],
        "remarks": document.remarks,
    }
    return (
        document.id,
        position,
        document.path,
        document.metadata.date,
        _spaced(document.metadata.kind.lower()),
        document.metadata.ondernummer.upper(),
        len(document.text.split()),
        len(stored.passages),
        _to_json(asdict(document.metadata)),
        _to_json([[t.label, t.origin, t.uri] for t in stored.themes]),
        _to_json(structure),
        document.text,
    )


def _spaced(words: str) -> str:
    """Return words with a space before and after each, so that a whole word can be looked for."""
    return f" {' '.join(words.split())} "


def constraint_values(constraints: DocumentConstraints) -> dict[str, str]:
    """Return what columns of `documents` are compared with, by name; empty constraints left out.

    The dates `from_date` (inclusive) and `before_date` (exclusive) come together: a document
    without a date meets neither.
    """
    values = {
        "dossier": constraints.dossier,
        "ondernummer": constraints.ondernummer.upper(),
        "kind": constraints.kind and f" {constraints.kind} ",
    }
    if constraints.date_from or constraints.date_to:
        # Every day of a year or month sorts before it followed by a sign that sorts after "-".
        before = f"{constraints.date_to or '9999'}."
        values |= {"from_date": constraints.date_from or "0", "before_date": before}
    return {name: value for name, value in values.items() if value}


def document_from_row(row: Row) -> Document:
    """Return the document of a row of `documents`, by column name."""
    structure = json.loads(row["structure"])
    return Document(
        id=row["id"],
        path=row["path"],
        text=row["text"],
        metadata=metadata_from_json(row["metadata"]),
        sections=tuple(Section(tuple(path), a, b) for path, a, b in structure["sections"]),
        blocks=tuple(Block(Kind(kind), *rest) for kind, *rest in structure["blocks"]),
        footnotes=tuple(Footnote(*each) for each in structure["footnotes"]),
        signatories=tuple(Signatory(*each) for each in structure["signatories"]),
        source_map=SourceMap(tuple(Segment(*each) for each in structure["segments"])),
        pages=tuple(PageStart(*each) for each in structure["pages"]),
        remarks=tuple(structure["remarks"]),
    )


def listed_from_row(row: Row) -> ListedDocument:
    """Return the listed document of a row of `documents`."""
    return ListedDocument(
        row["id"],
        row["path"],
        metadata_from_json(row["metadata"]),
        themes_from_json(row["themes"]),
        row["words"],
        row["passages"],
    )


def metadata_from_json(text: str) -> Metadata:
    """Return the metadata of a column of JSON."""
    values = json.loads(text)
    values["dossiers"] = tuple(Dossier(**each) for each in values["dossiers"])
    values["themes"] = tuple(values["themes"])
    values["author_kind"] = AuthorKind(values["author_kind"])
    values["people"] = tuple(Person(**each) for each in values["people"])
    values["askers"] = tuple(values["askers"])
    if motion := values.get("motion"):
        votes = tuple(Vote(**each) for each in motion["votes"])
        values["motion"] = MotionRecord(**{**motion, "votes": votes})
    return Metadata(**values)


def themes_from_json(text: str) -> tuple[Theme, ...]:
    """Return the themes of a column of JSON."""
    return tuple(Theme(label, ThemeOrigin(origin), uri) for label, origin, uri in json.loads(text))


def passage_row(passage: Passage) -> tuple[Any, ...]:
    """Return a passage as a row of `passages`."""
    return (
        passage.id,
        passage.document,
        passage.kind,
        passage.start,
        passage.end,
        _to_json(passage.section),
        passage.theme.label,
        passage.theme.origin,
        passage.theme.uri,
        _span_to_json(passage.lead),
        _span_to_json(passage.anchor),
        passage.page,
    )


def passages_from_rows(rows: Iterable[Row], sentence_rows: Iterable[Row]) -> Iterator[Passage]:
    """Yield the passages of rows of `passages` with their `text`, and rows of `sentences`."""
    sentences: dict[int, list[Sentence]] = {}
    for row in sentence_rows:
        sentences.setdefault(row["passage"], []).append(_sentence(row))
    for row in rows:
        yield _passage(row, tuple(sentences.get(row["id"], ())))


def _passage(row: Row, sentences: tuple[Sentence, ...]) -> Passage:
    return Passage(
        id=row["id"],
        document=row["document"],
        kind=Kind(row["kind"]),
        start=row["start"],
        end=row["end"],
        text=row["text"],
        section=tuple(json.loads(row["section"])),
        sentences=sentences,
        theme=Theme(row["theme"], ThemeOrigin(row["theme_origin"]), row["theme_uri"]),
        lead=_span_from_json(row["lead"]),
        anchor=_span_from_json(row["anchor"]),
        page=row["page"],
    )


def sentence_row(passage: int, sentence: Sentence) -> tuple[Any, ...]:
    """Return a sentence of a passage as a row of `sentences`, without its id."""
    label = sentence.label
    if label is None:
        return (passage, sentence.start, sentence.end, *[None] * 5, sentence.doubt)
    return (
        passage,
        sentence.start,
        sentence.end,
        label.holder,
        label.holder_name,
        label.stance,
        label.probability,
        _to_json([[cue.start, cue.end] for cue in label.cues]),
        sentence.doubt,
    )


def _sentence(row: Row) -> Sentence:
    if row["holder"] is None:
        return Sentence(row["start"], row["end"], doubt=row["doubt"])
    label = Label(
        Holder(row["holder"]),
        Stance(row["stance"]),
        row["probability"],
        row["holder_name"],
        tuple(Span(*cue) for cue in json.loads(row["cues"])),
    )
    return Sentence(row["start"], row["end"], label, row["doubt"])


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _span_to_json(span: Span | None) -> str | None:
    return None if span is None else _to_json([span.start, span.end])


def _span_from_json(text: str | None) -> Span | None:
    return None if text is None else Span(*json.loads(text))
