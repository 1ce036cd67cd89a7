"""Vectors kept on disk by model and text, so that a rebuild encodes only what is new."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedding.encoder import Encoder
from search.files import default_cache

__all__ = ["CachedEncoder"]

_NAME_PREFIX = b"naam\0"
"""Hashed before a name: its vector is a question's, which differs from that of a passage."""
_BATCH = 512
"""Texts encoded before their vectors are written: what a stopped run loses at most."""


class CachedEncoder:
    """An encoder that keeps the vectors of passages in a SQLite file.

    Vectors are kept, and returned, in half precision: a passage has the same vector whether it
    was cached or not. Questions are not cached. When the file can't be used, for instance on a
    full disk, every text is encoded.
    """

    def __init__(self, encoder: Encoder, cache: Path | None = None) -> None:
        """Wrap an encoder; `cache` is the folder of the file, None the user's cache folder."""
        self._encoder = encoder
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        self.max_tokens = encoder.max_tokens
        self._path = (cache or default_cache()) / f"vectors-{encoder.fingerprint}.sqlite"

    @property
    def wrapped(self) -> Encoder:
        """The encoder that makes what is not kept."""
        return self._encoder

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions to rows of length 1, shape (texts, dimensions)."""
        return self._encoder.encode_questions(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the model's tokens of each bare text."""
        return self._encoder.count_tokens(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode passages to rows of about length 1, shape (texts, dimensions).

        Each text is encoded once, however often it occurs. `progress(done, total)` counts texts.
        """
        return self._encode(texts, b"", self._encoder.encode_passages, progress)

    def encode_names(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode fixed texts, such as the names of themes, as questions; these are cached.

        Shape (texts, dimensions).
        """
        return self._encode(texts, _NAME_PREFIX, self._encoder.encode_questions)

    def _encode(
        self,
        texts: Sequence[str],
        prefix: bytes,
        encode: Callable[[Sequence[str]], NDArray[np.float32]],
        progress: Callable[[int, int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Read what is cached and encode the rest, a batch at a time."""
        keys = [hashlib.sha256(prefix + text.encode("utf-8", "replace")).digest() for text in texts]
        found = self._read(set(keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        order = list(missing)
        done = len(texts) - len(order)
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            vectors = encode([missing[key] for key in part])
            fresh = dict(zip(part, vectors.astype(np.float16), strict=True))
            self._write(fresh)
            found |= fresh
            if progress and start + _BATCH < len(order):
                progress(done + start + len(part), len(texts))
        if progress and texts:
            progress(len(texts), len(texts))
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for i, key in enumerate(keys):
            rows[i] = found[key]
        return rows

    def _read(self, keys: set[bytes]) -> dict[bytes, NDArray[np.float16]]:
        try:
            with closing(self._open()) as database:
                found = (
                    database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                    for key in keys
                )
                vectors = {
                    key: np.frombuffer(row[0], dtype=np.float16)
                    for key, row in zip(keys, found, strict=True)
                    if row
                }
        except (sqlite3.Error, OSError, ValueError):
            return {}
        return {key: v for key, v in vectors.items() if len(v) == self.dimensions}

    def _write(self, vectors: dict[bytes, NDArray[np.float16]]) -> None:
        try:
            with closing(self._open()) as database, database:
                database.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, vector.tobytes()) for key, vector in vectors.items()],
                )
        except (sqlite3.Error, OSError):
            return

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=30)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) "
                "STRICT, WITHOUT ROWID"
            )
        except sqlite3.OperationalError:
            database.close()
            raise
        except sqlite3.DatabaseError:
            # The file is damaged. All vectors can be computed again, so start with a new one.
            database.close()
            self._path.unlink(missing_ok=True)
            raise
        return database
