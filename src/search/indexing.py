"""Builds an index: a corpus folder through all rooms into a new generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedding import BUILT_IN, Encoder, load_encoder
from search.labels import ThemeEstimator, label_themes
from search.passages import SearchText, make_passages, search_text
from search.reading import corpus_files, identify, read_document
from search.records import Document, Passage, Theme
from search.retrieval import analyse
from search.storage import (
    FORMAT,
    Index,
    Manifest,
    checksum,
    describe_corpus,
    new_generation,
    write_index,
)

__all__ = ["build_index"]

Message = Callable[[str], None]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """A corpus on its way to the disk; row i of `passage_vectors` belongs to passage i."""

    documents: list[tuple[Document, tuple[Theme, ...]]]
    passages: list[Passage]
    texts: list[SearchText]
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
    encoder = load_encoder(model, message=message)
    batch = _prepare(documents, encoder, progress or (lambda *_: None))
    with new_generation(index) as folder:
        write_index(
            folder,
            batch.documents,
            batch.passages,
            _terms(batch.texts),
            batch.passage_vectors,
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
            corpus=described,
            files={
                path.relative_to(folder).as_posix(): checksum(path)
                for path in sorted(folder.rglob("*"))
                if path.is_file() and not path.name.endswith(".lock")
            },
        )
        manifest.write(folder)
        Index(folder).close()
    return manifest


def _prepare(documents: Sequence[Document], encoder: Encoder, progress: Progress) -> _Batch:
    """Cut, embed and label the documents; passages are numbered through."""
    cut = [make_passages(document, encoder.count_tokens) for document in documents]
    texts = [
        search_text(passage, document)
        for document, passages in zip(documents, cut, strict=True)
        for passage in passages
    ]
    passage_vectors = encoder.encode_passages(
        [text.for_encoder for text in texts],
        lambda done, total: progress("Passages omzetten", done, total),
    )
    sentence_vectors = encoder.encode_passages(
        [s for document, passages in zip(documents, cut, strict=True)
         for s in _sentence_texts(document, passages)],
        lambda done, total: progress("Zinnen omzetten", done, total),
    )  # fmt: skip
    estimator = ThemeEstimator(encoder)
    labelled: list[tuple[Document, tuple[Theme, ...]]] = []
    numbered: list[Passage] = []
    for document, passages in zip(documents, cut, strict=True):
        rows = passage_vectors[len(numbered) : len(numbered) + len(passages)]
        themes, themed = label_themes(document, passages, rows, estimator)
        labelled.append((document, themes))
        numbered += [replace(p, id=i) for i, p in enumerate(themed, start=len(numbered))]
    return _Batch(labelled, numbered, texts, passage_vectors, sentence_vectors)


def _sentence_texts(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        for sentence in passage.sentences:
            yield document.text[sentence.start : sentence.end]


def _terms(texts: Sequence[SearchText]) -> Iterator[Mapping[str, Sequence[str]]]:
    for text in texts:
        yield {
            "text": analyse(text.text),
            "context": analyse(text.context),
            "title": analyse(text.title),
        }
