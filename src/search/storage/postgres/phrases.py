"""The words of documents as PostgreSQL's text search keeps them, for phrases.

A tsvector knows the place of at most 256 occurrences of a word, and of no word behind the
16,383rd: a document is cut into windows that stay below both. They overlap, so that every phrase of
24 words stands whole in one.
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
_MOST_OF_A_WORD = 255
_LONGEST_LEXEME = 200
"""Bytes of a word; what is longer is kept by its checksum, since the type has a limit."""
_MOST_WINDOWS = 1_000
"""Windows that are looked at for one of many phrases: one that stands in more says little."""
_PER_DOCUMENT = 8


def _lexeme(word: str) -> bytes:
    written = word.replace("\0", "\ufffd").encode("utf-8", "replace")
    if len(written) <= _LONGEST_LEXEME:
        return written
    return b"#" + hashlib.sha256(written).hexdigest().encode()


def windows(words: Sequence[str], size: int = _WINDOW) -> Iterator[bytes]:
    """Give the windows of a document, each a tsvector in PostgreSQL's binary form."""
    start = 0
    while start < len(words):
        places: dict[bytes, list[int]] = {}
        end = start
        while end < min(start + size, len(words)):
            of_word = places.setdefault(_lexeme(words[end]), [])
            if len(of_word) == _MOST_OF_A_WORD:
                break
            of_word.append(end - start + 1)
            end += 1
        yield _binary(places)
        if end == len(words):
            return
        start = end - (LONGEST - 1)


def _binary(places: dict[bytes, list[int]]) -> bytes:
    parts = [struct.pack("!i", len(places))]
    for lexeme in sorted(places):
        at = places[lexeme]
        parts.append(lexeme + b"\0" + struct.pack(f"!H{len(at)}H", len(at), *at))
    return b"".join(parts)


def runs_of(phrases: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Give phrases as the index can look for them: of one that is too long, runs that overlap."""
    runs: list[Sequence[str]] = []
    for phrase in phrases:
        last = max(0, len(phrase) - LONGEST)
        starts = [*range(0, last, LONGEST // 2), last]
        runs += [phrase[i : i + LONGEST] for i in starts if phrase]
    return runs


def as_query(phrase: Sequence[str]) -> str:
    """Give a phrase of at most 24 words as a tsquery: its words side by side, in this order."""
    return " <-> ".join(_quoted(word) for word in phrase)


def _quoted(word: str) -> str:
    written = _lexeme(word).decode("utf-8")
    return "'" + written.replace("\\", "\\\\").replace("'", "''") + "'"


def best_of(found: Iterable[tuple[int, str]], documents: int, top: int) -> list[str]:
    """Give the `top` documents with the most phrases, of pairs of a phrase and a document.

    A phrase counts ln(1 + N / n) when n of the N documents were found to hold it.
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
        """Take what reads the generation, and how many documents it holds."""
        self._reader = reader
        self._documents = documents

    def holding_all(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give at most `top` documents that hold every phrase, word after word."""
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
        """Give the first documents that are found; None when these are no `top` and there are more.

        "het kabinet" stands in all: to find all and take a few would take long.
        """
        most = _PER_DOCUMENT * top
        rows = self._reader.rows(
            "SELECT d.id FROM (SELECT document FROM windows WHERE words @@ %s::tsquery "
            f"LIMIT {most}) w JOIN documents d ON d.position = w.document ORDER BY d.position",
            [query],
        )
        found = list(dict.fromkeys(row["id"] for row in rows))
        return found[:top] if len(found) >= top or len(rows) < most else None

    def holding_most(self, phrases: Sequence[Sequence[str]], top: int) -> list[str]:
        """Give the `top` documents that hold most of the phrases, the rarest counting most.

        A phrase of more than 24 words is looked for by its first 24.
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
