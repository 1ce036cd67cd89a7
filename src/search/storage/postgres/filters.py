"""Filters and document constraints as queries on PostgreSQL."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.records import DocumentConstraints, Filters, Holder, Stance
from search.storage.filter_mask import FilterMask
from search.storage.postgres.reading import GenerationReader, Query
from search.storage.rows import constraint_values

__all__ = ["documents_meeting", "filter_mask"]

_PASSAGES = "SELECT string_agg(int4send({0}), '') AS ids, ''::bytea AS ranges FROM {1}"
_RANGES = (
    "SELECT ''::bytea AS ids, string_agg(int4send(first) || int4send(passages), '') AS ranges "
    "FROM documents WHERE {0}"
)
"""A document's passages are consecutive, so its first and their number name all of them."""
_CONDITIONS = {
    "dossier": "id IN (SELECT document FROM document_dossiers WHERE dossier = %(dossier)s)",
    "ondernummer": "ondernummer = %(ondernummer)s",
    "kind": "strpos(kind, %(kind)s) > 0",
    "from_date": "date >= %(from_date)s",
    "before_date": "date < %(before_date)s",
}
"""Conditions on `documents`, by the names of `constraint_values`."""


def filter_mask(reader: GenerationReader, passages: int, filters: Filters) -> FilterMask | None:
    """Return which of a generation's passages pass the filters; None when there is no filter."""
    if not filters:
        return None
    groups = _queries(filters)
    answers = iter(reader.several(*(query for group in groups for query in group)))
    passes = np.ones(passages, dtype=np.bool_)
    for group in groups:
        in_group = np.zeros(passages, dtype=np.bool_)
        for _ in group:
            row = next(answers)[0]
            for first, number in _integers(row["ranges"]).reshape(-1, 2).tolist():
                in_group[first : first + number] = True
            in_group[_integers(row["ids"])] = True
        passes &= in_group
    return FilterMask(passes)


def _integers(data: bytes | None) -> NDArray[np.int32]:
    return np.frombuffer(data or b"", dtype=">i4").astype(np.int32)


def _queries(filters: Filters) -> list[list[Query]]:
    """Return groups of queries: a passage passes if each group has a query that returns it."""
    groups: list[list[Query]] = []
    if filters.themes:
        themes = list(filters.themes)
        official = "id IN (SELECT document FROM document_themes WHERE theme = ANY(%s))"
        own = _PASSAGES.format("id", "passages WHERE theme = ANY(%s)")
        groups.append([(own, [themes]), (_RANGES.format(official), [themes])])
    if filters.documents:
        groups.append([(_RANGES.format("id = ANY(%s)"), [list(filters.documents)])])
    if filters.date_from:
        groups.append([(_RANGES.format("date <> '' AND date >= %s"), [filters.date_from])])
    if filters.date_to:
        groups.append([(_RANGES.format("date <> '' AND date <= %s"), [filters.date_to])])
    if filters.holders or filters.stances:
        # With a condition on both columns the index on them is used.
        labels = "holder = ANY(%s) AND stance = ANY(%s)"
        query = _PASSAGES.format(
            "passage", f"(SELECT DISTINCT passage FROM sentences WHERE {labels}) labelled"
        )
        holders = [str(each) for each in filters.holders or tuple(Holder)]
        stances = [str(each) for each in filters.stances or tuple(Stance)]
        groups.append([(query, [holders, stances])])
    return groups


def documents_meeting(reader: GenerationReader, constraints: DocumentConstraints) -> list[str]:
    """Return the ids of the documents that meet constraints, in order of the corpus."""
    values = constraint_values(constraints)
    where = " AND ".join(_CONDITIONS[name] for name in values) or "true"
    query = f"SELECT id FROM documents WHERE {where} ORDER BY position"
    return [row["id"] for row in reader.rows(query, values)]
