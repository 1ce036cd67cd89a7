"""The vector search of one generation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from search.storage.postgres.filters import Passing
from search.storage.postgres.plan import GraphPlan
from search.storage.postgres.reading import GenerationReader

__all__ = ["VectorSearch", "packed_rows", "rows_of", "vector_literal", "vector_similarity"]

Vectors = NDArray[np.float32]

_MARGIN = 2
"""How much more is looked at than the share of what passes says, for enough of it to pass."""
_SCORED = "SELECT id, -({0}) AS score FROM vectors"
_BEST = "WITH scored AS MATERIALIZED ({0}) SELECT * FROM scored ORDER BY score DESC, id LIMIT {1}"


def vector_similarity(extension: str) -> str:
    """Give the comparison of a row's vector with `question`, negative as pgvector has it.

    `extension` is the schema that pgvector is in.
    """
    name = sql.Identifier(extension).as_string(None)
    return f"vector OPERATOR({name}.<#>) %(question)s::{name}.halfvec"


def _as_halves(vectors: Vectors) -> NDArray[np.float16]:
    """Give vectors in half precision; what is out of its reach becomes the largest it has."""
    limit = float(np.finfo(np.float16).max)
    return vectors.clip(-limit, limit).astype(np.float16)


def vector_literal(vector: Vectors) -> str:
    """Give a vector as pgvector reads it."""
    return "[" + ",".join(map(str, _as_halves(vector).tolist())) + "]"


def packed_rows(vectors: Vectors) -> list[bytes]:
    """Give vectors, shape (any, dimensions), as pgvector's halfvec in its binary form."""
    head = np.array([vectors.shape[1], 0], dtype=">u2").tobytes()
    return [head + row.tobytes() for row in _as_halves(vectors).astype(">f2")]


def rows_of(packed: Iterable[bytes], dimensions: int) -> Vectors:
    """Give the rows, shape (any, dimensions), that `packed_rows` packed."""
    # Each begins with four bytes that tell its length.
    joined = b"".join(each[4:] for each in packed)
    return np.frombuffer(joined, dtype=">f2").astype(np.float32).reshape(-1, dimensions)


class VectorSearch:
    """Scores passages by the inner product of their vector with a question's."""

    def __init__(
        self, reader: GenerationReader, plan: GraphPlan, passages: int, compared: str
    ) -> None:
        """Take what reads the generation, how it is searched, how many passages it holds.

        `compared` is what `vector_similarity` gives.
        """
        self._reader = reader
        self._plan = plan
        self._passages = passages
        self._compared = compared
        self._scored = _SCORED.format(compared)
        row = reader.rows("SELECT to_regclass('vectors_by_nearness') IS NOT NULL AS graph")[0]
        self._has_graph = bool(row["graph"])

    def search(
        self,
        question: Vectors,
        top: int,
        passing: Passing | None = None,
        also: Collection[int] = (),
    ) -> dict[int, float]:
        """Give the inner product of the best `top` passages with one question vector.

        Only what is `passing` counts. It is compared one by one while it is little; of much, the
        graph is searched until enough was found that passes, and those in `also` are compared.
        """
        number = self._passages if passing is None else passing.number
        if not number or top < 1:
            return {}
        asked = vector_literal(question)
        if passing is None:
            if not self._has_graph:
                return self._all(asked, top)
            return self._with_also(asked, top, self._graph(asked, top), also)
        if number > self._plan.exact_up_to and self._has_graph:
            found = self._sifted(asked, top, passing)
            if found is not None:
                return self._with_also(asked, top, found, also)
        return self._these(asked, top, passing.ids)

    def _with_also(
        self, question: str, top: int, found: dict[int, float], also: Collection[int]
    ) -> dict[int, float]:
        """Put in what else is to be compared, and give the best of all."""
        missed = sorted(set(also) - found.keys())
        if not missed:
            return found
        both = found | self._these(question, len(missed), missed)
        best = sorted(both.items(), key=lambda each: (-each[1], each[0]))[:top]
        return dict(best)

    def _graph(self, question: str, top: int) -> dict[int, float]:
        query = f"{self._scored} ORDER BY {self._compared} LIMIT {int(top)}"
        # In the order of the graph, which is nearly that of the scores.
        return _ordered(self._reader.rows(query, {"question": question}))

    def _all(self, question: str, top: int) -> dict[int, float]:
        query = _BEST.format(self._scored, int(top))
        return _ordered(self._reader.rows(query, {"question": question}))

    def _these(self, question: str, top: int, ids: str | Sequence[int]) -> dict[int, float]:
        query = _BEST.format(f"{self._scored} WHERE id = ANY(%(ids)s::integer[])", int(top))
        return _ordered(self._reader.rows(query, {"question": question, "ids": ids}))

    def _sifted(self, question: str, top: int, passing: Passing) -> dict[int, float] | None:
        """Look at ever more of what is near until enough of it passes; None when that is too much.

        Whoever asks for one letter's passages may ask what is far from all of them.
        """
        looked_at = _MARGIN * top * self._passages // passing.number
        while looked_at <= self._plan.most_looked_at:
            found = self._graph(question, looked_at)
            kept = [i for i in found if passing.mask[i]][:top]
            if len(kept) == top or len(found) < looked_at:
                break
            looked_at *= 4
        else:
            return None
        return {i: found[i] for i in kept} if len(kept) == top else None


def _ordered(rows: list[dict[str, float]]) -> dict[int, float]:
    found = [(int(row["id"]), float(row["score"])) for row in rows]
    return dict(sorted(found, key=lambda each: (-each[1], each[0])))
