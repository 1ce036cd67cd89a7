"""The vector search of one generation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from search.storage.filter_mask import FilterMask
from search.storage.interface import Vectors
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.reading import GenerationReader

__all__ = ["VectorSearch", "distance_expression", "pack_rows", "unpack_rows", "vector_literal"]

_MARGIN = 2
"""How many times more candidates are taken than would be needed if the share that passes were the
same everywhere."""
_MASKS_CACHED = 16
_SCORED = "SELECT id, -({0}) AS score FROM vectors"
_BEST = "WITH scored AS MATERIALIZED ({0}) SELECT * FROM scored ORDER BY score DESC, id LIMIT {1}"


def distance_expression(extension: str) -> str:
    """Return the SQL of the negative inner product of a row's vector and `question`.

    `extension` is pgvector's schema.
    """
    name = sql.Identifier(extension).as_string(None)
    return f"vector OPERATOR({name}.<#>) %(question)s::{name}.halfvec"


def _as_halves(vectors: Vectors) -> NDArray[np.float16]:
    """Return vectors in half precision; numbers out of its range become the largest in it."""
    limit = float(np.finfo(np.float16).max)
    return vectors.clip(-limit, limit).astype(np.float16)


def vector_literal(vector: Vectors) -> str:
    """Return a vector as pgvector reads it."""
    return "[" + ",".join(map(str, _as_halves(vector).tolist())) + "]"


def pack_rows(vectors: Vectors) -> list[bytes]:
    """Return vectors, shape (any, dimensions), as pgvector's halfvec in its binary form."""
    head = np.array([vectors.shape[1], 0], dtype=">u2").tobytes()
    return [head + row.tobytes() for row in _as_halves(vectors).astype(">f2")]


def unpack_rows(packed: Iterable[bytes], dimensions: int) -> Vectors:
    """Return the vectors, shape (any, dimensions), that `pack_rows` packed."""
    # Each begins with a head of four bytes.
    joined = b"".join(each[4:] for each in packed)
    return np.frombuffer(joined, dtype=">f2").astype(np.float32).reshape(-1, dimensions)


class VectorSearch:
    """Scores passages by the inner product of their vector with a question's."""

    def __init__(
        self, reader: GenerationReader, plan: GraphPlan, passages: int, distance: str
    ) -> None:
        """Take the reader of the generation, how it is searched, and its number of passages.

        `distance` is what `distance_expression` returns.
        """
        self._reader = reader
        self._plan = plan
        self._passages = passages
        self._distance = distance
        self._scored = _SCORED.format(distance)
        self._array_literal = lru_cache(maxsize=_MASKS_CACHED)(_array_literal)
        row = reader.rows("SELECT to_regclass('vectors_by_nearness') IS NOT NULL AS graph")[0]
        self._has_graph = bool(row["graph"])

    def search(
        self,
        question: Vectors,
        top: int,
        allowed: FilterMask | None = None,
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Return the inner products of the best `top` passages with one question vector.

        `allowed` limits the search to those passages. Few are compared one by one; for many, the
        graph is searched until enough of them are found, and those in `also` are compared too.
        """
        number = self._passages if allowed is None else allowed.count
        if not number or top < 1:
            return {}
        literal = vector_literal(question)
        if allowed is None:
            if not self._has_graph:
                return self._all(literal, top)
            return self._with_also(literal, top, self._graph(literal, top), also)
        if number > self._plan.exact_up_to and self._has_graph:
            found = self._graph_after_filter(literal, top, allowed)
            if found is not None:
                return self._with_also(literal, top, found, also)
        return self._these(literal, top, self._array_literal(allowed))

    def _with_also(
        self, question: str, top: int, found: dict[int, float], also: Collection[int]
    ) -> dict[int, float]:
        """Return the best of what was found and of the other passages to be compared."""
        missed = sorted(set(also) - found.keys())
        if not missed:
            return found
        both = found | self._these(question, len(missed), missed)
        best = sorted(both.items(), key=lambda each: (-each[1], each[0]))[:top]
        return dict(best)

    def _graph(self, question: str, top: int) -> dict[int, float]:
        query = f"{self._scored} ORDER BY {self._distance} LIMIT {int(top)}"
        # The graph's order is only approximately that of the scores.
        return _ordered(self._reader.rows(query, {"question": question}))

    def _all(self, question: str, top: int) -> dict[int, float]:
        query = _BEST.format(self._scored, int(top))
        return _ordered(self._reader.rows(query, {"question": question}))

    def _these(self, question: str, top: int, ids: str | Sequence[int]) -> dict[int, float]:
        query = _BEST.format(f"{self._scored} WHERE id = ANY(%(ids)s::integer[])", int(top))
        return _ordered(self._reader.rows(query, {"question": question, "ids": ids}))

    def _graph_after_filter(
        self, question: str, top: int, allowed: FilterMask
    ) -> dict[int, float] | None:
        """Take ever more of the nearest until enough are allowed; None when that takes too many.

        It does when the allowed passages are all far from the question.
        """
        depth = _MARGIN * top * self._passages // allowed.count
        while depth <= self._plan.most_looked_at:
            found = self._graph(question, depth)
            kept = [i for i in found if allowed.passes[i]][:top]
            if len(kept) == top or len(found) < depth:
                break
            depth *= 4
        else:
            return None
        return {i: found[i] for i in kept} if len(kept) == top else None


def _array_literal(allowed: FilterMask) -> str:
    """Return the ids of the allowed passages as PostgreSQL reads an array."""
    return "{" + ",".join(map(str, allowed.ids.tolist())) + "}"


def _ordered(rows: list[dict[str, float]]) -> dict[int, float]:
    found = [(int(row["id"]), float(row["score"])) for row in rows]
    return dict(sorted(found, key=lambda each: (-each[1], each[0])))
