"""Documents on their way into an index: cut, embedded and labelled, or taken over as they were.

What is kept of a document depends on its file, its sidecar, the model and the tables of the
labels alone, so a document of which none has changed is taken from the generation before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from search.embedding import Encoder, RememberingEncoder
from search.labels import ThemeEstimator, label_passages, label_themes, load_model
from search.passages import make_passages, search_text, surroundings
from search.records import Document, Passage
from search.retrieval import analyse
from search.storage import FORMAT, Index, StoredDocument

__all__ = ["Prepared", "Progress", "prepare", "recipe_of", "taken_over"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""

_SURROUNDING_SHARE = 0.3
"""Share of the surroundings in a passage's vector."""
_TABLES = ("stances.json", "cues.tsv", "parties.tsv", "situations.tsv")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with all that an index keeps of it.

    Row i of `passage_vectors` belongs to its i-th passage; `sentence_vectors` has a row for each
    sentence of the passages in order.
    """

    stored: StoredDocument
    passage_vectors: NDArray[np.float32]
    sentence_vectors: NDArray[np.float32]


def recipe_of(encoder: Encoder) -> str:
    """Give a checksum of what, besides its files, decides what an index keeps of a document."""
    parts = [str(FORMAT), encoder.fingerprint]
    parts += [(files("search.labels") / name).read_text("utf-8") for name in _TABLES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def taken_over(index: Index, document: str) -> Prepared | None:
    """Take a document over from a generation; None when it is not there."""
    stored = index.stored(document)
    if stored is None:
        return None
    passages = stored.passages
    rows = index.sentence_rows(passages)
    none = np.empty((0, index.vectors.dimensions), dtype=np.float32)
    return Prepared(
        replace(stored, passages=_numbered(passages)),
        index.vectors.rows(passages[0].id, len(passages)) if passages else none,
        np.concatenate([none, *(rows[passage.id] for passage in passages)]),
    )


def prepare(documents: Sequence[Document], encoder: Encoder, progress: Progress) -> list[Prepared]:
    """Cut, embed and label documents; their texts are embedded together."""
    cut = [tuple(make_passages(document, encoder.count_tokens)) for document in documents]
    pairs = list(zip(documents, cut, strict=True))
    passage_vectors = encoder.encode_passages(
        [search_text(p, document).for_encoder for document, passages in pairs for p in passages],
        lambda done, total: progress("Passages omzetten", done, total),
    )
    sentence_vectors = encoder.encode_passages(
        [d.text[s.start : s.end] for d, passages in pairs for p in passages for s in p.sentences],
        lambda done, total: progress("Zinnen omzetten", done, total),
    )
    finish = _Finisher(encoder)
    prepared, first, first_sentence = [], 0, 0
    for number, (document, passages) in enumerate(pairs, start=1):
        after = first + len(passages)
        last_sentence = first_sentence + sum(len(passage.sentences) for passage in passages)
        own = passage_vectors[first:after], sentence_vectors[first_sentence:last_sentence]
        prepared.append(finish(document, passages, *own))
        first, first_sentence = after, last_sentence
        progress("Documenten duiden", number, len(pairs))
    return prepared


class _Names:
    """Encodes the names of themes with the memory of an encoder that has one."""

    def __init__(self, encoder: RememberingEncoder) -> None:
        self._encoder = encoder

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode names, shape (texts, dimensions)."""
        return self._encoder.encode_names(texts)


class _Finisher:
    """Labels what was cut and embedded, one document at a time."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        names = _Names(encoder) if isinstance(encoder, RememberingEncoder) else encoder
        self._themes = ThemeEstimator(names)
        self._labels = load_model(encoder.name)

    def __call__(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        sentences: NDArray[np.float32],
    ) -> Prepared:
        themes, themed = label_themes(document, passages, vectors, self._themes)
        labelled = _numbered(label_passages(document, themed, sentences, self._labels))
        runs = surroundings(labelled, self._encoder.count_tokens([p.text for p in labelled]))
        terms = tuple(tuple(analyse(passage.text)) for passage in labelled)
        return Prepared(
            StoredDocument(document, themes, labelled, tuple(runs), terms),
            _with_surroundings(labelled, runs, terms, vectors),
            sentences,
        )


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Number the passages of one document from 0."""
    return tuple(replace(passage, id=i) for i, passage in enumerate(passages))


def _with_surroundings(
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
