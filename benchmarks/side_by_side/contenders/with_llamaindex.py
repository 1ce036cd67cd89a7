"""LlamaIndex: its own vector store and BM25, fused by reciprocal ranks."""

from __future__ import annotations

import os
from pathlib import Path

from llama_index.core import Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from protocol import Ask, main, passages_of
from Stemmer import Stemmer


class LlamaIndex:
    """Hybrid retrieval as its documentation has it, without a language model."""

    def index(self, data: Path, store: Path) -> None:
        """Embed and persist."""
        nodes = [TextNode(id_=i, text=text) for i, text in passages_of(data)]
        VectorStoreIndex(nodes, embed_model=_model()).storage_context.persist(str(store))
        words = BM25Retriever.from_defaults(nodes=nodes, stemmer=Stemmer("dutch"), language="nl")
        words.persist(str(store / "bm25"))

    def opened(self, data: Path, store: Path, top: int) -> Ask:  # noqa: ARG002
        """Load what was persisted."""
        Settings.llm = None
        context = StorageContext.from_defaults(persist_dir=str(store))
        index = load_index_from_storage(context, embed_model=_model())
        words = BM25Retriever.from_persist_dir(str(store / "bm25"))
        # Neither is kept with the rest as it was; the stemmer would be an English one.
        words.stemmer, words.similarity_top_k = Stemmer("dutch"), top
        fused = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=top), words],
            similarity_top_k=top,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )
        return lambda question: [each.node.node_id for each in fused.retrieve(question)]


def _model() -> HuggingFaceEmbedding:
    return HuggingFaceEmbedding(
        model_name=os.environ["WEIGHTS"],
        query_instruction="query: ",
        text_instruction="passage: ",
        embed_batch_size=32,
        device="cpu",
    )


if __name__ == "__main__":
    main(LlamaIndex())
