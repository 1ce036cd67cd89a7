"""The plain script: sentence-transformers in float32, and faiss's IndexFlatIP."""

from __future__ import annotations

import json
import os
from pathlib import Path

import faiss
import numpy as np
from protocol import Ask, main, passages_of
from sentence_transformers import SentenceTransformer


class Plain:
    """As a tutorial would have it."""

    def index(self, data: Path, store: Path) -> None:
        """Embed all passages and write the index."""
        passages = passages_of(data)
        vectors = _model().encode_document([text for _, text in passages], batch_size=32)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        store.mkdir(parents=True)
        faiss.write_index(index, str(store / "index.faiss"))
        texts = {"ids": [i for i, _ in passages], "texts": [text for _, text in passages]}
        (store / "texts.json").write_text(json.dumps(texts), "utf-8")

    def opened(self, data: Path, store: Path, top: int) -> Ask:  # noqa: ARG002
        """Load model and index."""
        index = faiss.read_index(str(store / "index.faiss"))
        ids = json.loads((store / "texts.json").read_text("utf-8"))["ids"]
        model = _model()

        def ask(question: str) -> list[str]:
            _, found = index.search(model.encode_query([question]), top)
            return [ids[i] for i in found[0] if i >= 0]

        return ask


def _model() -> SentenceTransformer:
    return SentenceTransformer(os.environ["WEIGHTS"], device="cpu", local_files_only=True)


if __name__ == "__main__":
    main(Plain())
