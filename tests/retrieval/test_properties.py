"""Properties of any text, any scores and any filter, tried with many of each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dutch import analyse, fold
from search.dutch.terms import tokenise
from search.embedding import Encoder
from search.records import Filters, Kind, Passage, Sentence, Theme, ThemeOrigin
from search.retrieval import BOOSTS, CANDIDATES, Retriever, group_duplicates
from search.retrieval.fusion import FusedScore, fuse
from search.storage import LocalStore
from search.storage.filter_mask import FilterMask
from search.storage.local.index import LocalIndex

# The same examples in each run, so that a failure can be repeated.
steady = settings(deadline=None, derandomize=True, max_examples=200)
few = settings(steady, max_examples=60)

DUTCH = (
    "de gemeente gemeenten coördinatie thema's thema’s België ‘s-Gravenhage 29 861 1.600 4,3 "
    "2021 nr. 70 WRR-rapport zoëven ÉÉN e-mail ij IJ a_b «citaat» 12 345 678 1.2.3 .5 ’t"
).split(" ")
texts = st.one_of(
    st.text(),
    st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF)),
    st.lists(st.sampled_from([*DUTCH, "\n", "\u00a0", "\u0301", "İ", "ß", "𝐇", "ᴴ"])).map(" ".join),
    st.lists(st.sampled_from([*DUTCH, ".", ",", "’", "1", "234"])).map("".join),
)


# Analysis


@steady
@given(texts)
def test_any_text_has_terms_in_small_letters(text: str) -> None:
    for term, _, _ in tokenise(text):
        assert term
        assert term == term.lower()


@steady
@given(texts)
def test_words_stand_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for _, start, end in tokenise(text):
        assert at <= start < end <= len(text)
        at = end


@steady
@given(texts)
def test_analysis_gives_the_terms_of_the_tokens(text: str) -> None:
    assert analyse(text) == [term for term, _, _ in tokenise(text)]


@steady
@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == folded.lower()


@pytest.mark.slow
def test_every_single_character_folds_to_small_letters_for_good() -> None:
    for folded in (fold(chr(code)) for code in range(0x110000)):
        assert fold(folded) == folded == folded.lower(), ascii(folded)


@steady
@given(st.lists(st.sampled_from(DUTCH)).map(" ".join))
def test_case_makes_no_difference(text: str) -> None:
    assert analyse(text.upper()) == analyse(text.lower()) == analyse(text)


@steady
@given(texts, texts)
def test_a_full_stop_and_a_new_line_part_texts(one: str, other: str) -> None:
    assert analyse(f"{one}.\n{other}") == analyse(one) + analyse(other)


# Fusion

ids = st.integers(0, 30)
bm25 = st.dictionaries(ids, st.floats(0, 200))
cosines = st.dictionaries(ids, st.floats(-1, 1))
shares = st.floats(0, 1)


@steady
@given(bm25, cosines, shares)
def test_fused_scores_are_finite_shares_and_hold_each_passage_once(
    lexical: dict[int, float], dense: dict[int, float], weight: float
) -> None:
    ranked = fuse(lexical, dense, weight)
    assert sorted(s.passage for s in ranked) == sorted({*lexical, *dense})
    for s in ranked:
        assert math.isfinite(s.score)
        assert 0 <= s.score <= 1
        assert (s.lexical, s.dense) == (lexical.get(s.passage, 0.0), dense.get(s.passage, 0.0))


@steady
@given(bm25, cosines, shares)
def test_fused_passages_stand_by_score_and_then_by_number(
    lexical: dict[int, float], dense: dict[int, float], weight: float
) -> None:
    ranked = fuse(lexical, dense, weight)
    assert ranked == sorted(ranked, key=lambda s: (-s.score, s.passage))


@steady
@given(bm25, cosines, shares, st.randoms(use_true_random=False))
def test_order_of_the_input_makes_no_difference(
    lexical: dict[int, float], dense: dict[int, float], weight: float, chance: Random
) -> None:
    mixed_lexical, mixed_dense = list(lexical.items()), list(dense.items())
    chance.shuffle(mixed_lexical)
    chance.shuffle(mixed_dense)
    assert fuse(dict(mixed_lexical), dict(mixed_dense), weight) == fuse(lexical, dense, weight)


@steady
@given(bm25, cosines, shares)
def test_found_by_both_arms_never_ranks_below_what_it_dominates(
    lexical: dict[int, float], dense: dict[int, float], weight: float
) -> None:
    ranked = fuse(lexical, dense, weight)

    def dominates(one: FusedScore, other: FusedScore) -> bool:
        """Return whether both arms found `one`, and neither found `other` better."""
        return (
            one.passage in lexical
            and one.passage in dense
            and lexical[one.passage] >= lexical.get(other.passage, 0.0)
            and dense[one.passage] >= dense.get(other.passage, -1.0)
        )

    for place, above in enumerate(ranked):
        for below in ranked[place + 1 :]:
            # Only a tie, which goes by number, may rank a dominating passage lower.
            assert not dominates(below, above) or below.score == above.score


# Filters

QUESTIONS = ("rol van gemeenten", "Wat vindt het kabinet van het WRR-rapport?", "zxqv", "29 861")
dates = st.sampled_from(
    ["", "2020-12-31", "2021-03-23", "2021-03-24", "2021-03-25", "2021-12-31", "0001-01-01"]
)


@pytest.fixture(scope="module")
def index(built: tuple[Path, Path]) -> Iterator[LocalIndex]:
    """Open the real index."""
    opened = LocalStore(built[1]).open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def passages(index: LocalIndex) -> dict[int, Passage]:
    """Return all passages of the real index."""
    return index.passages(range(index.manifest.passages))


def drawn(data: st.DataObject, index: LocalIndex) -> Filters:
    """Draw filters of any themes, documents and dates, unknown ones among them."""
    themes = dict.fromkeys([*index.theme_labels(), *index.document_theme_labels(), "onbekend"])
    documents = [*(each.id for each in index.listed()), "onbekend"]
    return Filters(
        themes=tuple(data.draw(st.lists(st.sampled_from(list(themes)), max_size=3))),
        documents=tuple(data.draw(st.lists(st.sampled_from(documents), max_size=3))),
        date_from=data.draw(dates),
        date_to=data.draw(dates),
    )


def passes(passage: Passage, filters: Filters, index: LocalIndex) -> bool:
    """Return whether a passage passes, by the docstring of `Filters` and not by SQL."""
    document = next(each for each in index.listed() if each.id == passage.document)
    labels = {passage.theme.label, *(theme.label for theme in document.themes)}
    date = document.metadata.date
    return (
        (not filters.themes or bool(labels & set(filters.themes)))
        and (not filters.documents or passage.document in filters.documents)
        and (not filters.date_from or (bool(date) and date >= filters.date_from))
        and (not filters.date_to or (bool(date) and date <= filters.date_to))
    )


@few
@given(data=st.data())
def test_filters_let_through_exactly_what_passes(
    data: st.DataObject, index: LocalIndex, passages: dict[int, Passage]
) -> None:
    filters = drawn(data, index)
    allowed = index.filter_mask(filters)
    if not filters:
        assert allowed is None
    else:
        assert allowed is not None
        wanted = [i for i, p in sorted(passages.items()) if passes(p, filters, index)]
        assert allowed.ids.tolist() == wanted


@few
@given(data=st.data())
def test_every_hit_passes_the_filters(
    data: st.DataObject, index: LocalIndex, builtin: Encoder, passages: dict[int, Passage]
) -> None:
    filters, question = drawn(data, index), data.draw(st.sampled_from(QUESTIONS))
    ranked = Retriever(index, builtin).search(question, filters).ranked
    assert all(passes(passages[s.passage], filters, index) for s in ranked)
    # The dense arm scores every passage that has words, so it hands over all of those.
    many = sum(passes(p, filters, index) and bool(analyse(p.text)) for p in passages.values())
    assert len(ranked) >= min(many, CANDIDATES)


@few
@given(data=st.data())
def test_each_arm_gives_allowed_passages_alone(data: st.DataObject, index: LocalIndex) -> None:
    size = index.manifest.passages
    allowed = set(data.draw(st.lists(st.integers(0, size - 1))))
    mask = FilterMask(np.isin(np.arange(size), list(allowed)))
    top = data.draw(st.integers(1, size + 5))
    terms = analyse(data.draw(st.sampled_from(QUESTIONS)))
    vector = np.zeros(index.vectors.dimensions, dtype=np.float32)
    vector[data.draw(st.integers(0, len(vector) - 1))] = 1.0
    lexical = index.lexical.search(terms, BOOSTS, top, mask)
    dense = index.vectors.search(vector, top, mask)
    assert set(lexical) <= allowed
    assert set(dense) <= allowed
    assert len(dense) == min(top, len(allowed))
    # A filter takes away; it leaves the scores of the others as they are.
    every = index.lexical.search(terms, BOOSTS, size)
    assert lexical == pytest.approx({i: every[i] for i in lexical}, rel=1e-5)
    assert len(lexical) == min(top, len(set(every) & allowed))


# Duplicates

_LONG = "het kabinet onderschrijft dat migratie structureel en integraal benaderd moet worden"
_WORDS = st.sampled_from([*_LONG.split(), "en", "gemeenten"])
bodies = st.one_of(
    st.sampled_from([_LONG, _LONG.upper(), f"{_LONG} in alle gemeenten van het land", "", "Zie."]),
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.text(max_size=40),
)
rankings = st.lists(st.tuples(st.sampled_from("abc"), bodies), max_size=12)


@steady
@given(rankings)
def test_each_passage_is_in_one_group_once(ranking: list[tuple[str, str]]) -> None:
    made = [
        Passage(
            i,
            document,
            Kind.PARAGRAPH,
            0,
            len(text),
            text,
            (),
            (Sentence(0, len(text)),),
            Theme("", ThemeOrigin.ESTIMATED),
        )
        for i, (document, text) in enumerate(ranking)
    ]
    groups = group_duplicates(made)
    members = [sorted([group.shown, *group.copies]) for group in groups]
    assert sorted(i for group in members for i in group) == list(range(len(made)))
    assert [group.rank for group in groups] == [group[0] for group in members]
    assert [group.rank for group in groups] == sorted(group.rank for group in groups)
    for group in members:
        documents = [made[i].document for i in group]
        assert len(set(documents)) == len(documents), "a group names each document once"
