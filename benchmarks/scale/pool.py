"""Real text, and the sentences of it that larger corpora are made of.

The texts are those of the development sets (`corpus.jsonl` in each folder of `eval`), of the
corpus and of a folder of letters. They are read, cut, embedded and labelled as any document is;
of each sentence is kept what an index would make of it, so that it is worked out once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.corpus import corpus_files
from search.dutch import analyse, is_marker, split_sentences, words_of
from search.embedding import Encoder
from search.labels import ThemeEstimator, label_passages, load_labeller
from search.passages import TokenCounter, make_passages
from search.reading import read_document, read_text, sidecar_of
from search.reading.raw_blocks import RawKind
from search.reading.sourced_text import SourcedText
from search.reading.text.markdown import read_markdown
from search.records import Document, Kind, Label, Passage, Span

__all__ = ["HEAD_LINES", "Pool", "RealFile", "Topic", "Unit", "make_pool"]

HEAD_LINES = (
    "Tweede Kamer der Staten-Generaal",
    "Vergaderjaar 2020–2021",
    "29 861 Arbeidsmigratie en sociale zekerheid",
    "Nr. 70 BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN EN WERKGELEGENHEID",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Den Haag, 24 maart 2021",
)
"""What a head looks like, for the vectors of its lines: those of a made document differ little."""

_CLEAN_START = re.compile(r"[A-Z][a-zà-ÿ]+[ ,]")
_CLEAN_END = re.compile(r"[a-zà-ÿ]{4,}[.?]$")
_ITEM = re.compile(r"[a-zA-Z][a-zà-ÿ]+\b")
_HEADING = re.compile(r"[A-Z][^.:;!*_<>\[\]`#&\\]{3,80}(?<=[a-zà-ÿ?)])$")
_LONGEST = 120
"""Tokens of a sentence; what is longer is often no sentence."""
_FEWEST = 25
"""Sentences of a topic; a text with fewer is put with the next of its set."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with what an index makes of it; the label's cues count from its start.

    `row` is its row in the pool's vectors.
    """

    text: str
    tokens: int
    terms: tuple[str, ...]
    words: tuple[str, ...]
    label: Label | None
    row: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What real texts on one subject are made of; `theme` is the official theme they are near."""

    name: str
    theme: str
    sentences: tuple[Unit, ...]
    leads: tuple[Unit, ...]
    """Sentences that introduce a list."""
    items: tuple[Unit, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealFile:
    """A file of the corpus as it is to be written: its name without ending, content, sidecar."""

    name: str
    suffix: str
    content: bytes
    sidecar: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Real files, topics to make more of, and the vectors of all sentences.

    `vectors` has shape (sentences, dimensions), in half precision; the last rows are HEAD_LINES'.
    `rows` gives the row of a sentence by its text; `lengths` the number of sentences of each real
    paragraph.
    """

    files: tuple[RealFile, ...]
    topics: tuple[Topic, ...]
    lengths: tuple[int, ...]
    vectors: NDArray[np.float16]
    rows: dict[str, int]

    def head_rows(self) -> list[int]:
        """Return the rows of HEAD_LINES."""
        return list(range(len(self.vectors) - len(HEAD_LINES), len(self.vectors)))


@dataclass(slots=True)
class _Source:
    """The documents of one topic, as they are read, with their passages."""

    name: str
    documents: list[tuple[Document, list[Passage]]]

    @property
    def sentences(self) -> int:
        return sum(len(p.sentences) for _, passages in self.documents for p in passages)


def make_pool(evaluation: Path, corpus: Path, letters: Path, encoder: Encoder) -> Pool:
    """Read, cut, embed and label the real texts.

    `evaluation` is a folder with sets, `corpus` and `letters` are corpus folders.
    """
    folders = [(corpus, corpus_files(corpus)), (letters, corpus_files(letters))]
    sources = [
        _Source(d.metadata.name, [(d, make_passages(d, encoder.count_tokens))])
        for folder, paths in folders
        for d in (read_document(path, folder) for path in paths)
    ]
    pages = _pages(evaluation)
    sources += _sources_of(pages, encoder.count_tokens)
    files = [_file(path, folder) for folder, paths in folders for path in paths]
    files += [
        RealFile(page.name, ".txt", page.text.encode(), f"subject = {json.dumps(page.subject)}\n")
        for page in pages
    ]
    spoken = {
        d.text[s.start : s.end]: None
        for source in sources
        for d, passages in source.documents
        for p in passages
        for s in p.sentences
    }
    rows = {text: row for row, text in enumerate(spoken)}
    vectors = encoder.encode_passages([*rows, *HEAD_LINES]).astype(np.float16)
    maker = _TopicMaker(encoder, rows, vectors)
    topics = tuple(maker.topic(source) for source in _merged(sources))
    lengths = tuple(
        len(p.sentences)
        for source in sources
        for _, passages in source.documents
        for p in passages
        if p.kind is Kind.PARAGRAPH
    )
    return Pool(tuple(files), topics, lengths, vectors, rows)


def _file(path: Path, folder: Path) -> RealFile:
    sidecar = sidecar_of(path)
    relative = path.relative_to(folder).as_posix()
    said = sidecar.read_text("utf-8") if sidecar.is_file() else ""
    return RealFile(relative[: -len(path.suffix)], path.suffix, path.read_bytes(), said)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a set: its name is that of the set and a number."""

    name: str
    subject: str
    text: str


def _pages(evaluation: Path) -> list[_Page]:
    """Read the texts of the sets; those that are paragraphs of one article become one page."""
    pages: list[_Page] = []
    for path in sorted(evaluation.glob("*/corpus.jsonl")):
        parts: dict[str, tuple[str, list[str]]] = {}
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            subject = _subject(row.get("title") or row.get("subjects") or row["id"])
            # A text of several paragraphs is a page of its own.
            key = row["id"] if "\n\n" in row["text"] else subject
            parts.setdefault(key, (subject, []))[1].append(row["text"])
        pages += [
            _Page(f"{path.parent.name}/{number:04d}", subject, "\n\n".join(texts))
            for number, (subject, texts) in enumerate(parts.values())
        ]
    return pages


def _subject(name: str) -> str:
    """Return the first of several subjects, without a number that looks like a heading's."""
    return re.sub(r"^[\W\d_]+", "", name.split("|")[0].replace("_", " ")).strip()


def _sources_of(pages: Sequence[_Page], count_tokens: TokenCounter) -> list[_Source]:
    """Read pages, those on one subject together."""
    sources: dict[str, _Source] = {}
    for page in pages:
        document = read_text(page.text, page.name, page.subject)
        source = sources.setdefault(page.subject, _Source(page.subject, []))
        source.documents.append((document, make_passages(document, count_tokens)))
    return list(sources.values())


def _merged(sources: Sequence[_Source]) -> list[_Source]:
    """Join subjects of few sentences with the next one."""
    merged: list[_Source] = []
    for source in sources:
        if merged and merged[-1].sentences < _FEWEST:
            merged[-1] = replace(merged[-1], documents=merged[-1].documents + source.documents)
        else:
            merged.append(source)
    return merged


class _TopicMaker:
    """Takes from documents what others can be made of."""

    def __init__(
        self, encoder: Encoder, rows: dict[str, int], vectors: NDArray[np.float16]
    ) -> None:
        self._encoder = encoder
        self._rows = rows
        self._vectors = vectors
        self._labels = load_labeller(encoder)
        self._themes = ThemeEstimator(encoder)

    def topic(self, source: _Source) -> Topic:
        """Make a topic of documents on one subject."""
        sentences, leads, items = {}, {}, {}
        headings: dict[str, None] = {}
        own: list[int] = []
        for document, passages in source.documents:
            rows = [
                self._rows[document.text[s.start : s.end]] for p in passages for s in p.sentences
            ]
            own += rows
            for passage in label_passages(document, passages, self._labels):
                units = list(self._units(document, passage))
                if passage.kind is Kind.LIST_ITEM:
                    items.update({u.text: u for u in units if _can_be_item(u)})
                    leads.update({u.text: u for u in units[:1] if _can_be_lead(u)})
                elif passage.kind is Kind.PARAGRAPH:
                    sentences.update({u.text: u for u in units if _can_be_sentence(u)})
                    leads.update({u.text: u for u in units[-1:] if _can_be_lead(u)})
            headings.update(dict.fromkeys(s.heading for s in document.sections if s.path))
        estimated = self._themes.estimate(self._vectors[own].astype(np.float32))
        kept = [u for u in sentences.values() if self._adds_up(u)]
        return Topic(
            source.name,
            estimated[0].label,
            tuple(kept),
            tuple(u for u in leads.values() if self._adds_up(u)),
            tuple(u for u in items.values() if self._adds_up(u)),
            tuple(h for h in headings if _HEADING.fullmatch(h) and not is_marker(h)),
        )

    def _units(self, document: Document, passage: Passage) -> Iterator[Unit]:
        for sentence in passage.sentences:
            text = document.text[sentence.start : sentence.end]
            label = sentence.label
            if label:
                at = sentence.start
                cues = tuple(Span(c.start - at, c.end - at) for c in label.cues)
                label = replace(label, cues=cues)
            tokens = self._encoder.count_tokens([text])[0]
            row = self._rows[text]
            yield Unit(text, tokens, tuple(analyse(text)), tuple(words_of(text)), label, row)

    def _adds_up(self, unit: Unit) -> bool:
        """Return whether a sentence has as many tokens in context as alone."""
        around, between = self._encoder.count_tokens(["Zo.", f"Zo. {unit.text} Zo."])
        return between == 2 * around + unit.tokens


def _can_be_sentence(unit: Unit) -> bool:
    """Return whether a sentence stays the same single sentence between any two others."""
    text = unit.text
    return bool(
        _CLEAN_START.match(text) and _CLEAN_END.search(text) and len(text) > 20
    ) and _is_plain(unit)


def _can_be_lead(unit: Unit) -> bool:
    text = unit.text
    return bool(_CLEAN_START.match(text) and text.endswith(":")) and _is_plain(unit)


def _can_be_item(unit: Unit) -> bool:
    return bool(_ITEM.match(unit.text)) and not unit.text.endswith(":") and _is_plain(unit)


def _is_plain(unit: Unit) -> bool:
    """Return whether Markdown leaves a text unchanged, and it is one sentence."""
    if unit.tokens > _LONGEST or "\n" in unit.text or len(split_sentences(unit.text)) != 1:
        return False
    blocks = read_markdown(unit.text).blocks
    return (
        len(blocks) == 1
        and blocks[0].kind is RawKind.TEXT
        and blocks[0].sourced == SourcedText.of_source(unit.text, 0, len(unit.text))
    )
