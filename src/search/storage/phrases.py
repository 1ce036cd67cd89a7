"""The words of whole documents with their places: which documents hold a phrase.

Beside the passages' terms, because a quote is looked for by its very words (no stems, no stop
words left out) and may run on from one passage into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from search.storage.lexical import TOKENIZER, WRITER_BYTES, open_tantivy, with_tokenizer

__all__ = ["PhraseIndex", "write_phrases"]

_FIELD = "words"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("position", stored=True, fast=True)
    builder.add_text_field(_FIELD, tokenizer_name=TOKENIZER, index_option="position")
    return builder.build()


def write_phrases(folder: Path, documents: Iterable[Sequence[str]]) -> None:
    """Write the words of each document, in order of the corpus, into a new folder."""
    folder.mkdir(parents=True)
    index = with_tokenizer(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    for position, words in enumerate(documents):
        document = tantivy.Document()
        document.add_unsigned("position", position)
        document.add_text(_FIELD, " ".join(words))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class PhraseIndex:
    """An open index of the words of whole documents."""

    def __init__(self, folder: Path) -> None:
        self._index = open_tantivy(folder)
        self._schema = _schema()
        self._searcher = self._index.searcher()

    @property
    def documents(self) -> int:
        """The number of documents in the index."""
        return self._searcher.num_docs

    def with_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[int]:
        """Give the positions of at most `top` documents that hold every phrase."""
        return self._search(phrases, tantivy.Occur.Must, top)

    def with_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[int]:
        """Give the positions of the `top` documents that hold most of the phrases, best first."""
        return self._search(phrases, tantivy.Occur.Should, top)

    def _search(
        self, phrases: Sequence[Sequence[str]], occur: tantivy.Occur, top: int
    ) -> list[int]:
        clauses = [(occur, self._phrase(phrase)) for phrase in phrases if phrase]
        if not clauses or top < 1:
            return []
        query = tantivy.Query.boolean_query(clauses)
        hits = self._searcher.search(query, limit=top, count=False).hits
        return [int(self._searcher.doc(address)["position"][0]) for _, address in hits]

    def _phrase(self, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, _FIELD, words[0])
        return tantivy.Query.phrase_query(self._schema, _FIELD, list(words))
