"""Texts to vectors: the built-in model, and any sentence-transformers model.

`load_encoder()` returns the built-in multilingual-e5-small, prepared at its first use and kept in
a cache folder; `load_encoder("name or folder")` returns another. Only the latter imports torch.
"""

from search.embedding.builtin.prepare import export_sentence_transformer, prepare_builtin
from search.embedding.cached_encoder import CachedEncoder
from search.embedding.encoder import BUILT_IN, Encoder, load_encoder
from search.embedding.reranker import Reranker, load_reranker

__all__ = [
    "BUILT_IN",
    "CachedEncoder",
    "Encoder",
    "Reranker",
    "export_sentence_transformer",
    "load_encoder",
    "load_reranker",
    "prepare_builtin",
]
