"""Builds an index: a corpus folder through all rooms into a new generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from search.embedding import BUILT_IN, CachedEncoder, Encoder, load_encoder
from search.errors import IndexUnusable, ReadingError
from search.indexing.stages import Progress, Read, prepared, recipe_of, taken_over
from search.reading import corpus_files, identify, read_document, read_source, sidecar_of
from search.records import Document, IndexLocation, Limits
from search.storage import (
    FORMAT,
    CorpusFile,
    Index,
    Indexable,
    Manifest,
    Store,
    Writer,
    describe_corpus,
    store_of,
)

__all__ = ["build_index", "index_documents", "model_of"]

Message = Callable[[str], None]


def build_index(
    corpus: Path,
    index: IndexLocation,
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
    IndexUnusable when the index can't be written or the disk is full.
    """
    tell, show = message or (lambda _: None), progress or (lambda *_: None)
    store = store_of(index)
    with store.build_lock(lambda: tell("Een andere opdracht bouwt deze index; even geduld.")):
        encoder = CachedEncoder(load_encoder(model, message=message))
        known = _Known(store, recipe_of(encoder))
        try:
            described = known.with_history(describe_corpus(corpus))
            files = _Files(corpus, known, described, limits)
            with store.new_generation(encoder.dimensions) as writer:
                _fill(writer, files.read(), encoder, len(files), show)
                if not files.taken:
                    raise ReadingError("\n".join(files.failed.values()))
                manifest = replace(
                    _manifest(encoder), corpus=described, failed=files.failed, recipe=known.recipe
                )
                return writer.finish(manifest, show)
        finally:
            known.close()


def model_of(index: IndexLocation) -> str:
    """Give the model of the index in use, or the built-in one where there is none."""
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
    """Build a new generation from documents that stand in no corpus folder, and switch to it.

    Raises IndexUnusable when the index can't be written.
    """
    show, store = progress or (lambda *_: None), store_of(index)
    read = (Read(each, lambda text=each.text: text) for each in documents)  # type: ignore[misc]
    with (
        store.build_lock(lambda: None),
        store.new_generation(encoder.dimensions) as writer,
    ):
        _fill(writer, read, encoder, len(documents), show)
        return writer.finish(_manifest(encoder), show)


def _fill(
    writer: Writer,
    read: Iterable[Indexable | Read],
    encoder: Encoder,
    total: int,
    progress: Progress,
) -> None:
    """Write documents as they get ready."""
    written = 0
    # Closed at once when the writer fails, so that no thread reads on.
    with closing(prepared(read, encoder, progress)) as ready:
        for document in ready:
            writer.add(document)
            written += 1
            progress("Documenten verwerken", written, total)
    # Files that could not be read are done with too.
    if written < total:
        progress("Documenten verwerken", total, total)


def _manifest(encoder: Encoder) -> Manifest:
    """Give a manifest of which the writer fills in what it wrote."""
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


class _Known:
    """The generation in use, from which documents are taken over when the recipe is the same."""

    def __init__(self, store: Store, recipe: str) -> None:
        self.recipe = recipe
        self._index: Index | None = None
        try:
            self._index = store.open()
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
        self,
        document: str,
        name: str,
        sidecar: str,
        described: Mapping[str, CorpusFile],
        source: Callable[[], str],
    ) -> Indexable | None:
        """Take a document over when neither its file nor its sidecar has changed."""
        if self._index is None or self._index.manifest.recipe != self.recipe:
            return None
        same = all(
            _checksum(self._files, each) == _checksum(described, each) for each in (name, sidecar)
        )
        is_its_file = same and self._index.path_of(document) == name
        return taken_over(self._index, document, source) if is_its_file else None


def _checksum(files: Mapping[str, CorpusFile], name: str) -> str:
    return files[name].sha256 if name in files else ""


class _Files:
    """The files of a corpus, read or taken over one by one."""

    def __init__(
        self, corpus: Path, known: _Known, described: Mapping[str, CorpusFile], limits: Limits
    ) -> None:
        """Take what is known of the files; raises ReadingError when there is none."""
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

        before = self._known.taken_over(identifier, name, sidecar, self._described, source)
        return before or Read(read_document(path, self._corpus, identifier, self._limits), source)
