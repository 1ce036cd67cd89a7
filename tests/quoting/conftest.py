"""The corpus and, where they are there, the letters of ministers, indexed without a model."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.paths import ROOT

from search.corpus import corpus_files, identify
from search.indexing import index_documents
from search.quoting import QuoteFinder
from search.reading import read_document
from search.reading.drafts import read_draft
from search.records import Document, Span
from search.storage import LocalStore

LETTERS = ROOT.parent / "shared" / "documents"


class Constant:
    """An encoder that gives every text the same vector: where quotes stand is no matter of it."""

    name = "constant"
    fingerprint = "constant"
    dimensions = 4
    max_tokens = 512

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words."""
        return [len(text.split()) for text in texts]

    def encode_passages(
        self,
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002
    ) -> NDArray[np.float32]:
        """Return one and the same vector for each text."""
        return np.full((len(texts), self.dimensions), 0.5, dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one and the same vector for each text."""
        return self.encode_passages(texts)


@dataclass(frozen=True)
class Sources:
    """Documents with their decoded files and their sentences, and a finder over them."""

    documents: dict[str, Document]
    files: dict[str, str]
    sentences: dict[str, tuple[Span, ...]]
    finder: QuoteFinder

    @property
    def all_sentences(self) -> list[tuple[Document, Span]]:
        """Return every sentence with its document."""
        return [
            (self.documents[name], span) for name, spans in self.sentences.items() for span in spans
        ]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Index the corpus with the ministers' letters beside it, as text."""
    corpus = tmp_path_factory.mktemp("citeren") / "corpus"
    shutil.copytree(ROOT / "corpus", corpus)
    for letter in sorted(LETTERS.glob("*.docx")):
        text = read_draft(letter.name, letter.read_bytes())
        (corpus / f"{letter.stem}.txt").write_text(text, encoding="utf-8")
    paths = corpus_files(corpus)
    names = identify(paths, corpus)
    documents = [read_document(path, corpus, names[path]) for path in paths]
    folder = corpus.parent / "index"
    index_documents(documents, folder, Constant())
    index = LocalStore(folder).open()
    sentences = {
        each.id: tuple(
            Span(s.start, s.end) for p in index.passages_of(each.id) for s in p.sentences
        )
        for each in documents
    }
    return Sources(
        {each.id: each for each in documents},
        {each.id: path.read_text("utf-8") for path, each in zip(paths, documents, strict=True)},
        sentences,
        QuoteFinder(index),
    )
