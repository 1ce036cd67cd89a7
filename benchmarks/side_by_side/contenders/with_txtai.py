"""txtai: one Embeddings database, hybrid (its own BM25 beside the vectors)."""

from __future__ import annotations

import os
from pathlib import Path

from protocol import TOP, Ask, main, passages_of
from txtai import Embeddings


class Txtai:
    """As its documentation has it."""

    def index(self, data: Path, store: Path) -> None:
        """Index and save."""
        embeddings = Embeddings(
            path=os.environ["WEIGHTS"],
            method="sentence-transformers",
            hybrid=True,
            instructions={"query": "query: ", "data": "passage: "},
        )
        embeddings.index([(i, text, None) for i, text in passages_of(data)])
        embeddings.save(str(store))

    def opened(self, data: Path, store: Path) -> Ask:  # noqa: ARG002
        """Load what was saved."""
        embeddings = Embeddings()
        embeddings.load(str(store))
        return lambda question: [found for found, _ in embeddings.search(question, TOP)]


if __name__ == "__main__":
    main(Txtai())
