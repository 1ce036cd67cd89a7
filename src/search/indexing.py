"""Builds an index: a corpus folder through all rooms into a new generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np

from search.embedding import BUILT_IN, Encoder, RememberingEncoder, load_encoder
from search.errors import IndexUnusable, ReadingError
from search.passages import search_text
from search.preparing import Prepared, Progress, prepare, recipe_of, taken_over
from search.quoting import words_of
from search.reading import Limits, corpus_files, identify, read_document, sidecar_of
from search.records import Document
from search.retrieval import analyse
from search.storage import (
    FORMAT,
    CorpusFile,
    Index,
    Manifest,
    build_lock,
    checksum,
    current_folder,
    describe_corpus,
    new_generation,
    read_manifest,
    write_index,
)

__all__ = ["build_index", "index_documents", "model_of"]

Message = Callable[[str], None]


def build_index(
    corpus: Path,
    index: Path,
    model: str = BUILT_IN,
    *,
    limits: Limits = Limits(),
    message: Message | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation of the index from the corpus and switch to it.

    What has not changed since the generation before is taken over from it. A file that can't be
    read is left out and named in the manifest's `failed`; the others go on. Whatever goes wrong,
    the generation in use stays. While another build runs, this one waits.

    Raises ReadingError when no file can be read, ModelError for a model that can't be had,
    IndexUnusable when the index folder can't be written or the disk is full.
    """
    tell, show = message or (lambda _: None), progress or (lambda *_: None)
    with build_lock(index, lambda: tell("Een andere opdracht bouwt deze index; even geduld.")):
        encoder = RememberingEncoder(load_encoder(model, message=message))
        known = _Known(index, recipe_of(encoder))
        try:
            described = known.with_history(describe_corpus(corpus))
            read, failed = _read(corpus, known, described, limits, show)
            with new_generation(index) as folder:
                # Within, so that a folder that can't be written is told of before hours of work.
                fresh = [each for each in read if isinstance(each, Document)]
                made = iter(prepare(fresh, encoder, show))
                prepared = [next(made) if isinstance(each, Document) else each for each in read]
                manifest = _write(folder, prepared, encoder)
                manifest = replace(manifest, corpus=described, failed=failed, recipe=known.recipe)
                manifest.write(folder)
                Index(folder).close()
        finally:
            known.close()
    return manifest


def model_of(index: Path) -> str:
    """Give the model of the index in use, or the built-in one where there is none."""
    try:
        return read_manifest(current_folder(index)).model
    except IndexUnusable:
        return BUILT_IN


def index_documents(
    documents: Sequence[Document],
    index: Path,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation from documents that stand in no corpus folder, and switch to it.

    Raises IndexUnusable when the index folder can't be written.
    """
    with build_lock(index), new_generation(index) as folder:
        prepared = prepare(documents, encoder, progress or (lambda *_: None))
        manifest = _write(folder, prepared, encoder)
        manifest.write(folder)
        Index(folder).close()
    return manifest


class _Known:
    """The generation in use, from which documents are taken over when the recipe is the same."""

    def __init__(self, index: Path, recipe: str) -> None:
        self.recipe = recipe
        self._index: Index | None = None
        try:
            self._index = Index(current_folder(index))
        except IndexUnusable:
            # None yet, damaged, or of another format: everything is made anew.
            return

    def close(self) -> None:
        if self._index:
            self._index.close()

    @property
    def _files(self) -> Mapping[str, CorpusFile]:
        return self._index.manifest.corpus if self._index else MappingProxyType({})

    def with_history(self, described: dict[str, CorpusFile]) -> dict[str, CorpusFile]:
        """Say of each file since when it is there and when it was last seen to have changed."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = {}
        for name, file in described.items():
            before = self._files.get(name)
            changed = now if before and before.sha256 != file.sha256 else ""
            told[name] = replace(
                file,
                added=(before.added if before else "") or now,
                changed=changed or (before.changed if before else ""),
            )
        return told

    def taken_over(
        self, document: str, name: str, sidecar: str, described: Mapping[str, CorpusFile]
    ) -> Prepared | None:
        """Take a document over when neither its file nor its sidecar has changed."""
        if self._index is None or self._index.manifest.recipe != self.recipe:
            return None
        same = all(_checksum(self._files, each) == _checksum(described, each)
                   for each in (name, sidecar))  # fmt: skip
        listed = self._index.path_of(document)
        return taken_over(self._index, document) if same and listed == name else None


def _checksum(files: Mapping[str, CorpusFile], name: str) -> str:
    return files[name].sha256 if name in files else ""


def _read(
    corpus: Path,
    known: _Known,
    described: Mapping[str, CorpusFile],
    limits: Limits,
    progress: Progress,
) -> tuple[list[Prepared | Document], dict[str, str]]:
    """Take over or read each file, in order; and say which could not be read and why."""
    paths = corpus_files(corpus)
    names = identify(paths, corpus)
    read: list[Prepared | Document] = []
    failed: dict[str, str] = {}
    for number, path in enumerate(paths, start=1):
        name, sidecar = (p.relative_to(corpus).as_posix() for p in (path, sidecar_of(path)))
        try:
            before = known.taken_over(names[path], name, sidecar, described)
            read.append(before or read_document(path, corpus, names[path], limits))
        except ReadingError as error:
            failed[name] = str(error)
        progress("Bestanden lezen", number, len(paths))
    if not read:
        raise ReadingError("\n".join(failed.values()))
    return read, failed


def _write(folder: Path, prepared: Sequence[Prepared], encoder: Encoder) -> Manifest:
    """Write all but the manifest into the folder of a generation, and give the manifest."""
    none = np.empty((0, encoder.dimensions), dtype=np.float32)
    vectors = np.concatenate([none, *(each.passage_vectors for each in prepared)])
    sentences = np.concatenate([none, *(each.sentence_vectors for each in prepared)])
    write_index(
        folder,
        [each.stored for each in prepared],
        _terms(prepared),
        (words_of(each.stored.document.text) for each in prepared),
        vectors,
        sentences,
    )
    return Manifest(
        format=FORMAT,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        documents=len(prepared),
        passages=len(vectors),
        sentences=len(sentences),
        corpus={},
        files=_checksums(folder),
    )


def _checksums(folder: Path) -> dict[str, str]:
    """Give the checksum of each file of a new generation; tantivy's locks are none of it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): checksum(path)
        for path in files
        if not path.name.endswith(".lock")
    }


def _terms(prepared: Sequence[Prepared]) -> Iterator[Mapping[str, Sequence[str]]]:
    """Give the lexical terms of each passage: its own with its place's, and its surroundings'."""
    for each in prepared:
        document = each.stored.document
        title, own = analyse(document.metadata.name), each.stored.terms
        rows = zip(each.stored.passages, own, each.stored.runs, strict=True)
        contexts: dict[str, list[str]] = {}
        for passage, terms, run in rows:
            # Passages under one heading share their context.
            context = search_text(passage, document).context
            if context not in contexts:
                contexts[context] = analyse(context)
            yield {
                "passage": [*title, *contexts[context], *terms],
                "surroundings": [*title, *(term for i in run for term in own[i])],
            }
