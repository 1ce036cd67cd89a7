"""Theme labels: from the document's own structure, from official metadata, else estimated."""

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
_NEAR = 0.85
"""An estimated theme behind the first must score at least this share of it."""


class _Encoder(Protocol):
    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class OfficialTheme:
    """A theme of the official TOP-lijst (TOOI): a main theme, or a sub-theme with its parent."""

    label: str
    parent: str
    uri: str
    words: str = ""
    """What a sub-theme is about, in words of our own: a label alone says too little to a model."""


def official_themes() -> tuple[OfficialTheme, ...]:
    """Read the official list: 16 main themes and 76 sub-themes.

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
    """Estimates official themes by nearness of meaning."""

    def __init__(self, encoder: _Encoder) -> None:
        """Embed the sub-themes of the official list with their words."""
        self._themes = [t for t in official_themes() if t.label != t.parent]
        texts = [f"{t.label}: {t.words}" for t in self._themes]
        vectors = encoder.encode_questions(texts)
        # What all labels have in common says nothing of any of them.
        self._common = vectors.mean(axis=0)
        self._vectors = _normalised(vectors - self._common)

    def estimate(self, vectors: NDArray[np.float32]) -> tuple[Theme, ...]:
        """Give the one or two themes nearest to a document's passages, shape (n, dimensions)."""
        if not len(vectors):
            return ()
        scores = (_normalised(vectors - self._common) @ self._vectors.T).mean(axis=0)
        order = np.argsort(-scores)[:_MOST_ESTIMATED]
        return tuple(
            Theme(self._themes[i].label, ThemeOrigin.ESTIMATED, self._themes[i].uri)
            for i in order
            if scores[i] >= _NEAR * scores[order[0]]
        )


def _normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1.0, lengths), dtype=np.float32)


def document_themes(
    metadata: Metadata, vectors: NDArray[np.float32], estimator: ThemeEstimator
) -> tuple[Theme, ...]:
    """Give a document's official themes: those its metadata name, else estimated ones.

    `vectors` are the document's passages, shape (n, dimensions).
    """
    if not metadata.themes:
        return estimator.estimate(vectors)
    known = {t.label.lower(): t for t in official_themes()}
    themes = []
    for name in metadata.themes:
        # Official metadata write "Top | Sub".
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
    """Give a document's official themes, and its passages with their theme.

    A passage's theme is the chapter that it stands in ("Thema 4: Migratiebeleid"); one that
    stands under no heading but "Vraag 2" or "Antwoord op vraag 2" has the document's first theme.
    """
    themes = document_themes(document.metadata, _running(passages, vectors), estimator)
    fallback = themes[0] if themes else Theme("", ThemeOrigin.ESTIMATED)
    return themes, [replace(p, theme=_chapter(p.section) or fallback) for p in passages]


def _chapter(section: Sequence[str]) -> Theme | None:
    """Give the chapter that a heading path stands in as a theme; None where there is none."""
    named = next((heading for heading in section if not is_marker(heading)), "")
    return Theme(named, ThemeOrigin.STRUCTURE) if named else None


def _running(passages: Sequence[Passage], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Leave out heads, signatures and notes: they say little of what a document is about."""
    aside = (Kind.LETTERHEAD, Kind.SIGNATURE, Kind.FOOTNOTE)
    rows = [i for i, p in enumerate(passages) if p.kind not in aside]
    return vectors[rows] if rows else vectors
