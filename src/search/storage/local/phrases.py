"""The words of whole documents with their positions: which documents hold a phrase.

Separate from the lexical index, because a quote is looked for by its literal words (no stems, no
stop words left out) and may cross from one passage into the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from search.storage.local.tantivy_files import TOKENIZER, TantivyWriter, fast_values, open_tantivy

__all__ = ["PhraseIndex", "PhraseWriter"]

_FIELD = "words"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("position", fast=True)
    builder.add_text_field(_FIELD, tokenizer_name=TOKENIZER, index_option="position")
    return builder.build()


class PhraseWriter(TantivyWriter):
    """Writes the words of documents, in order of the corpus, into a new folder."""

    def __init__(self, folder: Path) -> None:
        """Begin in a folder, which is created and must not exist."""
        super().__init__(folder, _schema())

    def add(self, words: Sequence[str]) -> None:
        """Add the words of the next document."""
        document = tantivy.Document()
        document.add_unsigned("position", self._number)
        document.add_text(_FIELD, " ".join(words))
        self._write(document)


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
        """Return the positions of at most `top` documents that hold every phrase."""
        return self._search(phrases, tantivy.Occur.Must, top)

    def with_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[int]:
        """Return the positions of the `top` documents that hold most of the phrases, best first."""
        return self._search(phrases, tantivy.Occur.Should, top)

    def _search(
        self, phrases: Sequence[Sequence[str]], occur: tantivy.Occur, top: int
    ) -> list[int]:
        clauses = [(occur, self._phrase(phrase)) for phrase in phrases if phrase]
        if not clauses or top < 1:
            return []
        query = tantivy.Query.boolean_query(clauses)
        hits = self._searcher.search(query, limit=top, count=False).hits
        return fast_values(self._searcher, "position", hits)

    def _phrase(self, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, _FIELD, words[0])
        return tantivy.Query.phrase_query(self._schema, _FIELD, list(words))
