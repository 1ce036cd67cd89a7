"""Builds an index of so many passages through the writer that every build uses, and times it.

Reading, cutting, embedding and labelling are left out: each takes as long for a document of a
large corpus as for one of a small, and `pipeline` measures them on some documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.scale.clock import Clock, disk, memory
from benchmarks.scale.corpus import Corpus, WithVectors
from benchmarks.scale.embedding import SEED
from benchmarks.scale.questions import Asked, choose, write_asked

from search.corpus import describe_corpus
from search.embedding import Encoder, load_encoder
from search.indexing import build_index
from search.indexing.stages import indexable
from search.labels import ThemeEstimator, label_passages, label_themes, load_labeller
from search.passages import make_passages, search_text
from search.reading import read_document, read_source
from search.settings import Settings
from search.storage import FORMAT, Indexable, LocalStore, Manifest, StoredDocument
from search.storage.local import writing

__all__ = ["build", "pipeline", "whole"]

_SAMPLE = 1_000
"""Passages on which the pipeline is timed."""
_QUESTIONS = 400
_PARTS = (
    ("", "_write_texts", "texts"),
    ("_facets", "add", "facets"),
    ("_lexical", "add", "lexical"),
    ("_lexical", "close", "lexical"),
    ("_phrases", "add", "phrases"),
    ("_phrases", "close", "phrases"),
    ("_passage_rows", "add", "rows of vectors"),
    ("_sentence_rows", "add", "rows of vectors"),
    ("", "write_vectors", "vector index"),
    ("", "checksum", "checksums"),
    ("", "sample_checksum", "checksums"),
)
"""What of the writer is timed: which part of it, or else the module, by which method."""


def build(
    corpus: Corpus, folder: Path, passages: int, asked: Sequence[Asked] = ()
) -> dict[str, Any]:
    """Write corpus and index into a folder; returns counts, seconds by part, memory and bytes.

    Beside them come the questions to ask, with the number of passages that answer each.

    The parts of `seconds` follow each other, `whole` is all of them and what is in between;
    `made` is what making the documents and their vectors took beside, which no real build does.
    """
    files, index = folder / "corpus", folder / "index"
    store, clock, parts = LocalStore(index), Clock(), Clock()
    documents = corpus.documents(files, passages)
    held: Counter[int] = Counter()
    with (
        clock.running("whole"),
        store.build_lock(lambda: None),
        store.new_generation(corpus.encoder.dimensions) as writer,
    ):
        for owner, method, name in _PARTS:
            parts.watch(getattr(writer, owner) if owner else writing, method, name)
        for document in _timed(documents, clock):
            with parts.running("terms and words"):
                ready = _ready(document, files)
            with parts.running("all"):
                writer.add(ready)
            held.update(document.made.rows)
        added = memory()
        with parts.running("checksums"):
            described = describe_corpus(files)
        with parts.running("all"):
            manifest = writer.finish(_manifest(corpus.encoder, described), lambda *_: None)
    rows = corpus.pool.rows
    told = [replace(each, held=held[rows[each.answer]]) if each.answer else each for each in asked]
    write_asked(folder / "questions.json", told)
    return {
        "documents": manifest.documents,
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "embedded": min(corpus.embedded, manifest.passages),
        "vectors": manifest.vectors,
        "seconds": parts.seconds,
        "whole": clock.seconds["whole"] - clock.seconds["made"],
        "made": clock.seconds["made"],
        "memory": {"added": added["resident"], "most": memory()["most"]},
        "disk": disk(index / store.current()) | {"corpus": sum(disk(files).values())},
    }


def _timed(documents: Iterator[WithVectors], clock: Clock) -> Iterator[WithVectors]:
    while True:
        with clock.running("made"):
            document = next(documents, None)
        if document is None:
            return
        yield document


def _ready(document: WithVectors, files: Path) -> Indexable:
    made = document.made
    stored = StoredDocument(made.document, made.themes, made.passages, made.runs, made.terms)
    path = files / made.document.path
    return indexable(stored, document.passages, document.sentences, lambda: read_source(path))


def _manifest(encoder: Encoder, described: Any) -> Manifest:
    built = datetime.now(UTC).isoformat(timespec="seconds")
    counts = 0, 0, 0
    manifest = Manifest(
        FORMAT, built, encoder.name, encoder.fingerprint, encoder.dimensions, *counts, {}, {}
    )
    return replace(manifest, corpus=described)


def pipeline(corpus: Corpus, folder: Path) -> dict[str, float]:
    """Read, cut, embed and label some documents; returns milliseconds a passage by stage.

    In a real build reading, embedding and writing overlap; here each is done alone, embedding on
    all processors.
    """
    clock, encoder = Clock(), load_encoder()
    themes, labels = ThemeEstimator(encoder), load_labeller(encoder)
    held = 0
    for each in corpus.documents(folder, corpus.embedded):
        # The real texts are no letters of usual length.
        if not each.made.document.path.startswith("kst/"):
            continue
        with clock.running("reading"):
            document = read_document(folder / each.made.document.path, folder)
        with clock.running("cutting"):
            passages = make_passages(document, encoder.count_tokens)
        with clock.running("embedding"):
            vectors = encoder.encode_passages(
                [search_text(p, document).for_encoder for p in passages]
            )
        with clock.running("embedding sentences"):
            encoder.encode_passages(
                [document.text[s.start : s.end] for p in passages for s in p.sentences]
            )
        with clock.running("labelling"):
            _, themed = label_themes(document, passages, vectors, themes)
            label_passages(document, themed, labels)
        held += len(passages)
        if held >= _SAMPLE:
            break
    return {name: 1000 * seconds / held for name, seconds in clock.seconds.items()}


def whole(folder: Path) -> dict[str, float]:
    """Build an index of the corpus folder as `kamerwijzer index` does, with nothing remembered.

    Gives the seconds that took, and the most bytes that were held.
    """
    clock = Clock()
    with clock.running("seconds"):
        manifest = build_index(Settings(folder / "corpus", folder / "whole"))
    return {**clock.seconds, "passages": manifest.passages, "most": memory()["most"]}


def main() -> None:
    """Build one index, or time the pipeline or a whole build, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("passages", type=int, help="0 times the pipeline, -1 a whole build")
    options = parser.parse_args()
    if options.passages < 0:
        print(json.dumps(whole(options.folder)))
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(options.evaluation, options.letters, options.work)
    asked = choose(options.evaluation, corpus.pool.rows, _QUESTIONS, SEED)
    if options.passages:
        print(json.dumps(build(corpus, options.folder, options.passages, asked)))
    else:
        print(json.dumps(pipeline(corpus, options.folder)))


if __name__ == "__main__":
    main()
