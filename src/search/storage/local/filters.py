"""Which passages pass the filters, and which documents a reference means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.records import DocumentConstraints, Filters
from search.storage.local.facets import Facets

__all__ = ["passing", "reference_query"]


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


def reference_query(reference: DocumentConstraints) -> tuple[str, list[str]]:
    """Give the query, with its values, for the ids of the documents that a reference means."""
    wheres = ["true"]
    values: list[str] = []
    if reference.dossier:
        wheres.append("id IN (SELECT document FROM document_dossiers WHERE dossier = ?)")
        values.append(reference.dossier)
    if reference.ondernummer:
        wheres.append("ondernummer = ?")
        values.append(reference.ondernummer.upper())
    if reference.kind:
        wheres.append("instr(kind, ?) > 0")
        values.append(f" {reference.kind} ")
    if reference.year_from or reference.year_to:
        wheres.append("date >= ? AND date < ?")
        # Behind every day of a year stands its number with a sign after the hyphen.
        values += [reference.year_from or "0", f"{reference.year_to or '9999'}."]
    return f"SELECT id FROM documents WHERE {' AND '.join(wheres)} ORDER BY position", values
