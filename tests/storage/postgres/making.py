"""Small documents for an index, made by hand: no model and no reader is needed for them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np

from search.records import (
    Document,
    Holder,
    Kind,
    Label,
    Metadata,
    Passage,
    Sentence,
    SourceMap,
    Span,
    Stance,
    Theme,
    ThemeOrigin,
)
from search.storage import FORMAT, Index, Indexable, Manifest, Store, StoredDocument

__all__ = ["DIMENSIONS", "MANIFEST", "document", "fill", "many"]

DIMENSIONS = 8
MANIFEST = Manifest(
    FORMAT, "2026-01-01T00:00:00+00:00", "eigen", "vinger", DIMENSIONS, 0, 0, 0, {}, {}
)
_THEMES = ("wonen", "zorg", "")
_STANCES = (
    (Holder.CABINET, Stance.SUPPORT),
    (Holder.ADVISOR, Stance.ADVICE),
    (Holder.CABINET, Stance.ADVICE),
)


def document(
    identifier: str,
    texts: Sequence[str],
    metadata: Metadata = Metadata(),
    *,
    seed: int = 0,
    themes: Sequence[str] = (),
) -> Indexable:
    """Make a document with a passage of one sentence for each text, and vectors by chance."""
    chance = np.random.default_rng(seed)
    passages, start = [], 0
    for i, text in enumerate(texts):
        end = start + len(text)
        holder, stance = _STANCES[i % 3]
        label = Label(holder, stance, 0.5, "", (Span(start, end),)) if i % 4 else None
        theme = Theme(_THEMES[(i + seed) % 3], ThemeOrigin.STRUCTURE)
        passages.append(
            Passage(
                i,
                identifier,
                Kind.PARAGRAPH,
                start,
                end,
                text,
                ("Kop",),
                (Sentence(start, end, label),) if text else (),
                theme,
                Span(0, 1),
                None,
                "3",
            )
        )
        start = end + 1
    words = " ".join(texts).split()
    terms = tuple(tuple(text.split()) for text in texts)
    runs = tuple(range(max(0, i - 1), min(len(texts), i + 2)) for i in range(len(texts)))
    around = [[term for i in run for term in terms[i]] for run in runs]
    read = Document(
        identifier, f"{identifier}.md", "\n".join(texts), metadata, (), (), (), (), SourceMap(())
    )
    own = tuple(Theme(name, ThemeOrigin.METADATA) for name in themes)
    return Indexable(
        StoredDocument(read, own, tuple(passages), runs, terms),
        [{"passage": t, "surroundings": a} for t, a in zip(terms, around, strict=True)],
        words,
        chance.normal(size=(len(texts), DIMENSIONS)).astype(np.float32),
        chance.normal(size=(sum(map(bool, texts)), DIMENSIONS)).astype(np.float32),
        lambda: f"bron van {identifier}: " + " ".join(texts),
    )


def many(documents: int, seed: int = 0) -> list[Indexable]:
    """Make documents of 1 to 12 passages of words by chance, the common ones often."""
    chance = random.Random(seed)
    vocabulary = [f"{a}{b}ter" for a in "bdfgklmnprstvz" for b in ("aa", "ee", "ij", "oe", "ui")]
    made = []
    for number in range(documents):
        texts = [
            " ".join(
                vocabulary[min(69, int(chance.expovariate(0.08)))]
                for _ in range(chance.randint(0, 60))
            )
            for _ in range(chance.randint(1, 12))
        ]
        about = Metadata(
            subject=f"Stuk {number}", date=f"20{10 + number % 10}-05-0{1 + number % 9}"
        )
        official = ("natuur",) if number % 3 == 0 else ()
        made.append(document(f"stuk-{number}", texts, about, seed=number, themes=official))
    return made


def fill(store: Store, documents: Iterable[Indexable]) -> Index:
    """Write an index of documents, and open it."""
    with store.build_lock(lambda: None), store.new_generation(DIMENSIONS) as writer:
        for each in documents:
            writer.add(each)
        writer.finish(MANIFEST, lambda *_: None)
    return store.open()
