"""Theme labels: from the document's structure, from official metadata, or estimated."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.dutch import is_marker
from search.records import Document, Kind, Metadata, Passage, Theme, ThemeOrigin

__all__ = ["OfficialTheme", "ThemeEstimator", "label_themes", "official_themes"]

_BASE = "https://identifier.overheid.nl/tooi/def/thes/top/"
_MOST_ESTIMATED = 2
_LEAST_SHARE = 0.85
"""Least score of a second estimated theme, as a share of the first's."""


class _Encoder(Protocol):
    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class OfficialTheme:
    """A theme of the official TOP-lijst (TOOI): a main theme, or a sub-theme with its parent."""

    label: str
    parent: str
    uri: str
    words: str = ""
    """What a sub-theme is about in our own words, because a label alone tells too little."""


def official_themes() -> tuple[OfficialTheme, ...]:
    """Return the official list of 16 main themes and 76 sub-themes.

    Source: TOOI's thesaurus of themes, https://identifier.overheid.nl/tooi/set/scw_toplijst.
    """
    text = (files("search.labels") / "top.tsv").read_text(encoding="utf-8")
    return tuple(
        OfficialTheme(
            row["subtheme"] or row["theme"], row["theme"], _BASE + row["code"], row["words"]
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


class ThemeEstimator:
    """Estimates official themes by their cosine with passages."""

    def __init__(self, encoder: _Encoder) -> None:
        """Embed the sub-themes of the official list with their words."""
        self._themes = [t for t in official_themes() if t.label != t.parent]
        texts = [f"{t.label}: {t.words}" for t in self._themes]
        vectors = encoder.encode_questions(texts)
        # Centred: what all labels have in common does not tell them apart.
        self._mean = vectors.mean(axis=0)
        self._vectors = _normalised(vectors - self._mean)

    def estimate(self, vectors: NDArray[np.float32]) -> tuple[Theme, ...]:
        """Return the one or two themes nearest to passage vectors of shape (n, dimensions)."""
        if not len(vectors):
            return ()
        scores = (_normalised(vectors - self._mean) @ self._vectors.T).mean(axis=0)
        order = np.argsort(-scores)[:_MOST_ESTIMATED]
        return tuple(
            Theme(self._themes[i].label, ThemeOrigin.ESTIMATED, self._themes[i].uri)
            for i in order
            if scores[i] >= _LEAST_SHARE * scores[order[0]]
        )


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1.0, lengths), dtype=np.float32)


def document_themes(
    metadata: Metadata, vectors: NDArray[np.float32], estimator: ThemeEstimator
) -> tuple[Theme, ...]:
    """Return a document's official themes: those of its metadata, or else estimated ones.

    `vectors` are those of the document's passages, shape (n, dimensions).
    """
    if not metadata.themes:
        return estimator.estimate(vectors)
    known = {t.label.lower(): t for t in official_themes()}
    themes = []
    for name in metadata.themes:
        # Official metadata has the form "Top | Sub".
        label = name.rpartition("|")[2].strip()
        official = known.get(label.lower())
        themes.append(Theme(label, ThemeOrigin.METADATA, official.uri if official else ""))
    return tuple(themes)


def label_themes(
    document: Document,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    estimator: ThemeEstimator,
) -> tuple[tuple[Theme, ...], list[Passage]]:
    """Return a document's official themes, and its passages with their theme.

    A passage's theme is its chapter ("Thema 4: Migratiebeleid"), or the document's first theme if
    it is under no heading but "Vraag 2" or "Antwoord op vraag 2".
    """
    themes = document_themes(document.metadata, _text_vectors(passages, vectors), estimator)
    fallback = themes[0] if themes else Theme("", ThemeOrigin.ESTIMATED)
    return themes, [replace(p, theme=_chapter(p.section) or fallback) for p in passages]


def _chapter(section: Sequence[str]) -> Theme | None:
    """Return the chapter of a heading path as a theme, or None."""
    named = next((heading for heading in section if not is_marker(heading)), "")
    return Theme(named, ThemeOrigin.STRUCTURE) if named else None


def _text_vectors(passages: Sequence[Passage], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors without those of letterheads, signatures and notes, if others are left."""
    no_text = (Kind.LETTERHEAD, Kind.SIGNATURE, Kind.FOOTNOTE)
    rows = [i for i, p in enumerate(passages) if p.kind not in no_text]
    return vectors[rows] if rows else vectors
