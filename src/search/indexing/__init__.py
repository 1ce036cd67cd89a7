"""Indexing: a corpus folder through all rooms into a new generation of its index."""

from __future__ import annotations

from search.indexing.build import build_index, index_documents, model_of
from search.indexing.models import prepare_models

__all__ = ["build_index", "index_documents", "model_of", "prepare_models"]
