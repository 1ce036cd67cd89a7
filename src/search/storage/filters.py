"""Which passages pass the filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.records import Filters
from search.storage.facets import Facets

__all__ = ["passing"]


Rows = Callable[..., Sequence[dict[str, Any]]]


def passing(filters: Filters, facets: Facets, rows: Rows) -> NDArray[np.int64]:
    """Give the ids of the passages that pass the filters, in order.

    `rows` runs a query with its values on the documents.

    A theme filter lets a passage through by its own theme or by one of its document's, a holder
    or stance filter by one of its sentences, which must have both.
    """
    passed = np.ones(len(facets.documents), dtype=np.bool_)
    if filters.themes:
        query = f"""SELECT d.position FROM document_themes t JOIN documents d ON d.id = t.document
                    WHERE t.theme IN ({_marks(filters.themes)})"""
        by_document = facets.of_documents(_positions(rows, query, filters.themes))
        passed &= facets.of_themes(filters.themes) | by_document
    if filters.documents:
        query = f"SELECT position FROM documents WHERE id IN ({_marks(filters.documents)})"
        passed &= facets.of_documents(_positions(rows, query, filters.documents))
    for limit, compare in ((filters.date_from, ">="), (filters.date_to, "<=")):
        if limit:
            query = f"SELECT position FROM documents WHERE date <> '' AND date {compare} ?"
            passed &= facets.of_documents(_positions(rows, query, [limit]))
    if filters.holders or filters.stances:
        passed &= facets.of_labels(filters.holders, filters.stances)
    return np.flatnonzero(passed)


def _positions(rows: Rows, query: str, values: Sequence[str]) -> list[int]:
    return [row["position"] for row in rows(query, *values)]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
