"""Builds an index: a corpus folder through all rooms into a new generation."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from search.corpus import CorpusFile, corpus_files, describe_corpus, identify
from search.embedding import BUILT_IN, CachedEncoder, Encoder, load_encoder
from search.errors import IndexUnusable, ReadingError
from search.indexing.reuse import Reuse
from search.indexing.stages import Read, prepared, recipe_of
from search.labels import load_labeller
from search.progress import Progress
from search.reading import read_document, read_source, sidecar_of
from search.records import Document, IndexLocation, Limits, is_database
from search.settings import Settings
from search.storage import FORMAT, Indexable, Manifest, Writer, corpus_of, store_of
from search.witness import Allowance, Witness, WitnessUnavailable, read_witness

__all__ = ["build_index", "index_documents", "model_of"]

Message = Callable[[str], None]


def build_index(
    settings: Settings,
    *,
    message: Message | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation of the index from the corpus, switch to it and return its manifest.

    The model is that of the settings, else the built-in one. What has not changed since the
    generation before is taken over from it. A file that can't be read is left out and named in
    the manifest's `failed`; the others go on. Whatever goes wrong, the generation in use stays.
    While another build runs, this one waits.

    Raises ReadingError when no file can be read, ModelError for a model that can't be had,
    IndexUnusable when the index can't be written or the disk is full.
    """
    tell, show = message or (lambda _: None), progress or (lambda *_: None)
    corpus, store = corpus_of(settings), store_of(settings.index)
    with store.build_lock(lambda: tell("Een andere opdracht bouwt deze index; even geduld.")):
        loaded = load_encoder(settings.model or BUILT_IN, cache=settings.cache, message=message)
        encoder = CachedEncoder(loaded, settings.cache)
        labeller = load_labeller(encoder, cache=settings.cache, message=message)
        known = Reuse(store, recipe_of(encoder))
        try:
            described = known.with_history(describe_corpus(corpus))
            files = _Files(corpus, known, described, settings.limits)
            with store.new_generation(encoder.dimensions) as writer:
                _fill(writer, prepared(files.read(), encoder, labeller, show), len(files), show)
                if not files.taken:
                    raise ReadingError("\n".join(files.failed.values()))
                manifest = replace(
                    _manifest(encoder), corpus=described, failed=files.failed, recipe=known.recipe
                )
                return writer.finish(_with_folder(manifest, corpus, settings.index), show)
        finally:
            known.close()


def _with_folder(manifest: Manifest, corpus: Path, index: IndexLocation) -> Manifest:
    """Return the manifest with where the corpus is, as far as that has a meaning."""
    if is_database(index):
        return manifest
    try:
        from_here = Path(os.path.relpath(corpus, index)).as_posix()
    except ValueError:
        # On Windows there is no path from one drive to another.
        from_here = ""
    return replace(manifest, folder=corpus.absolute().as_posix(), folder_from_here=from_here)


def model_of(index: IndexLocation) -> str:
    """Return the model of the index in use, or the built-in one where there is none."""
    try:
        return store_of(index).manifest().model
    except IndexUnusable:
        return BUILT_IN


def index_documents(
    documents: Sequence[Document],
    index: IndexLocation,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
) -> Manifest:
    """Build a new generation from documents that are in no corpus folder, and switch to it.

    Raises IndexUnusable when the index can't be written.
    """
    show, store = progress or (lambda *_: None), store_of(index)
    read = (Read(each, lambda text=each.text: text) for each in documents)  # type: ignore[misc]
    with (
        store.build_lock(lambda: None),
        store.new_generation(encoder.dimensions) as writer,
    ):
        ready = prepared(read, encoder, load_labeller(encoder), show)
        _fill(writer, ready, len(documents), show)
        return writer.finish(_manifest(encoder), show)


def _fill(writer: Writer, made: Generator[Indexable], total: int, progress: Progress) -> None:
    """Write documents as they become ready."""
    written = 0
    # Closed at once when the writer fails, so that no thread reads on.
    with closing(made) as ready:
        for document in ready:
            writer.add(document)
            written += 1
            progress("Documenten verwerken", written, total)
    # Files that could not be read count as done too.
    if written < total:
        progress("Documenten verwerken", total, total)


def _manifest(encoder: Encoder) -> Manifest:
    """Return a manifest; the writer fills in what it wrote."""
    return Manifest(
        format=FORMAT,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        documents=0,
        passages=0,
        sentences=0,
        corpus={},
        files={},
    )


class _Files:
    """The files of a corpus, read or taken over one by one."""

    def __init__(
        self, corpus: Path, known: Reuse, described: Mapping[str, CorpusFile], limits: Limits
    ) -> None:
        """List the files; raises ReadingError for a folder without any."""
        self._corpus, self._limits = corpus, limits
        self._known, self._described = known, described
        self._names = identify(corpus_files(corpus), corpus)
        self.taken = 0
        """Files that were read so far, or taken over."""
        self.failed: dict[str, str] = {}
        """Those that could not be read, each with why."""

    def __len__(self) -> int:
        return len(self._names)

    def read(self) -> Iterator[Indexable | Read]:
        """Take over or read each file, in order."""
        for path, identifier in self._names.items():
            name, sidecar = (
                each.relative_to(self._corpus).as_posix() for each in (path, sidecar_of(path))
            )
            try:
                read = self._read(path, identifier, name, sidecar)
            except ReadingError as error:
                self.failed[name] = str(error)
            else:
                self.taken += 1
                yield read

    def _read(self, path: Path, identifier: str, name: str, sidecar: str) -> Indexable | Read:
        def source() -> str:
            return read_source(path, self._limits)

        def witness() -> Witness | WitnessUnavailable:
            limits = self._limits
            allowed = Allowance(limits.unpacked, limits.characters, limits.pages, limits.seconds)
            return read_witness(path.read_bytes(), path.name, allowed)

        before = self._known.taken_over(identifier, name, sidecar, self._described, source)
        if before:
            return before
        document = read_document(path, self._corpus, identifier, self._limits)
        return Read(document, source, witness)
