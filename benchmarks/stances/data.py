"""Labelled sentences in their documents: what the label model learns from and is judged on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from benchmarks.questions.gather import Source, read_sources
from benchmarks.questions.joining import checksum_of, read_documents

from search.dutch.sentences import split_sentences
from search.evaluation.stance_sets import GoldSentence, by_document, read_labels
from search.labels.labelling import statements_in
from search.labels.statements import Statement
from search.passages import make_passages
from search.progress import message
from search.reading.markup.xml_parsing import parse_xml

__all__ = ["LabelledDocument", "read_debates", "read_letters", "read_sets"]

_FOLDER = Path(__file__).parent
_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """The statements of a document in order, with what a hand wrote of each, None for nothing."""

    name: str
    statements: tuple[Statement, ...]
    gold: tuple[GoldSentence | None, ...]
    weight: float = 1.0


def read_sets(sentences: Sequence[GoldSentence], weight: float = 1.0) -> list[LabelledDocument]:
    """Return the documents of a set that has its sentences itself."""
    return [
        LabelledDocument(name, tuple(each.statement for each in own), tuple(own), weight)
        for name, own in by_document(sentences).items()
    ]


def read_letters(folder: Path) -> list[LabelledDocument]:
    """Return the documents of `documents.tsv`, read from the files that were gathered in `folder`.

    A sentence is found by its checksum, as near to its place as can be.
    """
    labels: dict[str, list[dict[str, str]]] = {}
    for row in _rows("documents.tsv"):
        labels.setdefault(row["document"], []).append(row)
    sources = [each for each in read_sources() if each.id in labels and _is_there(each, folder)]
    made = []
    for document in read_documents(sources, folder, message):
        found = statements_in(document, passages := make_passages(document, _words))
        starts = [passages[p].sentences[s].start for p, s in found.places]
        made.append(_joined(document.id, found.statements, starts, labels[document.id]))
    return made


def _is_there(source: Source, folder: Path) -> bool:
    return (folder / source.file).exists()


def _words(texts: Sequence[str]) -> list[int]:
    """Count words: how long a passage is makes no difference to its sentences."""
    return [len(text.split()) for text in texts]


def read_debates(folder: Path) -> list[LabelledDocument]:
    """Return the debates of `debates.tsv`, read from the TEI files of ParlaMint-NL in `folder`.

    Each speech is a section with its speaker as heading, as the product's reader has it.
    """
    made = []
    for name, group in groupby(_rows("debates.tsv"), lambda row: row["speech"].rpartition(".")[0]):
        labels: dict[str, list[dict[str, str]]] = {}
        for row in group:
            labels.setdefault(row["speech"], []).append(row)
        path = next(folder.rglob(f"{name}.xml"), None)
        if path is None:
            continue
        statements: list[Statement] = []
        gold: list[GoldSentence | None] = []
        for speech, spoken in _speeches(parse_xml(path.read_bytes(), path.name)):
            joined = _joined(name, spoken, range(len(spoken)), labels.get(speech, ()))
            statements += joined.statements
            gold += joined.gold
        made.append(LabelledDocument(name, tuple(statements), tuple(gold)))
    return made


def _speeches(root: Element) -> Iterator[tuple[str, list[Statement]]]:
    """Yield the id and the sentences of each speech."""
    speaker = ""
    for each in root.iter():
        if each.tag == f"{_TEI}note" and each.get("type") == "speaker":
            speaker = "".join(each.itertext()).strip().rstrip(":")
        elif each.tag == f"{_TEI}u":
            heading = (speaker or each.get("who", "").lstrip("#"),)
            texts = [" ".join("".join(seg.itertext()).split()) for seg in each]
            yield (
                each.get(_ID, ""),
                [Statement(t[s.start : s.end], heading) for t in texts for s in split_sentences(t)],
            )
            speaker = ""


def _joined(
    name: str,
    statements: Sequence[Statement],
    places: Sequence[int],
    rows: Iterable[Mapping[str, str]],
) -> LabelledDocument:
    """Return a document with its rows put to its sentences; a row that is found nowhere is lost."""
    gold: list[GoldSentence | None] = [None] * len(statements)
    found: dict[str, list[int]] = {}
    for i, each in enumerate(statements):
        found.setdefault(checksum_of(each.text), []).append(i)
    for number, row in enumerate(rows):
        free = [i for i in found.get(row["checksum"], ()) if gold[i] is None]
        wanted = int(row.get("start", number))
        if free:
            i = min(free, key=lambda each: abs(places[each] - wanted))
            labels = read_labels(row["holder"], row["label"], f"of: {row['alternative']}")
            gold[i] = GoldSentence(name, statements[i], *labels)
    return LabelledDocument(name, tuple(statements), tuple(gold))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with open(_FOLDER / name, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
