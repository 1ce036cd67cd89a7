"""Filters as SQL."""

from __future__ import annotations

from collections.abc import Sequence

from search.records import Filters

__all__ = ["filter_query"]


def filter_query(filters: Filters) -> tuple[str, list[str]]:
    """Give the query, with its values, for the ids of the passages that pass the filters.

    A theme filter lets a passage through by its own theme or by one of its document's, a holder
    or stance filter by one of its sentences.
    """
    wheres: list[str] = []
    values: list[str] = []
    if filters.themes:
        marks = _marks(filters.themes)
        wheres.append(
            f"(p.theme IN ({marks}) OR p.document IN "
            f"(SELECT document FROM document_themes WHERE theme IN ({marks})))"
        )
        values.extend((*filters.themes, *filters.themes))
    if filters.documents:
        wheres.append(f"p.document IN ({_marks(filters.documents)})")
        values.extend(filters.documents)
    for limit, compare in ((filters.date_from, ">="), (filters.date_to, "<=")):
        if limit:
            wheres.append(f"(d.date <> '' AND d.date {compare} ?)")
            values.append(limit)
    labels = [(column, wanted) for column, wanted in (
        ("holder", filters.holders), ("stance", filters.stances)) if wanted]  # fmt: skip
    if labels:
        both = " AND ".join(f"s.{column} IN ({_marks(wanted)})" for column, wanted in labels)
        wheres.append(f"p.id IN (SELECT s.passage FROM sentences s WHERE {both})")
        values.extend(value for _, wanted in labels for value in wanted)
    return (
        "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document "
        f"WHERE {' AND '.join(wheres)} ORDER BY p.id",
        values,
    )


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
