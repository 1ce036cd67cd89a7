"""How long a quote takes to be found in a large corpus.

    .venv/bin/python benchmarks/quote_speed.py ../shared/eval --passages 100000

The documents are made of sentences of the texts given (`corpus.jsonl` of each set in the folder),
shuffled, so that words and their frequencies are those of real Dutch. No model is needed to find
a quote: the vectors of the passages are zero, and no sentence is labelled.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from search.dutch import analyse, split_sentences
from search.indexing.stages import indexable
from search.passages import make_passages
from search.quoting import QuoteFinder
from search.reading import read_text
from search.records import Document, Passage
from search.storage import FORMAT, Indexable, LocalStore, Manifest, StoredDocument
from search.storage.local.index import LocalIndex

_PARAGRAPHS, _SENTENCES = 20, 4
_DIMENSIONS = 8


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*/corpus.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


def _documents(sentences: Sequence[str], chance: random.Random) -> Iterator[Document]:
    number = 0
    while True:
        number += 1
        paragraphs = (" ".join(chance.choices(sentences, k=_SENTENCES)) for _ in range(_PARAGRAPHS))
        yield read_text("\n\n".join(paragraphs), f"document-{number}")


def _build(folder: Path, documents: list[Document], passages: list[Passage]) -> LocalIndex:
    own: dict[str, list[Passage]] = {document.id: [] for document in documents}
    for passage in passages:
        own[passage.document].append(passage)
    store = LocalStore(folder)
    with store.new_generation(_DIMENSIONS) as writer:
        for document in documents:
            writer.add(_indexable(document, own[document.id]))
        writer.finish(Manifest(FORMAT, "", "", "", _DIMENSIONS, 0, 0, 0, {}, {}), lambda *_: None)
    return store.open()


def _indexable(document: Document, passages: list[Passage]) -> Indexable:
    terms = tuple(tuple(analyse(p.text)) for p in passages)
    runs = tuple(range(i, i + 1) for i in range(len(passages)))
    sentences = sum(len(p.sentences) for p in passages)
    return indexable(
        StoredDocument(document, (), tuple(passages), runs, terms),
        np.zeros((len(passages), _DIMENSIONS), dtype=np.float32),
        np.zeros((sentences, _DIMENSIONS), dtype=np.float32),
        lambda: document.text,
    )


def _quotes(documents: Sequence[Document], chance: random.Random) -> dict[str, list[str]]:
    """Return runs of words: unchanged, with a word changed, and shuffled."""
    drawn: dict[str, list[str]] = {"exact": [], "near": [], "absent": []}
    for _ in range(200):
        document = chance.choice(documents)
        words = document.text.split()
        start = chance.randrange(len(words) - 40)
        run = words[start : start + chance.randrange(6, 40)]
        drawn["exact"].append(" ".join(run))
        drawn["near"].append(" ".join([*run[:3], "anders", *run[4:]]))
        drawn["absent"].append(" ".join(chance.sample(words, 15)))
    return drawn


def main() -> None:
    """Build the corpus, look the quotes up and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    chance = random.Random(1)
    sentences = [
        text[s.start : s.end] for text in _texts(options.texts) for s in split_sentences(text)
    ]
    documents: list[Document] = []
    passages: list[Passage] = []
    for document in _documents(sentences, chance):
        documents.append(document)
        made = make_passages(document, lambda texts: [len(text.split()) for text in texts])
        passages += [replace(p, id=len(passages) + i) for i, p in enumerate(made)]
        if len(passages) >= options.passages:
            break
    with tempfile.TemporaryDirectory() as folder:
        index = _build(Path(folder), documents, passages)
        size = sum(p.stat().st_size for p in (index.folder / "phrases").rglob("*"))
        words = sum(len(d.text.split()) for d in documents)
        print(f"{len(passages)} passages, {len(documents)} documents, {words} words")
        print(f"phrases take {size / 1e6:.1f} MB on disk")
        finder = QuoteFinder(index)
        for kind, quotes in _quotes(documents, chance).items():
            times, found = [], 0
            for quote in quotes:
                begun = time.perf_counter()
                places = finder.find(quote)
                times.append(1000 * (time.perf_counter() - begun))
                found += bool(places)
            times.sort()
            print(
                f"{kind:7} median {statistics.median(times):6.1f} ms   "
                f"p95 {times[int(0.95 * len(times))]:6.1f} ms   found {found} of {len(quotes)}"
            )
        index.close()


if __name__ == "__main__":
    main()
