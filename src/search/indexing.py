"""Builds an index: a corpus folder through all rooms into a new generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from search.embedding import BUILT_IN, Encoder, RememberingEncoder, load_encoder
from search.labels import ThemeEstimator, label_passages, label_themes, load_model
from search.passages import SearchText, make_passages, search_text, surroundings
from search.quoting import words_of
from search.reading import corpus_files, identify, read_document
from search.records import Document, Passage, Theme
from search.retrieval import analyse
from search.storage import (
    FORMAT,
    CorpusFile,
    Index,
    Manifest,
    checksum,
    describe_corpus,
    new_generation,
    write_index,
)

__all__ = ["build_index", "index_documents"]

Message = Callable[[str], None]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


_SURROUNDING_SHARE = 0.3
"""Share of the surroundings in a passage's vector."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """A corpus on its way to the disk; row i of `passage_vectors` belongs to passage i."""

    documents: list[tuple[Document, tuple[Theme, ...]]]
    passages: list[Passage]
    texts: list[SearchText]
    terms: list[list[str]]
    """The lexical terms of each passage's own text."""
    runs: list[range]
    passage_vectors: NDArray[np.float32]
    sentence_vectors: NDArray[np.float32]


def build_index(
    corpus: Path,
    index: Path,
    model: str = BUILT_IN,
    *,
    message: Message | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation of the index from the corpus and switch to it.

    Whatever goes wrong, the generation in use stays. Raises ReadingError for a file that can't
    be read, ModelError for a model that can't be had, IndexUnusable when the index folder can't
    be written.
    """
    described = describe_corpus(corpus)
    files = corpus_files(corpus)
    names = identify(files, corpus)
    documents = [read_document(path, corpus, names[path]) for path in files]
    encoder = RememberingEncoder(load_encoder(model, message=message))
    return index_documents(documents, index, encoder, described, progress=progress)


def index_documents(
    documents: Sequence[Document],
    index: Path,
    encoder: Encoder,
    described: Mapping[str, CorpusFile] = MappingProxyType({}),
    *,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation from documents that are read already, and switch to it.

    `described` says from which files they come. Raises IndexUnusable when the index folder can't
    be written.
    """
    with new_generation(index) as folder:
        # Within, so that a folder that can't be written is told of before hours of embedding.
        batch = _prepare(documents, encoder, progress or (lambda *_: None))
        write_index(
            folder,
            batch.documents,
            batch.passages,
            _terms(batch),
            (words_of(document.text) for document, _ in batch.documents),
            _with_surroundings(batch),
            batch.sentence_vectors,
        )
        manifest = Manifest(
            format=FORMAT,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            dimensions=encoder.dimensions,
            documents=len(batch.documents),
            passages=len(batch.passages),
            sentences=len(batch.sentence_vectors),
            corpus=dict(described),
            files=_checksums(folder),
        )
        manifest.write(folder)
        Index(folder).close()
    return manifest


def _checksums(folder: Path) -> dict[str, str]:
    """Give the checksum of each file of a new generation; tantivy's locks are none of it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): checksum(path)
        for path in files
        if not path.name.endswith(".lock")
    }


def _prepare(documents: Sequence[Document], encoder: Encoder, progress: Progress) -> _Batch:
    """Cut, embed and label the documents; passages are numbered through."""
    pairs = [(d, p) for d in documents for p in make_passages(d, encoder.count_tokens)]
    passages = [replace(p, id=i) for i, (_, p) in enumerate(pairs)]
    texts = [search_text(p, d) for d, p in pairs]
    sizes = encoder.count_tokens([p.text for p in passages])
    passage_vectors = encoder.encode_passages(
        [text.for_encoder for text in texts],
        lambda done, total: progress("Passages omzetten", done, total),
    )
    sentence_vectors = encoder.encode_passages(
        [d.text[s.start : s.end] for d, p in pairs for s in p.sentences],
        lambda done, total: progress("Zinnen omzetten", done, total),
    )
    labelled, finished = _label(documents, passages, passage_vectors, sentence_vectors, encoder)
    runs = surroundings(finished, sizes)
    terms = [analyse(text.text) for text in texts]
    return _Batch(labelled, finished, texts, terms, runs, passage_vectors, sentence_vectors)


def _label(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    passage_vectors: NDArray[np.float32],
    sentence_vectors: NDArray[np.float32],
    encoder: Encoder,
) -> tuple[list[tuple[Document, tuple[Theme, ...]]], list[Passage]]:
    """Give the documents with their official themes and the passages with all their labels."""
    estimator, model = ThemeEstimator(encoder), load_model(encoder.name)
    first = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(passage.document, []).append(row)
    labelled: list[tuple[Document, tuple[Theme, ...]]] = []
    finished: list[Passage] = []
    for document in documents:
        own = rows.get(document.id, [])
        themes, with_theme = label_themes(
            document, [passages[row] for row in own], passage_vectors[own], estimator
        )
        labelled.append((document, themes))
        if own:
            # The passages of a document stand together, and so do their sentences.
            vectors = sentence_vectors[first[own[0]] : first[own[-1] + 1]]
            finished.extend(label_passages(document, with_theme, vectors, model))
    return labelled, finished


def _with_surroundings(batch: _Batch) -> NDArray[np.float32]:
    """Mix each passage's vector with the mean of its surroundings, weighed by their length.

    The mixture is not scaled back to length 1: its inner product with a question is then the
    same mixture of the two cosines.
    """
    lengths = np.array([len(text.text) for text in batch.texts], dtype=np.float32)
    mixed = np.empty_like(batch.passage_vectors)
    for i, run in enumerate(batch.runs):
        part = slice(run.start, run.stop)
        around = lengths[part] @ batch.passage_vectors[part]
        around /= np.linalg.norm(around) or 1.0
        own = batch.passage_vectors[i]
        if not batch.terms[i]:
            # A footnote that is an address alone has no words to be near to a question with.
            mixed[i] = 0.0
            continue
        mixed[i] = (1 - _SURROUNDING_SHARE) * own + _SURROUNDING_SHARE * around
    return mixed


def _terms(batch: _Batch) -> Iterator[Mapping[str, Sequence[str]]]:
    """Give the lexical terms of each passage: its own with its place's, and its surroundings'."""
    for text, terms, run in zip(batch.texts, batch.terms, batch.runs, strict=True):
        title = analyse(text.title)
        yield {
            "passage": [*title, *analyse(text.context), *terms],
            "surroundings": [*title, *(term for i in run for term in batch.terms[i])],
        }
