"""The lexical search of one generation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from search.storage.bm25 import allows_fuzzy_match, term_weight
from search.storage.filter_mask import FilterMask
from search.storage.interface import FIELDS
from search.storage.postgres.postings import PostingList, best_sums, posting_count
from search.storage.postgres.reading import GenerationReader, Rows

__all__ = ["LexicalSearch"]

_TERMS_CACHED = 50_000
_LAST_CHARACTER = chr(0x10FFFF)
_POSTINGS = (
    "SELECT t.term, t.passages AS holding, p.block, {0} FROM terms t "
    "JOIN postings p ON p.term = t.id WHERE {1}"
)


class LexicalSearch:
    """Scores passages by the terms that they hold."""

    def __init__(self, reader: GenerationReader, passages: int) -> None:
        """Take the reader of the generation, and its number of passages."""
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
        allowed: FilterMask | None = None,
    ) -> dict[int, float]:
        """Return the BM25 scores of the best `top` passages that hold any of the terms.

        `allowed` limits the search to those passages before the best are taken.
        """
        distinct = list(dict.fromkeys(terms))
        boosted = {name: boost for name, boost in boosts.items() if boost and name in FIELDS}
        if not distinct or not boosted or top < 1 or (allowed is not None and not allowed.count):
            return {}
        rows = self._postings("t.term = ANY(%s)", [distinct], boosted)
        holding = {row["term"]: row["holding"] for row in rows}
        self._remember(distinct, holding)
        found = [each for name, boost in boosted.items() for each in self._lists(rows, name, boost)]
        for term in distinct:
            # Not by what is cached, which another thread may overwrite.
            if not holding.get(term) and allows_fuzzy_match(term):
                # A term that is only in the surroundings of passages is matched fuzzily too.
                found = [each for each in found if each.key != term]
                found += self._fuzzy_lists(term, boosted)
        return best_sums(found, top, allowed)

    def _postings(self, where: str, values: Sequence[Any], boosted: Iterable[str]) -> Rows:
        columns = ", ".join(f"p.{name}" for name in boosted)
        return self._reader.rows(_POSTINGS.format(columns, where), values)

    def _lists(self, rows: Rows, name: str, boost: float) -> Iterable[PostingList]:
        """Yield the posting lists of one field, with the term's weight in that field."""
        held = [row for row in rows if row[name]]
        holding: dict[str, int] = {}
        for row in held:
            holding[row["term"]] = holding.get(row["term"], 0) + posting_count(row[name])
        for row in held:
            idf = term_weight(self._passages, holding[row["term"]])
            yield PostingList(row["term"], row["block"], row[name], boost, idf, self._means[name])

    def _fuzzy_lists(self, term: str, boosted: Mapping[str, float]) -> list[PostingList]:
        """Return the posting lists of the terms at edit distance 1; each of their passages gets 1.

        Wherever the difference is, one half of the term is the same.
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
        lists = self._postings("t.id = ANY(%s)", [near], boosted)
        return [
            PostingList((term, name), row["block"], row[name], boost, None, 0.0)
            for name, boost in boosted.items()
            for row in lists
            if row[name]
        ]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return, for each distinct term, how many passages hold it in their own field."""
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
        """Cache frequencies, since after a search those of the same terms are asked for."""
        kept = self._frequencies if len(self._frequencies) < _TERMS_CACHED else {}
        self._frequencies = kept | {term: found.get(term, 0) for term in terms}
