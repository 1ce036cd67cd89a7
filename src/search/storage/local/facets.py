"""What passages are filtered by, as arrays: millions are filtered in milliseconds.

The file holds, for each passage, numbers of its document, its theme and its first sentence, and
for each sentence a code of its label. What documents are filtered by (date, official themes) takes
few rows, and is in SQLite.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.records import Label, Passage

__all__ = ["FacetWriter", "Facets"]

_NO_LABEL = ("", "")


class FacetWriter:
    """Collects the facets of passages, in order of their ids."""

    def __init__(self) -> None:
        self._documents, self._themes, self._labels = array("i"), array("i"), array("B")
        self._first_sentences = array("q", [0])
        self._theme_codes: dict[str, int] = {}
        self._label_codes: dict[tuple[str, str], int] = {_NO_LABEL: 0}

    @property
    def passages(self) -> int:
        """The number of passages so far."""
        return len(self._documents)

    @property
    def sentences(self) -> int:
        """The number of sentences so far."""
        return len(self._labels)

    def add(self, document: int, passages: Sequence[Passage]) -> None:
        """Add the passages of a document, given its position in the corpus."""
        for passage in passages:
            label = passage.theme.label
            self._documents.append(document)
            self._themes.append(self._theme_codes.setdefault(label, len(self._theme_codes)))
            self._labels.extend(self._code(sentence.label) for sentence in passage.sentences)
            self._first_sentences.append(len(self._labels))

    def _code(self, label: Label | None) -> int:
        names = (label.holder.value, label.stance.value) if label else _NO_LABEL
        return self._label_codes.setdefault(names, len(self._label_codes))

    def write(self, path: Path) -> None:
        """Write the file; raises OSError."""
        with path.open("wb") as file:
            np.savez(
                file,
                documents=np.array(self._documents, dtype=np.int32),
                themes=np.array(self._themes, dtype=np.int32),
                first_sentences=np.array(self._first_sentences, dtype=np.int64),
                labels=np.array(self._labels, dtype=np.uint8),
                theme_names=np.array(list(self._theme_codes), dtype=np.str_),
                label_names=np.array(list(self._label_codes), dtype=np.str_),
            )


class Facets:
    """The facets of an open generation."""

    def __init__(self, path: Path) -> None:
        """Read the file; raises OSError, ValueError or KeyError for another kind of file."""
        with np.load(path, allow_pickle=False) as arrays:
            self.documents: NDArray[np.int32] = arrays["documents"]
            self.first_sentences: NDArray[np.int64] = arrays["first_sentences"]
            self._themes: NDArray[np.int32] = arrays["themes"]
            self._labels: NDArray[np.uint8] = arrays["labels"]
            self._theme_names: list[str] = arrays["theme_names"].tolist()
            self._label_names: list[list[str]] = arrays["label_names"].tolist()

    @property
    def theme_labels(self) -> tuple[str, ...]:
        """The theme labels of the passages, in order of the documents."""
        return tuple(name for name in self._theme_names if name)

    def of_documents(self, positions: Iterable[int]) -> NDArray[np.bool_]:
        """Return for each passage whether it is in a document at one of the positions."""
        return _is_in(self.documents, positions)

    def of_themes(self, labels: Sequence[str]) -> NDArray[np.bool_]:
        """Return for each passage whether it has one of the themes."""
        codes = (i for i, name in enumerate(self._theme_names) if name in labels)
        return _is_in(self._themes, codes)

    def of_labels(self, holders: Sequence[str], stances: Sequence[str]) -> NDArray[np.bool_]:
        """Return for each passage whether a sentence has one of the holders and of the stances.

        Without holders any holder counts, without stances any stance.
        """
        codes = (
            i
            for i, (holder, stance) in enumerate(self._label_names)
            if holder and (not holders or holder in holders) and (not stances or stance in stances)
        )
        # The number of such sentences before each sentence: passages without any get 0.
        before = np.concatenate([[0], np.cumsum(_is_in(self._labels, codes))])
        counts = before[self.first_sentences[1:]] - before[self.first_sentences[:-1]]
        return np.asarray(counts > 0)

    def label_counts(self) -> list[tuple[int, str, str, str, int]]:
        """Return the number of labelled sentences by document position, theme, holder and stance.

        In order of their first sentences.
        """
        passages = np.repeat(np.arange(len(self.documents)), np.diff(self.first_sentences))
        keys = np.stack([self.documents[passages], self._themes[passages], self._labels], axis=1)[
            self._labels > 0
        ]
        kinds, first, counts = np.unique(keys, axis=0, return_index=True, return_counts=True)
        return [
            (
                int(kinds[i, 0]),
                self._theme_names[kinds[i, 1]],
                *self._label_names[kinds[i, 2]],
                int(counts[i]),
            )
            for i in np.argsort(first)
        ]


def _is_in(values: NDArray[np.integer], wanted: Iterable[int]) -> NDArray[np.bool_]:
    """Return for each value whether it is wanted; by table, as np.isin would sort them."""
    chosen = list(wanted)
    # A document without passages may be wanted too, so its position may exceed all values.
    known = np.zeros(max([*chosen, int(values.max(initial=0))]) + 1, dtype=np.bool_)
    known[chosen] = True
    return np.asarray(known[values])
