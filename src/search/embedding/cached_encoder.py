"""Remembers vectors by model and text, so that a rebuild encodes only what is new."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.embedding.encoder import Encoder
from search.embedding.model_store import cache_folder

__all__ = ["CachedEncoder"]

_NAME = b"naam\0"
"""Before a name in its key: the model encodes a question in another way than a passage."""
_BATCH = 512
"""Texts encoded before they are written: what a stopped run loses at most."""


class CachedEncoder:
    """An encoder that keeps the vectors of passages in a file of the user's cache folder.

    Vectors are kept, and given, in half precision: a passage has the same vector whether it was
    remembered or not. Questions are not remembered. When the file can't be used, for instance on
    a full disk, every text is encoded as if there were no memory.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        """Wrap an encoder; `folder` is where the memory is kept, else the user's cache folder."""
        self._encoder = encoder
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        self.max_tokens = encoder.max_tokens
        self._path = (folder or cache_folder()) / f"vectors-{encoder.fingerprint}.sqlite"

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
        return self._encoded(texts, b"", self._encoder.encode_passages, progress)

    def encode_names(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode, as questions, texts that are no user's, such as the names of themes.

        Unlike what a user asks these are remembered. Shape (texts, dimensions).
        """
        return self._encoded(texts, _NAME, self._encoder.encode_questions)

    def _encoded(
        self,
        texts: Sequence[str],
        kind: bytes,
        encode: Callable[[Sequence[str]], NDArray[np.float32]],
        progress: Callable[[int, int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Recall what is known and encode the rest, a batch at a time."""
        keys = [hashlib.sha256(kind + text.encode("utf-8", "replace")).digest() for text in texts]
        found = self._recall(set(keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        order = list(missing)
        done = len(texts) - len(order)
        for start in range(0, len(order), _BATCH):
            part = order[start : start + _BATCH]
            vectors = encode([missing[key] for key in part])
            fresh = dict(zip(part, vectors.astype(np.float16), strict=True))
            self._remember(fresh)
            found |= fresh
            if progress and start + _BATCH < len(order):
                progress(done + start + len(part), len(texts))
        if progress and texts:
            progress(len(texts), len(texts))
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for i, key in enumerate(keys):
            rows[i] = found[key]
        return rows

    def _recall(self, keys: set[bytes]) -> dict[bytes, NDArray[np.float16]]:
        try:
            with closing(self._open()) as memory:
                found = (
                    memory.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
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

    def _remember(self, vectors: dict[bytes, NDArray[np.float16]]) -> None:
        try:
            with closing(self._open()) as memory, memory:
                memory.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, vector.tobytes()) for key, vector in vectors.items()],
                )
        except (sqlite3.Error, OSError):
            return

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        memory = sqlite3.connect(self._path, timeout=30)
        try:
            memory.execute("PRAGMA journal_mode = WAL")
            memory.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) "
                "STRICT, WITHOUT ROWID"
            )
        except sqlite3.OperationalError:
            memory.close()
            raise
        except sqlite3.DatabaseError:
            # No database any more: the vectors can all be made again, so begin anew.
            memory.close()
            self._path.unlink(missing_ok=True)
            raise
        return memory
