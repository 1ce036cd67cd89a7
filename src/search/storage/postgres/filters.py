"""Which passages pass the filters, and which documents a reference means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from search.records import DocumentConstraints, Filters, Holder, Stance
from search.storage.local.filters import reference_query
from search.storage.postgres.reading import GenerationReader, Query

__all__ = ["Passing", "Sieve", "documents_meant"]


_KEPT = 16
_PASSAGES = "SELECT string_agg(int4send({0}), '') AS ids, ''::bytea AS runs FROM {1}"
_RUNS = (
    "SELECT ''::bytea AS ids, string_agg(int4send(first) || int4send(passages), '') AS runs "
    "FROM documents WHERE {0}"
)
"""The passages of a document follow each other: two numbers stand for all of them."""


class Passing:
    """The passages that pass some filters."""

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        """Take, for each passage, whether it passes."""
        self.mask = mask
        self.number = int(np.count_nonzero(mask))

    @cached_property
    def ids(self) -> str:
        """Their numbers as the database reads an array: made once for all questions."""
        return "{" + ",".join(map(str, np.flatnonzero(self.mask).tolist())) + "}"


class Sieve:
    """Tells which passages of one generation pass; what was asked last is kept."""

    def __init__(self, reader: GenerationReader, passages: int) -> None:
        self._reader = reader
        self._passages = passages
        self.passing = lru_cache(maxsize=_KEPT)(self._passing)

    def _passing(self, filters: Filters) -> Passing | None:
        """Give the passages that pass the filters; None when there is no filter."""
        if not filters:
            return None
        groups = _queries(filters)
        answers = iter(self._reader.several(*(query for group in groups for query in group)))
        passed = np.ones(self._passages, dtype=np.bool_)
        for group in groups:
            any_of = np.zeros(self._passages, dtype=np.bool_)
            for _ in group:
                row = next(answers)[0]
                for first, number in _numbers(row["runs"]).reshape(-1, 2).tolist():
                    any_of[first : first + number] = True
                any_of[_numbers(row["ids"])] = True
            passed &= any_of
        return Passing(passed)


def _numbers(data: bytes | None) -> NDArray[np.int32]:
    return np.frombuffer(data or b"", dtype=">i4").astype(np.int32)


def _queries(filters: Filters) -> list[list[Query]]:
    """Give groups of queries: a passage passes that is in one answer of each group."""
    groups: list[list[Query]] = []
    if filters.themes:
        themes = list(filters.themes)
        official = "id IN (SELECT document FROM document_themes WHERE theme = ANY(%s))"
        own = _PASSAGES.format("id", "passages WHERE theme = ANY(%s)")
        groups.append([(own, [themes]), (_RUNS.format(official), [themes])])
    if filters.documents:
        groups.append([(_RUNS.format("id = ANY(%s)"), [list(filters.documents)])])
    if filters.date_from:
        groups.append([(_RUNS.format("date <> '' AND date >= %s"), [filters.date_from])])
    if filters.date_to:
        groups.append([(_RUNS.format("date <> '' AND date <= %s"), [filters.date_to])])
    if filters.holders or filters.stances:
        # Both named, so that the index on them is used.
        labels = "holder = ANY(%s) AND stance = ANY(%s)"
        query = _PASSAGES.format(
            "passage", f"(SELECT DISTINCT passage FROM sentences WHERE {labels}) labelled"
        )
        holders = [str(each) for each in filters.holders or tuple(Holder)]
        stances = [str(each) for each in filters.stances or tuple(Stance)]
        groups.append([(query, [holders, stances])])
    return groups


def documents_meant(reader: GenerationReader, reference: DocumentConstraints) -> list[str]:
    """Give the documents that a reference means, in order of the corpus."""
    query, values = reference_query(reference)
    # The same query as a folder's index is asked, in this database's words.
    query = query.replace("%", "%%").replace("instr(", "strpos(").replace("?", "%s")
    return _ids(reader.rows(query, values))


def _ids(rows: Sequence[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]
