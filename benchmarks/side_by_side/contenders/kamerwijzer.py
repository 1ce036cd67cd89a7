"""Kamerwijzer: a corpus folder to an index, and questions to answers, quotes checked and all."""

from __future__ import annotations

from pathlib import Path

from protocol import Ask, main

from search.settings import Settings


class Kamerwijzer:
    """What its command line does."""

    def index(self, data: Path, store: Path) -> None:
        """Read, cut, embed, label and index the files."""
        from search.indexing import build_index

        build_index(Settings(data / "corpus", store))

    def opened(self, data: Path, store: Path, top: int) -> Ask:
        """Open the index."""
        from search.engine import Engine

        engine = Engine.open(Settings(data / "corpus", store))

        def ask(question: str) -> list[str]:
            return [hit.passage.document for hit in engine.ask(question, top=top).hits]

        return ask


if __name__ == "__main__":
    main(Kamerwijzer())
