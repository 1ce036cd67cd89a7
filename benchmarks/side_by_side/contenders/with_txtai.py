"""txtai: one Embeddings database, hybrid (its own BM25 beside the vectors)."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from protocol import Ask, main, passages_of
from txtai import Embeddings


class Txtai:
    """As its documentation has it."""

    def index(self, data: Path, store: Path) -> None:
        """Index and save; the prefixes are the model's own, which it takes from there."""
        embeddings = Embeddings(
            path=os.environ["WEIGHTS"],
            method="sentence-transformers",
            hybrid=True,
            content=True,  # else it gives numbers, and no passages
        )
        embeddings.index([(i, text, None) for i, text in passages_of(data)])
        embeddings.save(str(store))

    def opened(self, data: Path, store: Path, top: int) -> Ask:  # noqa: ARG002
        """Load what was saved."""
        embeddings = Embeddings()
        embeddings.load(str(store))
        # Two threads at once end in sqlite3's "Recursive use of cursors not allowed".
        turn = Lock()

        def ask(question: str) -> list[str]:
            with turn:
                return [found["id"] for found in embeddings.search(question, top)]

        return ask


if __name__ == "__main__":
    main(Txtai())
