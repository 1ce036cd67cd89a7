"""Haystack: in memory, BM25 and embeddings, joined by reciprocal ranks."""

from __future__ import annotations

import os
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from protocol import Ask, main, passages_of


class Haystack:
    """The hybrid retrieval of its tutorials."""

    def index(self, data: Path, store: Path) -> None:
        """Embed, and save the store of documents."""
        embedder = SentenceTransformersDocumentEmbedder(
            model=os.environ["WEIGHTS"], prefix="passage: ", progress_bar=False
        )
        embedder.warm_up()
        documents = [Document(content=text, meta={"name": i}) for i, text in passages_of(data)]
        kept = InMemoryDocumentStore()
        kept.write_documents(embedder.run(documents)["documents"])
        store.mkdir(parents=True)
        kept.save_to_disk(str(store / "store.json"))

    def opened(self, data: Path, store: Path, top: int) -> Ask:  # noqa: ARG002
        """Load the store and build the pipeline."""
        kept = InMemoryDocumentStore.load_from_disk(str(store / "store.json"))
        pipeline = Pipeline()
        embedder = SentenceTransformersTextEmbedder(
            model=os.environ["WEIGHTS"], prefix="query: ", progress_bar=False
        )
        pipeline.add_component("embedder", embedder)
        pipeline.add_component("dense", InMemoryEmbeddingRetriever(kept, top_k=top))
        pipeline.add_component("words", InMemoryBM25Retriever(kept, top_k=top))
        pipeline.add_component(
            "joined", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=top)
        )
        pipeline.connect("embedder.embedding", "dense.query_embedding")
        pipeline.connect("dense", "joined")
        pipeline.connect("words", "joined")

        def ask(question: str) -> list[str]:
            given = {"embedder": {"text": question}, "words": {"query": question}}
            return [d.meta["name"] for d in pipeline.run(given)["joined"]["documents"]]

        return ask


if __name__ == "__main__":
    main(Haystack())
