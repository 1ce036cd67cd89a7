"""Documents on their way into an index: cut, embedded and labelled, or taken over as they were.

What is kept of a document depends on its file, its sidecar, the model and the tables of the
labels alone, so a document of which none has changed is taken from the generation before.

A build is a row of stages, each in a thread of its own a little ahead of the next: files are read
and cut while others are embedded, and labelled and written while the next are. Only what is under
way is held in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from search.concurrency import prefetch
from search.dutch import analyse, words_of
from search.embedding import CachedEncoder, Encoder
from search.embedding.builtin.adapters import checksum_of
from search.labels import LABELS, Labeller, ThemeEstimator, label_passages, label_themes
from search.passages import make_passages, search_text, surroundings
from search.records import Document, Passage
from search.storage import FORMAT, Index, Indexable, StoredDocument
from search.witness import Witness, WitnessUnavailable

__all__ = [
    "Progress",
    "Read",
    "indexable",
    "prepared",
    "recipe_of",
    "taken_over",
    "with_surroundings",
]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""

Vectors = NDArray[np.float32]

_SURROUNDING_SHARE = 0.3
"""Share of the surroundings in a passage's vector."""
_TITLE_SHARE = 0.2
"""Share of the document's name in a passage's vector: its text often does not name its subject."""
_TABLES = ("stances.json", "cues.tsv", "decisions.tsv", "parties.tsv", "situations.tsv")
_TOGETHER = 512
"""Passages that are embedded together: enough to sort them by length, little enough to hold."""
_READ_AHEAD, _EMBEDDED_AHEAD = 8, 1
"""Documents, and groups of them, that a stage may be ahead."""
_LONG = 4_000
"""Texts of a group from which its own progress is shown."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read, and how to read the words of its file again."""

    document: Document
    source: Callable[[], str]
    witness: Callable[[], Witness | WitnessUnavailable] | None = None
    """Reads the file a second time, to check what can be quoted; None where there is no file."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A document with its passages, and their vectors and their sentences' once they are there."""

    read: Read
    passages: tuple[Passage, ...]
    vectors: Vectors
    sentences: Vectors


_Made = Indexable | _Cut


