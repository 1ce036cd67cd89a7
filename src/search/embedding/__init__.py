"""Texts to vectors: the built-in model, and any sentence-transformers model.

`load_encoder()` gives the built-in multilingual-e5-small, made ready at its first use and kept
in the user's cache folder; `load_encoder("name or folder")` gives another. torch is imported
only for the latter.
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
