"""Windows: what the label model reads of a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.labels.statements import Statement
from search.labels.windows import QUESTION_TOKENS, Window, windows


def tokenise(text: str) -> list[int]:
    """Make a number of each word; 0 to 9 are left to special tokens."""
    return [10 + sum(map(ord, word)) for word in text.split()]


def made(*statements: Statement) -> list[Window]:
    return list(windows(tokenise, statements))


def words(window: Window, number: int) -> tuple[int, ...]:
    tokens = window.ranges[number]
    return window.tokens[tokens.start : tokens.stop]


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from(["", "A", "B"]), st.integers(0, 200)),
        max_size=12,
    )
)
def test_each_sentence_is_in_one_window_that_fits(sizes: list[tuple[int, str, int]]) -> None:
    statements = [
        Statement("woord " * size, (section,), "vraag " * question)
        for size, section, question in sizes
    ]
    found = made(*statements)
    assert [i for window in found for i in window.sentences] == list(range(len(statements)))
    assert all(len(window.tokens) <= 512 for window in found)
    assert all(len(window.ranges) == len(window.sentences) for window in found)
    assert all(r for window in found for r in window.ranges)


def test_sentence_stands_where_its_range_says() -> None:
    (window,) = made(Statement("Een kort antwoord.", ("Reactie",)), Statement("Nog een zin."))[:1]
    assert words(window, 0) == tuple(tokenise("Een kort antwoord."))


def test_window_stays_within_its_answer_but_sees_the_sentences_around_it() -> None:
    long = "beleid " * 90
    own = [Statement(f"{long} {name}", ("Antwoord",), "Wilt u dat?") for name in "abc"]
    other = Statement("Iets anders.", ("Antwoord",), "En dat?")
    first, second, third = made(*own, other)
    assert [list(w.sentences) for w in (first, second, third)] == [[0, 1], [2], [3]]
    # The end of what stands before, the question, and the start of what follows.
    assert tokenise("b")[0] in second.tokens
    assert set(tokenise("Wilt u dat?")) <= set(second.tokens)
    assert not set(tokenise("Iets anders.")) & set(second.tokens)
    assert tokenise("beleid")[0] not in third.tokens


def test_long_question_keeps_both_ends() -> None:
    question = " ".join(["eerst"] * QUESTION_TOKENS + ["midden"] * 9 + ["laatst"] * QUESTION_TOKENS)
    (window,) = made(Statement("Ja.", (), question))
    counts = [window.tokens.count(tokenise(word)[0]) for word in ("eerst", "midden", "laatst")]
    assert counts == [QUESTION_TOKENS // 2, 0, QUESTION_TOKENS // 2]
