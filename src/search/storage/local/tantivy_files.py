"""tantivy indexes in a folder, as the lexical and the phrase index use them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import tantivy

__all__ = ["TOKENIZER", "TantivyWriter", "fast_values", "open_tantivy"]

TOKENIZER = "terms"
"""The name of the tokenizer that splits texts at spaces: the terms are analysed already."""
_WRITER_BYTES = 64_000_000
_TRIES, _PAUSE = 20, 0.01


class TantivyWriter:
    """Writes a new index, document by document, numbered from 0 in the order given."""

    def __init__(self, folder: Path, schema: tantivy.Schema) -> None:
        """Begin an index in a folder, which is created and must not exist."""
        folder.mkdir(parents=True)
        index = _with_tokenizer(tantivy.Index(schema, path=str(folder)))
        self._writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._number = 0

    def _write(self, document: tantivy.Document) -> None:
        self._writer.add_document(document)
        self._number += 1

    def close(self) -> None:
        """Write what is not written yet, and wait until all of it is."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(TOKENIZER, analyser)
    return index


def open_tantivy(folder: Path) -> tantivy.Index:
    """Open an index to read, also where the folder can't be written.

    tantivy creates a lock file in the folder of the files that it opens. Where it may not, it is
    given a folder of links to them, which can be removed once it has mapped the files into memory.
    """
    try:
        return _with_tokenizer(tantivy.Index.open(str(folder)))
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    links = Path(mkdtemp(prefix="kamerwijzer-"))
    try:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (links / path.name).symlink_to(path.resolve())
        return _with_tokenizer(tantivy.Index.open(str(links)))
    finally:
        _remove(links)


def _remove(links: Path) -> None:
    """Remove a folder in which tantivy's own thread may be creating its lock file."""
    for _ in range(_TRIES):
        shutil.rmtree(links, ignore_errors=True)
        if not links.exists():
            return
        time.sleep(_PAUSE)


def fast_values(
    searcher: tantivy.Searcher, field: str, hits: Sequence[tuple[Any, tantivy.DocAddress]]
) -> list[int]:
    """Return the number in a fast field of each hit; read by column, without the document."""
    values: Any = searcher.fast_field_values(field, [address for _, address in hits])
    return [int(value) for value in values]
