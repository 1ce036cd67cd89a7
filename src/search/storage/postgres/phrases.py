"""The words of documents for PostgreSQL's text search, which finds phrases.

A tsvector holds the positions of at most 256 occurrences of a word, and none after the 16,383rd: a
document is split into windows below both limits. They overlap, so that every phrase of 24 words is
whole in one of them.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterable, Iterator, Sequence

from search.storage.postgres.reading import GenerationReader

__all__ = ["LONGEST", "PhraseSearch", "as_query", "best_of", "runs_of", "windows"]

LONGEST = 24
"""Words of a phrase that is looked for at once."""
_WINDOW = 2_000
_MOST_OCCURRENCES = 255
_LONGEST_LEXEME = 200
"""Bytes of a word; a longer one is replaced by its checksum, since tsvector has a limit."""
_MOST_WINDOWS = 1_000
"""Windows that are read for one of many phrases: a phrase in more windows says little."""
_WINDOWS_PER_DOCUMENT = 8


def _lexeme(word: str) -> bytes:
    written = word.replace("\0", "\ufffd").encode("utf-8", "replace")
    if len(written) <= _LONGEST_LEXEME:
        return written
    return b"#" + hashlib.sha256(written).hexdigest().encode()


def windows(words: Sequence[str], size: int = _WINDOW) -> Iterator[bytes]:
    """Yield the windows of a document, each a tsvector in PostgreSQL's binary form."""
    start = 0
    while start < len(words):
        positions: dict[bytes, list[int]] = {}
        end = start
        while end < min(start + size, len(words)):
            of_word = positions.setdefault(_lexeme(words[end]), [])
            if len(of_word) == _MOST_OCCURRENCES:
                break
            of_word.append(end - start + 1)
            end += 1
        yield _binary(positions)
        if end == len(words):
            return
        start = end - (LONGEST - 1)


def _binary(positions: dict[bytes, list[int]]) -> bytes:
    parts = [struct.pack("!i", len(positions))]
    for lexeme in sorted(positions):
        at = positions[lexeme]
        parts.append(lexeme + b"\0" + struct.pack(f"!H{len(at)}H", len(at), *at))
    return b"".join(parts)


def runs_of(phrases: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Return phrases of at most LONGEST words: a longer one is split into runs that overlap."""
    runs: list[Sequence[str]] = []
    for phrase in phrases:
        last = max(0, len(phrase) - LONGEST)
        starts = [*range(0, last, LONGEST // 2), last]
        runs += [phrase[i : i + LONGEST] for i in starts if phrase]
    return runs


def as_query(phrase: Sequence[str]) -> str:
    """Return the tsquery of a phrase of at most LONGEST words: these words, one after another."""
    return " <-> ".join(_quoted(word) for word in phrase)


def _quoted(word: str) -> str:
    written = _lexeme(word).decode("utf-8")
    return "'" + written.replace("\\", "\\\\").replace("'", "''") + "'"


def best_of(found: Iterable[tuple[int, str]], documents: int, top: int) -> list[str]:
    """Return the `top` documents with the most phrases, from pairs of a phrase and a document.

    A phrase has weight ln(1 + N / n) when n of the N documents hold it.
    """
    holding: dict[int, dict[str, None]] = {}
    for phrase, document in found:
        holding.setdefault(phrase, {})[document] = None
    scores: dict[str, float] = {}
    for names in holding.values():
        for name in names:
            scores[name] = scores.get(name, 0.0) + math.log(1 + documents / len(names))
    return sorted(scores, key=lambda name: -scores[name])[:top]


class PhraseSearch:
    """Finds the documents of one generation that hold phrases."""

    def __init__(self, reader: GenerationReader, documents: int) -> None:
        """Take the reader of the generation, and its number of documents."""
        self._reader = reader
        self._documents = documents

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return at most `top` documents that hold every phrase, word for word."""
        queries = [as_query(run) for run in runs_of(phrases)]
        if not queries or top < 1:
            return []
        if len(queries) == 1:
            found = self._first(queries[0], top)
            if found is not None:
                return found
        holds = "position IN (SELECT document FROM windows WHERE words @@ %s::tsquery)"
        where = " AND ".join([holds] * len(queries))
        query = f"SELECT id FROM documents WHERE {where} ORDER BY position LIMIT {int(top)}"
        return [row["id"] for row in self._reader.rows(query, queries)]

    def _first(self, query: str, top: int) -> list[str] | None:
        """Return the first documents found; None when they are fewer than `top` and there are more.

        "het kabinet" is in almost every document: it would take long to find all and keep a few.
        """
        most = _WINDOWS_PER_DOCUMENT * top
        rows = self._reader.rows(
            "SELECT d.id FROM (SELECT document FROM windows WHERE words @@ %s::tsquery "
            f"LIMIT {most}) w JOIN documents d ON d.position = w.document ORDER BY d.position",
            [query],
        )
        found = list(dict.fromkeys(row["id"] for row in rows))
        return found[:top] if len(found) >= top or len(rows) < most else None

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Return the `top` documents that hold most of the phrases; rare ones count for more.

        Of a phrase of more than 24 words the first 24 are looked for.
        """
        queries = [as_query(phrase[:LONGEST]) for phrase in phrases if phrase]
        if not queries or top < 1:
            return []
        rows = self._reader.rows(
            "SELECT q.number, d.id FROM unnest(%s::text[]) WITH ORDINALITY q (query, number), "
            "LATERAL (SELECT document FROM windows WHERE words @@ q.query::tsquery "
            f"LIMIT {_MOST_WINDOWS}) w JOIN documents d ON d.position = w.document "
            "ORDER BY q.number, d.position",
            [queries],
        )
        return best_of(((row["number"], row["id"]) for row in rows), self._documents, top)
