"""The surroundings of passages, worked out by hand."""

from __future__ import annotations

import pytest

from search.passages import surroundings
from search.records import Kind, Passage, Sentence, Theme, ThemeOrigin


def passages(documents: str) -> list[Passage]:
    """Make a passage for each letter, of the document of that name."""
    return [
        Passage(
            i,
            document,
            Kind.PARAGRAPH,
            0,
            1,
            "x",
            (),
            (Sentence(0, 1),),
            Theme("", ThemeOrigin.ESTIMATED),
        )
        for i, document in enumerate(documents)
    ]


def runs(documents: str, sizes: list[int], tokens: int) -> list[str]:
    """Return the runs as "first-last"."""
    found = surroundings(passages(documents), sizes, tokens)
    return [f"{run.start}-{run.stop - 1}" for run in found]


def test_a_run_holds_its_own_document_alone() -> None:
    assert runs("aabccc", [10] * 6, 1000) == ["0-1", "0-1", "2-2", "3-5", "3-5", "3-5"]


def test_a_run_grows_before_first_and_then_after() -> None:
    # Passage 3 of seven, 10 tokens each: 10; before: 20; after: 30; before: 40; after: 50.
    grown = {tokens: runs("aaaaaaa", [10] * 7, tokens)[3] for tokens in (10, 11, 21, 31, 41, 51)}
    assert grown == {10: "3-3", 11: "2-3", 21: "2-4", 31: "1-4", 41: "1-5", 51: "0-5"}


def test_a_run_stops_when_it_holds_enough() -> None:
    # 0: 50 and 100 after hold 150. 1: 100 is enough. 2: 20, then the 100 before it is enough.
    # 3: 30 and the 20 before are 50; none after; the 100 before that make 150.
    assert runs("aaaa", [50, 100, 20, 30], 100) == ["0-1", "1-1", "1-2", "1-3"]


def test_at_the_edge_of_a_document_a_run_grows_to_one_side() -> None:
    # The first of b grows only after itself, the last of b only before itself.
    assert runs("abbbba", [10] * 6, 25) == ["0-0", "1-3", "1-3", "2-4", "2-4", "5-5"]


def test_a_document_of_few_words_is_held_whole() -> None:
    assert runs("aaab", [1, 2, 3, 400], 350) == ["0-2", "0-2", "0-2", "3-3"]


def test_passages_without_tokens_do_not_stop_the_growth() -> None:
    assert runs("aaaa", [0, 0, 0, 10], 5) == ["0-3", "0-3", "1-3", "3-3"]


def test_no_passages_have_no_surroundings() -> None:
    assert surroundings([], []) == []


@pytest.mark.parametrize("tokens", [0, 1, 7, 50])
def test_each_run_holds_its_passage_and_no_more_than_it_needs(tokens: int) -> None:
    documents, sizes = "aaabbbbbcdd", [3, 9, 1, 4, 4, 2, 8, 1, 5, 6, 2]
    for i, run in enumerate(surroundings(passages(documents), sizes, tokens)):
        assert i in run
        assert {documents[j] for j in run} == {documents[i]}
        whole = documents.count(documents[i])
        assert sum(sizes[j] for j in run) >= tokens or len(run) == whole
        # Without one of its ends it would have held too little.
        ends = {run.start, run.stop - 1} - {i}
        assert not ends or any(sum(sizes[j] for j in run if j != end) < tokens for end in ends)
