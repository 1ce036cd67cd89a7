"""The lexical search of one generation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from search.storage.bm25 import may_be_a_typo, term_weight
from search.storage.interface import FIELDS
from search.storage.postgres.filters import Passing
from search.storage.postgres.reading import GenerationReader
from search.storage.postgres.words import WordMatches, add_up, length_of

__all__ = ["WordSearch"]

_KEPT = 50_000
_LAST_CHARACTER = chr(0x10FFFF)
_LISTS = (
    "SELECT t.term, t.passages AS holding, p.block, {0} FROM terms t "
    "JOIN postings p ON p.term = t.id WHERE {1}"
)


class WordSearch:
    """Scores passages by the terms that they hold."""

    def __init__(self, reader: GenerationReader, passages: int) -> None:
        """Take what reads the generation, and how many passages it holds."""
        self._reader = reader
        self._passages = passages
        rows = reader.rows("SELECT name, terms FROM fields")
        self._means = {row["name"]: row["terms"] / max(1, passages) for row in rows}
        self._frequencies: dict[str, int] = {}

    def search(
        self,
        terms: Sequence[str],
        boosts: Mapping[str, float],
        top: int,
        passing: Passing | None = None,
    ) -> dict[int, float]:
        """Give the BM25 score of the best `top` passages that hold any of the terms.

        Only what is `passing` counts.
        """
        distinct = list(dict.fromkeys(terms))
        boosted = {name: boost for name, boost in boosts.items() if boost and name in FIELDS}
        if not distinct or not boosted or top < 1 or (passing is not None and not passing.number):
            return {}
        rows = self._lists("t.term = ANY(%s)", [distinct], boosted)
        holding = {row["term"]: row["holding"] for row in rows}
        self._remember(distinct, holding)
        found = [each for name, boost in boosted.items() for each in self._found(rows, name, boost)]
        for term in distinct:
            # By what this search found: what is remembered another thread may write over.
            if not holding.get(term) and may_be_a_typo(term):
                # A term that is in other passages' surroundings alone is found as what is near it.
                found = [each for each in found if each.key != term]
                found += self._near(term, boosted)
        return add_up(found, top, None if passing is None else passing.mask)

    def _lists(
        self, where: str, values: Sequence[Any], boosted: Iterable[str]
    ) -> list[dict[str, Any]]:
        columns = ", ".join(f"p.{name}" for name in boosted)
        return self._reader.rows(_LISTS.format(columns, where), values)

    def _found(
        self, rows: Sequence[dict[str, Any]], name: str, boost: float
    ) -> Iterable[WordMatches]:
        """Give the lists of one field, each with how rare its term is in that field."""
        held = [row for row in rows if row[name]]
        holding: dict[str, int] = {}
        for row in held:
            holding[row["term"]] = holding.get(row["term"], 0) + length_of(row[name])
        for row in held:
            idf = term_weight(self._passages, holding[row["term"]])
            yield WordMatches(row["term"], row["block"], row[name], boost, idf, self._means[name])

    def _near(self, term: str, boosted: Mapping[str, float]) -> list[WordMatches]:
        """Give the lists of the terms that are a letter away; each passage of them counts 1.

        Whichever letter is another, one half of the term is the same.
        """
        half = len(term) // 2
        begins, ends = term[:half], term[half + 1 :][::-1]
        where = (
            "length(term) BETWEEN %s AND %s AND ((term >= %s AND term < %s) "
            'OR (reverse(term) COLLATE "C" >= %s AND reverse(term) COLLATE "C" < %s))'
        )
        last = _LAST_CHARACTER
        values = [len(term) - 1, len(term) + 1, begins, begins + last, ends, ends + last]
        rows = self._reader.rows(f"SELECT id, term FROM terms WHERE {where}", values)
        near = [row["id"] for row in rows if OSA.distance(term, row["term"], score_cutoff=1) <= 1]
        if not near:
            return []
        lists = self._lists("t.id = ANY(%s)", [near], boosted)
        return [
            WordMatches((term, name), row["block"], row[name], boost, None, 0.0)
            for name, boost in boosted.items()
            for row in lists
            if row[name]
        ]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Give, for each distinct term, the number of passages that hold it in their own field."""
        wanted = list(dict.fromkeys(terms))
        known = {term: self._frequencies.get(term, -1) for term in wanted}
        missing = [term for term, number in known.items() if number < 0]
        if missing:
            query = "SELECT term, passages AS holding FROM terms WHERE term = ANY(%s)"
            rows = self._reader.rows(query, [missing])
            found = {row["term"]: row["holding"] for row in rows}
            self._remember(missing, found)
            known |= {term: found.get(term, 0) for term in missing}
        return known

    def _remember(self, terms: Iterable[str], found: Mapping[str, int]) -> None:
        """Keep what was found: after a search the same terms are asked for once more."""
        kept = self._frequencies if len(self._frequencies) < _KEPT else {}
        self._frequencies = kept | {term: found.get(term, 0) for term in terms}