def recipe_of(encoder: Encoder) -> str:
    """Return a checksum of what, besides its files, decides what an index keeps of a document."""
    parts = [str(FORMAT), encoder.fingerprint, checksum_of(LABELS.adapters)]
    parts += [(files("search.labels") / name).read_text("utf-8") for name in _TABLES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def taken_over(index: Index, document: str, source: Callable[[], str]) -> Indexable | None:
    """Take a document over from a generation; None when it is not there."""
    stored = index.stored(document)
    if stored is None:
        return None
    passages = stored.passages
    rows = index.sentence_rows(passages)
    none = np.empty((0, index.manifest.dimensions), dtype=np.float32)
    return indexable(
        replace(stored, passages=_numbered(passages)),
        index.passage_rows(passages[0].id, len(passages)) if passages else none,
        np.concatenate([none, *(rows[passage.id] for passage in passages)]),
        source,
    )


def prepared(
    read: Iterable[Indexable | Read], encoder: Encoder, labeller: Labeller, progress: Progress
) -> Generator[Indexable]:
    """Cut, embed and label documents; what was taken over goes through as it is.

    In order. `progress` is called while a long document is embedded.
    """
    finish = _Finisher(encoder, labeller)
    cut = prefetch((_cut(each, encoder) for each in read), _READ_AHEAD)
    groups = prefetch(
        (_embedded(group, encoder, progress) for group in _groups(cut)), _EMBEDDED_AHEAD
    )
    with closing(cut), closing(groups):
        for group in groups:
            for each in group:
                yield finish(each) if isinstance(each, _Cut) else each


def _cut(read: Indexable | Read, encoder: Encoder) -> _Made:
    if isinstance(read, Indexable):
        return read
    none = np.empty((0, encoder.dimensions), dtype=np.float32)
    passages = make_passages(read.document, encoder.count_tokens)
    return _Cut(read, tuple(_with_doubts(passages, read)), none, none)


def _with_doubts(passages: Iterable[Passage], read: Read) -> Iterator[Passage]:
    """Yield passages with each sentence checked by a second reading of the file."""
    if read.witness is None:
        yield from passages
        return
    witness, text = read.witness(), read.document.text
    for passage in passages:
        found = (witness.check(text[s.start : s.end], whole=True) for s in passage.sentences)
        yield replace(
            passage,
            sentences=tuple(
                s if each.confirmed else replace(s, doubt=each.reason)
                for s, each in zip(passage.sentences, found, strict=True)
            ),
        )


def _groups(made: Iterable[_Made]) -> Iterator[list[_Made]]:
    """Group documents so that what is to be embedded is about as much each time."""
    group: list[_Made] = []
    size = 0
    for each in made:
        group.append(each)
        # What is taken over is held in memory too, but is done in no time.
        size += len(each.passages) if isinstance(each, _Cut) else 1
        if size >= _TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def _embedded(group: Sequence[_Made], encoder: Encoder, progress: Progress) -> list[_Made]:
    """Embed the texts of a group together, passages and sentences each in one go."""
    cut = [each for each in group if isinstance(each, _Cut)]
    passages = [search_text(p, c.read.document).for_encoder for c in cut for p in c.passages]
    sentences = [
        c.read.document.text[s.start : s.end] for c in cut for p in c.passages for s in p.sentences
    ]
    total = len(passages) + len(sentences)

    def show(before: int) -> Callable[[int, int], None] | None:
        if total < _LONG:
            return None
        return lambda done, _: progress("Passages omzetten", before + done, total)

    rows = iter(encoder.encode_passages(passages, show(0)))
    sentence_rows = iter(encoder.encode_passages(sentences, show(len(passages))))
    return [
        _with_vectors(each, rows, sentence_rows) if isinstance(each, _Cut) else each
        for each in group
    ]


def _with_vectors(cut: _Cut, rows: Iterator[Vectors], sentence_rows: Iterator[Vectors]) -> _Cut:
    """Return a document its rows of those of its group."""
    sentences = sum(len(passage.sentences) for passage in cut.passages)
    return replace(
        cut,
        vectors=_taken(rows, cut.vectors, len(cut.passages)),
        sentences=_taken(sentence_rows, cut.sentences, sentences),
    )


def _taken(rows: Iterator[Vectors], none: Vectors, count: int) -> Vectors:
    return np.stack([next(rows) for _ in range(count)]) if count else none


class _Names:
    """Encodes the names of themes with the memory of an encoder that has one."""

    def __init__(self, encoder: CachedEncoder) -> None:
        self._encoder = encoder

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode names, shape (texts, dimensions)."""
        return self._encoder.encode_names(texts)


class _Finisher:
    """Labels what was cut and embedded, one document at a time."""

    def __init__(self, encoder: Encoder, labeller: Labeller) -> None:
        self._encoder = encoder
        self._labeller = labeller
        names = _Names(encoder) if isinstance(encoder, CachedEncoder) else encoder
        self._themes = ThemeEstimator(names)

    def __call__(self, cut: _Cut) -> Indexable:
        document = cut.read.document
        themes, themed = label_themes(document, cut.passages, cut.vectors, self._themes)
        labelled = _numbered(label_passages(document, themed, self._labeller))
        runs = surroundings(labelled, self._encoder.count_tokens([p.text for p in labelled]))
        terms = tuple(tuple(analyse(passage.text)) for passage in labelled)
        return indexable(
            StoredDocument(document, themes, labelled, tuple(runs), terms),
            self._with_title(
                with_surroundings(labelled, runs, terms, cut.vectors), document.metadata.name
            ),
            cut.sentences,
            cut.read.source,
        )

    def _with_title(self, vectors: Vectors, title: str) -> Vectors:
        """Mix the vectors of passages with that of the document's name; empty ones stay so."""
        if not title.strip() or not len(vectors):
            return vectors
        (name,) = self._encoder.encode_passages([title])
        filled = np.any(vectors != 0, axis=1, keepdims=True)
        mixed = (1 - _TITLE_SHARE) * vectors + _TITLE_SHARE * name * filled
        return np.asarray(mixed, dtype=np.float32)


def indexable(
    stored: StoredDocument, vectors: Vectors, sentences: Vectors, source: Callable[[], str]
) -> Indexable:
    """Return a document with all that it is found by.

    `vectors` are those of its passages, mixed with their surroundings, shape (passages,
    dimensions), and `sentences` those of the sentences of its passages in order.
    """
    words = words_of(stored.document.text)
    return Indexable(stored, tuple(_fields(stored)), words, vectors, sentences, source)


def _fields(stored: StoredDocument) -> Iterator[Mapping[str, Sequence[str]]]:
    """Return the lexical terms of each passage: its own with its place's, and its surroundings'."""
    document, own = stored.document, stored.terms
    title = analyse(document.metadata.name)
    contexts: dict[str, list[str]] = {}
    for passage, terms, run in zip(stored.passages, own, stored.runs, strict=True):
        # Passages under one heading share their context.
        context = search_text(passage, document).context
        if context not in contexts:
            contexts[context] = analyse(context)
        yield {
            "passage": [*title, *contexts[context], *terms],
            "surroundings": [*title, *(term for i in run for term in own[i])],
        }


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Number the passages of one document from 0."""
    return tuple(replace(passage, id=i) for i, passage in enumerate(passages))


def with_surroundings(
    passages: Sequence[Passage],
    runs: Sequence[range],
    terms: Sequence[Sequence[str]],
    vectors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Mix each passage's vector with the mean of its surroundings, weighed by their length.

    The mixture is not scaled back to length 1: its inner product with a question is then the
    same mixture of the two cosines.
    """
    lengths = np.array([len(passage.text) for passage in passages], dtype=np.float32)
    mixed = np.zeros_like(vectors)
    for i, run in enumerate(runs):
        if not terms[i]:
            # A footnote that is an address alone has no words to be near to a question with.
            continue
        part = slice(run.start, run.stop)
        around = lengths[part] @ vectors[part]
        around /= np.linalg.norm(around) or 1.0
        mixed[i] = (1 - _SURROUNDING_SHARE) * vectors[i] + _SURROUNDING_SHARE * around
    return mixed
