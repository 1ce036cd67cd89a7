"""Filters and document constraints as queries on SQLite and the facets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from search.records import DocumentConstraints, Filters
from search.storage.filter_mask import FilterMask
from search.storage.local.facets import Facets
from search.storage.rows import constraint_values

__all__ = ["constraint_query", "filter_mask"]

RunQuery = Callable[..., Sequence[dict[str, Any]]]

_CONDITIONS = {
    "dossier": "id IN (SELECT document FROM document_dossiers WHERE dossier = :dossier)",
    "ondernummer": "ondernummer = :ondernummer",
    "kind": "instr(kind, :kind) > 0",
    "from_date": "date >= :from_date",
    "before_date": "date < :before_date",
}
"""Conditions on `documents`, by the names of `constraint_values`."""


def filter_mask(facets: Facets, run: RunQuery, filters: Filters) -> FilterMask | None:
    """Return which passages pass the filters; None when there is no filter.

    `run` runs a query with its values on the documents. A theme filter passes a passage with that
    theme or of a document with it; a holder or stance filter one with a sentence that has both.
    """
    if not filters:
        return None
    passes = np.ones(len(facets.documents), dtype=np.bool_)
    if filters.themes:
        query = f"""SELECT d.position FROM document_themes t JOIN documents d ON d.id = t.document
                    WHERE t.theme IN ({_marks(filters.themes)})"""
        by_document = facets.of_documents(_positions(run, query, filters.themes))
        passes &= facets.of_themes(filters.themes) | by_document
    if filters.documents:
        query = f"SELECT position FROM documents WHERE id IN ({_marks(filters.documents)})"
        passes &= facets.of_documents(_positions(run, query, filters.documents))
    for limit, compare in ((filters.date_from, ">="), (filters.date_to, "<=")):
        if limit:
            query = f"SELECT position FROM documents WHERE date <> '' AND date {compare} ?"
            passes &= facets.of_documents(_positions(run, query, [limit]))
    if filters.holders or filters.stances:
        passes &= facets.of_labels(filters.holders, filters.stances)
    return FilterMask(passes)


def _positions(run: RunQuery, query: str, values: Sequence[str]) -> list[int]:
    return [row["position"] for row in run(query, *values)]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def constraint_query(constraints: DocumentConstraints) -> tuple[str, dict[str, str]]:
    """Return the query, with its values, for the ids of the documents that meet constraints."""
    values = constraint_values(constraints)
    where = " AND ".join(_CONDITIONS[name] for name in values) or "true"
    return f"SELECT id FROM documents WHERE {where} ORDER BY position", values
